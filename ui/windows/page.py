"""What all pages of the main window share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QWidget

from tracker.i18n import Language
from tracker.status import Overview
from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class PageHost:
    """What a page is given.

    Attributes:
        overview: The running service.
        now: Gives the present instant.
        language: The person's.
        theme: Gives the present colours.
        open_page: Brings another page to the front, by its id.
    """

    overview: Overview
    now: Callable[[], datetime]
    language: Language
    theme: Callable[[], Theme]
    open_page: Callable[[str], None]


class Page(QWidget):
    """A page: made when it is first opened, refreshed while it can be seen.

    Args:
        host: What it is given.
    """

    def __init__(self, host: PageHost) -> None:
        super().__init__()
        self.host = host

    def refresh(self) -> None:
        """Show the present instant; called once a second at most, while it can be seen."""

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
