"""The watcher of X11 desktops: the window in front, and whether anybody is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from tracker.errors import ErrorCode, OutsideError
from tracker.facts import Blind, Fact
from tracker.loop import Callback, Handle
from tracker.watchers.base import FrontPlace, Sense, WatchHost
from tracker.watchers.retry import Retry
from tracker.watchers.x11_front import FrontSense, Windows
from tracker.watchers.x11_idle import IdleCounter, IdleSense
from tracker.watchers.x11_wire import Display, XEvent

SENSES = frozenset({Sense.FOCUS, Sense.TITLE, Sense.PID, Sense.IDLE})
_OF_FRONT = frozenset({Sense.FOCUS, Sense.TITLE, Sense.PID})
_ROUNDS = 16

_Answer = TypeVar("_Answer")


class Connection(Windows, IdleCounter, Protocol):
    """All that is asked of a display."""

    def fileno(self) -> int:
        """Return the descriptor that can be read when events arrive."""

    def events(self) -> list[XEvent] | None:
        """Return what has arrived; None when all was read before."""

    def place_of(self, window: int) -> FrontPlace | None:
        """Return where a window stands; None where it is gone or not on the screen."""

    def minimise(self, window: int) -> None:
        """Ask the window manager to minimise a window."""

    def close(self) -> None:
        """End the connection."""


@dataclass(frozen=True, slots=True)
class _Live:
    display: Connection
    watch: Handle
    front: FrontSense
    idle: IdleSense


class X11Watcher:
    """Watches one display, and comes back to it when it was lost.

    Args:
        connect: Opens the display; raises OutsideError where nobody answers.
    """

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._host: WatchHost | None = None
        self._live: _Live | None = None
        self._retry: Retry | None = None

    @property
    def id(self) -> str:
        """See :class:`tracker.watchers.base.Watcher`."""
        return "x11"

    @property
    def senses(self) -> frozenset[Sense]:
        """See :class:`tracker.watchers.base.Watcher`."""
        live = self._live
        if live is None:
            return frozenset()
        front = _OF_FRONT if live.front.sighted else frozenset[Sense]()
        return front | {Sense.IDLE} if live.idle.available else front

    def start(self, host: WatchHost) -> None:
        """See :class:`tracker.watchers.base.Watcher`."""
        self._host = host
        self._retry = Retry(host.loop, self._reconnect)
        self._open(host)

    def confirm(self) -> None:
        """See :class:`tracker.watchers.base.Watcher`."""
        live = self._live
        if live is not None:
            self._run(live, live.front.confirm)
            self._run(live, live.idle.confirm)

    def stop(self) -> None:
        """See :class:`tracker.watchers.base.Watcher`."""
        self._host = None
        if self._retry is not None:
            self._retry.cancel()
        self._close()

    def idle_ms(self) -> int | None:
        """Return the time since the last input; None where it can't be told."""
        return self._ask(lambda live: live.display.idle_ms())

    def front_place(self, beneath: int | None = None) -> FrontPlace | None:
        """See :class:`tracker.watchers.base.FrontWindow`."""
        return self._ask(lambda live: _front_place(live, beneath))

    def minimise(self, window: int, beneath: int | None = None) -> bool:
        """See :class:`tracker.watchers.base.FrontWindow`."""

        def act(live: _Live) -> bool:
            place = _front_place(live, beneath)
            if place is None or place.window != window or place.pid == beneath:
                return False
            live.display.minimise(window)
            return True

        return bool(self._ask(act))

    def assume_input(self, at: datetime) -> None:
        """Take it that somebody was there at ``at``: waking and unlocking mean so."""
        if self._live is not None:
            self._live.idle.assume_input(at)

    def _ask(self, question: Callable[[_Live], _Answer | None]) -> _Answer | None:
        live, host = self._live, self._host
        if live is None or host is None:
            return None
        # The answer may have brought events into the library's queue, or the connection's
        # end to light: both are handled as if they came by themselves, and not in here.
        host.loop.post(lambda: self._run(live))
        try:
            return question(live)
        except OutsideError:
            return None

    def _open(self, host: WatchHost) -> None:
        display = self._connect()
        try:
            watch = host.loop.watch(display.fileno(), lambda: self._run(live))
        except OutsideError:
            display.close()
            raise
        clock = host.loop.clock

        def later(ms: int, callback: Callback) -> Handle:
            instant = clock.now() + timedelta(milliseconds=ms)
            return host.loop.call_at(instant, lambda: self._run(live, callback))

        front = FrontSense(display, clock, self._report, later)
        idle = IdleSense(display, clock, self._report, host.idle_after_ms)
        live = self._live = _Live(display, watch, front, idle)
        self._run(live, front.begin)
        self._run(live, idle.begin)

    def _run(self, live: _Live, action: Callback | None = None) -> None:
        """Do something with the display, and then all that its events ask for."""
        if self._live is not live:
            return
        try:
            if action is not None:
                action()
            self._drain(live)
        except OutsideError:
            if self._live is live:
                self._lose()

    def _drain(self, live: _Live) -> None:
        host = self._host
        for _ in range(_ROUNDS):
            if host is None or self._live is not live:
                return
            at = host.loop.clock.now()
            events = live.display.events()
            if events is None:
                return
            for event in events:
                live.front.note(event, at)
                live.idle.note(event, at)
            live.front.settle()
        if host is not None:  # the rest when others have had their turn
            host.loop.post(lambda: self._run(live))

    def _lose(self) -> None:
        self._close()
        if self._host is not None and self._retry is not None:
            self._retry.later()
            self._report(Blind(self._host.loop.clock.now(), ErrorCode.DISPLAY_LOST))

    def _reconnect(self) -> None:
        if self._host is None or self._retry is None:
            return
        try:
            self._open(self._host)
        except OutsideError:
            self._retry.later()
        else:
            if self._live is not None:
                self._retry.succeeded()

    def _close(self) -> None:
        live, self._live = self._live, None
        if live is not None:
            live.watch.cancel()
            live.front.end()
            live.display.close()

    def _report(self, fact: Fact) -> None:
        if self._host is not None:
            self._host.report(fact)


def _front_place(live: _Live, beneath: int | None) -> FrontPlace | None:
    front = live.display.front() if live.front.sighted else 0
    place = live.display.place_of(front) if front else None
    if place is None or beneath is None or place.pid != beneath:
        return place
    before = live.front.before(front)
    place = live.display.place_of(before) if before else None
    return place if place is not None and place.pid != beneath else None


def make(environ: Mapping[str, str]) -> X11Watcher:
    """Return the watcher of the display that the environment names."""
    return X11Watcher(lambda: Display(environ["DISPLAY"]))
