"""What is read from the tables, as the values that the rest of the program knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select

from tracker.model import DayTotals, Device, Gap, GapKind, Span, TotalKey
from tracker.storage import models
from tracker.storage.base import (
    BreakMark,
    Consent,
    CrisisMark,
    DayRecord,
    Evaluation,
    Extension,
    PolicyText,
    PurposeChoice,
    ResultCount,
    StepTaken,
)

RECORDS: tuple[tuple[type[DayRecord], Table, tuple[str, ...]], ...] = (
    (
        StepTaken,
        models.step_taken,
        ("period", "limit", "channel", "mark", "do", "at", "extended_ms"),
    ),
    (Extension, models.extension, ("day", "limit", "channel", "at", "minutes", "reason")),
    (
        PurposeChoice,
        models.purpose_choice,
        ("day", "channel", "purpose", "at", "until", "note"),
    ),
    (BreakMark, models.break_mark, ("day", "at", "begins")),
    (ResultCount, models.result_count, ("day", "purpose", "at", "count")),
    (CrisisMark, models.crisis_mark, ("day", "at", "level")),
)
"""Each kind of a day's records, its table, and its fields: the columns of the same names."""

EVALUATION = ("at", "opened", "level", "link", "happened", "fault", "learnt")
CONSENT = ("policy_id", "version", "language", "at")

_ROW = ("seq", "day", "start", "length_ms")
_SPAN = ("channel", "purpose", "window", "source", "certain", "corrected")


def spans(connection: Connection, first: date, last: date) -> list[Span]:
    """Return the spans of the days, by start."""
    return [
        Span(Device(name), seq, day, start, start + timedelta(milliseconds=length), *rest)
        for name, seq, day, start, length, *rest in connection.execute(
            _rows(models.span, (*_ROW, *_SPAN), first, last)
        )
    ]


def gaps(connection: Connection, first: date, last: date) -> list[Gap]:
    """Return the gaps of the days, by start."""
    return [
        Gap(Device(name), seq, day, start, start + timedelta(milliseconds=length), kind)
        for name, seq, day, start, length, kind in connection.execute(
            _rows(models.gap, (*_ROW, "kind"), first, last)
        )
    ]


def _rows(table: Table, columns: Sequence[str], first: date, last: date) -> Select[Any]:
    return (
        select(models.device.c.name, *(table.c[name] for name in columns))
        .join_from(table, models.device)
        .where(table.c.day.between(first, last))
        .order_by(table.c.start, table.c.device, table.c.seq)
    )


def totals(connection: Connection, first: date, last: date) -> dict[date, DayTotals]:
    """Return the totals of the days that have any, over all devices, by day."""
    channels: defaultdict[date, dict[TotalKey, int]] = defaultdict(dict)
    gap_ms: defaultdict[date, dict[GapKind, int]] = defaultdict(dict)
    table = models.day_total
    key = (table.c.channel, table.c.purpose, table.c.window, table.c.certain)
    for day, *parts, ms in connection.execute(_sums(table, key, first, last)):
        channels[day][TotalKey(*parts)] = ms
    table = models.day_gap
    for day, kind, ms in connection.execute(_sums(table, (table.c.kind,), first, last)):
        gap_ms[day][kind] = ms
    days = sorted(channels.keys() | gap_ms.keys())
    return {day: DayTotals(channels.get(day, {}), gap_ms.get(day, {})) for day in days}


def _sums(table: Table, key: Sequence[Any], first: date, last: date) -> Select[Any]:
    return (
        select(table.c.day, *key, func.sum(table.c.ms))
        .where(table.c.day.between(first, last))
        .group_by(table.c.day, *key)
    )


def records(connection: Connection, first: date, last: date) -> list[DayRecord]:
    """Return the records of the days in order of their instant, then of their kind."""
    found: list[DayRecord] = []
    for kind, table, fields in RECORDS:
        statement = select(*(table.c[name] for name in fields))
        statement = statement.where(table.c.day.between(first, last)).order_by(table.c.id)
        found += (kind(*row) for row in connection.execute(statement))
    # Sorting keeps the order of what is equal: by kind, then as written.
    return sorted(found, key=lambda record: record.at)


def consents(connection: Connection) -> list[Consent]:
    """Return all consents, oldest first."""
    return [Consent(*row) for row in connection.execute(_dated(models.consent, CONSENT))]


def evaluations(connection: Connection) -> list[Evaluation]:
    """Return all evaluations, oldest first."""
    return [Evaluation(*row) for row in connection.execute(_dated(models.evaluation, EVALUATION))]


def _dated(table: Table, columns: Sequence[str]) -> Select[Any]:
    return select(*(table.c[name] for name in columns)).order_by(table.c.at, table.c.id)


def policies(connection: Connection, first: date, last: date) -> Mapping[date, PolicyText]:
    """Return the policy of each day that has one, by day."""
    table, text = models.day_policy, models.policy_text
    statement = (
        select(table.c.day, text.c.hash, text.c.text)
        .join_from(table, text)
        .where(table.c.day.between(first, last))
        .order_by(table.c.day)
    )
    return {day: PolicyText(*rest) for day, *rest in connection.execute(statement)}


def note(connection: Connection, key: str) -> str | None:
    """Return the note under ``key``."""
    table = models.note
    found: str | None = connection.scalar(select(table.c.value).where(table.c.key == key))
    return found


def next_seq(connection: Connection, device: int) -> int:
    """Return a number above all rows that the device has or had."""
    known = [
        connection.scalar(select(func.max(table.c.seq)).where(table.c.device == device))
        for table in (models.span, models.gap)
    ]
    known.append(
        connection.scalar(select(models.device.c.last_seq).where(models.device.c.id == device))
    )
    return max(number or 0 for number in known) + 1
