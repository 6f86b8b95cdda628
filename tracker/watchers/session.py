"""The watcher of the session: locked and unlocked, asleep and awake."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Protocol

from tracker.facts import Fact, Lock, Sleep, Unlock, Wake
from tracker.loop import Loop
from tracker.watchers.base import Sense, WatchHost
from tracker.watchers.bus import Bus
from tracker.watchers.bus_link import session_bus_address, system_bus_address
from tracker.watchers.login1 import ASKED, Login1, Self
from tracker.watchers.retry import Retry
from tracker.watchers.screen_savers import ScreenSavers

SENSES = frozenset({Sense.LOCK, Sense.SLEEP})


class SessionWatcher:
    """Combines login1 and the screen savers: locked when any of them says so.

    The answers come in the background, so the first facts come soon after the start. A
    bus that is missing is a missing sense, and is looked for again, ever more seldom.

    Args:
        environ: Where the buses' addresses and the session's id are looked up.
        whose: Whose session it is.
    """

    def __init__(self, environ: Mapping[str, str], whose: Self) -> None:
        self._session_bus = session_bus_address(environ)
        self._system_bus = system_bus_address(environ)
        self._whose = whose
        self._host: WatchHost | None = None
        self._lines: tuple[_Line, ...] = ()
        self._votes: dict[str, bool] = {}
        self._locked = False
        self._asleep = False

    @property
    def id(self) -> str:
        """See :class:`tracker.watchers.base.Watcher`."""
        return "session"

    @property
    def senses(self) -> frozenset[Sense]:
        """See :class:`tracker.watchers.base.Watcher`."""
        return frozenset[Sense]().union(*(line.senses for line in self._lines))

    def start(self, host: WatchHost) -> None:
        """See :class:`tracker.watchers.base.Watcher`; a bus that is not there is no error."""
        self._host = host
        self._locked = self._asleep = False
        loop = host.loop
        lines = [
            _Line(
                loop,
                self._system_bus,
                lambda bus: Login1(bus, loop, self._whose, self),
                descriptors=True,
            )
        ]
        if self._session_bus is not None:
            lines.append(_Line(loop, self._session_bus, lambda bus: ScreenSavers(bus, self.vote)))
        self._lines = tuple(lines)
        for line in self._lines:
            line.open()

    def confirm(self) -> None:
        """Do nothing: a bus loses no signals, and its loss is noticed at once."""

    def idle_ms(self) -> int | None:
        """Return None: this can't tell."""

    def stop(self) -> None:
        """See :class:`tracker.watchers.base.Watcher`."""
        self._host = None
        for line in self._lines:
            line.close()
        self._lines = ()

    def vote(self, source: str, locked: bool | None) -> None:
        """Note what a source says of the lock, and report what all of them come to."""
        before = self._votes.pop(source, None)
        if locked is not None:
            self._votes[source] = locked
        if before and not locked:
            # Whoever asked for the lock has had it.
            self._votes.pop(ASKED, None)
        locked_now = any(self._votes.values())
        if locked_now != self._locked and self._host is not None:
            self._locked = locked_now
            now = self._host.loop.clock.now()
            self._report(Lock(now) if locked_now else Unlock(now))

    def asleep(self, asleep: bool) -> None:
        """Report that the machine goes to sleep, or is awake."""
        if asleep != self._asleep and self._host is not None:
            self._asleep = asleep
            now = self._host.loop.clock.now()
            self._report(Sleep(now) if asleep else Wake(now))

    def _report(self, fact: Fact) -> None:
        if self._host is not None:
            self._host.report(fact)


class _Source(Protocol):
    """What listens on a bus."""

    @property
    def senses(self) -> frozenset[Sense]:
        """What it can tell at present."""

    def end(self) -> None:
        """Take back what was said."""


class _Line:
    """A bus that is found again when it was lost, and what listens on it."""

    def __init__(
        self,
        loop: Loop,
        address: str,
        listen: Callable[[Bus], _Source],
        *,
        descriptors: bool = False,
    ) -> None:
        self._loop = loop
        self._address = address
        self._listen = listen
        self._descriptors = descriptors
        self._retry = Retry(loop, self.open)
        self._bus: Bus | None = None
        self._source: _Source | None = None

    @property
    def senses(self) -> frozenset[Sense]:
        return self._source.senses if self._source is not None else frozenset()

    def open(self) -> None:
        try:
            self._bus = Bus(
                self._loop,
                self._address,
                self._lost,
                opened=self._retry.succeeded,
                descriptors=self._descriptors,
            )
        except ConnectionError:
            self._retry.later()
        else:
            self._source = self._listen(self._bus)

    def close(self) -> None:
        self._retry.cancel()
        if self._source is not None:
            self._source.end()
            self._source = None
        if self._bus is not None:
            self._bus.close()
            self._bus = None

    def _lost(self) -> None:
        self.close()
        self._retry.later()


def make(environ: Mapping[str, str]) -> SessionWatcher:
    """Return the watcher of this process's session."""
    whose = Self(environ.get("XDG_SESSION_ID", ""), os.getpid(), os.getuid())
    return SessionWatcher(environ, whose)
