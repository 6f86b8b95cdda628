"""What is written into the tables. Each function runs inside a transaction of the caller's.

Statements are built once: building one costs several times as much as running it, and a
batch is written every few seconds all day long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Delete,
    Executable,
    Insert,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from tracker.model import Row, Span
from tracker.storage import models, reading
from tracker.storage.base import (
    KEPT_WITH_TOTALS,
    Batch,
    Consent,
    Evaluation,
    Record,
    day_of_record,
)


@dataclass(frozen=True, slots=True)
class _Summed:
    """A table of rows, and the table of its days' totals."""

    rows: Table
    totals: Table


_SPANS = _Summed(models.span, models.day_total)
_GAPS = _Summed(models.gap, models.day_gap)

_MANY_KEYS = 8
"""From so many keys of one day on, summing the whole day at once is quicker."""

Key = tuple[Any, ...]
"""What a total is kept by beside its device; the day comes first."""


def write(connection: Connection, device: int, batch: Batch) -> None:
    """Write the batch, and compute anew the totals that its rows and days touch."""
    rows_from = _rows_from(connection, device)
    kept = {
        seq: row if row is not None and row.day >= rows_from else None
        for seq, row in batch.rows.items()
    }
    touched = {tables: _keys(connection, device, tables, kept) for tables in (_SPANS, _GAPS)}
    _write_rows(connection, device, kept)
    for tables, keys in touched.items():
        _sum_keys(connection, device, tables, keys)
    summed = {key[0] for keys in touched.values() for key in keys}
    for day in batch.days - summed:
        if day >= rows_from:
            for tables in touched:
                _sum_day(connection, device, tables, day)
    _write_records(connection, batch.records)
    texts = {text.hash: text.text for text in batch.policies.values()}
    _put(connection, models.policy_text, [{"hash": key, "text": texts[key]} for key in texts])
    by_day = [{"day": day, "hash": text.hash} for day, text in batch.policies.items()]
    _put(connection, models.day_policy, by_day)
    notes = [{"key": key, "value": value} for key, value in batch.notes.items()]
    _put(connection, models.note, notes)


def add_device(connection: Connection, name: str) -> None:
    """Name this installation."""
    row = {"name": name, "here": True, "last_seq": 0, "rows_from": date.min}
    connection.execute(insert(models.device), row)


def forget(connection: Connection, device: int, spans_before: date, totals_before: date) -> bool:
    """Delete what is older: rows, then totals and what they are judged by.

    Returns:
        Whether there was any.
    """
    _mark_forgotten(connection, device, spans_before)
    with_rows, with_totals = (
        [table for kind, table, _ in reading.RECORDS if (kind in KEPT_WITH_TOTALS) is lasting]
        for lasting in (False, True)
    )
    gone = [
        delete(table).where(table.c.day < before)
        for before, tables in (
            (spans_before, (models.span, models.gap, *with_rows)),
            (
                totals_before,
                (models.day_total, models.day_gap, models.day_policy, *with_totals),
            ),
        )
        for table in tables
    ]
    midnight = datetime.combine(totals_before, time(), UTC)
    gone.append(delete(models.evaluation).where(models.evaluation.c.at < midnight))
    used = select(models.day_policy.c.hash)
    gone.append(delete(models.policy_text).where(models.policy_text.c.hash.not_in(used)))
    return sum(connection.execute(each).rowcount for each in gone) > 0


def _mark_forgotten(connection: Connection, device: int, before: date) -> None:
    """Note which rows go; where none do, nothing: the day alone tells that somebody was there."""
    latest = [
        connection.scalar(select(func.max(table.c.day)).where(table.c.day < before))
        for table in (models.span, models.gap)
    ]
    gone = [day for day in latest if day is not None]
    if not gone:
        return
    here = models.device
    marks = {
        "last_seq": reading.next_seq(connection, device) - 1,
        "rows_from": max(_rows_from(connection, device), max(gone) + timedelta(days=1)),
    }
    connection.execute(update(here).where(here.c.id == device), marks)


def _rows_from(connection: Connection, device: int) -> date:
    found: date = connection.execute(_select_rows_from(), {"of_device": device}).scalar_one()
    return found


def _keys(
    connection: Connection, device: int, tables: _Summed, batch: Mapping[int, Row | None]
) -> set[Key]:
    """Return the keys of the rows as they are, and of those between them, and as they will be.

    A tail's numbers lie close together, so that a range finds what a list would.
    """
    if not batch:
        return set()
    bounds = {"of_device": device, "low": min(batch), "high": max(batch)}
    keys = {tuple(key) for key in connection.execute(_select_keys(tables), bounds)}
    for row in batch.values():
        if row is None:
            continue
        if isinstance(row, Span) and tables is _SPANS:
            keys.add((row.day, row.channel, row.purpose, row.window, row.certain))
        elif not isinstance(row, Span) and tables is _GAPS:
            keys.add((row.day, row.kind))
    return keys


def _write_rows(connection: Connection, device: int, rows: Mapping[int, Row | None]) -> None:
    spans, gaps, no_span, no_gap = [], [], [], []
    for seq, row in rows.items():
        of_row = {"of_device": device, "of_seq": seq}
        if isinstance(row, Span):
            spans.append(_span_values(device, row))
        else:
            no_span.append(of_row)
        if row is not None and not isinstance(row, Span):
            common = {"device": device, "seq": seq, "day": row.day, "start": row.start}
            gaps.append({**common, "length_ms": row.duration_ms, "kind": row.kind})
        else:
            no_gap.append(of_row)
    for table, gone in ((models.span, no_span), (models.gap, no_gap)):
        _run(connection, _delete_row(table), gone)
    _put(connection, models.span, spans)
    _put(connection, models.gap, gaps)


def _span_values(device: int, row: Span) -> dict[str, Any]:
    return {
        "device": device,
        "seq": row.seq,
        "day": row.day,
        "start": row.start,
        "length_ms": row.duration_ms,
        "channel": row.channel,
        "purpose": row.purpose,
        "window": row.window,
        "source": row.source,
        "certain": row.certain,
        "corrected": row.corrected,
    }


def _sum_keys(connection: Connection, device: int, tables: _Summed, keys: Iterable[Key]) -> None:
    by_day: defaultdict[date, list[Key]] = defaultdict(list)
    for key in keys:
        by_day[key[0]].append(key)
    for day, of_day in by_day.items():
        if len(of_day) < _MANY_KEYS:
            for key in of_day:
                _sum_key(connection, device, tables, key)
        else:
            _sum_day(connection, device, tables, day)


def _sum_day(connection: Connection, device: int, tables: _Summed, day: date) -> None:
    values = {"of_device": device, "of_day": day}
    connection.execute(_delete_day(tables.totals), values)
    connection.execute(_insert_day(tables), values)


def _sum_key(connection: Connection, device: int, tables: _Summed, key: Key) -> None:
    names = [column.name for column in _key_columns(tables.totals)]
    values = {"device": device, **dict(zip(names, key, strict=True))}
    of_key = {f"of_{name}": value for name, value in values.items()}
    ms = connection.scalar(_select_sum(tables), of_key)
    if ms is None:
        connection.execute(_delete_key(tables.totals), of_key)
    else:
        _put(connection, tables.totals, [{**values, "ms": ms}])


def _write_records(connection: Connection, records: Iterable[Record]) -> None:
    for kind, table, fields in reading.RECORDS:
        values = [
            {name: getattr(record, name) for name in fields} | {"day": day_of_record(record)}
            for record in records
            if isinstance(record, kind)
        ]
        _run(connection, _insert(table), values)
    for lasting, table, fields in (
        (Consent, models.consent, reading.CONSENT),
        (Evaluation, models.evaluation, reading.EVALUATION),
    ):
        values = [
            {name: getattr(record, name) for name in fields}
            for record in records
            if isinstance(record, lasting)
        ]
        _run(connection, _insert(table), values)


def _put(connection: Connection, table: Table, values: list[dict[str, Any]]) -> None:
    """Insert the rows, or change those whose key is there."""
    _run(connection, _upsert(table), values)


def _run(connection: Connection, statement: Executable, values: list[dict[str, Any]]) -> None:
    if values:
        connection.execute(statement, values)


def _key_columns(totals: Table) -> list[Column[Any]]:
    """Return what a total is kept by, in the order of ``Key``: all but the device."""
    return [column for column in totals.primary_key if column.name != "device"]


def _of(column: Column[Any]) -> Any:
    return column == bindparam(f"of_{column.name}", type_=column.type)


@cache
def _select_rows_from() -> Select[Any]:
    here = models.device
    return select(here.c.rows_from).where(here.c.id == bindparam("of_device"))


@cache
def _select_keys(tables: _Summed) -> Select[Any]:
    rows, totals = tables.rows, tables.totals
    between = rows.c.seq.between(bindparam("low"), bindparam("high"))
    columns = [rows.c[column.name] for column in _key_columns(totals)]
    return select(*columns).distinct().where(_of(rows.c.device), between)


@cache
def _select_sum(tables: _Summed) -> Select[Any]:
    rows, totals = tables.rows, tables.totals
    same = [_of(rows.c[column.name]) for column in totals.primary_key]
    return select(func.sum(rows.c.length_ms)).where(*same)


@cache
def _insert_day(tables: _Summed) -> Insert:
    rows, totals = tables.rows, tables.totals
    key = [rows.c[column.name] for column in totals.primary_key]
    sums = select(*key, func.sum(rows.c.length_ms)).where(_of(rows.c.device), _of(rows.c.day))
    return insert(totals).from_select([*totals.c.keys()], sums.group_by(*key))


@cache
def _delete_day(totals: Table) -> Delete:
    return delete(totals).where(_of(totals.c.device), _of(totals.c.day))


@cache
def _delete_key(totals: Table) -> Delete:
    return delete(totals).where(*(_of(column) for column in totals.primary_key))


@cache
def _delete_row(rows: Table) -> Delete:
    return delete(rows).where(_of(rows.c.device), _of(rows.c.seq))


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _upsert(table: Table) -> Insert:
    statement = upsert(table)
    changed = [column.name for column in table.c if not column.primary_key]
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: statement.excluded[name] for name in changed},
    )
