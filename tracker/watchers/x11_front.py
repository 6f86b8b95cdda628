"""The window in front, as the window manager tells it to the X server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from tracker.clock import Clock
from tracker.errors import ErrorCode
from tracker.facts import Blind, Fact, Foreground, Sighted
from tracker.loop import Callback, Handle
from tracker.watchers.x11_wire import Kind, WindowFacts, XEvent

NOTHING_AFTER_MS = 250
"""Some window managers (openbox) publish window 0 in passing when the focus moves."""

UNMANAGED_AFTER_MS = 1000
"""How long one window manager may take to replace another."""

TITLES_AT_ONCE = 100
TITLES_A_SECOND = 20

Later = Callable[[int, Callback], Handle]
"""Calls back after so many milliseconds."""


class Windows(Protocol):
    """What is asked of a display; see :class:`tracker.watchers.x11_wire.Display`."""

    def managed(self) -> bool:
        """Return whether a window manager says which window is in front."""

    def front(self) -> int:
        """Return the window in front; 0 for none."""

    def look_at(self, window: int) -> WindowFacts | None:
        """Return what a window tells, and have its changes told; None where it is gone."""

    def look_away(self, window: int) -> None:
        """Have the changes of a window told no more."""


class FrontSense:
    """Reports the window in front.

    Events are only noted; :meth:`settle` asks once for all that came together. A window
    that is gone, or none at all, is believed after a while and then reported from the
    instant at which it became so. Without a window manager nobody says what is in front,
    and the input focus would be a guess: then this is blind and says so.
    """

    def __init__(
        self, windows: Windows, clock: Clock, report: Callable[[Fact], None], later: Later
    ) -> None:
        self.sighted = False
        self._windows = windows
        self._clock = clock
        self._report = report
        self._later = later
        self._window = 0
        self._owner: int | None = None
        self._last = 0
        self._others = 0
        self._said: Foreground | None = None
        self._moved_at: datetime | None = None
        self._changed_at: datetime | None = None
        self._manager_at: datetime | None = None
        self._vacant = _Doubt(later, NOTHING_AFTER_MS, self._believe_vacant)
        self._unmanaged = _Doubt(later, UNMANAGED_AFTER_MS, self._believe_unmanaged)
        self._allowance = _Allowance()
        self._held: Handle | None = None

    def begin(self) -> None:
        """Report what is in front now."""
        now = self._clock.now()
        if self._windows.managed():
            self._sight(now)
        else:
            self._report(Blind(now, ErrorCode.NO_WINDOW_MANAGER))

    def note(self, event: XEvent, at: datetime) -> None:
        """Note what an event that arrived at ``at`` tells."""
        if event.kind is Kind.ACTIVE:
            self._moved_at = self._moved_at or at
        elif event.kind is Kind.MANAGER:
            self._manager_at = self._manager_at or at
        elif event.kind is Kind.WINDOW and event.id == self._window:
            self._changed_at = self._changed_at or at

    def settle(self) -> None:
        """Ask about what was noted, and report it."""
        manager_at, self._manager_at = self._manager_at, None
        moved_at, self._moved_at = self._moved_at, None
        changed_at, self._changed_at = self._changed_at, None
        if manager_at is not None:
            self._ask_manager(manager_at)
        if not self.sighted or self._unmanaged.since is not None:
            return
        if moved_at is not None:
            self._look(moved_at, changed_at)
        elif changed_at is not None:
            self._changed(changed_at)

    def confirm(self) -> None:
        """Ask anew, and report what no event told."""
        now = self._clock.now()
        if not self.sighted:
            self._ask_manager(now)
        elif self._unmanaged.since is None and self._held is None:
            self._look(now, now)

    def before(self, window: int) -> int:
        """Return what was in front before the windows of the process of ``window`` came.

        0 where nothing was, and where ``window`` is not what is known to be in front.
        """
        return self._others if window == self._window else 0

    def end(self) -> None:
        """Wait for nothing any more."""
        self._vacant.end()
        self._unmanaged.end()
        self._release()

    def _sight(self, at: datetime) -> None:
        self.sighted = True
        self._said = None
        self._report(Sighted(at))
        self._look(at, None)
        if self._vacant.since is not None:
            self._vacant.end()
            self._believe_vacant(at)

    def _ask_manager(self, at: datetime) -> None:
        if not self._windows.managed():
            if self.sighted:
                self._vacant.end()
                self._unmanaged.begin(at)
        elif not self.sighted:
            self._sight(at)
        else:
            self._unmanaged.end()
            self._look(at, None)

    def _look(self, moved_at: datetime, changed_at: datetime | None) -> None:
        window = self._windows.front()
        if window and window == self._window:
            if changed_at is not None:
                self._look_again(changed_at)
            return
        self._leave()
        seen = self._windows.look_at(window) if window else None
        if seen is None:
            self._nothing(moved_at)
        else:
            self._window = window
            self._tell(seen, moved_at)

    def _changed(self, at: datetime) -> None:
        """Look again, but not all the time at a window whose title never stands still."""
        if self._allowance.take(self._clock.now()):
            self._look_again(at)
        elif self._held is None:
            self._windows.look_away(self._window)
            self._held = self._later(1000 // TITLES_A_SECOND, lambda: self._look_held(at))

    def _look_held(self, at: datetime) -> None:
        self._held = None
        self._look_again(at)

    def _look_again(self, at: datetime) -> None:
        seen = self._windows.look_at(self._window)
        if seen is None:
            self._leave()
            self._nothing(at)
        else:
            self._tell(seen, at)

    def _leave(self) -> None:
        self._release()
        if self._window:
            self._windows.look_away(self._window)
            self._window = 0

    def _release(self) -> None:
        if self._held is not None:
            self._held.cancel()
            self._held = None

    def _tell(self, seen: WindowFacts, at: datetime) -> None:
        if not seen.shown:
            # Window managers go on naming a window that its program took off the screen.
            self._nothing(at)
            return
        self._vacant.end()
        if seen.pid != self._owner:
            self._owner, self._others = seen.pid, self._last
        self._last = self._window
        self._say(Foreground(at, seen.app, seen.title, seen.pid))

    def _nothing(self, at: datetime) -> None:
        if self._said is None or self._said.app is not None:
            self._vacant.begin(at)

    def _believe_vacant(self, since: datetime) -> None:
        self._owner, self._last, self._others = None, 0, 0
        self._say(Foreground(since, None))

    def _believe_unmanaged(self, since: datetime) -> None:
        # The last thing that a window manager sets when it comes need not be on the root.
        if self._windows.managed():
            self._look(self._clock.now(), None)
            return
        self._leave()
        self.sighted = False
        self._report(Blind(since, ErrorCode.NO_WINDOW_MANAGER))

    def _say(self, fact: Foreground) -> None:
        said = self._said
        if said is None or (said.app, said.title, said.pid) != (fact.app, fact.title, fact.pid):
            self._said = fact
            self._report(fact)


class _Doubt:
    """Something that is believed once it has lasted, and then from its beginning on."""

    def __init__(self, later: Later, ms: int, believe: Callable[[datetime], None]) -> None:
        self.since: datetime | None = None
        self._later = later
        self._ms = ms
        self._believe = believe
        self._handle: Handle | None = None

    def begin(self, at: datetime) -> None:
        if self.since is None:
            self.since = at
            self._handle = self._later(self._ms, self._lasted)

    def end(self) -> None:
        self.since = None
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _lasted(self) -> None:
        since = self.since
        self.end()
        if since is not None:
            self._believe(since)


class _Allowance:
    """How often something may be done: many times at once, but not for long."""

    def __init__(self) -> None:
        self._left = float(TITLES_AT_ONCE)
        self._filled_at: datetime | None = None

    def take(self, now: datetime) -> bool:
        passed = now - (self._filled_at or now)
        self._filled_at = now
        gained = TITLES_A_SECOND * (passed / timedelta(seconds=1))
        self._left = min(self._left + gained, float(TITLES_AT_ONCE))
        if self._left < 1:
            return False
        self._left -= 1
        return True
