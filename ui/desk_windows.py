"""The app's windows in one language: made when they are first opened, kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from tracker.loop import Callback
from tracker.notices.messages import Messages
from ui.accessibility import Accessibility
from ui.day_view import DayView
from ui.raising import bring_to_front
from ui.status_view import StatusView
from ui.theme import Theme
from ui.window_place import WindowPlace
from ui.windows.page import PageHost, PagePlan

if TYPE_CHECKING:
    # Imported where they are opened: the icon is there sooner without them.
    from ui.windows.companion import CompanionWindow
    from ui.windows.main import MainWindow
    from ui.windows.why import WhyWindow


class DeskWindows:
    """The main window, and the small one that stands in for tray and notices.

    Args:
        host: What pages are given.
        plans: The pages.
        messages: What no notification daemon could show.
        menu: The tray's own menu.
        place: Remembers where the main window stood.
        accessibility: What screen readers are told of charts and headings.
        changed: Called when a window was opened or closed: what is seen wants other care.
    """

    def __init__(
        self,
        host: PageHost,
        plans: tuple[PagePlan, ...],
        messages: Messages,
        menu: QMenu,
        *,
        place: WindowPlace | None,
        accessibility: Accessibility,
        changed: Callback,
    ) -> None:
        self._host = host
        self._plans = plans
        self._messages = messages
        self._menu = menu
        self._place = place
        self._changed = changed
        self._main: MainWindow | None = None
        self._companion: CompanionWindow | None = None
        self._why: WhyWindow | None = None
        self._accessibility = accessibility
        self._hosted = True

    @property
    def main_is_seen(self) -> bool:
        """Whether the main window is on the screen."""
        return self._main is not None and self._main.isVisible()

    @property
    def page(self) -> str | None:
        """The page that is on the screen; None where the main window is closed."""
        return self._main.current if self._main is not None and self._main.isVisible() else None

    def show_page(self, page: str) -> bool:
        """Bring a page to the front; return whether it is there before acceptance.

        ``why`` is a window of its own: ``why/LIMIT`` and ``why/LIMIT/CHANNEL`` speak of a
        limit, ``why`` alone of this moment.
        """
        self._accessibility.need()
        if page.partition("/")[0] == "why":
            self._explain(*page.split("/")[1:3])
            return True
        if self._main is None:
            from ui.windows.main import MainWindow

            self._main = MainWindow(
                self._plans, self._host, self._messages, lambda _seen: self._changed(), self._place
            )
        if not self._main.open(page):
            return False
        bring_to_front(self._main)
        return True

    def _explain(self, limit: str | None = None, channel: str | None = None) -> None:
        if self._why is None:
            from ui.windows.why import WhyWindow

            self._why = WhyWindow(self._host)
        if limit is None:
            self._why.for_moment()
        else:
            self._why.for_limit(limit, channel)

    def hide_main(self) -> None:
        """Put the main window away."""
        if self._main is not None:
            self._main.hide()

    def set_hosted(self, hosted: bool) -> None:
        """Say whether a tray shows the icon; without one the small window stands in for it."""
        self._hosted = hosted
        if not hosted:
            self._open_companion().set_lasting(True)
            self._open_companion().show()
        elif self._companion is not None:
            self._companion.set_lasting(False)
            if not self._messages.waiting:
                self._companion.hide()

    def show_messages(self) -> None:
        """Show what waits where nothing else on this desktop would, and put it away after."""
        if self._main is not None:
            self._main.bar.refresh()
        waiting = bool(self._messages.waiting)
        if waiting and not self.main_is_seen:
            self._open_companion().show()
        elif not waiting and self._companion is not None and self._hosted:
            self._companion.hide()

    def refresh(self, view: StatusView, day: DayView) -> None:
        """Bring what is on the screen up to this instant."""
        if self._companion is not None:
            self._companion.refresh(view, day)
        if self._main is not None and self._main.isVisible():
            self._main.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Show them in other colours."""
        for window in (self._main, self._companion):
            if window is not None:
                window.set_theme(theme)
        if self._why is not None:
            self._why.mark_anew()

    def close(self) -> None:
        """Let them go: in another language they are made anew."""
        for window in (self._main, self._companion, self._why):
            if window is not None:
                window.hide()
                window.deleteLater()
        self._main = self._companion = self._why = None

    def _open_companion(self) -> CompanionWindow:
        if self._companion is None:
            from ui.windows.companion import CompanionWindow

            self._companion = CompanionWindow(
                self._messages,
                self._menu,
                show_today=lambda: self._host.open_page("today"),
                language=self._host.language,
                theme=self._host.theme(),
            )
            self._companion.set_lasting(not self._hosted)
            self._changed()
        return self._companion
