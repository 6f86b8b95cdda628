"""Shows a text to read: headings, blocks, links, and what a search found in it."""

from __future__ import annotations

import html
from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ui.charts.drawing import Style
from ui.reading import Block, Line, Reading, Section, find, in_more, places
from ui.typography import Type
from ui.windows.texts import LinkLabel, text_column

OPENED = frozenset({"http", "https", "mailto", "tel"})
"""What is handed to the desktop; a policy may hold anything."""

BULLET = "•\u00a0\u00a0"


def open_link(address: str) -> bool:
    """Open a link in the person's browser, mail or telephone; return whether it is one."""
    url = QUrl(address)
    if url.scheme() not in OPENED:
        return False
    return QDesktopServices.openUrl(url)


class ReadingView(QWidget):
    """A text of sections, one under the other, at most 72 characters wide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fonts = Type(self.font())
        self._reading: Reading | None = None
        self._wanted = ""
        self._head: list[_HeadView] = []
        self._sections: list[_SectionView] = []
        self._marked: str | None = ""
        # In a row with room beside it: a layout asks a widget that is narrower than itself
        # for its height at the wrong width.
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        column = self._whole = QWidget()
        column.setMaximumWidth(text_column(self._fonts))
        row.addWidget(column, 1)
        row.addStretch()
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(round(self._fonts.unit) * 3)

    @property
    def fonts(self) -> Type:
        """What it is written in."""
        return self._fonts

    def show_reading(self, reading: Reading) -> None:
        """Show a text; the same one stays as it is, with what was opened in it."""
        if reading == self._reading:
            return
        self._reading = reading
        for view in (*self._sections, *self._head):
            view.setParent(None)
            view.deleteLater()
        self._head = [_HeadView(reading, self._fonts)]
        self._sections = [_SectionView(each, self._fonts) for each in reading.sections]
        # Hidden, it is laid out once, and what is new is shown at once with it.
        self._whole.hide()
        for part in (*self._head, *self._sections):
            self._column.addWidget(part)
        self._whole.show()
        self._marked = ""
        self.search(self._wanted)

    def search(self, wanted: str) -> int:
        """Show only what holds ``wanted``, marked; return in how many places it stands."""
        self._wanted = wanted
        if self._reading is None:
            return 0
        found = find(self._reading, wanted)
        if wanted == self._marked:
            return found.count  # marking hundreds of parts again would be felt
        self._marked = wanted
        shown = {section.id: section for section in found.reading.sections}
        # Hidden, it is laid out once, and not anew for each of hundreds of parts.
        self._whole.hide()
        for view in self._sections:
            view.narrow(shown.get(view.section.id), wanted)
        self._whole.show()
        return found.count

    def mark_anew(self) -> None:
        """Take up other colours."""
        self._marked = None
        self.search(self._wanted)

    def section(self, id_: str) -> QWidget | None:
        """Return the part of the text of that id."""
        return next((view for view in self._sections if view.section.id == id_), None)


class _HeadView(QWidget):
    """The title of a text, and what is said of the text itself."""

    def __init__(self, reading: Reading, fonts: Type) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(fonts.unit) // 2)
        column.addWidget(Heading(fonts, Style.HEADING, reading.title))
        facts = _RichLabel(fonts, reading.facts)
        facts.setVisible(bool(reading.facts))
        column.addWidget(facts)


class _SectionView(QWidget):
    def __init__(self, section: Section, fonts: Type) -> None:
        super().__init__()
        self.section = section
        unit = round(fonts.unit)
        self.setAccessibleName(section.heading)
        self.heading = Heading(fonts, Style.HEADING, section.heading)
        self.heading.setVisible(bool(section.heading))
        self._blocks = [_BlockView(block, fonts) for block in section.blocks]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(unit + unit // 2)
        column.addWidget(self.heading)
        for view in self._blocks:
            column.addWidget(view)

    def narrow(self, shown: Section | None, wanted: str) -> None:
        self.setVisible(shown is not None)
        if shown is None:
            return
        self.heading.highlight(wanted)
        blocks = set(shown.blocks)
        for view in self._blocks:
            view.setVisible(view.block in blocks)
            if view.block in blocks:
                view.highlight(wanted)


class _BlockView(QWidget):
    def __init__(self, block: Block, fonts: Type) -> None:
        super().__init__()
        self.block = block
        unit = round(fonts.unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(unit // 2)
        self.title = Heading(fonts, Style.STRONG, block.title)
        self.title.setVisible(bool(block.title))
        self.body = _RichLabel(fonts, block.lines)
        self.body.setVisible(bool(block.lines))
        self.more = _RichLabel(fonts, block.more)
        self.button = _Disclosure(block.more_title, self.more)
        self.button.setVisible(bool(block.more))
        for part in (self.title, self.body, self.button, self.more):
            column.addWidget(part)
        self._opened = False

    def highlight(self, wanted: str) -> None:
        self.title.highlight(wanted)
        self.body.highlight(wanted)
        self.more.highlight(wanted)
        if in_more(self.block, wanted):
            self._opened |= not self.button.isChecked()
            self.button.setChecked(True)
        elif self._opened:
            # What the search opened it closes again; what the person opened stays.
            self._opened = False
            self.button.setChecked(False)


class _Disclosure(QToolButton):
    """Shows and hides what is beside the point for most."""

    def __init__(self, title: str, hidden: QWidget) -> None:
        super().__init__()
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setArrowType(Qt.ArrowType.RightArrow)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._hidden = hidden
        hidden.hide()
        self.toggled.connect(self._on_toggled)

    def _on_toggled(self, opened: bool) -> None:
        self.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self._hidden.setVisible(opened)


class _Wrapped(QLabel):
    """A label that wraps: its height follows from its width, and it claims no more."""

    def minimumSizeHint(self) -> QSize:
        # Qt's own is the height at some narrow width of its choice, kept at every width.
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().height())


class Heading(_Wrapped):
    """A heading; :class:`ui.windows.headings.HeadingAccessibility` says so to readers."""

    def __init__(self, fonts: Type, style: Style, text: str) -> None:
        super().__init__(text)
        self._text = text
        self.setFont(fonts.font(style))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(text)
        self.highlight("")

    def say(self, text: str) -> None:
        """Say something else."""
        self._text = text
        self.setAccessibleName(text)
        self.highlight("")

    def highlight(self, wanted: str) -> None:
        """Mark what was searched for."""
        self.setText(_marked(self._text, wanted, self.palette()))


class _RichLabel(_Wrapped, LinkLabel):
    """Lines of a block; links can be reached by keyboard."""

    def __init__(self, fonts: Type, lines: Iterable[Line]) -> None:
        super().__init__()
        self._lines = tuple(lines)
        self._gap = round(fonts.unit) // 2
        self._indent = round(fonts.text(BULLET, Style.BODY))
        self.setFont(fonts.font(Style.BODY))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse
        if any(line.url for line in self._lines):
            flags |= Qt.TextInteractionFlag.LinksAccessibleByMouse
            flags |= Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        self.setTextInteractionFlags(flags)
        self.setAccessibleName("\n".join(line.text for line in self._lines))
        self.linkActivated.connect(open_link)
        self.highlight("")

    def highlight(self, wanted: str) -> None:
        """Mark what was searched for."""
        self.setText("".join(self._line(line, wanted) for line in self._lines))

    def _line(self, line: Line, wanted: str) -> str:
        palette = self.palette()
        words = _marked(line.text, wanted, palette)
        if line.url:
            words = f'<a href="{html.escape(line.url)}">{words}</a>'
        if line.strong:
            words = f"<b>{words}</b>"
        if line.dim:
            colour = palette.color(QPalette.ColorRole.PlaceholderText).name()
            words = f'<span style="color: {colour}">{words}</span>'
        indent = self._indent if line.point else 0
        bullet = BULLET if line.point else ""
        style = f"margin: 0 0 {self._gap}px {indent}px; text-indent: {-indent}px"
        return f'<p style="{style}">{bullet}{words}</p>'


def _marked(text: str, wanted: str, palette: QPalette) -> str:
    """Return a text as HTML, what was searched for in the colours of a selection."""
    ground = palette.color(QPalette.ColorRole.Highlight).name()
    ink = palette.color(QPalette.ColorRole.HighlightedText).name()
    parts, at = [], 0
    for start, end in places(text, wanted):
        parts.append(html.escape(text[at:start]))
        found = html.escape(text[start:end])
        parts.append(f'<span style="background-color: {ground}; color: {ink}">{found}</span>')
        at = end
    parts.append(html.escape(text[at:]))
    return "".join(parts)
