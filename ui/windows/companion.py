"""The small window: stands in for the tray icon where the desktop has no tray."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from tracker.i18n import Language
from tracker.loop import Callback
from tracker.notices.messages import Messages
from ui.charts.drawing import Style
from ui.day_view import DayView
from ui.status_view import StatusView
from ui.theme import Theme
from ui.typography import Type
from ui.windows.notice_bar import NoticeBar
from ui.windows.state_line import StateLine
from ui.windows.texts import dim_label, plain_label


class CompanionWindow(QWidget):
    """What is left, what is going on, and the tray's own menu behind a button.

    Where there is a tray it only carries messages that no daemon could show, and closing
    it puts it away. Without one it is the way to everything, so that closing minimises it.
    """

    def __init__(
        self,
        messages: Messages,
        menu: QMenu,
        *,
        show_today: Callback,
        language: Language,
        theme: Theme,
    ) -> None:
        super().__init__()
        _ = language.gettext
        self._language = language
        self._lasting = False
        fonts = Type(self.font())
        unit = round(fonts.unit)
        self.setWindowTitle("Kanaltid")
        self.bar = NoticeBar(messages, language, theme)
        self.number = plain_label(fonts, Style.NUMBER)
        self.words = plain_label(fonts, Style.BODY)
        self.state = StateLine(theme)
        self.hint = dim_label(fonts)
        self.today_button = QPushButton(_("Today"))
        self.today_button.clicked.connect(lambda _checked=False: show_today())
        self.menu_button = QPushButton(_("Menu"))
        self.menu_button.setMenu(menu)
        buttons = QHBoxLayout()
        buttons.addWidget(self.today_button)
        buttons.addWidget(self.menu_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(unit * 3, unit * 2, unit * 3, unit * 2)
        layout.setSpacing(unit)
        for part in (self.bar, self.number, self.words, self.state, self.hint):
            layout.addWidget(part)
        layout.addStretch()
        layout.addLayout(buttons)
        self.setMinimumWidth(unit * 40)
        # It must not take the keyboard from what the person is writing.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)

    def refresh(self, status: StatusView, day: DayView) -> None:
        """Show the present instant."""
        self.number.setText(day.headline.number)
        self.words.setText(day.headline.words)
        self.state.show_state(status)
        self.bar.refresh()
        self._grow()

    def _grow(self) -> None:
        """Give what is said room: it may be more than when the window was opened."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = layout.totalHeightForWidth(self.width())
        if height > self.height():
            self.resize(self.width(), height)

    def set_lasting(self, lasting: bool) -> None:
        """Say whether it stands in for the tray icon."""
        _ = self._language.gettext
        self._lasting = lasting
        self.hint.setText(_("This desktop has no tray: Kanaltid stays in this window."))
        self.hint.setVisible(lasting)

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self.bar.set_theme(theme)
        self.state.set_theme(theme)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._lasting:
            event.ignore()
            self.showMinimized()
        else:
            super().closeEvent(event)
