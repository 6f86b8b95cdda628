"""A week's summary with its names in one language: what every written form is made from."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.i18n import Language
from tracker.limits.types import Level, Period, Standing
from tracker.model import PRIVATE
from tracker.notices.names import Names
from tracker.reports.day import DayReport
from tracker.reports.week_facts import Ticks, WeekFacts


@dataclass(frozen=True, slots=True)
class Use:
    """A channel's time of a day for one purpose."""

    channel: str
    channel_name: str
    purpose: str
    purpose_name: str
    ms: int

    @property
    def private(self) -> bool:
        """Whether it was not for work."""
        return self.purpose == PRIVATE


@dataclass(frozen=True, slots=True)
class Use7:
    """A channel's time for one purpose, a figure for each day of the week."""

    channel_name: str
    purpose_name: str
    days_ms: tuple[int, ...]

    @property
    def ms(self) -> int:
        """The week's time."""
        return sum(self.days_ms)


@dataclass(frozen=True, slots=True)
class LimitUse:
    """What was used of an allowance; ``allowed_ms`` holds extensions, None where unlimited."""

    used_ms: int
    allowed_ms: int | None
    extended_ms: int
    level: Level

    @property
    def left_ms(self) -> int | None:
        """What is left; negative past the limit, None where unlimited."""
        return None if self.allowed_ms is None else self.allowed_ms - self.used_ms

    @property
    def share(self) -> float:
        """The share of it that was used: 1 is all, more is over; 0 where unlimited."""
        if self.allowed_ms is None or not self.used_ms:
            return 0.0
        return self.used_ms / self.allowed_ms if self.allowed_ms else math.inf


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit through the week; None on days on which it did not hold, or which are to come."""

    name: str
    detail: str
    days: tuple[LimitUse | None, ...]
    week: LimitUse | None

    @property
    def used(self) -> bool:
        """Whether any time was counted toward it."""
        return any(each is not None and each.used_ms for each in (*self.days, self.week))

    @property
    def fullest(self) -> float:
        """The greatest share of the allowance that was used, on a day or in the week."""
        return max((use.share for use in (*self.days, self.week) if use is not None), default=0.0)


@dataclass(frozen=True, slots=True)
class DaySummary:
    """A day of the week."""

    day: date
    uses: tuple[Use, ...]
    uncertain_ms: int
    """What of the time only a window's title told."""

    not_measured_ms: int
    paused_ms: int
    lifted: tuple[str, ...]
    """The names of the limits that a crisis lifted."""

    to_come: bool

    @property
    def work_ms(self) -> int:
        """The time for the policy's purposes."""
        return sum(each.ms for each in self.uses if not each.private)

    @property
    def private_ms(self) -> int:
        """The private time."""
        return sum(each.ms for each in self.uses if each.private)

    @property
    def total_ms(self) -> int:
        """The time in all."""
        return self.work_ms + self.private_ms


@dataclass(frozen=True, slots=True)
class PolicyUse:
    """A version of a policy, and the days that it judges."""

    title: str
    version: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ExtensionLine:
    """More time that the person took."""

    day: date
    limit_name: str
    minutes: int
    times: int


@dataclass(frozen=True, slots=True)
class ResultRow:
    """The person's own results of a purpose, a figure for each day of the week."""

    purpose_name: str
    word: str
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What the person wrote on a day, and what it was about."""

    day: date
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class WeekSummary:
    """A week, as it leaves."""

    week: str
    language: Language
    days: tuple[DaySummary, ...]
    limits: tuple[LimitRow, ...]
    policies: tuple[PolicyUse, ...]
    extensions: tuple[ExtensionLine, ...]
    results: tuple[ResultRow, ...] | None
    """None where they were not ticked."""

    notes: tuple[NoteLine, ...] | None

    @property
    def work_ms(self) -> int:
        """The week's time for the policy's purposes."""
        return sum(each.work_ms for each in self.days)

    @property
    def private_ms(self) -> int:
        """The week's private time."""
        return sum(each.private_ms for each in self.days)

    @property
    def uses(self) -> tuple[Use7, ...]:
        """The time by channel and purpose; the channel with the most comes first."""
        rows: dict[tuple[str, str], list[int]] = {}
        names: dict[tuple[str, str], Use] = {}
        totals: defaultdict[str, int] = defaultdict(int)
        for place, day in enumerate(self.days):
            for use in day.uses:
                key = (use.channel, use.purpose)
                rows.setdefault(key, [0] * len(self.days))[place] += use.ms
                names[key] = use
                totals[use.channel] += use.ms
        order = sorted(rows, key=lambda key: (-totals[key[0]], key[0], -sum(rows[key])))
        return tuple(
            Use7(names[key].channel_name, names[key].purpose_name, tuple(rows[key]))
            for key in order
        )


def summarise(facts: WeekFacts, language: Language, ticks: Ticks) -> WeekSummary:
    """Return the summary of a week, with what was ticked."""
    names = Names(facts.naming_policy, language)
    return WeekSummary(
        facts.week,
        language,
        tuple(_day(report, names, to_come=report.day > facts.today) for report in facts.days),
        tuple(_limits(facts, names)),
        tuple(_policies(facts, language)),
        tuple(_extensions(facts, names)),
        tuple(_results(facts, names)) if ticks.results else None,
        tuple(_notes(facts, names)) if ticks.notes else None,
    )


def _day(report: DayReport, names: Names, *, to_come: bool) -> DaySummary:
    return DaySummary(
        report.day,
        tuple(
            Use(time.channel, names.channel(time.channel), purpose, names.purpose(purpose), ms)
            for time in report.channels
            for purpose, ms in time.purposes.items()
            if ms > 0
        ),
        sum(time.uncertain_ms for time in report.channels),
        report.not_measured_ms,
        report.paused_ms,
        tuple(names.limit_by_id(limit) for limit in report.lifted),
        to_come,
    )


def _limits(facts: WeekFacts, names: Names) -> Iterable[LimitRow]:
    """Yield a row for each limit of any of the days, in the order of the policy's last version."""
    weeks = {(each.limit, each.channel): each for each in facts.limits}
    found: dict[tuple[str, str | None], Standing] = {}
    by_day: list[dict[tuple[str, str | None], Standing]] = []
    for report in facts.days:
        of_day = {} if report.day > facts.today else _standings(report)
        by_day.append(of_day)
        found |= of_day
    order = {limit.id: place for place, limit in enumerate(facts.naming_policy.limits)}
    found |= {key: each for key, each in weeks.items() if key not in found}
    for key in sorted(found, key=lambda each: order.get(each[0], len(order))):
        standing = found[key]
        days = tuple(_use(of_day.get(key)) for of_day in by_day)
        yield LimitRow(
            names.limit(standing), names.limit_detail(standing), days, _use(weeks.get(key))
        )


def _standings(report: DayReport) -> dict[tuple[str, str | None], Standing]:
    return {(each.limit, each.channel): each for each in report.limits if each.period is Period.DAY}


def _use(standing: Standing | None) -> LimitUse | None:
    if standing is None:
        return None
    allowed = standing.allowed_ms
    if allowed is not None:
        allowed += standing.extended_ms
    return LimitUse(standing.used_ms, allowed, standing.extended_ms, standing.level)


def _policies(facts: WeekFacts, language: Language) -> Iterable[PolicyUse]:
    days: dict[tuple[str, str], list[date]] = {}
    for report, policy in zip(facts.days, facts.policies, strict=True):
        # A day that is to come is judged by what will hold then, which nobody knows.
        if report.day <= facts.today or not days:
            title = policy.title.in_language(language.code)
            days.setdefault((title, policy.version), []).append(report.day)
    for (title, version), judged in days.items():
        yield PolicyUse(title, version, tuple(judged))


def _extensions(facts: WeekFacts, names: Names) -> Iterable[ExtensionLine]:
    taken: dict[tuple[date, str, str | None], list[int]] = {}
    for each in facts.extended:
        taken.setdefault((each.day, each.limit, each.channel), []).append(each.minutes)
    for (day, limit, channel), minutes in sorted(taken.items(), key=lambda item: item[0][0]):
        name = names.limit_by_id(limit)
        if channel is not None:
            name = f"{names.channel(channel)} · {name}"
        yield ExtensionLine(day, name, sum(minutes), len(minutes))


def _results(facts: WeekFacts, names: Names) -> Iterable[ResultRow]:
    places = {report.day: place for place, report in enumerate(facts.days)}
    rows: dict[str, list[int]] = {}
    for each in facts.counted:
        rows.setdefault(each.purpose, [0] * len(facts.days))[places[each.day]] += each.count
    for purpose, days in rows.items():
        known = names.purpose_of(purpose)
        word = known.result if known is not None else None
        yield ResultRow(names.purpose(purpose), word or "", tuple(days))


def _notes(facts: WeekFacts, names: Names) -> Iterable[NoteLine]:
    for each in facts.noted:
        if each.purpose is not None:
            about = names.purpose(each.purpose)
        else:
            about = names.limit_by_id(each.limit or "")
        yield NoteLine(each.day, about, each.text)
