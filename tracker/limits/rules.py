"""A policy's limits as they hold for one person, worked out ahead of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.limits.records import Records
from tracker.limits.rows import Bounded, Plan, Row, allowances
from tracker.limits.scale import make_scale
from tracker.limits.standing import Board
from tracker.model import TotalKey, Window
from tracker.policy.person import groups_of
from tracker.policy.types import ANY, Limit, LimitWindow, Person, Policy

Slot = tuple[str, str | None]
"""The limit, and the channel where each has its own allowance."""

_WINDOWS = {LimitWindow.WORK: Window.WORK, LimitWindow.BREAKS: Window.BREAKS}


@dataclass(frozen=True, slots=True)
class Taker:
    """What a limit takes by itself; None stands for all."""

    limit: Limit
    channels: frozenset[str] | None
    purposes: frozenset[str] | None
    window: Window | None

    def takes_channel(self, channel: str) -> bool:
        """Return whether a span in ``channel`` can be taken."""
        return self.channels is None or channel in self.channels

    def takes(self, key: TotalKey) -> bool:
        """Return whether channel, purpose and window of a span are the limit's."""
        return (
            self.takes_channel(key.channel)
            and (self.purposes is None or key.purpose in self.purposes)
            and (self.window is None or key.window is self.window)
        )


class Rules:
    """The limits that apply to ``person`` under ``policy``.

    To the outside it is a value: what it remembers only spares work. It belongs to one
    thread.

    Args:
        policy: The policy in force.
        person: Whom it is asked for; limits of groups that they are not in play no part.
    """

    def __init__(self, policy: Policy, person: Person) -> None:
        self.policy = policy
        self.groups = groups_of(policy, person)
        """The policy's groups that the person is in."""

        groups = self.groups | {ANY}
        self.takers = tuple(_taker(limit) for limit in policy.limits if groups & {*limit.groups})
        """The person's limits, in the order of the file."""

        self.has_weeks = any(taker.limit.week is not None for taker in self.takers)
        """Whether any limit has a week; else a book needs no week's totals."""

        self._ladders = {ladder.id: ladder for ladder in policy.ladders}
        self._replacing = tuple(
            tuple(other for other in self.takers if taker.limit.id in other.limit.replaces)
            for taker in self.takers
        )
        slots = (slot for taker in self.takers for slot in self._slots_for(taker))
        self._slot_at = {slot: number for number, slot in enumerate(slots)}
        self._slots_of: dict[TotalKey, tuple[int, ...]] = {}
        self._ids_taking: dict[TotalKey, tuple[str, ...]] = {}
        self._plans: list[Plan | None] = [None] * 7
        self._counting: dict[TotalKey, list[tuple[Bounded, ...] | None]] = {}
        self.records = Records()
        self.board = Board(self.slots_of, self.slot_of, self.records)

    def _slots_for(self, taker: Taker) -> Iterator[Slot]:
        """Yield what is summed up for a limit: all of it, or each channel by itself."""
        if taker.limit.shared:
            yield taker.limit.id, None
            return
        for channel in self.policy.channels:
            if taker.takes_channel(channel.id):
                yield taker.limit.id, channel.id

    def taking(self, key: TotalKey) -> Iterator[Limit]:
        """Yield each limit that time of ``key`` counts toward, in the order of the file.

        A limit is set aside where one that replaces it takes the time by itself, be that
        one set aside in its turn or not.
        """
        for taker, replacing in zip(self.takers, self._replacing, strict=True):
            if taker.takes(key) and not any(other.takes(key) for other in replacing):
                yield taker.limit

    def ids_taking(self, key: TotalKey) -> tuple[str, ...]:
        """Return the ids of the limits that time of ``key`` counts toward."""
        ids = self._ids_taking.get(key)
        if ids is None:
            ids = self._ids_taking[key] = tuple(limit.id for limit in self.taking(key))
        return ids

    def slot_of(self, limit: str, channel: str | None) -> int | None:
        """Return the number of what is summed up for a limit; ``channel`` as in a standing."""
        return self._slot_at.get((limit, channel))

    def slots_of(self, key: TotalKey) -> tuple[int, ...]:
        """Return the numbers of all that time of ``key`` is summed up in."""
        slots = self._slots_of.get(key)
        if slots is None:
            found = (
                self.slot_of(limit.id, None if limit.shared else key.channel)
                for limit in self.taking(key)
            )
            slots = tuple(slot for slot in found if slot is not None)
            self._slots_of[key] = slots
        return slots

    def plan(self, day: date) -> Plan:
        """Return the rows of ``day``."""
        weekday = day.weekday()
        plan = self._plans[weekday]
        if plan is None:
            plan = self._plans[weekday] = Plan(tuple(self._make_rows(weekday)))
        return plan

    def _make_rows(self, weekday: int) -> Iterator[Row]:
        for taker in self.takers:
            limit = taker.limit
            slots = tuple(self._slots_for(taker))
            for period, minutes in allowances(limit, weekday):
                scale = None
                if minutes is not None:
                    scale = make_scale(minutes, self._ladders.get(limit.ladder))
                for slot in slots:
                    yield Row(self._slot_at[slot], *slot, period, scale)

    def counting_rows(self, key: TotalKey, day: date) -> tuple[Bounded, ...]:
        """Return the bounded rows of ``day`` that time of ``key`` counts toward."""
        by_weekday = self._counting.get(key)
        if by_weekday is None:
            by_weekday = self._counting[key] = [None] * 7
        weekday = day.weekday()
        rows = by_weekday[weekday]
        if rows is None:
            bounded = self.plan(day).bounded
            found = (row for slot in self.slots_of(key) for row in bounded.get(slot, ()))
            rows = by_weekday[weekday] = tuple(found)
        return rows


def _taker(limit: Limit) -> Taker:
    return Taker(
        limit,
        None if ANY in limit.channels else frozenset(limit.channels),
        None if ANY in limit.purposes else frozenset(limit.purposes),
        _WINDOWS.get(limit.window),
    )


def is_finite(limit: Limit, day: date | None) -> bool:
    """Return whether the limit bounds time on ``day``, or on any day where that is None."""
    weekdays = range(7) if day is None else (day.weekday(),)
    return any(
        minutes is not None for weekday in weekdays for _, minutes in allowances(limit, weekday)
    )
