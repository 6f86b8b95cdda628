"""Every row that is stored, as it is stored: for the person to see and to take along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    func,
    select,
    true,
)

from tracker.storage import models
from tracker.storage.base import LASTING, Stored, StoredRow


def table_of(kind: Stored) -> Table:
    """Return the table of a kind."""
    return models.metadata.tables[kind.value]


def within(table: Table, first: date, last: date) -> ColumnElement[bool]:
    """Return the condition that a row belongs to the days; a lasting one does always."""
    if Stored(table.name) in LASTING:
        return true()
    if "day" in table.c:
        return table.c.day.between(first, last)
    return table.c.at.between(
        datetime.combine(first, time.min, UTC), datetime.combine(last, time.max, UTC)
    )


def count_rows(connection: Connection, first: date, last: date) -> dict[Stored, int]:
    """Return how many rows of each kind the days have."""
    return {kind: _count(connection, table_of(kind), first, last) for kind in Stored}


def _count(connection: Connection, table: Table, first: date, last: date) -> int:
    statement = select(func.count()).select_from(table).where(within(table, first, last))
    return int(connection.execute(statement).scalar_one())


def latest_day(connection: Connection, kind: Stored, first: date, last: date) -> date | None:
    """Return the last of the days that has rows of the kind."""
    if kind in LASTING:
        return None
    table = table_of(kind)
    days = table.c.day if "day" in table.c else table.c.at
    found = connection.scalar(select(func.max(days)).where(within(table, first, last)))
    return found.date() if isinstance(found, datetime) else found


def read_rows(connection: Connection, kind: Stored, first: date, last: date) -> Sequence[StoredRow]:
    """Return the days' rows of a kind, by their key, with the names of devices."""
    statement = _select_rows(table_of(kind)) if kind in LASTING else _select_days(table_of(kind))
    values: dict[str, Any] = {}
    if kind is Stored.EVALUATION:
        values = {
            "low": datetime.combine(first, time.min, UTC),
            "high": datetime.combine(last, time.max, UTC),
        }
    elif kind not in LASTING:
        values = {"low": first, "high": last}
    return [dict(row) for row in connection.execute(statement, values).mappings()]


@cache
def _select_days(table: Table) -> Select[Any]:
    """Built once: an export asks for each kind of each day."""
    day = table.c.day if "day" in table.c else table.c.at
    between = day.between(bindparam("low", type_=day.type), bindparam("high", type_=day.type))
    return _select_rows(table).where(between)


@cache
def _select_rows(table: Table) -> Select[Any]:
    columns = [_as_told(column) for column in table.c if column.name != "id"]
    statement = select(*columns).order_by(*table.primary_key)
    return statement.join_from(table, models.device) if "device" in table.c else statement


def _as_told(column: Column[Any]) -> ColumnElement[Any]:
    """Return a column, or the name that its number stands for."""
    return models.device.c.name.label("device") if column.name == "device" else column
