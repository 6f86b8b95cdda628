"""Weeks of days in one look: what each came to, with the limits that were then in force."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.days import days_of_week, week_of
from tracker.limits import engine
from tracker.limits.types import Book, Period, Standing
from tracker.model import TotalKey, Totals
from tracker.policy.types import Policy
from tracker.reports.archive import Archive
from tracker.storage.base import PolicyText, Storage, Stored

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TrendDay:
    """A day that has time or own results."""

    day: date
    totals: Totals = field(default_factory=dict)
    results: Mapping[str, int] = field(default_factory=dict)
    """The person's own count by purpose."""


@dataclass(frozen=True, slots=True)
class TrendWeek:
    """An ISO week, judged as a whole by the last policy in force in it."""

    monday: date
    days: tuple[TrendDay, ...]
    totals: Totals
    """Those of the days, added up."""

    policy: Policy
    limits: tuple[Standing, ...]
    """Where those stood that have an allowance for the week."""


def trend_weeks(
    storage: Storage, archive: Archive, first: date, last: date, live: Mapping[date, Totals]
) -> tuple[TrendWeek, ...]:
    """Return the ISO weeks from that of ``first`` to that of ``last``, in order.

    Args:
        storage: Where the days are kept.
        archive: Knows the policies that were in force.
        first: A day of the first week.
        last: A day of the last week.
        live: The totals of days that count at this moment, in place of those stored.

    Raises:
        OutsideError: The store can't be read.
    """
    first, last = days_of_week(week_of(first))[0], days_of_week(week_of(last))[-1]
    totals: dict[date, Totals] = {
        day: kept.channels for day, kept in storage.totals(first, last).items()
    }
    totals |= {day: each for day, each in live.items() if first <= day <= last}
    results = _results(storage, first, last)
    policies = storage.policies(first, last)
    weeks, monday = [], first
    while monday <= last:
        week = [monday + timedelta(days=n) for n in range(7)]
        days = [TrendDay(day, totals.get(day, {}), results.get(day, {})) for day in week]
        kept = tuple(each for each in days if any(each.totals.values()) or each.results)
        texts = [policies[day] for day in week if day in policies]
        weeks.append(_week(monday, kept, archive, texts[-1] if texts else None))
        monday += _WEEK
    return tuple(weeks)


def _results(storage: Storage, first: date, last: date) -> Mapping[date, Mapping[str, int]]:
    found: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for row in storage.stored(Stored.RESULT_COUNT, first, last):
        day, count = row["day"], row["count"]
        assert isinstance(day, date)
        assert isinstance(count, int)
        found[day][str(row["purpose"])] += count
    return found


def _week(
    monday: date, days: tuple[TrendDay, ...], archive: Archive, text: PolicyText | None
) -> TrendWeek:
    rules = archive.rules_of(text)
    totals: Counter[TotalKey] = Counter()
    for day in days:
        totals.update(day.totals)
    book = Book(monday + timedelta(days=6), {}, totals)
    limits = tuple(
        standing
        for standing in engine.standings(rules, book)
        if standing.period is Period.WEEK and standing.allowed_ms is not None
    )
    return TrendWeek(monday, days, totals, rules.policy, limits)
