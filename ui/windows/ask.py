"""The window that asks: what was used, the policy's own words, and the ways out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tracker.i18n import Language
from tracker.watchers.base import Rect
from ui.ladder_view import LadderView
from ui.placing import in_corner
from ui.theme import Theme
from ui.typography import Type
from ui.windows.ways_out import WaysOut


class PanelScroll(QScrollArea):
    """Holds a panel that may be larger than its room; takes no focus of its own."""

    def __init__(self, panel: WaysOut) -> None:
        super().__init__()
        self.setWidget(panel)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_when(needed=False)

    def scroll_when(self, *, needed: bool) -> None:
        """Show a scroll bar or none; Qt keeps one that takes the room that it needs itself."""
        policy = Qt.ScrollBarPolicy
        wanted = policy.ScrollBarAsNeeded if needed else policy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() is not wanted:
            self.setVerticalScrollBarPolicy(wanted)


class AskWindow(QWidget):
    """Stands in the corner of the channel's screen, above other windows, and waits.

    It never takes the keyboard by coming: :meth:`take_keyboard` is for when nobody writes.

    Args:
        view: What to say.
        language: The person's.
        theme: Its colours.
        minimises: Whether the channel's window can be minimised from here.
        stops: Whether there is a button that ends the question.
    """

    closed = Signal()
    """The person closed the window."""

    def __init__(
        self,
        view: LadderView,
        language: Language,
        theme: Theme,
        *,
        minimises: bool = False,
        stops: bool = True,
    ) -> None:
        super().__init__(
            None,
            Qt.WindowType.Dialog
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.CustomizeWindowHint
            | Qt.WindowType.WindowTitleHint
            | (Qt.WindowType.WindowCloseButtonHint if stops else Qt.WindowType.Dialog),
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(language.gettext("{channel} – Kanaltid").format(channel=view.channel))
        self.panel = WaysOut(view, language, theme, minimises=minimises, stops=stops)
        self._stops = stops
        self._room = Rect(0, 0, 1 << 15, 1 << 15)
        self._unit = round(Type(self.font()).unit)
        self._scroll = PanelScroll(self.panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        self.panel.setFocus()

    def stand(self, room: Rect) -> None:
        """Take the size that it needs and the corner of ``room``, in Qt's pixels."""
        self._room = room
        width, height = self._size()
        x, y = in_corner(width, height, room, self._unit * 3)
        self.resize(width, height)
        self.move(x, y)

    def fit(self) -> None:
        """Take the size that it needs by now, where it stands."""
        width, height = self._size()
        if (self.width(), self.height()) != (width, height):
            self.resize(width, height)

    def _size(self) -> tuple[int, int]:
        width = min(self.panel.width_wanted, self._room.width)
        most = self._room.height - self._unit * 6
        wanted = self.panel.height_for(width)
        self._scroll.scroll_when(needed=wanted > most)
        return width, min(wanted, most)

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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.panel.announce_once()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._stops:
            event.ignore()  # it goes when the channel is left, or by a way out
            return
        super().closeEvent(event)
        self.closed.emit()
