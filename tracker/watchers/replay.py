"""The watcher that plays facts written down beforehand, on any loop."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tracker.facts import Active, Fact, Idle, Unlock, Wake
from tracker.loop import Handle
from tracker.model import ms_between
from tracker.watchers.base import Sense, WatchHost

ALL_BUT_SOUND = frozenset(Sense) - {Sense.SOUND}


class ReplayWatcher:
    """Reports each fact at its instant; those of the past at the start.

    Input counts as continuous but between an idle fact and the next that means active.

    Args:
        facts: In any order; of one instant, in the order given.
        senses: What it claims to tell.
    """

    def __init__(self, facts: Iterable[Fact], senses: frozenset[Sense] = ALL_BUT_SOUND) -> None:
        self._facts = sorted(facts, key=lambda fact: fact.at)
        self._senses = senses
        self._next = 0
        self._host: WatchHost | None = None
        self._waiting: Handle | None = None
        self._idle_since: datetime | None = None

    @property
    def id(self) -> str:
        """See :class:`tracker.watchers.base.Watcher`."""
        return "replay"

    @property
    def senses(self) -> frozenset[Sense]:
        """See :class:`tracker.watchers.base.Watcher`."""
        return self._senses

    @property
    def over(self) -> bool:
        """Whether all facts have been reported."""
        return self._next == len(self._facts)

    def start(self, host: WatchHost) -> None:
        """See :class:`tracker.watchers.base.Watcher`."""
        self._host = host
        self._next = 0
        self._idle_since = None
        self._play()

    def confirm(self) -> None:
        """Do nothing: nothing is missed."""

    def stop(self) -> None:
        """See :class:`tracker.watchers.base.Watcher`."""
        self._host = None
        if self._waiting is not None:
            self._waiting.cancel()

    def idle_ms(self) -> int | None:
        """Return the time since the last input."""
        if self._host is None:
            return None
        if self._idle_since is None:
            return 0
        return ms_between(self._idle_since, self._host.loop.clock.now())

    def assume_input(self, at: datetime) -> None:
        """Take it that there was input at ``at``."""
        if self._idle_since is not None and at >= self._idle_since:
            self._idle_since = None

    def _play(self) -> None:
        while self._host is not None and not self.over:
            fact = self._facts[self._next]
            if fact.at > self._host.loop.clock.now():
                self._waiting = self._host.loop.call_at(fact.at, self._play)
                return
            self._next += 1
            if isinstance(fact, Idle):
                self._idle_since = fact.since
            elif isinstance(fact, Active | Unlock | Wake):
                self._idle_since = None
            self._host.report(fact)
