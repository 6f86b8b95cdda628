"""The Privacy page: what is measured and why, every stored row, and the ways to be rid of it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from tracker.error_texts import describe
from tracker.errors import OutsideError
from ui.charts.drawing import Style
from ui.privacy_view import PrivacyView, ask_withdraw, view_privacy
from ui.windows.data_deletion import DeletionBox
from ui.windows.data_export import DataExportBox
from ui.windows.page import PageHost, ScrollPage
from ui.windows.questions import AskingBox
from ui.windows.stored_table import StoredTable
from ui.windows.texts import dim_label, plain_label, text_column


class PrivacyPage(ScrollPage):
    """Says what DESIGN §6 asks for, shows every stored row, exports, deletes and pauses.

    Args:
        host: What it is given.
        pauses: The menu of pauses.
    """

    def __init__(self, host: PageHost, pauses: QMenu) -> None:
        super().__init__(host)
        _ = host.language.gettext
        overview, language = host.overview, host.language
        self._view: PrivacyView | None = None
        self.promise = plain_label(self.fonts, Style.NUMBER)
        self.accepted = dim_label(self.fonts)
        self.pause = QPushButton(_("Pause"))
        self.pause.setMenu(pauses)
        self.resume = QPushButton(_("Resume"))
        self.resume.clicked.connect(overview.resume)
        self.stop = QPushButton(_("Stop measuring …"))
        self.stop.clicked.connect(lambda _checked=False: self._ask_withdraw())
        self.begin = QPushButton(_("What is measured …"))
        self.begin.clicked.connect(lambda _checked=False: host.open_page("today"))
        self.trouble = plain_label(self.fonts, Style.BODY)
        self.trouble.hide()
        self._topics = QVBoxLayout()
        self.stored = StoredTable(overview, language, self._today())
        self.export = DataExportBox(overview, language, self._today)
        self.deletion = DeletionBox(overview, language, lambda: self.stored.days)
        self.place = plain_label(self.fonts, Style.BODY)
        self.open_place = QPushButton(_("Open the folder"))
        self.open_place.clicked.connect(lambda _checked=False: self._open_place())
        self.stored.days_changed.connect(self.deletion.refresh)
        self.deletion.deleted.connect(self.stored.reload)
        self._lay_out()

    def _today(self) -> date:
        return self.host.overview.today().day

    def refresh(self) -> None:
        """Show the words of the policy in force, and whether it is measured."""
        overview = self.host.overview
        status = overview.status()
        view = view_privacy(
            overview.policy, overview.consent(), self.host.language, accepted=status.accepted
        )
        self.pause.setVisible(status.accepted and not status.paused)
        self.resume.setVisible(status.accepted and status.paused)
        self.stop.setVisible(status.accepted)
        self.begin.setVisible(not status.accepted)
        if view != self._view:
            self._view = view
            self.promise.setText(view.promise)
            style = Style.NUMBER if view.nothing else Style.HEADING
            self.promise.setFont(self.fonts.font(style))
            self.accepted.setText(view.accepted)
            self._show_topics(view)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # In a turn of its own: to make the page and to read the rows takes long enough each.
        QTimer.singleShot(0, self, self._read)

    def _read(self) -> None:
        self._store_now()
        self.stored.reload()
        self.deletion.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.trouble.hide()

    def _store_now(self) -> None:
        """Let the rows that are shown be those up to this instant."""
        try:
            self.host.overview.store_now()
        except OutsideError as error:
            self._tell(error)

    def _tell(self, error: OutsideError) -> None:
        text = describe(error, self.host.language)
        self.trouble.setText(f"{text.title} {text.text} {text.remedy}")
        self.trouble.show()

    def _ask_withdraw(self) -> None:
        def withdraw() -> None:
            try:
                self.host.overview.withdraw()
            except OutsideError as error:
                self._tell(error)

        question = ask_withdraw(self.host.language)
        AskingBox(question, self.host.language, withdraw, self.window()).open()

    def _open_place(self) -> None:
        place = self.host.overview.data_place
        if place is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))

    def _show_topics(self, view: PrivacyView) -> None:
        while (item := self._topics.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        unit = round(self.fonts.unit)
        for topic in view.topics:
            part = QWidget()
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(unit // 2)
            column.addWidget(plain_label(self.fonts, Style.STRONG, topic.heading))
            for paragraph in topic.paragraphs:
                column.addWidget(plain_label(self.fonts, Style.BODY, paragraph))
            for label in part.findChildren(QLabel):
                label.setMaximumWidth(text_column(self.fonts))
            self._topics.addWidget(part)

    def _lay_out(self) -> None:
        _ = self.host.language.gettext
        unit = round(self.fonts.unit)
        buttons = QHBoxLayout()
        buttons.setSpacing(unit)
        for button in (self.pause, self.resume, self.stop, self.begin):
            buttons.addWidget(button)
        buttons.addStretch()
        head = QVBoxLayout()
        head.setSpacing(unit)
        head.addWidget(self.promise)
        head.addWidget(self.accepted)
        head.addLayout(buttons)
        head.addWidget(self.trouble)
        self._topics.setSpacing(unit * 2)
        self.column.addLayout(head)
        self.column.addLayout(self._topics)
        self._add(_("Every stored row"), "", self.stored)
        self._add(
            _("Take it along"),
            _("All of it as one JSON file, your settings too. It is yours alone: others can't"
              " read the file."),
            self.export,
        )  # fmt: skip
        self._add(
            _("Delete"),
            _("What is deleted is gone for good, from this computer's files too. A day that is"
              " under way counts on from zero."),
            self.deletion,
        )  # fmt: skip
        self._add_place()
        self.column.addStretch()

    def _add_place(self) -> None:
        place = self.host.overview.data_place
        if place is not None:
            self.place.setText(str(place))
            self._add(self.host.language.gettext("Where it lies"), "", self.place, self.open_place)

    def _add(self, heading: str, text: str, *parts: QWidget) -> None:
        unit = round(self.fonts.unit)
        column = QVBoxLayout()
        column.setSpacing(unit)
        column.addWidget(plain_label(self.fonts, Style.HEADING, heading))
        if text:
            label = plain_label(self.fonts, Style.BODY, text)
            label.setMaximumWidth(text_column(self.fonts))
            column.addWidget(label)
        for part in parts:
            if isinstance(part, QPushButton):
                row = QHBoxLayout()
                row.addWidget(part)
                row.addStretch()
                column.addLayout(row)
            else:
                column.addWidget(part)
        self.column.addLayout(column)
