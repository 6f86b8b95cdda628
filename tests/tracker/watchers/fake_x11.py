"""An X server of plain values, for tests of what watches it."""

from __future__ import annotations

import os
from collections import deque

from tracker.errors import ErrorCode, OutsideError
from tracker.watchers.base import FrontPlace, Rect
from tracker.watchers.x11_wire import Kind, WindowFacts, XEvent


class FakeDisplay:
    """A connection to it; ``tell`` lets an event arrive."""

    def __init__(self) -> None:
        self.lost = False
        self.closed = False
        self.has_manager = True
        self.active = 0
        self.windows: dict[int, WindowFacts] = {}
        self.watched: set[int] = set()
        self.looks = 0
        self.minimised: list[int] = []
        self.idle: int | None = 0
        self.alarms: dict[int, int] = {}
        self.queue: deque[XEvent] = deque()
        self.storm = False
        self._next_alarm = 100
        self._reader, self._writer = os.pipe()

    def _check(self) -> None:
        if self.lost or self.closed:
            raise OutsideError(ErrorCode.DISPLAY_LOST, display="fake")

    def open(self, window: int, app: str, title: str = "", pid: int | None = None) -> None:
        self.windows[window] = WindowFacts(app, title, pid)

    def bring(self, window: int) -> None:
        self.active = window
        self.queue.append(XEvent(Kind.ACTIVE))

    def retitle(self, window: int, title: str) -> None:
        before = self.windows[window]
        self.windows[window] = WindowFacts(before.app, title, before.pid)
        if window in self.watched:
            self.queue.append(XEvent(Kind.WINDOW, window))

    def destroy(self, window: int) -> None:
        del self.windows[window]
        if window in self.watched:
            self.queue.append(XEvent(Kind.WINDOW, window))

    def set_manager(self, runs: bool) -> None:
        self.has_manager = runs
        self.queue.append(XEvent(Kind.MANAGER))

    def managed(self) -> bool:
        self._check()
        return self.has_manager

    def front(self) -> int:
        self._check()
        return self.active

    def look_at(self, window: int) -> WindowFacts | None:
        self._check()
        self.looks += 1
        if window not in self.windows:
            return None
        self.watched.add(window)
        return self.windows[window]

    def look_away(self, window: int) -> None:
        self._check()
        self.watched.discard(window)

    def idle_ms(self) -> int | None:
        self._check()
        return self.idle

    def idle_alarms(self, after_ms: int) -> tuple[int, int] | None:
        self._check()
        if self.idle is None:
            return None
        self._next_alarm += 2
        pair = (self._next_alarm, self._next_alarm + 1)
        self.alarms |= dict.fromkeys(pair, after_ms)
        return pair

    def drop_alarm(self, alarm: int) -> None:
        self._check()
        del self.alarms[alarm]

    def place_of(self, window: int) -> FrontPlace | None:
        self._check()
        facts = self.windows.get(window)
        if facts is None or not facts.shown or window in self.minimised:
            return None
        screen = Rect(0, 0, 1280, 800)
        return FrontPlace(window, facts.pid, window, 0, 640, 420, full_screen=False, screen=screen)

    def minimise(self, window: int) -> None:
        self._check()
        self.minimised.append(window)

    def fileno(self) -> int:
        self._check()
        return self._reader

    def events(self) -> list[XEvent] | None:
        self._check()
        if self.storm:
            return []
        found = list(self.queue)
        self.queue.clear()
        return found or None

    def close(self) -> None:
        if not self.closed:
            os.close(self._reader)
            os.close(self._writer)
        self.closed = True
