"""Deletes days, or everything, in pieces that no one notices while they run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Connection, Table, delete, func, select, update

from tracker.storage import models, reading, writing
from tracker.storage.base import LASTING, Stored
from tracker.storage.inventory import latest_day, table_of, within

PIECE = 1500
"""The rows of a table that go at once, about: a day goes whole, however many it has."""

_DATED = tuple(table_of(kind) for kind in Stored if kind not in LASTING)
_AT_ONCE = (models.consent, models.note, models.evaluation)
"""What goes before all else where everything goes: few rows, and those that matter most."""


def delete_days(connection: Connection, device: int, first: date, last: date) -> date | None:
    """Delete the last of the days; return the day up to which there are more."""
    start = max(_start_of_piece(connection, table, first, last) for table in _by_day())
    _keep_numbers(connection, device)
    for table in _DATED:
        connection.execute(delete(table).where(within(table, start, last)))
    used = select(models.day_policy.c.hash)
    text = models.policy_text
    connection.execute(delete(text).where(text.c.hash.not_in(used)))
    if start == first:
        return None
    before = start - timedelta(days=1)
    left = (latest_day(connection, Stored(each.name), first, before) for each in _DATED)
    return max((day for day in left if day is not None), default=None)


def erase(connection: Connection, device: int) -> bool:
    """Delete a piece of everything; return whether there is more."""
    for table in _AT_ONCE:
        connection.execute(delete(table))
    if delete_days(connection, device, date.min, date.max) is not None:
        return True
    for table in reversed(models.metadata.sorted_tables):
        connection.execute(delete(table))
    writing.add_device(connection, os.urandom(8).hex())
    return False


def withdraw(connection: Connection) -> None:
    """Delete all consents."""
    connection.execute(delete(models.consent))


def _by_day() -> Iterator[Table]:
    return (table for table in _DATED if "day" in table.c)


def _start_of_piece(connection: Connection, table: Table, first: date, last: date) -> date:
    """Return the first day of a piece of the table that ends with ``last``."""
    between = table.c.day.between(first, last)
    newest = select(table.c.day).where(between).order_by(table.c.day.desc())
    full: date | None = connection.scalar(newest.limit(1).offset(PIECE))
    if full is None:
        return first
    if full == connection.scalar(select(func.max(table.c.day)).where(between)):
        return full
    return full + timedelta(days=1)


def _keep_numbers(connection: Connection, device: int) -> None:
    """Note which numbers were used: none of them is given to another row."""
    here = models.device
    marks = {"last_seq": reading.next_seq(connection, device) - 1}
    connection.execute(update(here).where(here.c.id == device), marks)
