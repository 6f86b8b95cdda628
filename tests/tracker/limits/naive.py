"""Limits once more, second by second, from DESIGN §5 alone.

It shares no code with the product but the policy's types, and it remembers what happened
where the product infers it. It is slow, and meant to be so plain that it is right.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tracker.model import TotalKey, Window
from tracker.policy.types import (
    ANY,
    Ladder,
    Limit,
    LimitWindow,
    Mark,
    MarkKind,
    Policy,
    StepKind,
)

Row = tuple[str, str | None, str]
"""Limit, channel, and ``day`` or ``week``."""

Event = tuple[str, int, str, str | None, str, str, str, int]
"""Day, second of the day, limit, channel, day or week, mark, what is done, seconds left."""

HOLD = (StepKind.OVERLAY, StepKind.MINIMISE)


@dataclass(slots=True)
class NaiveWeek:
    """One ISO week of one person, who is in ``groups``."""

    policy: Policy
    groups: frozenset[str]
    day: date
    second: int = 0
    used: Counter[Row] = field(default_factory=Counter)
    given: set[tuple[Row, str, StepKind]] = field(default_factory=set)
    extended: Counter[Row] = field(default_factory=Counter)
    taken_today: Counter[Row] = field(default_factory=Counter)
    taken_this_week: Counter[Row] = field(default_factory=Counter)
    held: set[tuple[Row, str, StepKind]] = field(default_factory=set)
    held_channel: str | None = None
    lifted: frozenset[str] = frozenset()
    events: list[Event] = field(default_factory=list)

    def begin_day(self, day: date) -> None:
        self.day, self.second = day, 0
        for row in [row for row in self.used if row[2] == "day"]:
            del self.used[row]
        self.given = {each for each in self.given if each[0][2] == "week"}
        self.extended.clear()
        self.taken_today.clear()
        self.held.clear()

    def applies(self, limit: Limit) -> bool:
        return any(group == ANY or group in self.groups for group in limit.groups)

    def matches(self, limit: Limit, key: TotalKey) -> bool:
        if not self.applies(limit):
            return False
        if ANY not in limit.channels and key.channel not in limit.channels:
            return False
        if ANY not in limit.purposes and key.purpose not in limit.purposes:
            return False
        if limit.window is LimitWindow.WORK:
            return key.window is Window.WORK
        if limit.window is LimitWindow.BREAKS:
            return key.window is Window.BREAKS
        return True

    def counts(self, limit: Limit, key: TotalKey) -> bool:
        if not self.matches(limit, key):
            return False
        for other in self.policy.limits:
            if limit.id in other.replaces and self.matches(other, key):
                return False
        return True

    def ladder(self, limit: Limit) -> Ladder:
        return next(each for each in self.policy.ladders if each.id == limit.ladder)

    def allowed(self, limit: Limit, period: str) -> int | None:
        """Seconds; None where there is no bound."""
        if period == "week":
            assert limit.week is not None
            return limit.week * 60
        if limit.unlimited:
            return None
        assert limit.day is not None
        minutes = limit.day.by_weekday[self.day.weekday()]
        assert minutes is not None
        return minutes * 60

    def periods(self, limit: Limit) -> list[str]:
        found = []
        today = limit.day.by_weekday[self.day.weekday()] if limit.day is not None else None
        if limit.unlimited or today is not None:
            found.append("day")
        if limit.week is not None:
            found.append("week")
        return found

    def left(self, limit: Limit, row: Row) -> int | None:
        allowed = self.allowed(limit, row[2])
        if allowed is None:
            return None
        return allowed + self.extended[row] * 60 - self.used[row]

    def left_at(self, mark: Mark, allowed: int) -> Fraction:
        if mark.kind is MarkKind.SHARE:
            return allowed - Fraction(allowed * mark.value, 100)
        if mark.kind is MarkKind.BEFORE:
            return Fraction(mark.value * 60)
        return Fraction(-mark.value * 60)

    def steps(self, limit: Limit, allowed: int) -> list[tuple[str, StepKind, Fraction]]:
        """All steps that can come, with what is left when they do, in the file's order."""
        steps = [
            (step.mark, step.do, self.left_at(step.mark, allowed))
            for step in self.ladder(limit).steps
        ]
        if allowed == 0:
            steps = [
                (mark, do, left)
                for mark, do, left in steps
                if do is not StepKind.ASK
                and not (mark.kind is MarkKind.SHARE and mark.value < 100)
                and not (mark.kind is MarkKind.BEFORE and mark.value > 0)
            ]
        kept = []
        for mark, do, left in steps:
            dropped = False
            if do is StepKind.NOTIFY:
                for _, other_do, other in steps:
                    later_by = left - other
                    if other_do is StepKind.NOTIFY and 0 < later_by < 5 * 60:
                        dropped = True
            if not dropped:
                kept.append((mark.text, do, left))
        if allowed == 0:
            kept = [(text, do, min(left, Fraction(-30))) for text, do, left in kept]
            kept.insert(0, ("0", StepKind.ASK, Fraction(0)))
        return kept

    def live(self, key: TotalKey | None) -> None:
        """Live through one second, in which time of ``key`` counts or none does."""
        if key is None:
            self.held.clear()
        else:
            if key.channel != self.held_channel:
                self.held.clear()
            self.held_channel = key.channel
            held: set[tuple[Row, str, StepKind]] = set()
            for limit in self.policy.limits:
                if self.counts(limit, key):
                    for period in self.periods(limit):
                        row = (limit.id, None if limit.shared else key.channel, period)
                        self.climb(limit, row, key, held)
            self.held = held
            for limit in self.policy.limits:
                if self.counts(limit, key):
                    channel = None if limit.shared else key.channel
                    self.used[limit.id, channel, "day"] += 1
                    self.used[limit.id, channel, "week"] += 1
        self.second += 1

    def climb(
        self, limit: Limit, row: Row, key: TotalKey, held: set[tuple[Row, str, StepKind]]
    ) -> None:
        """Take the steps of one row that are due before this second counts."""
        allowed = self.allowed(limit, row[2])
        left = self.left(limit, row)
        if allowed is None or left is None or limit.id in self.lifted:
            return
        holds, once = [], []
        for text, do, mark in self.steps(limit, allowed):
            if left > mark:
                continue
            if do in HOLD:
                if key.certain or self.policy.enforce_titles:
                    holds.append((text, do, mark))
            elif (row, text, do) not in self.given:
                once.append((text, do, mark))
        latest_hold = min((mark for _, _, mark in holds), default=None)
        latest = min((mark for _, _, mark in once), default=None)
        chosen = {do: (text, mark) for text, do, mark in holds if mark == latest_hold}
        if latest_hold is None or (latest is not None and latest <= latest_hold):
            chosen.update({do: (text, mark) for text, do, mark in once if mark == latest})
        for text, do, _ in once:
            self.given.add((row, text, do))
        for do, (text, _) in chosen.items():
            step = (row, text, do)
            if do in HOLD:
                held.add(step)
                if step in self.held:
                    continue
            self.events.append((self.day.isoformat(), self.second, *row, text, do.value, left))

    def extend(self, limit: Limit, channel: str | None) -> bool:
        """Take an extension, if that is allowed now."""
        row = (limit.id, channel, "day")
        ladder = self.ladder(limit)
        if "day" not in self.periods(limit) or ladder.extend is None or not self.applies(limit):
            return False
        if channel is not None and ANY not in limit.channels and channel not in limit.channels:
            return False
        allowed, left = self.allowed(limit, "day"), self.left(limit, row)
        if allowed is None or left is None:
            return False
        first = max((self.left_at(step.mark, allowed) for step in ladder.steps), default=0)
        if left > (first if allowed else 0):
            return False
        extend = ladder.extend
        if extend.per_day is not None and self.taken_today[row] >= extend.per_day:
            return False
        if extend.per_week is not None and self.taken_this_week[row] >= extend.per_week:
            return False
        self.taken_today[row] += 1
        self.taken_this_week[row] += 1
        self.extended[row] += extend.minutes
        marks = {(text, do): mark for text, do, mark in self.steps(limit, allowed)}
        for given in list(self.given):
            if given[0] == row and marks.get((given[1], given[2]), Fraction(1)) <= 0:
                self.given.discard(given)
        return True

    def level(self, limit: Limit, row: Row) -> str:
        left, allowed = self.left(limit, row), self.allowed(limit, row[2])
        if left is None or allowed is None:
            return "ok"
        if left <= -60:
            return "over"
        if left <= 0:
            return "reached"
        before = [
            self.left_at(step.mark, allowed)
            for step in self.ladder(limit).steps
            if (step.mark.kind is MarkKind.SHARE and step.mark.value < 100)
            or (step.mark.kind is MarkKind.BEFORE and step.mark.value > 0)
        ]
        near = max(before) if before else Fraction(allowed, 5)
        return "near" if left <= near else "ok"

    def standings(self) -> list[tuple[str, str | None, str, int, int | None, int, str]]:
        """Limit, channel, period, seconds used, allowed and extended, and the level."""
        found = []
        for limit in self.policy.limits:
            if not self.applies(limit):
                continue
            channels: list[str | None] = [
                each.id
                for each in self.policy.channels
                if ANY in limit.channels or each.id in limit.channels
            ]
            for period in self.periods(limit):
                for channel in [None] if limit.shared else channels:
                    row = (limit.id, channel, period)
                    allowed = self.allowed(limit, period)
                    extended = 0 if allowed is None else self.extended[row] * 60
                    found.append((*row, self.used[row], allowed, extended, self.level(limit, row)))
        return found
