"""What pages of more than one day choose by: arrows between times, and limits to show them by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QToolButton

from tracker.i18n import Language
from tracker.loop import Callback
from ui.week_view import Focus


def arrow_button(arrow: Qt.ArrowType, name: str, act: Callback | None = None) -> QToolButton:
    """Return a quiet button with an arrow.

    Args:
        arrow: Where it points.
        name: What it goes to, for the pointer and for screen readers.
        act: What a click does; None: the caller connects it.
    """
    button = QToolButton()
    button.setArrowType(arrow)
    button.setAutoRaise(True)
    button.setAccessibleName(name)
    button.setToolTip(name)
    if act is not None:
        button.clicked.connect(lambda _checked=False: act())
    return button


class FocusBox(QComboBox):
    """Offers all time, and each limit that the time can be shown against.

    Args:
        name: What it chooses, for screen readers.
        language: The person's.
    """

    chosen = Signal()
    """The person chose: :attr:`choice` tells what."""

    def __init__(self, name: str, language: Language) -> None:
        super().__init__()
        self._language = language
        self._entries: list[tuple[Focus | None, str]] = []
        self.choice: Focus | None = None
        self.setAccessibleName(name)
        self.activated.connect(self._choose)

    def show_focuses(self, focuses: Sequence[tuple[Focus, str]], shown: Focus | None) -> None:
        """Offer these, and mark the one that is shown; without any there is nothing to choose."""
        entries = [(None, self._language.gettext("All time")), *focuses]
        if entries != self._entries:
            self._entries = entries
            self.clear()
            self.addItems([name for _key, name in entries])
        self.setCurrentIndex([key for key, _name in entries].index(shown))
        self.setVisible(bool(focuses))

    def _choose(self, index: int) -> None:
        self.choice = self._entries[index][0]
        self.chosen.emit()
