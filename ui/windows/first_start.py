"""The first page: what is measured, why, for how long, who receives it, and one's rights."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import Language
from tracker.policy.types import Policy
from ui.charts.drawing import Style
from ui.first_page_view import FirstPage, first_page
from ui.typography import Type
from ui.windows.texts import dim_label, plain_label, text_column


class FirstStartWindow(QWidget):
    """Asks once for a person and policy version; until then nothing is stored.

    Closing the window is *Not now*: nothing is measured, and the tray opens it again.
    """

    accepted = Signal()
    declined = Signal()

    def __init__(self, policy: Policy, language: Language) -> None:
        super().__init__()
        _ = language.gettext
        self.policy = policy
        self._fonts = Type(self.font())
        unit = round(self._fonts.unit)
        self.setWindowTitle(_("Before you begin – Kanaltid"))
        self.page = first_page(policy, language)
        self.accept_button = QPushButton(_("Accept and begin"))
        self.accept_button.clicked.connect(lambda _checked=False: self._answer(True))
        self.decline_button = QPushButton(_("Not now"))
        self.decline_button.clicked.connect(lambda _checked=False: self._answer(False))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_text(policy, self.page, language), 1)
        layout.addWidget(_rule())
        layout.addLayout(self._make_buttons(language))
        self.setMinimumSize(unit * 50, unit * 40)
        self.resize(self._best_size())
        # What is to be read comes before what is to be pressed.
        self.text.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.declined.emit()

    def _best_size(self) -> QSize:
        """Return the size at which nothing need be scrolled, as far as the screen has it."""
        unit, width = round(self._fonts.unit), text_column(self._fonts)
        room = self.screen().availableGeometry().height() * 9 // 10
        return QSize(width + unit * 9, min(self._column.heightForWidth(width) + unit * 8, room))

    def _answer(self, yes: bool) -> None:
        if yes:
            # Whoever listens closes the page, once it is stored that the person accepted.
            self.accepted.emit()
        else:
            self.close()

    def _make_text(self, policy: Policy, page: FirstPage, language: Language) -> QScrollArea:
        fonts, unit = self._fonts, round(self._fonts.unit)
        sheet = QWidget()
        column = self._column = QVBoxLayout(sheet)
        column.setContentsMargins(unit * 3, unit * 3, unit * 3, unit * 3)
        column.setSpacing(unit)
        source = language.gettext("{title}, version {version}").format(
            title=policy.title.in_language(language.code), version=policy.version
        )
        column.addWidget(dim_label(fonts, source))
        column.addWidget(plain_label(fonts, Style.HEADING, page.title))
        column.addWidget(plain_label(fonts, Style.STRONG, page.promise))
        for topic in page.topics:
            column.addSpacing(unit)
            column.addWidget(plain_label(fonts, Style.STRONG, topic.heading))
            for paragraph in topic.paragraphs:
                column.addWidget(plain_label(fonts, Style.BODY, paragraph))
        column.addStretch()
        for label in sheet.findChildren(QLabel):
            label.setMaximumWidth(text_column(fonts))
        self.text = QScrollArea()
        self.text.setWidget(sheet)
        self.text.setWidgetResizable(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setAccessibleName(page.title)
        return self.text

    def _make_buttons(self, language: Language) -> QHBoxLayout:
        unit = round(self._fonts.unit)
        row = QHBoxLayout()
        row.setContentsMargins(unit * 3, unit * 2, unit * 3, unit * 2)
        row.setSpacing(unit)
        note = language.gettext("Nothing is stored before you accept.")
        row.addWidget(dim_label(self._fonts, note), 1)
        row.addWidget(self.decline_button)
        row.addWidget(self.accept_button)
        return row


def _rule() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(line.foregroundRole().Mid)
    return line
