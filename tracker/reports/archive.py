"""Builds the reports of days, from live totals or from the store."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from tracker.days import days_of_week, week_of
from tracker.limits import engine
from tracker.limits.types import Book
from tracker.model import PRIVATE, DayTotals, Device, GapKind, TotalKey, Totals, Window
from tracker.policy.types import Person, Policy
from tracker.reports.day import ChannelTime, DayReport
from tracker.storage.base import (
    CrisisMark,
    Extension,
    PolicyText,
    Record,
    StepTaken,
    Storage,
)


def channel_times(totals: Totals, rules: engine.Rules) -> tuple[ChannelTime, ...]:
    """Return the channels that have time, in the order of the policy's list."""
    toward: defaultdict[str, Counter[str]] = defaultdict(Counter)
    purposes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    uncertain: Counter[str] = Counter()
    breaks: Counter[str] = Counter()
    for key, ms in totals.items():
        if ms:
            purposes[key.channel][key.purpose] += ms
            if key.window is Window.BREAKS and key.purpose == PRIVATE:
                breaks[key.channel] += ms
            for limit in rules.ids_taking(key):
                toward[key.channel][limit] += ms
            if not key.certain:
                uncertain[key.channel] += ms
    order = {channel.id: place for place, channel in enumerate(rules.policy.channels)}
    ids = sorted(purposes, key=lambda id_: (order.get(id_, len(order)), id_))
    return tuple(
        ChannelTime(
            id_,
            purposes[id_].total(),
            uncertain[id_],
            dict(purposes[id_]),
            breaks[id_],
            dict(toward[id_]),
        )
        for id_ in ids
    )


def lifted_limits(rules: engine.Rules, levels: Iterable[str]) -> tuple[str, ...]:
    """Return the person's limits that crisis levels lift, in the order of the file."""
    lifts = {level.id: level.lifts for level in rules.policy.crisis_levels}
    lifted = {limit for level in levels for limit in lifts.get(level, ())}
    return tuple(taker.limit.id for taker in rules.takers if taker.limit.id in lifted)


def build_day(
    rules: engine.Rules,
    book: Book,
    gaps: Mapping[GapKind, int],
    device: Device,
    *,
    measuring: bool,
    levels: Iterable[str] = (),
) -> DayReport:
    """Return the report of the book's day, judged by ``rules``.

    ``levels`` are the crisis levels that were open at some time of it.
    """
    policy = rules.policy
    return DayReport(
        book.day,
        policy.id,
        policy.version,
        device,
        measuring,
        channel_times(book.totals, rules),
        engine.standings(rules, book),
        gaps.get(GapKind.NOT_MEASURED, 0),
        gaps.get(GapKind.PAUSED, 0),
        lifted_limits(rules, levels),
    )


class Archive:
    """The days in the store, each judged whole by the last policy in force on it.

    Args:
        storage: Read only.
        person: Whose limits they are.
        policy: The policy in force now; it judges days that have none.
        parse: Makes a policy of a stored text; None where it can't be used any more.
    """

    def __init__(
        self,
        storage: Storage,
        person: Person,
        policy: Policy,
        parse: Callable[[PolicyText], Policy | None],
    ) -> None:
        self._storage = storage
        self._person = person
        self._parse = parse
        self._present = engine.Rules(policy, person)
        self._rules: dict[str, engine.Rules] = {policy.hash: self._present}

    def day(self, day: date) -> DayReport:
        """Return the report of ``day``."""
        return self.days((day,))[0]

    def week(self, week: str) -> tuple[DayReport, ...]:
        """Return the reports of the seven days of an ISO week."""
        return self.days(days_of_week(week))

    def rules(self, day: date | None) -> engine.Rules:
        """Return what judges ``day``; of None, the policy in force now."""
        return self._present if day is None else self.rules_of(self._policy_text(day))

    def _policy_text(self, day: date) -> PolicyText | None:
        return self._storage.policies(day, day).get(day)

    def days(self, days: Iterable[date]) -> tuple[DayReport, ...]:
        """Return the reports of ``days``, in order."""
        wanted = tuple(days)
        first = days_of_week(week_of(min(wanted)))[0]
        last = days_of_week(week_of(max(wanted)))[-1]
        totals = self._storage.totals(first, last)
        policies = self._storage.policies(first, last)
        records = self._storage.records(first, last)
        return tuple(self._report(day, totals, policies.get(day), records) for day in wanted)

    def _report(
        self,
        day: date,
        totals: Mapping[date, DayTotals],
        text: PolicyText | None,
        records: Sequence[Record],
    ) -> DayReport:
        kept = totals.get(day, DayTotals())
        book = book_of(day, {each: t.channels for each, t in totals.items()}, records)
        rules = self.rules_of(text)
        marks = (each for each in records if isinstance(each, CrisisMark) and each.day == day)
        return build_day(
            rules,
            book,
            kept.gaps,
            self._storage.device,
            measuring=False,
            levels={mark.level for mark in marks if mark.level is not None},
        )

    def rules_of(self, text: PolicyText | None) -> engine.Rules:
        """Return what judges a day of that policy; of None, the policy in force now."""
        if text is None:
            return self._present
        if text.hash not in self._rules:
            policy = self._parse(text)
            self._rules[text.hash] = (
                engine.Rules(policy, self._person) if policy is not None else self._present
            )
        return self._rules[text.hash]


def book_of(day: date, totals: Mapping[date, Totals], records: Iterable[Record]) -> Book:
    """Return the book of ``day`` from the totals and records of its ISO week."""
    week = days_of_week(week_of(day))
    sums: Counter[TotalKey] = Counter()
    for each in week:
        if each <= day:
            sums.update(totals.get(each, {}))
    kept = tuple(records)
    periods = (day.isoformat(), week_of(day))
    return Book(
        day,
        totals.get(day, {}),
        sums,
        tuple(r for r in kept if isinstance(r, Extension) and r.day in week),
        tuple(r for r in kept if isinstance(r, StepTaken) and r.period in periods),
    )
