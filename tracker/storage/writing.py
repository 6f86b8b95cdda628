"""What is written into the tables. Each function runs inside a transaction of the caller's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from tracker.model import Row, Span
from tracker.storage import models, reading
from tracker.storage.base import Batch, Consent, Record, day_of_record


def write(connection: Connection, device: int, batch: Batch) -> None:
    """Write the batch, and compute the totals of its days anew from their rows."""
    rows_from = _rows_from(connection, device)
    days = {*batch.days}
    if batch.rows:
        days |= _days_between(connection, device, min(batch.rows), max(batch.rows))
        days |= {row.day for row in batch.rows.values() if row is not None}
        kept = {
            seq: row if row is not None and row.day >= rows_from else None
            for seq, row in batch.rows.items()
        }
        _write_rows(connection, device, kept)
    for day in days:
        if day >= rows_from:
            _sum_day(connection, device, day)
    _write_records(connection, batch.records)
    if batch.policies:
        texts = {text.hash: text.text for text in batch.policies.values()}
        _put(connection, models.policy_text, ({"hash": key, "text": texts[key]} for key in texts))
        by_day = ({"day": day, "hash": text.hash} for day, text in batch.policies.items())
        _put(connection, models.day_policy, by_day)
    if batch.notes:
        notes = ({"key": key, "value": value} for key, value in batch.notes.items())
        _put(connection, models.note, notes)


def add_device(connection: Connection, name: str) -> None:
    """Name this installation."""
    row = {"name": name, "here": True, "last_seq": 0, "rows_from": date.min}
    connection.execute(insert(models.device), row)


def forget(connection: Connection, device: int, spans_before: date, totals_before: date) -> None:
    """Delete what is older: rows and records, then totals and policies."""
    here = models.device
    marks = {
        "last_seq": reading.next_seq(connection, device) - 1,
        "rows_from": max(_rows_from(connection, device), spans_before),
    }
    connection.execute(update(here).where(here.c.id == device), marks)
    dated = [table for kind, table, _fields in reading.RECORDS if kind is not Consent]
    for table in (models.span, models.gap, *dated):
        connection.execute(delete(table).where(table.c.day < spans_before))
    for table in (models.day_total, models.day_gap, models.day_policy):
        connection.execute(delete(table).where(table.c.day < totals_before))
    used = select(models.day_policy.c.hash)
    text = models.policy_text
    connection.execute(delete(text).where(text.c.hash.not_in(used)))


def _rows_from(connection: Connection, device: int) -> date:
    here = models.device
    found: date = connection.execute(
        select(here.c.rows_from).where(here.c.id == device)
    ).scalar_one()
    return found


def _days_between(connection: Connection, device: int, low: int, high: int) -> set[date]:
    """Return the days of the rows that are about to change, and of those between them.

    A tail's numbers lie close together, so that a range finds what a list would.
    """
    days: set[date] = set()
    for table in (models.span, models.gap):
        found = select(table.c.day).distinct()
        found = found.where(table.c.device == device, table.c.seq.between(low, high))
        days.update(connection.scalars(found))
    return days


def _write_rows(connection: Connection, device: int, rows: Mapping[int, Row | None]) -> None:
    spans, gaps, no_span, no_gap = [], [], [], []
    for seq, row in rows.items():
        if isinstance(row, Span):
            spans.append(_span_values(device, row))
        else:
            no_span.append({"of_device": device, "of_seq": seq})
        if row is not None and not isinstance(row, Span):
            common = {"device": device, "seq": seq, "day": row.day, "start": row.start}
            gaps.append({**common, "length_ms": row.duration_ms, "kind": row.kind})
        else:
            no_gap.append({"of_device": device, "of_seq": seq})
    for table, gone in ((models.span, no_span), (models.gap, no_gap)):
        if gone:
            of_row = and_(
                table.c.device == bindparam("of_device"), table.c.seq == bindparam("of_seq")
            )
            connection.execute(delete(table).where(of_row), gone)
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


def _sum_day(connection: Connection, device: int, day: date) -> None:
    for rows, totals in ((models.span, models.day_total), (models.gap, models.day_gap)):
        key = [rows.c[column.name] for column in totals.primary_key]
        sums = (
            select(*key, func.sum(rows.c.length_ms))
            .where(rows.c.device == device, rows.c.day == day)
            .group_by(*key)
        )
        old = and_(totals.c.device == device, totals.c.day == day)
        connection.execute(delete(totals).where(old))
        connection.execute(insert(totals).from_select([*totals.c.keys()], sums))


def _write_records(connection: Connection, records: Iterable[Record]) -> None:
    for kind, table, fields in reading.RECORDS:
        values = [
            {name: getattr(record, name) for name in fields}
            | ({} if kind is Consent else {"day": day_of_record(record)})
            for record in records
            if isinstance(record, kind)
        ]
        if values:
            connection.execute(insert(table), values)


def _put(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert the rows, or change those whose key is there."""
    values = list(rows)
    if not values:
        return
    statement = upsert(table)
    changed = {
        column.name: statement.excluded[column.name] for column in table.c if not column.primary_key
    }
    key = list(table.primary_key)
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), values)
