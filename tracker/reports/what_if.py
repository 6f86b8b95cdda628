"""What if: a person's own past days under another policy, as far as their totals allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker.days import days_of_week, week_of
from tracker.limits.types import Level, Period, Standing
from tracker.model import DayTotals, Device, Totals
from tracker.policy.types import Person, Policy
from tracker.reports.archive import book_of, build_day
from tracker.reports.comparison import Comparison, Terms
from tracker.reports.day import DayReport
from tracker.reports.doubts import Doubt, DoubtCode, make_doubt
from tracker.reports.json_form import Json, day_json, standing_json
from tracker.storage.base import Extension, PolicyText, Storage

FIRST_DAY = date(1970, 1, 5)
"""A Monday before anything that was ever kept."""

FILLED = frozenset({Level.REACHED, Level.OVER})
"""Where nothing is left."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is kept of some days.

    Attributes:
        days: Those to judge, in order: each has totals, or a policy that was in force.
        totals: By day, over the whole ISO weeks of ``days``.
        extensions: Those taken in these weeks.
        policies: The last in force on each day, where it can still be used.
        present: Stands in on days whose policy is not kept.
        records_from: Before that day extensions are deleted by now.
    """

    device: Device
    days: tuple[date, ...]
    totals: Mapping[date, DayTotals]
    extensions: tuple[Extension, ...]
    policies: Mapping[date, Policy]
    present: Policy
    records_from: date


@dataclass(frozen=True, slots=True)
class JudgedDay:
    """A day as it was, and as it would be under the other policy."""

    then: DayReport
    would_be: DayReport

    @property
    def day(self) -> date:
        """The day's key."""
        return self.then.day


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Past days under another policy. ``doubts`` says what can't be told, of which days."""

    policy: Policy
    days: tuple[JudgedDay, ...]
    doubts: tuple[tuple[Doubt, tuple[date, ...]], ...]

    @property
    def weeks(self) -> Iterator[tuple[str, tuple[Standing, ...], tuple[Standing, ...]]]:
        """Yield each ISO week with its limits' standings, then and as they would be.

        They are those of the week's last day that was judged.
        """
        last = {week_of(each.day): each for each in self.days}
        for week, each in last.items():
            yield week, _of(Period.WEEK, each.then), _of(Period.WEEK, each.would_be)

    def json(self) -> Json:
        """Return the form of ``simulate --history --json``."""
        return {
            "policy": {"id": self.policy.id, "version": self.policy.version},
            "days": [
                {
                    "day": each.day.isoformat(),
                    "then": day_json(each.then),
                    "would_be": day_json(each.would_be),
                }
                for each in self.days
            ],
            "weeks": [
                {
                    "week": week,
                    "then": [standing_json(standing) for standing in then],
                    "would_be": [standing_json(standing) for standing in would_be],
                }
                for week, then, would_be in self.weeks
            ],
            "doubts": [_doubt_json(each, days) for each, days in self.doubts],
        }


def _doubt_json(doubt: Doubt, days: Sequence[date]) -> dict[str, Any]:
    return {
        "code": doubt.code.value,
        **dict(doubt.fields),
        "days": [day.isoformat() for day in days],
    }


def read_past(
    storage: Storage,
    first: date,
    last: date,
    *,
    present: Policy,
    today: date,
    parse: Callable[[PolicyText], Policy | None],
) -> Past:
    """Return what is kept of the days from ``first`` to ``last``.

    Args:
        storage: Read only.
        first: May lie before all that is kept.
        last: May lie after it: days after ``today`` are none of the past.
        present: The policy in force now.
        today: The key of the present day.
        parse: Makes a policy of a stored text; None where it can't be used any more.
    """
    first, last = max(first, FIRST_DAY), min(last, today)
    records_from = today - timedelta(days=present.monitoring.keep_days.spans)
    if first > last:
        return Past(storage.device, (), {}, (), {}, present, records_from)
    monday, sunday = days_of_week(week_of(first))[0], days_of_week(week_of(last))[-1]
    totals = storage.totals(monday, sunday)
    texts = storage.policies(monday, sunday)
    # A version holds for many days; reading it takes some milliseconds.
    versions = {text.hash: text for text in texts.values()}
    parsed = {key: parse(text) for key, text in versions.items()}
    kept = sorted({*totals, *texts})
    return Past(
        storage.device,
        tuple(day for day in kept if first <= day <= last),
        totals,
        tuple(r for r in storage.records(monday, sunday) if isinstance(r, Extension)),
        {day: policy for day, text in texts.items() if (policy := parsed[text.hash]) is not None},
        present,
        records_from,
    )


def what_if(
    past: Past, policy: Policy, person: Person, judged: Callable[[int], None] = lambda _days: None
) -> WhatIf:
    """Judge the days of ``past`` under ``policy``.

    ``judged`` is told after each day how many are done; what it raises ends the work.
    """
    judge = _Judge(past, policy, person)
    days: list[JudgedDay] = []
    found: dict[Doubt, list[date]] = {}
    for day in past.days:
        each = judge.day(day)
        days.append(each)
        for doubt in dict.fromkeys(judge.doubts(each)):
            found.setdefault(doubt, []).append(day)
        judged(len(days))
    return WhatIf(policy, tuple(days), tuple((doubt, tuple(on)) for doubt, on in found.items()))


class _Judge:
    """Judges day after day; what it works out of a policy, it keeps."""

    def __init__(self, past: Past, policy: Policy, person: Person) -> None:
        self._past = past
        self._person = person
        self._new = Terms(policy, person)
        self._known: dict[str, tuple[Terms, Comparison]] = {}
        self._totals: Mapping[date, Totals] = {
            day: totals.channels for day, totals in past.totals.items()
        }
        self._carried = {
            day: self._comparison(day).carry(day, totals) for day, totals in self._totals.items()
        }
        self._extensions = tuple(each for each in past.extensions if self._extends(each))

    def _old(self, day: date) -> tuple[Terms, Comparison]:
        policy = self._past.policies.get(day, self._past.present)
        if policy.hash not in self._known:
            terms = Terms(policy, self._person)
            self._known[policy.hash] = terms, Comparison(terms, self._new)
        return self._known[policy.hash]

    def _comparison(self, day: date) -> Comparison:
        return self._old(day)[1]

    def day(self, day: date) -> JudgedDay:
        """Return what ``day`` was, and what it would be."""
        past = self._past
        gaps = past.totals.get(day, DayTotals()).gaps
        then = book_of(day, self._totals, past.extensions)
        would_be = book_of(day, self._carried, self._extensions)
        works = self._comparison(day).works(day)
        return JudgedDay(
            build_day(self._old(day)[0].rules, then, gaps, past.device, measuring=False),
            build_day(
                self._new.rules, would_be, gaps if works else {}, past.device, measuring=False
            ),
        )

    def doubts(self, judged: JudgedDay) -> Iterator[Doubt]:
        """Yield what can't be told of a day."""
        day = judged.day
        old, comparison = self._old(day)
        if day not in self._past.policies:
            yield make_doubt(DoubtCode.POLICY_NOT_KEPT)
        yield from comparison.doubts(day, self._totals.get(day, {}))
        if old.policy.hash == self._new.policy.hash:
            return
        extends = any(ladder.extend is not None for ladder in old.policy.ladders)
        if day < self._past.records_from and extends:
            yield make_doubt(DoubtCode.EXTENSIONS_NOT_KEPT)
        for each in self._past.extensions:
            if each.day == day:
                yield from self._about_extension(each)
        for row in judged.would_be.limits:
            if row.used_ms and row.level in FILLED:
                yield make_doubt(DoubtCode.MOMENT_UNKNOWN, limit=row.limit, channel=row.channel)

    def _extends(self, extension: Extension) -> bool:
        return self._minutes(extension) is not None

    def _minutes(self, extension: Extension) -> int | None:
        """Return what the new policy would have given where an extension was taken."""
        plan = self._new.rules.plan(extension.day)
        slot = self._new.rules.slot_of(extension.limit, extension.channel)
        place = plan.places[Period.DAY].get(slot) if slot is not None else None
        scale = plan.rows[place].scale if place is not None else None
        return scale.extend.minutes if scale is not None and scale.extend is not None else None

    def _about_extension(self, taken: Extension) -> Iterator[Doubt]:
        minutes = self._minutes(taken)
        if minutes is None:
            yield make_doubt(DoubtCode.EXTENSION_LEFT_OUT, limit=taken.limit, channel=taken.channel)
        elif minutes != taken.minutes:
            yield make_doubt(
                DoubtCode.EXTENSION_DIFFERS,
                limit=taken.limit,
                channel=taken.channel,
                was_min=taken.minutes,
                would_be_min=minutes,
            )


def _of(period: Period, report: DayReport) -> tuple[Standing, ...]:
    return tuple(standing for standing in report.limits if standing.period is period)
