"""The ladder on the screen: opens and closes the windows of the steps that hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from tracker.error_texts import describe
from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.limits.types import Period
from tracker.loop import Handle, Loop
from tracker.notice import LimitNotice
from tracker.notices.names import Names
from tracker.policy.types import StepKind
from tracker.status import Overview
from tracker.watchers.base import FrontPlace, Rect
from ui.ladder_keyboard import QUIET_MS, KeyboardWay, keyboard_here
from ui.ladder_view import view_step
from ui.placing import in_qt_pixels
from ui.screens import room_beside, screens
from ui.theme import Theme
from ui.x11_shortcut import Shortcut

if TYPE_CHECKING:
    # Imported where the first of them is opened: the icon is there sooner without them.
    from ui.windows.ask import AskWindow
    from ui.windows.overlay import Overlay

ANSWERING_MS = 10_000
"""How long a countdown waits for who has the keyboard in it and does nothing."""

PATIENCE = timedelta(seconds=2)
"""How long a window manager may take to minimise a window."""

KEPT_UP = timedelta(seconds=5)
"""How old what a window says may be."""

TICK = timedelta(milliseconds=250)
_STRENGTH = {StepKind.ASK: 1, StepKind.OVERLAY: 2, StepKind.MINIMISE: 3}

Key = tuple[str, str, str | None, Period, str, StepKind, int, str]
"""What tells one step that holds from another: the day and all that it is about."""


class LadderScreen:
    """Shows the strongest of the steps that hold, for as long as it holds.

    What holds is the service's to say (:meth:`tracker.status.Overview.held`); nothing here
    is remembered but which questions were answered.

    Args:
        overview: The running service.
        loop: Gives the time.
        language: The person's.
        theme: The colours.
        countdown_s: Gives the seconds before a window is minimised; None: never by itself.
        shortcut: What moves the keyboard to a window; None where the desktop has no such thing.
        why: Says why a limit stands where it does, with its standing's limit and channel;
            None: nobody does.
        answered: Which questions were answered; kept by who makes a screen anew.
    """

    def __init__(
        self,
        overview: Overview,
        loop: Loop,
        language: Language,
        theme: Theme,
        *,
        countdown_s: Callable[[], int | None] = lambda: 20,
        shortcut: Shortcut | None = None,
        why: Callable[[str, str | None], None] | None = None,
        answered: set[Key] | None = None,
    ) -> None:
        self._overview = overview
        self._loop = loop
        self._language = language
        self._theme = theme
        self._countdown_s = countdown_s
        self._keyboard = KeyboardWay(loop.clock, overview.input_age_ms, shortcut)
        self._why = why
        self._answered = answered if answered is not None else set[Key]()
        self._window: AskWindow | Overlay | None = None
        self._notice: LimitNotice | None = None
        self._key: Key | None = None
        self._place: FrontPlace | None = None
        self._deadline: datetime | None = None
        self._ticked: datetime | None = None
        self._tick_handle: Handle | None = None
        self._closed = False
        self._going: Key | None = None
        self._stale = False
        self._reviewed = loop.clock.now()
        self._listening = overview.listen(self._review_soon)
        self._review_soon()

    @property
    def window(self) -> AskWindow | Overlay | None:
        """The window that is shown."""
        return self._window

    # What it is told

    def tell(self, notice: LimitNotice) -> bool:
        """Take a step of the ladder; return whether a window of its own says it."""
        if notice.step.do is StepKind.NOTIFY:
            return False
        # The step holds only once the service is done with telling of it.
        self._review_soon()
        return True

    def _review_soon(self) -> None:
        if not self._stale:
            self._stale = True
            self._loop.post(self.review)

    def review(self) -> None:
        """Open, keep up or close windows, by what holds now."""
        self._stale = False
        self._reviewed = self._loop.clock.now()
        if self._closed:
            return
        notice = self._strongest()
        if notice is None:
            self._going = None
            self._close()
            return
        key = self._key_of(notice)
        if key == self._going:
            return  # its window is being minimised
        if key != self._key:
            self._close()
            self._open(notice, key)
        elif self._window is not None:
            self._notice = notice
            self._keep_up(self._window, notice, key)

    def _keep_up(self, window: AskWindow | Overlay, notice: LimitNotice, key: Key) -> None:
        view = view_step(notice, self._overview, self._language)
        if view.ways == window.panel.view.ways:
            window.refresh(view)
            return
        # Other ways out than before: made anew, with the keyboard where it was.
        had_keyboard = window.isActiveWindow()
        self._close()
        self._open(notice, key)
        if had_keyboard:
            self._keyboard.take()

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self._theme = theme
        if self._window is not None:
            self._window.set_theme(theme)

    def close(self) -> None:
        """Take everything off the screen, for good."""
        self._closed = True
        self._listening.cancel()
        self._close()

    # What is shown

    def _strongest(self) -> LimitNotice | None:
        open_ = (
            notice
            for notice in self._overview.held()
            if notice.step.do in _STRENGTH and self._key_of(notice) not in self._answered
        )
        return max(open_, key=lambda notice: _STRENGTH[notice.step.do], default=None)

    def _key_of(self, notice: LimitNotice) -> Key:
        standing = notice.step.standing
        day = self._overview.today().day.isoformat()
        return (
            *(notice.channel, standing.limit, standing.channel, standing.period),
            *(notice.step.mark.text, notice.step.do, standing.extended_ms, day),
        )

    def _open(self, notice: LimitNotice, key: Key) -> None:
        self._notice, self._key = notice, key
        self._place = self._overview.front_place()
        self._ticked = self._loop.clock.now()
        self._window = window = self._make(notice)
        panel = window.panel
        panel.stopped.connect(self._answer)
        panel.minimised.connect(self._minimise)
        panel.chosen.connect(self._choose)
        panel.extended.connect(self._extend)
        panel.asked_why.connect(self._explain)
        panel.why_button.setVisible(self._why is not None)
        panel.explain_keyboard(
            self._keyboard.begin(window.take_keyboard, self._language),
            keyboard_here(self._language, closes=notice.step.do is StepKind.ASK),
        )
        self._stand()
        self._tick_later()

    def _make(self, notice: LimitNotice) -> AskWindow | Overlay:
        from ui.ladder_windows import LadderWindows
        from ui.windows.ask import AskWindow
        from ui.windows.countdown import CountdownWindow

        now, seconds = self._loop.clock.now(), self._countdown_s()
        maker = LadderWindows(self._overview, self._language)
        window = maker.make(notice, self._place, self._theme, seconds)
        if isinstance(window, AskWindow):
            window.closed.connect(self._answer)
        if isinstance(window, CountdownWindow) and seconds is not None:
            self._deadline = now + timedelta(seconds=seconds)
        return window

    def _close(self) -> None:
        self._deadline = None
        self._notice = self._key = None
        self._keyboard.end()
        if self._tick_handle is not None:
            self._tick_handle.cancel()
            self._tick_handle = None
        window, self._window = self._window, None
        if window is not None:
            window.hide()
            window.deleteLater()

    # What goes on while it is shown

    def _tick_later(self) -> None:
        self._tick_handle = self._loop.call_at(self._loop.clock.now() + TICK, self._tick)

    def _tick(self) -> None:
        window, now = self._window, self._loop.clock.now()
        if window is None or self._ticked is None:
            return
        passed, self._ticked = now - self._ticked, now
        if now - self._reviewed >= KEPT_UP:
            self.review()
            if self._window is not window:
                return
        self._stand()
        if window.isVisible() and not self._is_elsewhere(window):
            self._keyboard.look()
        self._tick_later()
        self._count_down(now, passed)

    def _stand(self) -> None:
        """Follow the channel's window; leave the screen where it, or ours, is not in front."""
        from ui.windows.overlay import Overlay

        window, place = self._window, self._overview.front_place()
        if not isinstance(window, Overlay):
            if window is not None and window.isVisible():
                window.fit()
            elif window is not None:
                window.stand(room_beside(_rect_of(self._place)))
                window.show()
            return
        # Another window may be one that is not judged yet: the next look tells.
        moved_on = place is None or self._place is None or place.window != self._place.window
        self._place = place
        if place is None or self._is_elsewhere(window):
            window.hide()
            return
        if moved_on:
            window.hide()
            window.tie(place.window)
            return
        covered = _rect_of(place)
        assert covered is not None
        window.cover(in_qt_pixels(covered, screens()))
        if not window.isVisible() and self._notice is not None:
            window.show()

    @staticmethod
    def _is_elsewhere(window: QWidget) -> bool:
        """Return whether the person is in another of our windows, such as the one that says why."""
        active = QApplication.activeWindow()
        return active is not None and active is not window

    def _count_down(self, now: datetime, passed: timedelta) -> None:
        from ui.windows.countdown import CountdownWindow

        window = self._window
        if self._deadline is None or not isinstance(window, CountdownWindow):
            return
        place = self._overview.front_place()
        seconds = self._countdown_s()
        if place is not None and self._place is not None and place.window != self._place.window:
            # The channel is in another window now, which has its own time to answer.
            self._place = place
            self._deadline = now + timedelta(seconds=seconds or 0)
        age_ms = self._overview.input_age_ms()
        # Who reads in one of our windows why it is so is answering, too.
        here = QApplication.activeWindow() is not None
        answering = here and (age_ms is None or age_ms < ANSWERING_MS)
        if answering:
            self._deadline += passed
        left = -((now - self._deadline) // timedelta(seconds=1))
        window.show_left(left, held=answering)
        quiet = age_ms is None or age_ms >= QUIET_MS
        if left <= 0 and quiet and not answering:
            self._minimise()

    # What the person does

    def _answer(self) -> None:
        """The question is answered: it does not come again as it was."""
        if self._key is not None:
            self._answered.add(self._key)
        self.review()

    def _minimise(self) -> None:
        """Minimise the channel's window, if it is the one that this began with."""
        self.review()  # which closes this where nothing holds any more
        place = self._place
        if self._window is None or place is None:
            return
        if self._notice is not None and self._notice.step.do is StepKind.ASK:
            self._answered.update({self._key} if self._key is not None else ())
        if self._overview.minimise_front(place.window):
            self._going = self._key
            self._close()
            self._loop.call_at(self._loop.clock.now() + PATIENCE, self._gone)

    def _gone(self) -> None:
        """A window manager that did not minimise has had its time."""
        self._going = None
        self.review()

    def _choose(self, purpose: str, visit: bool, note: str) -> None:
        notice, key = self._notice, self._key
        if notice is None or key is None:
            return

        def choose() -> None:
            self._overview.choose_purpose(purpose, notice.channel, visit=visit, note=note or None)
            if notice.step.do is StepKind.ASK:
                self._answered.add(key)  # whatever the time is for: that was asked

        self._act(choose)

    def _extend(self, reason: str) -> None:
        notice = self._notice
        if notice is not None:
            standing = notice.step.standing
            self._act(lambda: self._overview.extend(standing.limit, standing.channel, reason))

    def _explain(self) -> None:
        if self._why is not None and self._notice is not None:
            standing = self._notice.step.standing
            self._why(standing.limit, standing.channel)

    def _act(self, act: Callable[[], object]) -> None:
        """Do what the person chose; where the policy refuses it, say so and stay."""
        try:
            act()
        except OutsideError as error:
            if self._window is not None:
                names = Names(self._overview.policy, self._language)
                text = describe(names.in_error(error), self._language)
                panel = self._window.panel
                panel.say(panel.problem, f"{text.text} {text.remedy}".strip())
            return
        self.review()


def _rect_of(place: FrontPlace | None) -> Rect | None:
    return Rect(place.x, place.y, place.width, place.height) if place is not None else None
