"""The answer to "Why?": behind every bar and every notice."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tracker.error_texts import describe
from tracker.errors import OutsideError
from ui.raising import bring_to_front
from ui.reading import Block, Line, Reading, Section
from ui.why_view import view_limit, view_moment
from ui.windows.page import PageHost
from ui.windows.reading_view import ReadingView
from ui.windows.texts import text_column


class WhyWindow(QWidget):
    """One small window for all answers: a later one takes the earlier one's place.

    Args:
        host: What pages are given; its ``open_page`` opens the policy.
        policy_page: The id of the policy's page.
    """

    def __init__(self, host: PageHost, policy_page: str = "policy") -> None:
        super().__init__()
        self._host = host
        _ = host.language.gettext
        self.setWindowTitle(_("Why? – Kanaltid"))
        self.text = ReadingView()
        self.policy_button = QPushButton(_("The policy"))
        self.policy_button.clicked.connect(lambda _checked=False: self._open(policy_page))
        self.close_button = QPushButton(_("Close"))
        self.close_button.clicked.connect(lambda _checked=False: self.close())
        for keys in (QKeySequence.StandardKey.Close, QKeySequence(Qt.Key.Key_Escape)):
            QShortcut(QKeySequence(keys), self, self.close)
        self._lay_out()

    def for_limit(self, limit: str, channel: str | None = None) -> None:
        """Say why a limit stands where it does today; ``channel`` as in its standing."""
        _ = self._host.language.gettext
        try:
            why = self._host.overview.why_limit(limit, channel)
        except OutsideError as error:
            self._refused(error)
            return
        if why is None:
            text = _("The policy in force has no such limit for you.")
            self._say(Reading(_("Why?"), (Line(text),), ()))
        else:
            self._say(view_limit(why, self._host.language))

    def for_moment(self, at: datetime | None = None) -> None:
        """Say why a moment counted as it did; None: the present one."""
        try:
            why = self._host.overview.why(at)
        except OutsideError as error:
            self._refused(error)
            return
        self._say(view_moment(why, self._host.language))

    def mark_anew(self) -> None:
        """Take up other colours."""
        self.text.mark_anew()

    def _refused(self, error: OutsideError) -> None:
        text = describe(error, self._host.language)
        lines = (Line(text.text), Line(text.remedy))
        self._say(Reading(text.title, (), (Section("error", "", (Block(lines=lines),)),)))

    def _say(self, reading: Reading) -> None:
        self.text.show_reading(reading)
        self._scroll.verticalScrollBar().setValue(0)
        self._scroll.setAccessibleName(reading.title)
        bring_to_front(self)
        self._scroll.setFocus()

    def _open(self, page: str) -> None:
        self.close()
        self._host.open_page(page)

    def _lay_out(self) -> None:
        fonts = self.text.fonts
        unit = round(fonts.unit)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(unit * 3, unit * 3, unit * 3, unit * 3)
        column.addWidget(self.text)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(sheet)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout()
        row.setContentsMargins(unit * 3, unit, unit * 3, unit * 2)
        row.setSpacing(unit)
        row.addWidget(self.policy_button)
        row.addStretch()
        row.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(row)
        room = self.screen().availableGeometry().size() * 9 / 10
        wanted = QSize(text_column(fonts) + unit * 9, unit * 62)
        self.resize(wanted.boundedTo(room))
        self.setMinimumSize(unit * 40, unit * 30)
