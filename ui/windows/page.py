"""What all pages of the main window share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QVBoxLayout, QWidget

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


def why_page(limit: str, channel: str | None) -> str:
    """Return what opens the answer why a limit stands where it does; ``channel`` as there."""
    return f"why/{limit}" if channel is None else f"why/{limit}/{channel}"


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
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        qt.focusChanged.connect(self._follow)
        self._tab_order: list[QWidget] = []

    def order_tabs(self) -> None:
        """Let Tab go through the page from top to bottom, whenever its parts were made."""
        order = [
            widget
            for widget in _widgets_of(self.column)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if order == self._tab_order:
            return
        self._tab_order = order
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tab_order = []  # what was set before it was in a window begins where it likes
        self.order_tabs()

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        # The scroll area follows only from one of its own to the next, not who enters it.
        if now is None or not self.content.isAncestorOf(now) or not self.isVisible():
            return
        if now.visibleRegion().isEmpty():
            self._scroll.ensureWidgetVisible(now)


def _widgets_of(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        assert item is not None
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield widget
            inner = widget.layout()
        if inner is not None:
            yield from _widgets_of(inner)
