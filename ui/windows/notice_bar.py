"""A calm bar in a window: what no notification daemon could show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import Language
from tracker.notices.messages import Message, Messages
from ui.charts.drawing import Role, Style
from ui.theme import Theme
from ui.typography import Type
from ui.windows.flow import FlowLayout


class NoticeBar(QWidget):
    """Shows the newest message until it is dismissed; hidden where there is none."""

    def __init__(
        self, messages: Messages, language: Language, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._messages = messages
        self._theme = theme
        self._shown: Message | None = None
        fonts = Type(self.font())
        unit = round(fonts.unit)
        self.title = _label(fonts, Style.STRONG)
        self.body = _label(fonts, Style.BODY)
        self.dismiss_button = QToolButton()
        self.dismiss_button.setAutoRaise(True)
        self.dismiss_button.setText(language.gettext("Dismiss"))
        self.dismiss_button.clicked.connect(self._dismiss)
        self.why_button = QToolButton()
        self.why_button.setAutoRaise(True)
        self.why_button.setText(language.gettext("Why?"))
        self.why_button.clicked.connect(self._explain)
        words = QVBoxLayout()
        words.setSpacing(unit // 4)
        words.addWidget(self.title)
        words.addWidget(self.body)
        self._ways_out = FlowLayout(unit)
        self.buttons: list[QPushButton] = []
        ways_out = QVBoxLayout()
        ways_out.setContentsMargins(0, unit // 2, 0, 0)
        ways_out.addLayout(self._ways_out)
        words.addLayout(ways_out)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(unit * 2, unit, unit, unit)
        layout.setSpacing(unit)
        layout.addLayout(words, 1)
        layout.addWidget(self.why_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.dismiss_button, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(language.gettext("Notice"))
        self.refresh()

    def refresh(self) -> None:
        """Show the newest message."""
        waiting = self._messages.waiting
        known, self._shown = self._shown, waiting[0] if waiting else None
        if self._shown is not None:
            self.title.setText(self._shown.title)
            self.body.setText(self._shown.body)
            self.why_button.setAccessibleName(f"{self._shown.title} {self.why_button.text()}")
            self.why_button.setVisible(self._shown.explain is not None)
        if self._shown is not known:
            self._show_buttons(self._shown)
        self.setVisible(self._shown is not None)

    def _show_buttons(self, message: Message | None) -> None:
        for old in self.buttons:
            old.hide()
            old.deleteLater()
        self.buttons = []
        for way_out in message.buttons if message is not None else ():
            button = QPushButton(way_out.label.replace("&", "&&"))
            button.clicked.connect(lambda _checked=False, key=way_out.key: self._press(key))
            self._ways_out.addWidget(button)
            self.buttons.append(button)

    def _press(self, key: str) -> None:
        message = self._shown
        if message is not None:
            # Gone first: what is refused is said in its place.
            self._messages.dismiss(message.key)
            message.pressed(key)

    def _explain(self) -> None:
        if self._shown is not None and self._shown.explain is not None:
            self._shown.explain()

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        unit = Type(self.font()).unit
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        frame = self.rect().toRectF()
        painter.drawRoundedRect(frame, unit / 2, unit / 2)
        painter.setBrush(self._theme.colour(Role.WARNING))
        frame.setWidth(unit / 2)
        painter.drawRoundedRect(frame, unit / 4, unit / 4)
        painter.end()

    def _dismiss(self) -> None:
        if self._shown is not None:
            self._messages.dismiss(self._shown.key)


def _label(fonts: Type, style: Style) -> QLabel:
    label = QLabel()
    label.setFont(fonts.font(style))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return label
