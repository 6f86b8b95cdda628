"""Reads what can be read of a damaged file, and writes it into a new one.

SQLite reads a table by its tree. Where a page of it is damaged, a reading stops there, and
what lies behind it is out of reach by going on. Hence each table is read by ranges of its
key, and a range that fails is halved, down to single rows. A value that the program can't
have written is damage too, and its row is left out.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Boolean, Column, Integer, String, Table

from tracker.errors import ErrorCode, OutsideError
from tracker.storage import models
from tracker.storage.pages import Value, records

MOST_FAILURES = 25_000
"""So many failing ranges of one table are halved, from each end: a second or so."""

_FIRST_KEYS, _MOST_KEY, _MOST_DAY = 1 << 10, 1 << 40, 1 << 17
_STEPS, _MOST_CALLS = 100_000, 20_000
"""No statement may take more than so many steps of SQLite's machine: trees may go in circles."""

_IN_PAGES = (models.span, models.gap, models.day_total, models.day_gap)
"""The tables that live in the tree of their key, and may be large; each has columns of its
own number, in the order in which SQLite keeps them."""

_DAY_MS = 24 * 3_600_000
_LONGEST_MS = 26 * 3_600_000
_OUR_FAULT = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was read: how many rows, whether all, and the oldest day that they tell of."""

    rows: int
    whole: bool
    oldest: date | None


def salvage(old: Path, new: Path) -> Salvaged:
    """Copy the rows of ``old``, which may change, into ``new``, a store without any.

    Raises:
        OutsideError: ``STORE_NEWER`` of a later program's file, ``STORE_FULL`` and the like
            where ``new`` can't be written to.
    """
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        try:
            # Lets a schema through that is damaged in part, and a file that is too short.
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("ATTACH ? AS new", (str(new),))
        except sqlite3.DatabaseError:
            # Nothing in it is a database's.
            return Salvaged(0, whole=False, oldest=None)
        try:
            return _Salvage(connection, old).run()
        except sqlite3.Error as error:
            number = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            full = number == sqlite3.SQLITE_FULL
            code = ErrorCode.STORE_FULL if full else ErrorCode.STORE_DAMAGED
            raise OutsideError(code, file=str(new)) from error


class _Salvage:
    def __init__(self, connection: sqlite3.Connection, old: Path) -> None:
        self._connection = connection
        self._old = old
        self._calls = 0
        self._failed: set[str] = set()
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.create_function("readable", 1, _readable, deterministic=True)
        for setting in ("synchronous = OFF", "foreign_keys = OFF", "secure_delete = OFF"):
            connection.execute(f"PRAGMA new.{setting}")
        connection.set_progress_handler(self._too_long, _STEPS)

    def run(self) -> Salvaged:
        self._check_revision()
        tables = [table for table in models.metadata.sorted_tables if table is not models.device]
        self._copy(models.device)
        for table in tables:
            self._copy(table)
        self._look_into_pages()
        self._name_devices()
        self._sum_up()
        connection = self._connection
        connection.execute(
            "DELETE FROM new.day_policy WHERE hash NOT IN (SELECT hash FROM new.policy_text)"
        )
        rows = sum(self._count(table) for table in tables)
        return Salvaged(rows, not self._failed, self._oldest())

    def _too_long(self) -> int:
        self._calls += 1
        return int(self._calls > _MOST_CALLS)

    def _check_revision(self) -> None:
        with suppress(sqlite3.DatabaseError):
            for (found,) in self._connection.execute("SELECT version_num FROM main.revision"):
                if str(found).isdecimal() and int(found) > int(models.HEAD):
                    raise OutsideError(ErrorCode.STORE_NEWER, file=str(self._old))

    # One table

    def _copy(self, table: Table) -> None:
        names = self._columns(table)
        if not names:
            self._failed.add(table.name)
            return
        before = self._count(table)
        if table is models.device:
            self._connection.execute("DELETE FROM new.device")
            before = 0
        columns = ", ".join(f'"{name}"' for name in names)
        fits = " AND ".join(_fits(table.c[name]) for name in names)
        copy = (
            f"INSERT OR IGNORE INTO new.{table.name} ({columns})"
            f" SELECT {columns} FROM main.{table.name} NOT INDEXED"
        )
        if isinstance(table.primary_key.columns[0].type, String):
            self._by_text(table, f"{copy} WHERE {fits}", columns, fits)
        else:
            self._by_ranges(table, f"{copy} WHERE {{}} BETWEEN ? AND ? AND {fits}")
        if table.name not in self._failed:
            # Each row was seen; those that did not fit are lost.
            found = self._one(f"SELECT count(*) FROM main.{table.name} NOT INDEXED")
            if found != self._count(table) - before:
                self._failed.add(table.name)

    def _columns(self, table: Table) -> list[str]:
        """Return the columns that the old table has; none where it is not there."""
        try:
            found = self._connection.execute(f"PRAGMA main.table_info({table.name})").fetchall()
        except sqlite3.DatabaseError:
            return []
        there = {row[1] for row in found}
        needed = {column.name for column in table.c if not column.nullable}
        return (
            [column.name for column in table.c if column.name in there] if needed <= there else []
        )

    def _by_ranges(self, table: Table, copy: str) -> None:
        """Copy the table by ranges of its number, of each device where it has one."""
        key = next(iter(table.primary_key)).name
        if key != "device":
            self._from_both_ends(table, copy.format(key), _MOST_DAY if key == "day" else _MOST_KEY)
            return
        devices = [row[0] for row in self._connection.execute("SELECT id FROM new.device")]
        for device in {1, *devices}:
            self._from_both_ends(table, copy.format(f"device = {int(device)} AND seq"), _MOST_KEY)

    def _from_both_ends(self, table: Table, copy: str, most: int) -> None:
        """Copy up to where too much fails, and then from the other end.

        Whatever is asked for beyond a last page that is damaged fails, and there is no end to
        it: a file that was cut off is read from its beginning.
        """
        failures = self._halve(copy, most, rising=True)
        if failures:
            self._failed.add(table.name)
        if failures == MOST_FAILURES:
            self._halve(copy, most, rising=False)

    def _halve(self, copy: str, most: int, *, rising: bool) -> int:
        """Copy by ranges, one that fails by its halves; return how many failed."""
        # Ranges that double: halving one with all rows in it would read them time and again.
        waiting, failures = [(0, _FIRST_KEYS)], 0
        while (high := waiting[-1][1]) < most:
            waiting.append((high + 1, 2 * high))
        if rising:
            waiting.reverse()
        while waiting and failures < MOST_FAILURES:
            low, high = waiting.pop()
            if self._try(copy, (low, high)):
                continue
            failures += 1
            if low < high:
                middle = (low + high) // 2
                halves = [(low, middle), (middle + 1, high)]
                waiting += reversed(halves) if rising else halves
        return failures

    def _by_text(self, table: Table, copy: str, columns: str, fits: str) -> None:
        """Copy a table whose key is a text: from both its ends up to where it is damaged."""
        if self._try(copy, ()):
            return
        self._failed.add(table.name)
        marks = ", ".join("?" * (columns.count(",") + 1))
        key = next(iter(table.primary_key)).name
        for direction in ("ASC", "DESC"):
            rows = self._connection.cursor()
            with suppress(sqlite3.DatabaseError):
                rows.execute(
                    f"SELECT {columns} FROM main.{table.name} WHERE {fits}"
                    f" ORDER BY {key} {direction}"
                )
                for row in rows:
                    self._connection.execute(
                        f"INSERT OR IGNORE INTO new.{table.name} ({columns}) VALUES ({marks})", row
                    )

    def _look_into_pages(self) -> None:
        """Find rows whose tree no longer leads to them."""
        lost = {len(table.c): table for table in _IN_PAGES if table.name in self._failed}
        if not lost:
            return
        inserts = {}
        for table in lost.values():
            names = [f'"{column.name}"' for column in table.c]
            values = ", ".join(f"? AS {name}" for name in names)
            fits = " AND ".join(map(_fits, table.c))
            inserts[table] = (
                f"INSERT OR IGNORE INTO new.{table.name} ({', '.join(names)})"
                f" SELECT * FROM (SELECT {values}) WHERE {fits}"
            )
        with suppress(sqlite3.DatabaseError):
            self._connection.execute("PRAGMA main.wal_checkpoint(TRUNCATE)")
        for record in records(self._old):
            if (found := lost.get(len(record))) is not None:
                self._try(inserts[found], record)

    def _try(self, statement: str, values: tuple[Value, ...]) -> bool:
        """Run a statement; return whether it came to its end. Half of one leaves nothing."""
        self._calls = 0
        try:
            self._connection.execute(statement, values)
        except sqlite3.DatabaseError as error:
            number = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            if number in _OUR_FAULT:
                raise
            return False
        return True

    # What makes a whole of it

    def _name_devices(self) -> None:
        """See that each row's device is known, and that exactly one is this installation."""
        connection = self._connection
        connection.execute(
            "INSERT INTO new.device (id, name, here, last_seq, rows_from)"
            " SELECT DISTINCT device, lower(hex(randomblob(8))), 0, 0, -719162 FROM ("
            " SELECT device FROM new.span UNION SELECT device FROM new.gap"
            " UNION SELECT device FROM new.day_total UNION SELECT device FROM new.day_gap)"
            " WHERE device NOT IN (SELECT id FROM new.device)"
        )
        if self._one("SELECT count(*) FROM new.device") == 0:
            values = (1, os.urandom(8).hex(), -719162)
            connection.execute("INSERT INTO new.device VALUES (?, ?, 1, 0, ?)", values)
        if self._one("SELECT count(*) FROM new.device WHERE here") != 1:
            latest = "SELECT device FROM new.day_total ORDER BY day DESC, device LIMIT 1"
            connection.execute(
                f"UPDATE new.device SET here = id = coalesce(({latest}),"
                " (SELECT min(id) FROM new.device))"
            )

    def _sum_up(self) -> None:
        """Let totals be the sums of their rows; where rows are lost, at least those."""
        for rows, totals in ((models.span, models.day_total), (models.gap, models.day_gap)):
            key = ", ".join(f"r.{column.name}" for column in totals.primary_key)
            summed = (
                f"SELECT {key}, sum(r.length_ms) AS ms FROM new.{rows.name} AS r"
                " JOIN new.device AS d ON d.id = r.device"
                f" WHERE r.day >= d.rows_from GROUP BY {key}"
            )
            if rows.name not in self._failed:
                self._connection.execute(
                    f"DELETE FROM new.{totals.name} WHERE (day, device) IN"
                    f" (SELECT day, device FROM ({summed}))"
                )
            names = ", ".join(column.name for column in totals.c)
            keys = ", ".join(column.name for column in totals.primary_key)
            # Where the sums stand in a query of their own, "ON" can't be meant for a join.
            self._connection.execute(
                f"INSERT INTO new.{totals.name} ({names}) SELECT * FROM ({summed}) WHERE true"
                f" ON CONFLICT ({keys}) DO UPDATE SET ms = max(ms, excluded.ms)"
            )

    def _count(self, table: Table) -> int:
        return self._one(f"SELECT count(*) FROM new.{table.name}") or 0

    def _oldest(self) -> date | None:
        tables = ("span", "gap", "step_taken", "purpose_choice", "break_mark")
        days = " UNION ALL ".join(f"SELECT min(day) AS day FROM new.{name}" for name in tables)
        found = self._one(f"SELECT min(day) FROM ({days})")
        return None if found is None else date.fromordinal(found + models.EPOCH_DAY)

    def _one(self, query: str) -> int | None:
        self._calls = 0
        try:
            found: int | None = self._connection.execute(query).fetchone()[0]
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUR_FAULT:
                raise
            return None
        return found


def _readable(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def _fits(column: Column[object]) -> str:
    """Return the condition that a column's value is one that the program can have written."""
    name = f'"{column.name}"'
    fits = f"typeof({name}) = 'integer'"
    if isinstance(column.type, models.Choice):
        values = ", ".join(f"'{member.value}'" for member in column.type.choices)
        fits = f"{name} IN ({values})"
    elif isinstance(column.type, models.Day | models.Instant):
        low, high = (day.toordinal() - models.EPOCH_DAY for day in (date.min, date.max))
        unit = 1 if isinstance(column.type, models.Day) else _DAY_MS
        fits += f" AND {name} BETWEEN {low * unit} AND {high * unit}"
    elif isinstance(column.type, Boolean):
        fits = f"{name} IN (0, 1)"
    elif isinstance(column.type, String):
        fits = f"typeof({name}) = 'text' AND readable(CAST({name} AS BLOB))"
    elif column.name in ("ms", "length_ms"):
        fits += f" AND {name} BETWEEN 0 AND {_LONGEST_MS}"
    else:
        assert isinstance(column.type, Integer)
    return f"({fits} OR {name} IS NULL)" if column.nullable else f"({fits})"
