"""The app around a running service: tray, menu, notices and windows, kept up to date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from tracker.clock import Clock
from tracker.error_texts import describe
from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.loop import Handle, Loop
from tracker.model import StateKind
from tracker.notice import Herald, Notice
from tracker.notices.herald import DesktopHerald
from tracker.notices.messages import Message, Messages
from tracker.notices.session_bus import SessionBus
from tracker.status import Overview, Status
from ui.asking import Asking
from ui.day_menu import DayMenu, Doings
from ui.day_view import DayView, view_day
from ui.qt_loop import QtLoop
from ui.raising import bring_to_front
from ui.status_view import StatusView, view_status
from ui.theme import SCHEME_VARIABLE, Scheme, dress
from ui.tray import Tray
from ui.tray_icon import look_of

if TYPE_CHECKING:
    # Imported where they are opened: the icon is there sooner without them.
    from ui.charts.accessible import ChartAccessibility
    from ui.windows.companion import CompanionWindow
    from ui.windows.main import MainWindow

PANEL_VARIABLE = "KANALTID_PANEL"
"""``light`` or ``dark``: what the tray's panel is like, where it is not like the windows."""

WHILE_SEEN = timedelta(seconds=1)
WHILE_COUNTING = timedelta(seconds=10)
AT_REST = timedelta(seconds=60)


class DeskApp:
    """The screen's half of the program. :meth:`attach` gives it the service's.

    Args:
        qt: The application; nothing here runs its loop.
        environ: The environment.
        language: The person's.
    """

    def __init__(self, qt: QApplication, environ: Mapping[str, str], language: Language) -> None:
        self._qt = qt
        self._environ = environ
        self._language = language
        self._theme = dress(qt, environ.get(SCHEME_VARIABLE))
        self._messages = Messages()
        self._overview: Overview | None = None
        self._main: MainWindow | None = None
        self._companion: CompanionWindow | None = None
        self._next: Handle | None = None
        self._listening: Handle | None = None
        self._stale = False
        self._accessibility: ChartAccessibility | None = None
        qt.styleHints().colorSchemeChanged.connect(lambda _scheme: self._dress_anew())

    # What the service is made with

    def make_loop(self, clock: Clock) -> QtLoop:
        """Return the loop that the core and the app share."""
        self.loop = QtLoop(clock)
        self.session = SessionBus(self.loop, self._environ)
        return self.loop

    def make_herald(self, loop: Loop) -> Herald:
        """Return what tells the person."""
        self._herald = DesktopHerald(
            loop,
            self.session,
            self._messages,
            overview=lambda: self.overview,
            language=self._language,
            show=self.show_today,
        )
        return _TellingHerald(self._herald, self)

    @property
    def overview(self) -> Overview:
        """The running service."""
        assert self._overview is not None, "attach comes first"
        return self._overview

    @property
    def messages(self) -> Messages:
        """What no notification daemon could show."""
        return self._messages

    # Beginning and end

    def attach(self, overview: Overview) -> None:
        """Take up a service that is about to start."""
        self._overview = overview
        self._asking = Asking(
            overview, self._language, accepted=self.show_today, failed=self._tell_of
        )
        self.menu = DayMenu(
            overview,
            self.loop.clock.now,
            self._language,
            Doings(
                show_first_page=self._asking.show,
                open_page=self.show_page,
                acted=self.refresh_soon,
                failed=self._tell_of,
                quit=self.quit,
            ),
        )
        self.tray = Tray(
            self.loop,
            self.session,
            self.menu,
            activated=self.show_today,
            hosted=self._on_hosted,
        )
        self.menu.aboutToShow.connect(self.refresh)
        self._messages.listen(self._on_messages)
        self._listening = overview.listen(self.refresh_soon)

    def begin(self) -> None:
        """Show the icon, and the first page where the person has not accepted yet."""
        self.session.connect()
        self.refresh()
        self.tray.show()
        if not self.overview.status().accepted:
            self._asking.show()

    def quit(self) -> None:
        """End the loop.

        ``QApplication.quit`` asks every window first, and the small one says no: to whoever
        closes it, it is the only way to everything else.
        """
        self._qt.exit(0)

    def close(self) -> None:
        """Take everything off the screen; the service may be closed afterwards."""
        for handle in (self._listening, self._next):
            if handle is not None:
                handle.cancel()
        self.tray.close()
        for window in (self._main, self._companion):
            if window is not None:
                window.hide()
        self._asking.close()
        self.session.close()

    # What can be opened

    def show_today(self) -> None:
        """Bring the Today page to the front; before acceptance, the first page."""
        self.show_page("today")

    def show_page(self, page: str) -> None:
        """Bring a page of the main window to the front.

        Before acceptance most of them have nothing to show: then the first page comes.
        """
        main = self._open_main()
        if not main.open(page):
            self._asking.show()
            return
        self.refresh_soon()
        bring_to_front(main)

    def _open_main(self) -> MainWindow:
        if self._main is None:
            from ui.charts.accessible import ChartAccessibility
            from ui.windows.main import MainWindow
            from ui.windows.page import PageHost
            from ui.windows.pages import page_plans

            self._accessibility = ChartAccessibility()
            self._accessibility.install()
            host = PageHost(
                self.overview,
                self.loop.clock.now,
                self._language,
                lambda: self._theme,
                self.show_page,
            )
            plans = page_plans(self._language, self.menu.pauses)
            self._main = MainWindow(plans, host, self._messages, lambda _seen: self.refresh_soon())
        return self._main

    @property
    def _main_is_seen(self) -> bool:
        return self._main is not None and self._main.isVisible()

    def _tell_of(self, error: OutsideError) -> None:
        text = describe(error, self._language)
        body = f"{text.text} {text.remedy}"
        now = self.loop.clock.now()
        self._messages.put(Message(f"status:{error.code}", text.title, body, now))

    # Keeping up

    def refresh_soon(self) -> None:
        """Refresh once after all that is happening now, however much it is."""
        if not self._stale:
            self._stale = True
            self.loop.post(self.refresh)

    def refresh(self) -> None:
        """Bring everything that can be seen up to this instant."""
        self._stale = False
        overview, now = self.overview, self.loop.clock.now()
        report, status = overview.today(), overview.status()
        self._messages.forget_before(overview.day_bounds(report.day)[0])
        day = view_day(report, overview.policy, self._language)
        view = view_status(status, day, overview.policy, now, self._language)
        look = look_of(view.sign, view.filled, self._panel())
        self.tray.refresh(look, self._tooltip(view, day, status))
        self.menu.refresh(status, view, day, self._messages.waiting)
        if self._companion is not None:
            self._companion.refresh(view, day)
        if self._main is not None and self._main_is_seen:
            self._main.refresh()
        self._await_next(status, seen=self._main_is_seen)
        if self._asking.review(accepted=status.accepted) and self._main is not None:
            self._main.hide()

    def _panel(self) -> Scheme:
        """Return what the tray's panel is like; no desktop tells, so the windows stand for it."""
        told = self._environ.get(PANEL_VARIABLE, "")
        return Scheme(told) if told in set(Scheme) else self._theme.scheme

    def _await_next(self, status: Status, *, seen: bool) -> None:
        counting = status.state.kind is StateKind.CHANNEL
        wait = WHILE_SEEN if seen else WHILE_COUNTING if counting else AT_REST
        if self._next is not None:
            self._next.cancel()
        self._next = self.loop.call_at(self.loop.clock.now() + wait, self.refresh)

    def _tooltip(self, view: StatusView, day: DayView, status: Status) -> str:
        lines = [message.title for message in self._messages.waiting[:1]]
        lines.append(view.sentence)
        if status.accepted:
            lines += [day.headline.number, day.headline.words]
        return "\n".join(["Kanaltid", *lines])

    def _on_messages(self) -> None:
        if self._main is not None:
            self._main.bar.refresh()
        waiting = bool(self._messages.waiting)
        if waiting and not self._main_is_seen:
            # Nothing else on this desktop would show it.
            self._open_companion().show()
        elif not waiting and self._companion is not None and self.tray.hosted:
            self._companion.hide()
        self.refresh_soon()

    def _on_hosted(self, hosted: bool) -> None:
        self._qt.setQuitOnLastWindowClosed(False)
        if not hosted:
            self._open_companion().set_lasting(True)
            self._open_companion().show()
        elif self._companion is not None:
            self._companion.set_lasting(False)
            if not self._messages.waiting:
                self._companion.hide()

    def _open_companion(self) -> CompanionWindow:
        if self._companion is None:
            from ui.windows.companion import CompanionWindow

            self._companion = CompanionWindow(
                self._messages,
                self.menu,
                show_today=self.show_today,
                language=self._language,
                theme=self._theme,
            )
            self._companion.set_lasting(not self.tray.hosted)
            self.refresh_soon()
        return self._companion

    def _dress_anew(self) -> None:
        self._theme = dress(self._qt, self._environ.get(SCHEME_VARIABLE))
        for window in (self._main, self._companion):
            if window is not None:
                window.set_theme(self._theme)
        self.refresh_soon()


class _TellingHerald:
    """Passes notices on, and brings the icon up to date with each."""

    def __init__(self, herald: Herald, app: DeskApp) -> None:
        self._herald = herald
        self._app = app

    def tell(self, notice: Notice) -> None:
        self._herald.tell(notice)
        self._app.refresh_soon()
