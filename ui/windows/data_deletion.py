"""Deletes all of some days, or everything, without the window standing still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from tracker.error_texts import describe
from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.status import Overview
from ui.charts.drawing import Style
from ui.privacy_view import EVER, Question, ask_days, ask_everything, days_goes
from ui.typography import Type
from ui.windows.questions import AskingBox
from ui.windows.texts import plain_label


class DeletionBox(QWidget):
    """Two buttons, a question each, and how it goes on: a piece of the work a turn of the loop.

    Args:
        overview: What deletes.
        language: The person's.
        days: Gives the days that are chosen.
    """

    deleted = Signal()

    def __init__(
        self, overview: Overview, language: Language, days: Callable[[], tuple[date, date]]
    ) -> None:
        super().__init__()
        _ = language.gettext
        self._overview = overview
        self._language = language
        self._days = days
        fonts = Type(self.font())
        self.days_button = QPushButton(_("Delete these days …"))
        self.days_button.clicked.connect(lambda _checked=False: self._ask_days())
        self.all_button = QPushButton(_("Delete everything …"))
        self.all_button.clicked.connect(lambda _checked=False: self._ask_everything())
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Deleting"))
        self.said = plain_label(fonts, Style.BODY)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(round(fonts.unit))
        for button in (self.days_button, self.all_button):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.progress)
        layout.addWidget(self.said)
        self._running = False
        self._show("")

    def refresh(self) -> None:
        """Allow what can be asked now."""
        self.days_button.setEnabled(self._days() != EVER)

    def _ask_days(self) -> None:
        first, last = self._days()
        try:
            self._overview.store_now()
            counted = self._overview.counted(first, last)
        except OutsideError as error:
            self._fail(error)
            return
        if not days_goes(counted):
            self._show(self._language.gettext("Nothing is stored of these days."))
            return
        question = ask_days(first, last, counted, self._language)
        self._ask(question, lambda: self._delete_piece(first, last))

    def _ask_everything(self) -> None:
        try:
            self._overview.store_now()
            counted = self._overview.counted(*EVER)
        except OutsideError as error:
            self._fail(error)
            return
        self._ask(ask_everything(counted, self._language), self._erase_piece)

    def _ask(self, question: Question, go: Callable[[], None]) -> None:
        def begin() -> None:
            self._running = True
            self._show("")
            QTimer.singleShot(0, self, go)

        AskingBox(question, self._language, begin, self.window()).open()

    def _delete_piece(self, first: date, last: date) -> None:
        try:
            left = self._overview.delete(first, last)
        except OutsideError as error:
            self._fail(error)
            return
        if left is None:
            self._finish()
        else:
            QTimer.singleShot(0, self, lambda: self._delete_piece(first, left))

    def _erase_piece(self) -> None:
        try:
            more = self._overview.erase()
        except OutsideError as error:
            self._fail(error)
            return
        if more:
            QTimer.singleShot(0, self, self._erase_piece)
        else:
            self._finish()

    def _finish(self) -> None:
        self._running = False
        self._show(self._language.gettext("Deleted."))
        self.deleted.emit()

    def _fail(self, error: OutsideError) -> None:
        self._running = False
        text = describe(error, self._language)
        self._show(f"{text.title} {text.text} {text.remedy}")

    def _show(self, said: str) -> None:
        self.days_button.setVisible(not self._running)
        self.all_button.setVisible(not self._running)
        self.progress.setVisible(self._running)
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.refresh()
