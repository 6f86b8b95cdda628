"""Several watchers as one: a desktop's window in front, idle, lock and sleep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tracker.facts import Fact, Unlock, Wake
from tracker.watchers.base import (
    AssumesInput,
    FrontPlace,
    FrontWindow,
    Sense,
    Watcher,
    WatchHost,
)


class JoinedWatcher:
    """Starts and stops its parts together.

    An unlock or a wake that one part reports is input for the others: they mean active.

    Args:
        parts: The first gives the name.
    """

    def __init__(self, parts: Sequence[Watcher]) -> None:
        self._parts = tuple(parts)
        self._idle_parts = [part for part in self._parts if isinstance(part, AssumesInput)]
        self._fronts = [part for part in self._parts if isinstance(part, FrontWindow)]

    @property
    def id(self) -> str:
        """See :class:`tracker.watchers.base.Watcher`."""
        return self._parts[0].id

    @property
    def senses(self) -> frozenset[Sense]:
        """See :class:`tracker.watchers.base.Watcher`."""
        return frozenset[Sense]().union(*(part.senses for part in self._parts))

    def start(self, host: WatchHost) -> None:
        """See :class:`tracker.watchers.base.Watcher`; all parts start, or none."""

        def report(fact: Fact) -> None:
            if isinstance(fact, Unlock | Wake):
                self.assume_input(fact.at)
            host.report(fact)

        joined = replace(host, report=report)
        started: list[Watcher] = []
        try:
            for part in self._parts:
                part.start(joined)
                started.append(part)
        except BaseException:
            for part in started:
                part.stop()
            raise

    def confirm(self) -> None:
        """See :class:`tracker.watchers.base.Watcher`."""
        for part in self._parts:
            part.confirm()

    def stop(self) -> None:
        """See :class:`tracker.watchers.base.Watcher`."""
        for part in self._parts:
            part.stop()

    def idle_ms(self) -> int | None:
        """Return the shortest time since input that a part tells; None where none does."""
        told = [part.idle_ms() for part in self._parts]
        return min((ms for ms in told if ms is not None), default=None)

    def assume_input(self, at: datetime) -> None:
        """See :class:`tracker.watchers.base.AssumesInput`."""
        for part in self._idle_parts:
            part.assume_input(at)

    def front_place(self, beneath: int | None = None) -> FrontPlace | None:
        """See :class:`tracker.watchers.base.FrontWindow`."""
        told = (part.front_place(beneath) for part in self._fronts)
        return next((place for place in told if place is not None), None)

    def minimise(self, window: int, beneath: int | None = None) -> bool:
        """See :class:`tracker.watchers.base.FrontWindow`."""
        return any(part.minimise(window, beneath) for part in self._fronts)
