"""The main window: a sidebar, and beside it the page that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.notices.messages import Messages
from ui.theme import Theme
from ui.typography import Type
from ui.window_place import WindowPlace
from ui.windows.notice_bar import NoticeBar
from ui.windows.page import Page, PageHost, PagePlan, ScrollPage
from ui.windows.sidebar import Sidebar


class MainWindow(QMainWindow):
    """Holds the pages; each is made when it is first opened.

    Args:
        plans: The pages, in the order of the sidebar.
        host: What pages are given.
        messages: What no notification daemon could show.
        seen: Called with whether the window can be seen, when that changes.
        place: Remembers where the window stood.
    """

    def __init__(
        self,
        plans: Sequence[PagePlan],
        host: PageHost,
        messages: Messages,
        seen: Callable[[bool], None],
        place: WindowPlace | None = None,
    ) -> None:
        super().__init__()
        self._place = place
        self._plans = {plan.id: plan for plan in plans}
        self._host = host
        self._seen = seen
        self._pages: dict[str, Page] = {}
        self.current = ""
        unit = round(Type(self.font()).unit)
        self.sidebar = Sidebar(plans, host.language.gettext("Pages"))
        self.sidebar.chosen.connect(self.open)
        self.bar = NoticeBar(messages, host.language, host.theme())
        self._stack = QStackedWidget()
        self._lay_out(unit)
        for keys in (QKeySequence.StandardKey.Close, QKeySequence(Qt.Key.Key_Escape)):
            QShortcut(QKeySequence(keys), self, self.close)
        for number, plan in enumerate(plans[:9], start=1):
            keys = QKeySequence(Qt.Modifier.CTRL | Qt.Key(Qt.Key.Key_0 + number))
            QShortcut(keys, self, lambda page=plan.id: self.open(page))
        self._usual = QSize(self.sidebar.width() + unit * 96, unit * 84)
        self._fitted = False
        self.setMinimumSize(self.sidebar.width() + unit * 44, unit * 40)

    def open(self, page: str) -> bool:
        """Bring a page to the front, and up to this instant; return whether that may be."""
        page, _, part = page.partition("/")
        if page not in self._allowed():
            return False
        shown = self._page(page)
        if part:
            shown.show_part(part)
        self.current = page
        self._stack.setCurrentWidget(shown)
        self.sidebar.show_page(page)
        title = self._plans[page].title
        self.setWindowTitle(self._host.language.gettext("{page} – Kanaltid").format(page=title))
        self.refresh()
        return True

    def page(self, page: str) -> Page | None:
        """Return a page that was opened before."""
        return self._pages.get(page)

    def refresh(self) -> None:
        """Show the present instant on the page that is open."""
        allowed = self._allowed()
        self.sidebar.allow(allowed)
        self.bar.refresh()
        if self.current in allowed:
            self._pages[self.current].refresh()

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self.bar.set_theme(theme)
        for page in self._pages.values():
            page.set_theme(theme)

    def fit(self) -> None:
        """Put the window where it stood, or give it room for the whole page; once."""
        if self._fitted:
            return
        self._fitted = True
        if self._place is not None and self._place.restore(self):
            return
        room = self.screen().availableGeometry().size() * 9 / 10
        page, wanted = self._pages.get(self.current), self._usual.height()
        if isinstance(page, ScrollPage):
            page_width = self._usual.width() - self.sidebar.width()
            wanted = max(wanted, page.column.heightForWidth(page_width))
        self.resize(QSize(self._usual.width(), wanted).boundedTo(room))

    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)
        self._seen(True)

    def hideEvent(self, event: QHideEvent) -> None:
        if self._place is not None and not event.spontaneous():
            self._place.save(self)
        super().hideEvent(event)
        self._seen(False)

    def _allowed(self) -> frozenset[str]:
        accepted = self._host.overview.status().accepted
        return frozenset(
            plan.id for plan in self._plans.values() if accepted or plan.before_acceptance
        )

    def _page(self, page: str) -> Page:
        if page not in self._pages:
            self._pages[page] = self._plans[page].make(self._host)
            self._stack.addWidget(self._pages[page])
        return self._pages[page]

    def _lay_out(self, unit: int) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        above = QVBoxLayout()
        above.setContentsMargins(unit * 3, unit * 2, unit * 3, 0)
        above.addWidget(self.bar)
        right.addLayout(above)
        right.addWidget(self._stack, 1)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.VLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setForegroundRole(line.foregroundRole().Mid)
        # A main window is one to a screen reader too; a plain widget is only a filler.
        whole = QWidget()
        self.setCentralWidget(whole)
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        layout.addWidget(line)
        layout.addLayout(right, 1)
