"""A menu that a tray's host may show by itself, over the bus: its texts are right there too."""

from __future__ import annotations

from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget


def text_for_qt(text: str) -> str:
    """Return a text as Qt's own menus want it: a lone ampersand underlines a letter."""
    return text.replace("&", "&&")


def text_for_host(text: str) -> str:
    """Return a text so that a host shows it as it is.

    By the DBusMenu protocol a lone underscore is not shown, and two are shown as one. Qt
    makes an underscore of the first ampersand, and gives away all others as they are.
    """
    return text.replace("_", "__").replace("&", "&&", 1)


class HostMenu(QMenu):
    """A menu whose lines change their texts, in the form that who shows it wants.

    Qt gives a host the texts of the lines as they are, underscores included, and draws the
    very same lines where there is no host. Only what Qt draws is ever shown as a widget.

    Args:
        title: What it is called in the menu that it belongs to.
        parent: What it belongs to.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._texts: dict[QAction, str] = {}

    def put(self, action: QAction, text: str) -> None:
        """Set a line's text where it changed, and show it where it has one."""
        self._texts[action] = text
        self._write(action, text)
        if action.isVisible() != bool(text):
            action.setVisible(bool(text))

    def text_of(self, action: QAction) -> str:
        """Return what is to be read in a line."""
        return self._texts.get(action, action.text())

    def _write(self, action: QAction, text: str) -> None:
        escaped = text_for_qt(text) if self.isVisible() else text_for_host(text)
        if action.text() != escaped:
            action.setText(escaped)

    def _write_all(self) -> None:
        for action, text in self._texts.items():
            self._write(action, text)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt draws it."""
        self._write_all()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """From now on a host may show it again."""
        super().hideEvent(event)
        self._write_all()
