"""What the crisis page is put together from: levels to choose, tasks to tick, contacts."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import Language
from ui.charts.drawing import Role, Style
from ui.crisis_view import ContactView, Due, LevelView, TaskView
from ui.theme import Theme
from ui.typography import Type
from ui.windows.flow import FlowLayout
from ui.windows.texts import LinkLabel, dim_label, plain_label

_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def without_keys(text: str) -> str:
    """Return a text for a button, in which no letter becomes a key because of an ``&``."""
    return text.replace("&", "&&")


def flow_row(fonts: Type, *parts: QWidget) -> QWidget:
    """Return parts in a row that goes on below where the window is too narrow for it."""
    row = QWidget()
    layout = FlowLayout(round(fonts.unit))
    row.setLayout(layout)
    for part in parts:
        layout.addWidget(part)
    policy = row.sizePolicy()
    policy.setHeightForWidth(True)
    row.setSizePolicy(policy)
    return row


class LevelButton(QPushButton):
    """A level of the plan as one large button: what triggers it, and what it asks for.

    It paints its texts itself: a push button does not wrap them, and labels inside it would
    be read twice.
    """

    def __init__(self, level: LevelView, fonts: Type) -> None:
        super().__init__()
        self.level = level
        self._fonts = fonts
        self._facts = " · ".join(level.facts)
        self.setAccessibleName(level.trigger)
        self.setAccessibleDescription(self._facts)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        trigger, facts = self._rects(width)
        return max(trigger.bottom(), facts.bottom()) + round(self._fonts.unit * 1.5)

    def sizeHint(self) -> QSize:
        width = round(self._fonts.unit * 40)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = round(self._fonts.unit * 24)
        return QSize(width, round(self._fonts.unit * 6))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        trigger, facts = self._rects(self.width())
        for rect, text, style, role in (
            (trigger, self.level.trigger, Style.HEADING, QPalette.ColorRole.ButtonText),
            (facts, self._facts, Style.BODY, QPalette.ColorRole.PlaceholderText),
        ):
            painter.setFont(self._fonts.font(style))
            painter.setPen(self.palette().color(role))
            painter.drawText(rect, _WRAPPED, text)
        painter.end()

    def _rects(self, width: int) -> tuple[QRect, QRect]:
        unit = self._fonts.unit
        left, top = round(unit * 2), round(unit * 1.5)
        trigger = self._measured(self.level.trigger, Style.HEADING, left, top, width)
        if not self._facts:
            return trigger, QRect()
        below = trigger.bottom() + round(unit / 2)
        return trigger, self._measured(self._facts, Style.BODY, left, below, width)

    def _measured(self, text: str, style: Style, left: int, top: int, width: int) -> QRect:
        room = QRect(left, top, max(1, width - 2 * left), 10_000)
        return QFontMetrics(self._fonts.font(style)).boundingRect(room, _WRAPPED, text)


class ContactLabel(LinkLabel):
    """A contact in full: mail and phone as links, to be opened or copied."""

    def __init__(
        self,
        contact: ContactView,
        language: Language,
        fonts: Type,
        opened: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._contact = contact
        self._language = language
        self.setFont(fonts.font(Style.BODY))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.linkActivated.connect(opened)
        self.show_anew()

    def show_anew(self) -> None:
        """Show it in the colours of the palette, which links take up only when they are set."""
        self.setText(self._html(self._contact))

    def _html(self, contact: ContactView) -> str:
        ways = " · ".join(self._ways(contact))
        text = html.escape(contact.role) + (f": {ways}" if ways else "")
        if contact.backup is not None:
            otherwise = self._language.gettext("Otherwise: {contact}")
            text += "<br>" + otherwise.format(contact=self._html(contact.backup))
        return text

    def _ways(self, contact: ContactView) -> Iterator[str]:
        for url, shown in (
            (contact.mail_url, contact.email),
            (contact.phone_url, contact.phone),
        ):
            if url:
                yield f'<a href="{html.escape(url)}">{html.escape(shown)}</a>'


class TaskRow(QWidget):
    """A task of the open level: ticked when it is done, with its deadline and who does it."""

    toggled = Signal(int, bool)

    def __init__(
        self,
        task: TaskView,
        language: Language,
        fonts: Type,
        theme: Theme,
        opened: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._language = language
        self._fonts = fonts
        self._theme = theme
        self._due: Due | None = None
        unit = round(fonts.unit)
        self.box = _Box()
        self.box.toggled.connect(lambda done: self.toggled.emit(task.index, done))
        self.text = _Ticking(self.box, task.text, fonts)
        self.deadline = dim_label(fonts)
        self.left = plain_label(fonts, Style.BODY)
        for label in (self.deadline, self.left):
            label.setWordWrap(False)
        self.contact = ContactLabel(task.who, language, fonts, opened) if task.who else None
        column = QVBoxLayout()
        column.setSpacing(unit // 4)
        column.addWidget(self.text)
        column.addWidget(flow_row(fonts, self.deadline, self.left))
        if self.contact is not None:
            column.addWidget(self.contact)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(unit)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.show_task(task)

    def show_task(self, task: TaskView) -> None:
        """Show how it stands; what counts along is not told to screen readers each time."""
        if self.box.isChecked() != (task.due is Due.DONE):
            blocked = self.box.blockSignals(True)
            self.box.setChecked(task.due is Due.DONE)
            self.box.blockSignals(blocked)
        self.deadline.setText(task.deadline)
        self.deadline.setVisible(bool(task.deadline))
        self.left.setText(task.left)
        self.left.setVisible(bool(task.left))
        if task.due is not self._due:
            self._due = task.due
            self.left.setAccessibleName(self._spoken(task))
            self._colour()
        name = f"{task.text} {task.deadline}".strip()
        if self.box.accessibleName() != name:
            self.box.setAccessibleName(name)

    def _spoken(self, task: TaskView) -> str:
        _ = self._language.gettext
        match task.due:
            case Due.OVERDUE:
                return _("overdue")
            case Due.AHEAD:
                return _("not due yet")
            case _:
                return task.left

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self._theme = theme
        self._colour()
        if self.contact is not None:
            self.contact.show_anew()

    def _colour(self) -> None:
        overdue = self._due is Due.OVERDUE
        self.left.setFont(self._fonts.font(Style.STRONG if overdue else Style.BODY))
        palette = QPalette()
        if overdue:
            palette.setColor(QPalette.ColorRole.WindowText, self._theme.colour(Role.WARNING))
        self.left.setPalette(palette)
        done = self._due is Due.DONE
        role = QPalette.ColorRole.PlaceholderText if done else QPalette.ColorRole.WindowText
        self.text.setForegroundRole(role)


class _Box(QCheckBox):
    """A check box whose frame can be seen: in the dark the style's own nearly can't."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        rect = self.style().subElementRect(part, option, self).toRectF()
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


class _Ticking(QLabel):
    """The words of a check box that wrap; a click on them ticks it."""

    def __init__(self, box: QCheckBox, text: str, fonts: Type) -> None:
        super().__init__(text)
        self._box = box
        self.setFont(fonts.font(Style.STRONG))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._box.toggle()
