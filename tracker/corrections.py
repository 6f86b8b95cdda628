"""What the person said afterwards that a stretch of time was for, laid over what facts say.

The ledger's tail is rewritten whenever a fact comes late. A correction holds through that:
for whatever is still time in its channel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.model import State, StateKind


@dataclass(frozen=True, slots=True)
class Correction:
    """Time in ``channel`` in ``[start, end)`` was for ``purpose``; None: as the facts say."""

    start: datetime
    end: datetime
    channel: str
    purpose: str | None


class Corrections:
    """The corrections of what the ledger holds, in the order in which they were made."""

    def __init__(self) -> None:
        self._made: list[Correction] = []

    def add(self, correction: Correction) -> None:
        """Take in a correction; of several for one instant the last holds."""
        self._made = [
            each
            for each in self._made
            if each.channel != correction.channel
            or not (correction.start <= each.start and each.end <= correction.end)
        ]
        self._made.append(correction)

    def forget(self, before: datetime) -> None:
        """Let go of those that end at or before ``before``."""
        self._made = [each for each in self._made if each.end > before]

    def laid_over(
        self, states: Sequence[tuple[datetime, State]]
    ) -> Sequence[tuple[datetime, State]]:
        """Return the states as corrected, each from its instant on; the last goes on."""
        bearing = [each for each in self._made if each.end > states[0][0]]
        if not bearing:
            return states
        corrected: list[tuple[datetime, State]] = []
        for index, (at, state) in enumerate(states):
            until = states[index + 1][0] if index + 1 < len(states) else None
            if state.kind is not StateKind.CHANNEL:
                corrected.append((at, state))
                continue
            mine = [each for each in bearing if each.channel == state.channel]
            corrected += ((point, _said(mine, point, state)) for point in _points(mine, at, until))
        return corrected


def _points(made: Sequence[Correction], at: datetime, until: datetime | None) -> list[datetime]:
    """Return ``at`` and the instants before ``until`` at which a correction begins or ends."""
    ends = (point for each in made for point in (each.start, each.end))
    return sorted({at, *(point for point in ends if at < point and (not until or point < until))})


def _said(made: Sequence[Correction], at: datetime, state: State) -> State:
    """Return the state as the last correction that holds at that instant says."""
    for each in reversed(made):
        if each.start <= at < each.end:
            if each.purpose is None:
                return state
            return replace(state, purpose=each.purpose, corrected=True)
    return state
