"""The facts of late in the order in which they became true, and the situation after each.

A fact that comes late is put where it belongs, and what followed is folded anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime

from tracker import facts
from tracker.situation import DayTurned, HoursTurned, JudgedFact, Situation, apply


class Timeline:
    """The situation over time, from ``start`` on."""

    def __init__(self, start: datetime, situation: Situation) -> None:
        self._ats = [start]
        self._facts: list[JudgedFact | None] = [None]
        self._situations = [situation]

    @property
    def now(self) -> Situation:
        """The latest situation."""
        return self._situations[-1]

    def insert(self, fact: JudgedFact) -> datetime:
        """Put ``fact`` where it belongs.

        Returns:
            The instant from which the situation may have changed. What reaches back
            before the timeline's start counts from there.
        """
        at = fact.since if isinstance(fact, facts.Idle) else fact.at
        at = max(at, self._ats[0])
        # Of one instant, the turn of day or hours comes first: a fact of that instant
        # belongs to what begins there.
        turns = isinstance(fact, DayTurned | HoursTurned)
        index = max(1, (bisect_left if turns else bisect_right)(self._ats, at))
        self._ats.insert(index, at)
        self._facts.insert(index, fact)
        self._situations.insert(index, self._situations[index - 1])
        self._fold(index)
        return at

    def _fold(self, first: int) -> None:
        for index in range(first, len(self._ats)):
            fact = self._facts[index]
            assert fact is not None
            self._situations[index] = apply(self._situations[index - 1], fact)

    def since(self, at: datetime) -> Iterator[tuple[datetime, Situation]]:
        """Yield the situation at ``at`` and each later one with its instant.

        Of several that hold from one instant on, only the last is yielded.
        """
        index = max(0, bisect_right(self._ats, at) - 1)
        yield at, self._situations[index]
        for later in range(index + 1, len(self._ats)):
            if later + 1 == len(self._ats) or self._ats[later + 1] > self._ats[later]:
                yield self._ats[later], self._situations[later]

    def back(self) -> Iterator[tuple[datetime, Situation]]:
        """Yield the situations with the instants from which they hold, the latest first."""
        later: datetime | None = None
        for at, situation in zip(reversed(self._ats), reversed(self._situations), strict=True):
            if at != later:
                yield at, situation
            later = at

    def at(self, instant: datetime) -> Situation | None:
        """Return the situation at ``instant``; None where that is forgotten."""
        index = bisect_right(self._ats, instant) - 1
        return self._situations[index] if index >= 0 else None

    def forget(self, before: datetime) -> None:
        """Let go of what lies before ``before``; nothing can be put there any more."""
        index = bisect_right(self._ats, before) - 1
        if index > 0:
            del self._ats[:index]
            del self._facts[:index]
            del self._situations[:index]
