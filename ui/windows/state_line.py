"""What is going on now, in a few words beside the sign that the tray shows too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.charts.drawing import Style
from ui.status_view import StatusView
from ui.theme import Theme
from ui.tray_icon import Look, draw_pixmap, look_of
from ui.typography import Type
from ui.windows.texts import plain_label


class StateLine(QWidget):
    """The sign and the sentence of the present state."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look: Look | None = None
        self._status: StatusView | None = None
        self._clock = ""
        fonts = Type(self.font())
        self.sign = QLabel()
        self.sentence = plain_label(fonts, Style.BODY)
        self.sentence.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(round(fonts.unit))
        layout.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.sentence, 1)

    def show_state(self, status: StatusView, clock: str = "") -> None:
        """Show a state, and how long it has lasted where that is told."""
        self._status = status
        self._clock = clock
        self.sentence.setText(f"{status.sentence} · {clock}" if clock else status.sentence)
        look = look_of(status.sign, status.filled, self._theme.scheme)
        if look != self._look:
            self._look = look
            ratio = self.devicePixelRatioF()
            pixmap = draw_pixmap(look, round(Type(self.font()).unit * 2 * ratio))
            pixmap.setDevicePixelRatio(ratio)
            self.sign.setPixmap(pixmap)

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self._theme = theme
        self._look = None
        if self._status is not None:
            self.show_state(self._status, self._clock)
