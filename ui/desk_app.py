"""The app around a running service: tray, menu, notices and windows, kept up to date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from PySide6.QtWidgets import QApplication

from tracker.autostart import StartAtLogin
from tracker.clock import Clock
from tracker.error_texts import describe
from tracker.errors import OutsideError
from tracker.i18n import Language, language_for
from tracker.loop import Handle, Loop
from tracker.model import StateKind
from tracker.notice import Herald, LimitNotice, Notice
from tracker.notices.herald import DesktopHerald
from tracker.notices.messages import Message, Messages
from tracker.notices.names import Names
from tracker.notices.session_bus import SessionBus
from tracker.paths import Paths
from tracker.settings import Settings, SettingsKeeper
from tracker.status import Overview, Status
from ui.accessibility import Accessibility
from ui.asking import Asking
from ui.choosing import Choosing
from ui.day_menu import DayMenu, Doings
from ui.day_view import DayView, view_day
from ui.desk_windows import DeskWindows
from ui.ladder import Key, LadderScreen
from ui.qt_loop import QtLoop
from ui.qt_texts import QtTexts
from ui.status_view import StatusView, view_status
from ui.theme import SCHEME_VARIABLE, Scheme, Theme, dress
from ui.tray import Tray
from ui.tray_icon import look_of
from ui.window_place import WindowPlace
from ui.windows.page import Page, PageHost, why_page
from ui.windows.pages import page_plans
from ui.x11_shortcut import Shortcut, X11Shortcut

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
        settings: The person's; they take effect as they change.
        paths: Where everything lies.
    """

    def __init__(
        self,
        qt: QApplication,
        environ: Mapping[str, str],
        settings: SettingsKeeper,
        paths: Paths,
    ) -> None:
        self._qt = qt
        self._environ = environ
        self._settings = settings
        self._paths = paths
        self._login = StartAtLogin(environ)
        self._accessibility = Accessibility()
        self._language = self._wished_language()
        self._qt_texts = QtTexts(qt)
        self._qt_texts.speak(self._language)
        self._theme = self._dressed()
        self._messages = Messages()
        self._answered: set[Key] = set()
        self._overview: Overview | None = None
        self._next: Handle | None = None
        self._listening: list[Handle] = []
        self._stale = False

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
            choose=self._choose,
            show_policy=lambda part: self.show_page(f"policy/{part}"),
            explain=self._explain,
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
        self._furnish()
        self.tray = Tray(
            self.loop,
            self.session,
            self.menu,
            activated=self.show_today,
            hosted=self._on_hosted,
        )
        self._hints = self._qt.styleHints()  # held, or what it gives out is gone with it
        self._hints.colorSchemeChanged.connect(lambda _scheme: self._dress_anew())
        contrast = self._hints.accessibility().contrastPreferenceChanged
        contrast.connect(lambda _wish: self._dress_anew())
        self._messages.listen(self._on_messages)
        self._listening = [
            overview.listen(self.refresh_soon),
            self._settings.listen(self._on_settings),
        ]

    def _furnish(self) -> None:
        """Make what speaks, in the present language; windows come when they are opened."""
        overview = self.overview
        self._asking = Asking(
            overview,
            self._language,
            accepted=self.show_today,
            failed=self._tell_of,
            theme=lambda: self._theme,
            read_policy=lambda: self.show_page("policy"),
            login=self._login,
        )
        self._choosing = Choosing(overview, self._language, lambda: self._theme, why=self._explain)
        self._ladder = LadderScreen(
            overview,
            self.loop,
            self._language,
            self._theme,
            countdown_s=lambda: self._settings.settings.countdown_s,
            shortcut=self._shortcut(),
            why=self._explain,
            answered=self._answered,
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
        self.menu.aboutToShow.connect(self.refresh)
        host = PageHost(
            overview, self.loop.clock.now, self._language, lambda: self._theme, self.show_page
        )
        self._windows = DeskWindows(
            host,
            page_plans(self._language, self.menu.pauses, self._settings_page),
            self._messages,
            self.menu,
            place=WindowPlace(self._paths.state / "window"),
            accessibility=self._accessibility,
            changed=self.refresh_soon,
        )

    def _unfurnish(self) -> None:
        for part in (self._ladder, self._choosing, self._asking, self._windows):
            part.close()

    def _settings_page(self, host: PageHost) -> Page:
        from importlib.metadata import version

        from ui.windows.settings_page import SettingsPage

        return SettingsPage(
            host,
            self._settings,
            self._login,
            self._paths.data,
            system=language_for(self._environ),
            version=version("kanaltid"),
        )

    def _shortcut(self) -> Shortcut | None:
        display = self._environ.get("DISPLAY", "")
        if self._qt.platformName() != "xcb" or not display:
            return None
        return X11Shortcut(display, self.loop)

    def begin(self) -> None:
        """Show the icon, and the first page where the person has not accepted yet."""
        self.session.connect()
        self.refresh()
        self.tray.show()
        for trouble in self._settings.troubles:
            self._tell_of(trouble)
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
        for handle in (*self._listening, self._next):
            if handle is not None:
                handle.cancel()
        self.tray.close()
        self._unfurnish()
        self._qt_texts.close()
        self.session.close()

    def _choose(self, notice: LimitNotice) -> None:
        self._choosing.open(notice)

    def take_step(self, notice: LimitNotice) -> bool:
        """Take a step of the ladder; return whether a window says it."""
        return self._ladder.tell(notice)

    # What can be opened

    def show_today(self) -> None:
        """Bring the Today page to the front; before acceptance, the first page."""
        self.show_page("today")

    def show_page(self, page: str) -> None:
        """Bring a page of the main window to the front.

        Before acceptance most of them have nothing to show: then the first page comes.
        """
        if not self._windows.show_page(page):
            self._asking.show()
            return
        self.refresh_soon()

    def _explain(self, limit: str, channel: str | None) -> None:
        """Say why a limit stands where it does; ``channel`` as in its standing."""
        self.show_page(why_page(limit, channel))

    def _tell_of(self, error: OutsideError) -> None:
        names = Names(self.overview.policy, self._language)
        text = describe(names.in_error(error), self._language)
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
        self._windows.refresh(view, day)
        self._await_next(status, seen=self._windows.main_is_seen)
        if self._asking.review(accepted=status.accepted):
            self._windows.hide_main()

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
        self._windows.show_messages()
        self.refresh_soon()

    def _on_hosted(self, hosted: bool) -> None:
        self._windows.set_hosted(hosted)

    # What the person sets

    def _on_settings(self, _settings: Settings) -> None:
        language = self._wished_language()
        self._dress_anew()
        if language != self._language:
            self._speak(language)

    def _speak(self, language: Language) -> None:
        """Say everything in another language from now on; the open page stays open."""
        page, hosted = self._windows.page, self.tray.hosted
        self._language = language
        self._qt_texts.speak(language)
        self._herald.speak(language)
        self._unfurnish()
        self._furnish()
        self.tray.set_menu(self.menu)
        self._windows.set_hosted(hosted)
        if page is not None:
            self.show_page(page)
        self.refresh_soon()

    def _wished_language(self) -> Language:
        return language_for(self._environ, self._settings.settings.wished_language)

    def _dressed(self) -> Theme:
        told = self._environ.get(SCHEME_VARIABLE)
        return dress(self._qt, told or self._settings.settings.wished_theme)

    def _dress_anew(self) -> None:
        self._theme = self._dressed()
        self._windows.set_theme(self._theme)
        self._ladder.set_theme(self._theme)
        self._choosing.set_theme(self._theme)
        self.refresh_soon()


class _TellingHerald:
    """Takes the ladder's steps to the screen, and what is only told to the notices.

    The icon is brought up to date with each.
    """

    def __init__(self, herald: Herald, app: DeskApp) -> None:
        self._herald = herald
        self._app = app

    def tell(self, notice: Notice) -> None:
        if not (isinstance(notice, LimitNotice) and self._app.take_step(notice)):
            self._herald.tell(notice)
        self._app.refresh_soon()
