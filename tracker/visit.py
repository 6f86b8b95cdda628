"""The visit under way, seen through Kanaltid's own windows: to answer one is not to leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.model import State, StateKind
from tracker.situation import OWN_WINDOW, Situation, resolve

Back = Iterable[tuple[datetime, Situation]]
"""The situations with the instants from which they hold, the latest first."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A stretch of time in one channel for one purpose, up to now."""

    channel: str
    purpose: str
    since: datetime


def visit_under_way(back: Back) -> Visit | None:
    """Return the visit that goes on, be it behind one of Kanaltid's own windows."""
    visit: Visit | None = None
    for at, situation in back:
        state = resolve(situation)
        if _is_own(state):
            continue
        if state.channel is None or state.purpose is None:
            break
        if visit is not None and (visit.channel, visit.purpose) != (state.channel, state.purpose):
            break
        visit = Visit(state.channel, state.purpose, at)
    return visit


def state_behind(back: Back) -> State | None:
    """Return the state of the channel that waits behind an own window, or behind idleness.

    None where no channel does. Purposes and hours are those of now.
    """
    latest: Situation | None = None
    for _at, situation in back:
        latest = latest or situation
        state = resolve(
            replace(
                situation,
                idle=False,
                hours=latest.hours,
                choices=latest.choices,
                rules=latest.rules,
            )
        )
        if not _is_own(state):
            return state if state.kind is StateKind.CHANNEL else None
    return None


def _is_own(state: State) -> bool:
    return state.kind is StateKind.OTHER and state.reason == OWN_WINDOW
