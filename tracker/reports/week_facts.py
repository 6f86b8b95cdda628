"""All that a weekly summary is made of, in ids and milliseconds, without a single instant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from tracker.days import week_of
from tracker.limits.types import Period, Standing
from tracker.policy.types import Channel, Limit, Policy, Purpose
from tracker.reports.archive import Archive
from tracker.reports.day import DayReport
from tracker.reports.json_form import Json, week_json
from tracker.storage.base import Extension, PurposeChoice, Record, ResultCount, Storage

_Named = TypeVar("_Named", Channel, Purpose, Limit)


@dataclass(frozen=True, slots=True)
class Ticks:
    """What leaves only because the person ticked it."""

    notes: bool = False
    results: bool = False


@dataclass(frozen=True, slots=True)
class Extended:
    """More time that the person took on a day; ``channel`` as in a standing."""

    day: date
    limit: str
    channel: str | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The person's own results of a purpose on a day."""

    day: date
    purpose: str
    count: int


@dataclass(frozen=True, slots=True)
class Noted:
    """What the person wrote beside a purpose, or as the reason for more time."""

    day: date
    text: str
    purpose: str | None = None
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """A week as far as it may leave: what is noted and counted leaves only if ticked."""

    week: str
    days: tuple[DayReport, ...]
    policies: tuple[Policy, ...]
    """What each day is judged by."""

    limits: tuple[Standing, ...]
    """The week's standings."""

    today: date
    """The present day: what is after it has not come yet."""

    extended: tuple[Extended, ...] = ()
    counted: tuple[Counted, ...] = ()
    noted: tuple[Noted, ...] = ()

    @property
    def naming_policy(self) -> Policy:
        """The week's last policy, with what only earlier ones of the week had."""
        merged = self.policies[-1]
        for policy in reversed(self.policies[:-1]):
            merged = replace(
                merged,
                channels=_joined(merged.channels, policy.channels),
                purposes=_joined(merged.purposes, policy.purposes),
                limits=_joined(merged.limits, policy.limits),
            )
        return merged

    def json(self, ticks: Ticks) -> Json:
        """Return the form of ``week --json``, with what was ticked."""
        form = week_json(self.week, self.days, self.limits)
        if ticks.results:
            form["results"] = [
                {"day": each.day.isoformat(), "purpose": each.purpose, "count": each.count}
                for each in self.counted
            ]
        if ticks.notes:
            form["notes"] = [
                {
                    "day": each.day.isoformat(),
                    "purpose": each.purpose,
                    "limit": each.limit,
                    "text": each.text,
                }
                for each in self.noted
            ]
        return form


def week_facts(
    days: Sequence[DayReport], archive: Archive, storage: Storage, today: date
) -> WeekFacts:
    """Return the facts of a week.

    Args:
        days: Its seven days.
        archive: Knows what judges them.
        storage: Holds what the person did; read only.
        today: The present day.

    Raises:
        OutsideError: The store can't be read.
    """
    records = storage.records(days[0].day, days[-1].day)
    judged = [each for each in days if each.day <= today] or [days[0]]
    return WeekFacts(
        week_of(days[0].day),
        tuple(days),
        tuple(archive.rules(each.day).policy for each in days),
        tuple(each for each in judged[-1].limits if each.period is Period.WEEK),
        today,
        tuple(_extended(records)),
        tuple(_counted(records)),
        tuple(_noted(records)),
    )


def _joined(mine: tuple[_Named, ...], theirs: tuple[_Named, ...]) -> tuple[_Named, ...]:
    known = {each.id for each in mine}
    return mine + tuple(each for each in theirs if each.id not in known)


def _extended(records: Iterable[Record]) -> Iterable[Extended]:
    for each in records:
        if isinstance(each, Extension):
            yield Extended(each.day, each.limit, each.channel, each.minutes)


def _counted(records: Iterable[Record]) -> Iterable[Counted]:
    counts: Counter[tuple[date, str]] = Counter()
    for each in records:
        if isinstance(each, ResultCount):
            counts[each.day, each.purpose] += each.count
    for (day, purpose), count in sorted(counts.items()):
        if count > 0:
            yield Counted(day, purpose, count)


def _noted(records: Iterable[Record]) -> Iterable[Noted]:
    """Yield each note once: a choice for several channels is stored once for each."""
    notes: dict[Noted, None] = {}
    for each in records:
        if isinstance(each, PurposeChoice) and each.note:
            notes[Noted(each.day, each.note, purpose=each.purpose)] = None
        elif isinstance(each, Extension) and each.reason:
            notes[Noted(each.day, each.reason, limit=each.limit)] = None
    return sorted(notes, key=lambda note: note.day)
