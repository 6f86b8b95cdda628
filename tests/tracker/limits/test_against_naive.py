"""The engine and a naive second implementation agree on random policies and days.

On a build machine these are thousands of policies, and a week of days under each; elsewhere
a hundred or so. ``KANALTID_NAIVE_ROUNDS`` says how many.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from tests.tracker.limits.making import may_extend
from tests.tracker.limits.naive import Event, NaiveWeek
from tests.tracker.limits.random_weeks import CHANNELS, random_day, random_policy
from tracker.limits.engine import Rules, due, next_crossing, standings, taken
from tracker.limits.types import Book, DueStep, Period
from tracker.model import TotalKey
from tracker.policy.types import Limit, Person, StepKind
from tracker.storage.base import Extension, StepTaken

_USUAL = "2000" if os.environ.get("CI") == "true" else "120"
ROUNDS = int(os.environ.get("KANALTID_NAIVE_ROUNDS", _USUAL))
MONDAY = date(2026, 12, 28)  # the week ends in another year
AT = datetime(2026, 12, 28, tzinfo=UTC)
Hold = tuple[str, str | None, Period, str, StepKind]


@dataclass(slots=True)
class EngineWeek:
    """A week of the engine, which jumps from crossing to crossing."""

    rules: Rules
    day: date = MONDAY
    elapsed_ms: int = 0
    totals: dict[TotalKey, int] = field(default_factory=dict)
    week: Counter[TotalKey] = field(default_factory=Counter)
    extensions: tuple[Extension, ...] = ()
    taken: tuple[StepTaken, ...] = ()
    lifted: frozenset[str] = frozenset()
    held: set[Hold] = field(default_factory=set)
    held_channel: str | None = None
    events: list[Event] = field(default_factory=list)

    def book(self) -> Book:
        return Book(self.day, self.totals, self.week, self.extensions, self.taken, self.lifted)

    def begin_day(self, day: date) -> None:
        self.day, self.elapsed_ms = day, 0
        self.totals.clear()
        self.held.clear()

    def live(self, key: TotalKey | None, seconds: int) -> None:
        left = seconds * 1000
        if key is None or key.channel != self.held_channel:
            self.held.clear()
        while left:
            self.take(key)
            crossing = next_crossing(self.rules, self.book(), key)
            assert crossing is None or crossing > 0
            jump = left if crossing is None else min(left, crossing)
            if key is not None:
                self.totals[key] = self.totals.get(key, 0) + jump
                self.week[key] += jump
            self.elapsed_ms += jump
            left -= jump

    def take(self, key: TotalKey | None) -> None:
        book = self.book()
        held: set[Hold] = set()
        for step in due(self.rules, book, key):
            standing = step.standing
            if step.do in {StepKind.OVERLAY, StepKind.MINIMISE}:
                hold = (standing.limit, standing.channel, standing.period, step.mark.text, step.do)
                held.add(hold)
                if hold in self.held:
                    continue
            self.taken = (*self.taken, taken(step, book, AT))
            self.events.append(self.event(step))
        self.held = held
        self.held_channel = key.channel if key else None

    def event(self, step: DueStep) -> Event:
        standing = step.standing
        assert standing.left_ms is not None
        assert self.elapsed_ms % 1000 == standing.left_ms % 1000 == 0
        return (
            self.day.isoformat(),
            self.elapsed_ms // 1000,
            standing.limit,
            standing.channel,
            standing.period.value,
            step.mark.text,
            step.do.value,
            standing.left_ms // 1000,
        )

    def extend(self, limit: Limit, channel: str | None) -> bool:
        minutes = may_extend(self.rules, self.book(), limit.id, channel)
        if not isinstance(minutes, int):
            return False
        self.extensions = (*self.extensions, Extension(self.day, limit.id, channel, AT, minutes))
        return True

    def standings(self) -> list[tuple[str, str | None, str, int, int | None, int, str]]:
        return [
            (
                each.limit,
                each.channel,
                each.period.value,
                each.used_ms // 1000,
                each.allowed_ms // 1000 if each.allowed_ms is not None else None,
                each.extended_ms // 1000,
                each.level.value,
            )
            for each in standings(self.rules, self.book())
        ]


def live_a_week(seed: int) -> tuple[NaiveWeek, EngineWeek]:
    random = Random(seed)
    rules = Rules(random_policy(random), Person("karin"))
    engine = EngineWeek(rules)
    naive = NaiveWeek(rules.policy, frozenset({"sales"}), MONDAY)
    for day in random.sample(range(7), random.randint(1, 3)):
        for week in (naive, engine):
            week.begin_day(MONDAY + timedelta(days=day))
        for key, seconds in random_day(random):
            if random.random() < 0.1:
                lifted = random.sample(rules.policy.limits, random.randint(0, 1))
                naive.lifted = engine.lifted = frozenset(each.id for each in lifted)
            if random.random() < 0.3:
                extended = random.choice(rules.policy.limits)
                channel = None if extended.shared else random.choice(CHANNELS)
                assert naive.extend(extended, channel) == engine.extend(extended, channel)
            for _ in range(seconds):
                naive.live(key)
            engine.live(key, seconds)
            assert engine.standings() == naive.standings()
    return naive, engine


@pytest.mark.parametrize("start", range(0, ROUNDS, 20))
def test_engine_agrees_with_the_naive_one_when_weeks_are_random(start: int) -> None:
    for seed in range(start, min(start + 20, ROUNDS)):
        naive, engine = live_a_week(seed)
        assert sorted(engine.events, key=str) == sorted(naive.events, key=str), f"seed {seed}"


def test_random_weeks_reach_every_kind_of_step_when_compared() -> None:
    seen = Counter(event[6] for seed in range(20) for event in live_a_week(seed)[0].events)

    assert all(seen[do] > 5 for do in StepKind)
