"""How long it takes to tell where every limit of a large policy stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from time import perf_counter_ns

from tools.bench.figures import Figure, Part, median
from tools.bench.large_policy import (
    CHANNELS,
    LIMITS,
    PURPOSES,
    channel_id,
    large_policy,
    purpose_id,
)
from tracker.limits import engine
from tracker.limits.types import Book
from tracker.model import TotalKey, Window
from tracker.policy.catalogue import shipped_catalogue
from tracker.policy.load import load_or_raise
from tracker.policy.types import Person

NAME = f"standings of {LIMITS} limits × {CHANNELS} channels"
GOAL_MS = 2.0
_DAY = date(2026, 11, 23)


def _totals(step: int) -> dict[TotalKey, int]:
    """Return a day in which every channel was used for two purposes."""
    return {
        TotalKey(channel_id(channel), purpose_id(purpose), Window.WORK, certain=True): 1000 + step
        for channel in range(CHANNELS)
        for purpose in (channel % PURPOSES, (channel + 7) % PURPOSES)
    }


def _times(rules: engine.Rules, steps: int) -> Iterator[float]:
    """Yield the milliseconds of a telling after each of the day's totals has grown."""
    for step in range(steps):
        totals = _totals(step)
        start = perf_counter_ns()
        engine.standings(rules, Book(_DAY, totals, totals))
        yield (perf_counter_ns() - start) / 1e6


def _growing(rules: engine.Rules, steps: int) -> Iterator[float]:
    """Yield the milliseconds of a telling while one total grows, as in use."""
    totals = _totals(0)
    first = next(iter(totals))
    for _ in range(steps):
        totals[first] += 1000
        start = perf_counter_ns()
        engine.standings(rules, Book(_DAY, totals, totals))
        yield (perf_counter_ns() - start) / 1e6


def _measure(quick: bool) -> list[Figure]:
    steps = 50 if quick else 400
    text = large_policy()
    policy = load_or_raise(text.encode(), "large", shipped_catalogue(), _DAY)
    rules = engine.Rules(policy, Person("karin"))
    rows = len(engine.standings(rules, Book(_DAY, _totals(0), _totals(0))))
    anew = median([*_times(rules, steps)])
    growing = median([*_growing(rules, steps)])
    first = median([*_first(policy_text=text, count=3 if quick else 9)])
    note = (
        f"{rows} standings, all {2 * CHANNELS} totals of the day new each time; {growing:.2f} ms "
        f"where one grew; {first:.1f} ms the first time after a start"
    )
    return [Figure(NAME, anew, "ms", GOAL_MS, note)]


def _first(policy_text: str, count: int) -> Iterator[float]:
    policy = load_or_raise(policy_text.encode(), "large", shipped_catalogue(), _DAY)
    totals = _totals(0)
    for _ in range(count):
        rules = engine.Rules(policy, Person("karin"))
        start = perf_counter_ns()
        engine.standings(rules, Book(_DAY, totals, totals))
        yield (perf_counter_ns() - start) / 1e6


PART = Part("limits", (NAME,), _measure, 0.1)
