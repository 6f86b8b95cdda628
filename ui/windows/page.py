"""What all pages of the main window share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from tracker.i18n import Language
from tracker.status import Overview
from ui.theme import Theme
from ui.typography import Type


@dataclass(frozen=True, slots=True)
class PageHost:
    """What a page is given.

    Attributes:
        overview: The running service.
        now: Gives the present instant.
        language: The person's.
        theme: Gives the present colours.
        open_page: Brings another page to the front, by its id, or a part of it: see
            :meth:`Page.show_part`.
    """

    overview: Overview
    now: Callable[[], datetime]
    language: Language
    theme: Callable[[], Theme]
    open_page: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page that can be opened.

    Attributes:
        id: What others open it by.
        title: Its name in the sidebar.
        make: Makes it, when it is first opened.
        before_acceptance: Whether it is there before the person accepted the policy.
    """

    id: str
    title: str
    make: Callable[[PageHost], Page]
    before_acceptance: bool = False


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

    def show_part(self, part: str) -> None:
        """Show what comes behind the page's id and a slash, such as a day: ``spans/2026-11-23``."""

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""


class ScrollPage(Page):
    """A page that is one column, scrolled where it is too long for the window.

    Parts are added to :attr:`column`, which keeps 24 px at the window's edge and between them.
    """

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        self.fonts = Type(self.font())
        unit = round(self.fonts.unit)
        self.content = QWidget()
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(unit * 3, unit * 2, unit * 3, unit * 3)
        self.column.setSpacing(unit * 3)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
