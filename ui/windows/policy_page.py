"""The policy at hand: what it allows, by what words, and whom to ask."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from tracker.error_texts import describe
from tracker.errors import OutsideError
from tracker.policy.load import Loaded
from tracker.policy.types import Person, Policy
from ui.charts.drawing import Style
from ui.policy_view import TROUBLE, view_policy
from ui.reading import Reading
from ui.theme import Theme
from ui.windows.page import PageHost, ScrollPage
from ui.windows.reading_view import ReadingView
from ui.windows.texts import plain_label

if TYPE_CHECKING:
    from ui.documents import Sheet

LAID_OUT_MS = 50

_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


class PolicyPage(ScrollPage):
    """Shows the policy in force; it is there before acceptance too, and needs no network."""

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        _ = host.language.gettext
        self._shown: tuple[Policy, Person, date, Loaded | None] | None = None
        self._earlier: Policy | None = None
        self.reading: Reading | None = None
        self._wanted = ""
        self.search = SearchField()
        self.search.setPlaceholderText(_("Search the policy"))
        self.search.setAccessibleName(_("Search the policy"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.found = plain_label(self.fonts, Style.BODY)
        self.save_button = QPushButton(_("Save as PDF …"))
        self.save_button.clicked.connect(lambda _checked=False: self._save())
        self.print_button = QPushButton(_("Print …"))
        self.print_button.clicked.connect(lambda _checked=False: self._print())
        self.said = plain_label(self.fonts, Style.BODY)
        self.said.hide()
        self.text = ReadingView()
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._begin_search)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show the policy in force; it is made anew only where something is another."""
        overview = self.host.overview
        day = overview.today().day
        shown = (overview.policy, overview.person, day, overview.broken_policy)
        if shown == self._shown:
            return
        if self._shown is None or self._shown[0] != shown[0]:
            self._earlier = None
            # In a turn of its own: to read a policy and to show one takes long enough each.
            QTimer.singleShot(0, self, self._look_for_earlier)
        self._shown = shown
        self._show_policy()

    def _look_for_earlier(self) -> None:
        # Where the store can't be read its trouble is told, and the policy is read without.
        with contextlib.suppress(OutsideError):
            self._earlier = self.host.overview.earlier_policy()
        if self._earlier is not None:
            self._show_policy()

    def _show_policy(self) -> None:
        assert self._shown is not None
        policy, person, day, broken = self._shown
        view = view_policy(policy, self._earlier, person, day, self.host.language, broken=broken)
        self.reading = view
        self.text.show_reading(view)
        self._search(self.search.text())

    def set_theme(self, theme: Theme) -> None:  # noqa: ARG002
        """Show it in other colours."""
        self.text.mark_anew()

    def show_part(self, part: str) -> None:
        """Bring a section into view, such as ``guidelines`` or ``trouble``."""
        self.search.clear()
        self._wanted = part
        # Once what was just made or shown is laid out, level by level.
        QTimer.singleShot(LAID_OUT_MS, self, self._scroll_to_wanted)

    def _scroll_to_wanted(self) -> None:
        section = self.text.section(self._wanted)
        if section is not None:
            top = section.mapTo(self.content, QPoint()).y()
            self._scroll.verticalScrollBar().setValue(top - round(self.fonts.unit))

    def document(self) -> str:
        """Return the whole policy as the HTML of a document."""
        assert self.reading is not None
        return sheet_of(self.reading).html

    def save_as(self, path: Path) -> None:
        """Write the policy as a PDF, and say what came of it."""
        assert self.reading is not None
        try:
            from ui.documents import save_pdf  # not before it is asked for

            save_pdf(self.document(), self.reading.title, path, self.host.language)
        except OutsideError as error:
            text = describe(error, self.host.language)
            self._say(f"{text.title}. {text.text} {text.remedy}")
        else:
            self._say(self.host.language.gettext("Saved: {file}").format(file=path))

    # The person's doings

    def _begin_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _search(self, wanted: str) -> None:
        _, ngettext = self.host.language.gettext, self.host.language.ngettext
        count = self.text.search(wanted)
        text = ngettext("In {n} place", "In {n} places", count).format(n=count)
        if not wanted.strip():
            text = ""
        elif not count:
            text = _("Not in the policy")
        self.found.setText(text)
        self.found.setAccessibleName(text)

    def _save(self) -> None:
        _, policy = self.host.language.gettext, self.host.overview.policy
        name = _NOT_IN_NAMES.sub("-", f"{policy.id}-{policy.version}.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as PDF …"), str(Path.home() / name), "PDF (*.pdf)"
        )
        if chosen:
            path = Path(chosen)
            self.save_as(path if path.suffix else path.with_suffix(".pdf"))

    def _print(self) -> None:
        assert self.reading is not None
        from ui.documents import print_document

        print_document(self.document(), self.reading.title, self.host.language, self)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setAccessibleName(text)
        self.said.show()

    def _lay_out(self) -> None:
        unit = round(self.fonts.unit)
        row = QHBoxLayout()
        row.setSpacing(unit)
        row.addWidget(self.search, 1)
        row.addWidget(self.found)
        row.addWidget(self.save_button)
        row.addWidget(self.print_button)
        above = QVBoxLayout()
        above.setContentsMargins(unit * 3, unit * 2, unit * 3, unit)
        above.setSpacing(unit)
        above.addLayout(row)
        above.addWidget(self.said)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(0, above)
        self.column.addWidget(self.text)
        self.column.addStretch(1)
        # There is more to scroll than to press: arrows and Page Down are to work.
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(self.host.language.gettext("The policy"))
        self.found.setMinimumWidth(QLabel("").sizeHint().width())
        self.found.setWordWrap(False)


class SearchField(QLineEdit):
    """A field whose text Escape takes away; empty, it leaves the key to the window."""

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


def sheet_of(reading: Reading) -> Sheet:
    """Return a text as a document on paper, with all that is behind buttons on the screen."""
    from ui.documents import Sheet

    sheet = Sheet()
    sheet.heading(reading.title, 1)
    for line in reading.facts:
        sheet.paragraph(line.text, dim=True)
    for section in reading.sections:
        if section.id == TROUBLE:
            continue  # of another file, and for the moment
        sheet.heading(section.heading)
        for block in section.blocks:
            if block.title:
                sheet.heading(block.title, 3)
            for line in block.lines:
                if not line.point:
                    sheet.paragraph(line.text, dim=line.dim, strong=line.strong)
            sheet.points(line.text for line in block.lines if line.point)
            if block.more:
                sheet.paragraph(block.more_title)
                sheet.points(line.text for line in block.more)
    return sheet
