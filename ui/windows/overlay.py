"""A calm layer over the channel's window, with the ways out in its middle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QPalette, QShowEvent, QWindow
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from tracker.i18n import Language
from tracker.watchers.base import Rect
from ui.ladder_view import LadderView
from ui.theme import Theme
from ui.typography import Type
from ui.windows.ask import PanelScroll
from ui.windows.ways_out import WaysOut


class Overlay(QWidget):
    """Covers one window, and nothing else; what is below it stays as it is.

    The window manager keeps it right above that window: it counts as its dialog. It never
    takes the keyboard by coming: :meth:`take_keyboard` is for when nobody writes.

    Args:
        view: What to say.
        language: The person's.
        theme: Its colours.
        minimises: Whether the channel's window can be minimised from here.
    """

    def __init__(
        self,
        view: LadderView,
        language: Language,
        theme: Theme,
        *,
        minimises: bool = True,
    ) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(language.gettext("{channel} – Kanaltid").format(channel=view.channel))
        self._unit = round(Type(self.font()).unit)
        self._covered: QWindow | None = None
        self.panel = WaysOut(view, language, theme, minimises=minimises, stops=False)
        self.panel.setAutoFillBackground(True)
        self._scroll = PanelScroll(self.panel)
        across = QHBoxLayout()
        across.addStretch()
        across.addWidget(self._scroll)
        across.addStretch()
        layout = QVBoxLayout(self)
        # The covered window says how large it is.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch()
        layout.addLayout(across)
        layout.addStretch()
        self.panel.setFocus()

    def cover(self, place: Rect) -> None:
        """Lie over a rectangle of Qt's pixels."""
        width = min(self.panel.width_wanted, place.width)
        wanted = self.panel.height_for(width)
        self._scroll.scroll_when(needed=wanted > place.height)
        height = min(wanted, place.height)
        if (self._scroll.width(), self._scroll.height()) != (width, height):
            self._scroll.setFixedSize(width, height)
            self.update()  # its frame is ours to paint
        where = (place.x, place.y, place.width, place.height)
        if self.geometry().getRect() != where:
            self.setGeometry(*where)

    def take_keyboard(self) -> None:
        """Let what is typed from now on come here; nothing is pressed by it."""
        self.panel.setFocus()
        self.raise_()
        self.activateWindow()

    def refresh(self, view: LadderView) -> None:
        """Say how things stand now."""
        self.panel.refresh(view)

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self.panel.set_theme(theme)

    def tie(self, window: int) -> None:
        """Have the window manager keep it right above ``window``, as the desktop calls it."""
        self.winId()
        handle = self.windowHandle()
        if window and handle is not None:
            self._covered = QWindow.fromWinId(window)
            handle.setTransientParent(self._covered)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.panel.announce_once()

    def closeEvent(self, event: QCloseEvent) -> None:
        # It goes when the channel is left, or by a way out.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.drawRect(self._scroll.geometry().adjusted(-1, -1, 0, 0))
        painter.end()
