"""The store in a SQLite file.

A store belongs to the thread that made it. While the program measures, the main thread
has the only one that writes; workers open their own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select

from tracker.errors import ErrorCode, OutsideError
from tracker.model import DayTotals, Device, Gap, Span
from tracker.storage import deleting, inventory, models, reading, schema, writing
from tracker.storage.base import (
    Batch,
    Consent,
    DayRecord,
    Evaluation,
    PolicyText,
    Stored,
    StoredRow,
)
from tracker.storage.connection import (
    closed_on_error,
    open_for_reading,
    open_for_writing,
    snapshot,
    transaction,
    translated,
)
from tracker.storage.tidying import Tidier

BUSY_MS = 50
"""How long a write waits for another writer before its batch has to wait instead."""

READER_BUSY_MS = 2000
"""How long one that only reads waits."""


def open_readonly(path: Path, *, busy_ms: int = READER_BUSY_MS) -> SqlStorage:
    """Open a store that is there, for commands and workers that only read.

    Raises:
        OutsideError: There is none, or it can't be read.
    """
    return SqlStorage(path, busy_ms=busy_ms, read_only=True)


class SqlStorage:
    """Keeps the contract of :class:`tracker.storage.base.Storage` in one file.

    Args:
        path: The file; it and its folder are made where they are missing.
        busy_ms: How long to wait for another program that writes.
        read_only: Whether only to read a file that is there.
        frozen: Whether to see it as it is now, until closed; it is only read.

    Raises:
        OutsideError: With a ``STORE_…`` code, here and in every method, where the file
            can't be read or written; ``FOLDER_REFUSED`` where its folder is not ours.
    """

    def __init__(
        self,
        path: Path,
        *,
        busy_ms: int = BUSY_MS,
        read_only: bool = False,
        frozen: bool = False,
    ) -> None:
        self._path = path
        self._traces_left = False
        self._frozen = frozen
        self._tidier = Tidier(path)
        read_only |= frozen
        open_file = open_for_reading if read_only else open_for_writing
        self._connection = open_file(path, busy_ms)
        with closed_on_error(self._connection), translated(path):
            if frozen:
                self._connection.exec_driver_sql("BEGIN")  # what is read first freezes it
            if read_only:
                schema.check(self._connection, path)
            else:
                schema.prepare(self._connection, path)
            self._device_id, self._device = self._own_device()

    @property
    def device(self) -> Device:
        """This installation's id, made with the file."""
        return self._device

    def write(self, batch: Batch) -> None:
        """Write the batch in one transaction, its days' totals with it."""
        with self._writing():
            writing.write(self._connection, self._device_id, batch)

    def next_seq(self) -> int:
        """Return a sequence number above all rows that this device has or had."""
        with self._reading():
            return reading.next_seq(self._connection, self._device_id)

    def spans(self, first: date, last: date) -> Sequence[Span]:
        """Return the spans of the days, by start."""
        with self._reading():
            return reading.spans(self._connection, first, last)

    def gaps(self, first: date, last: date) -> Sequence[Gap]:
        """Return the gaps of the days, by start."""
        with self._reading():
            return reading.gaps(self._connection, first, last)

    def totals(self, first: date, last: date) -> Mapping[date, DayTotals]:
        """Return the totals of the days that have any, over all devices."""
        with self._reading():
            return reading.totals(self._connection, first, last)

    def records(self, first: date, last: date) -> Sequence[DayRecord]:
        """Return what was done and told on the days, in order of ``at``."""
        with self._reading():
            return reading.records(self._connection, first, last)

    def consents(self) -> Sequence[Consent]:
        """Return all consents, oldest first."""
        with self._reading():
            return reading.consents(self._connection)

    def evaluations(self) -> Sequence[Evaluation]:
        """Return what was written down after crises, oldest first."""
        with self._reading():
            return reading.evaluations(self._connection)

    def policies(self, first: date, last: date) -> Mapping[date, PolicyText]:
        """Return the last policy in force on each day that has one."""
        with self._reading():
            return reading.policies(self._connection, first, last)

    def note(self, key: str) -> str | None:
        """Return the small fact that was written under ``key``."""
        with self._reading():
            return reading.note(self._connection, key)

    def forget(self, spans_before: date, totals_before: date) -> None:
        """Delete what is older, for good: from the file and from the log beside it."""
        with self._writing():
            gone = writing.forget(self._connection, self._device_id, spans_before, totals_before)
            self._traces_left |= gone
        if gone:
            self._tidier.tidy(self._connection)

    def delete(self, first: date, last: date) -> date | None:
        """Delete the last of the days; return the day up to which there are more."""
        with self._writing():
            left = deleting.delete_days(self._connection, self._device_id, first, last)
            self._traces_left = True
        if left is None:
            self._tidier.tidy(self._connection)
        return left

    def erase(self) -> bool:
        """Delete a piece of everything; return whether there is more."""
        with self._writing():
            left = deleting.erase(self._connection, self._device_id)
            self._traces_left = True
        if not left:
            with translated(self._path):
                self._device_id, self._device = self._own_device()
            self._tidier.tidy(self._connection)
        return left

    def withdraw(self) -> None:
        """Delete all consents."""
        with self._writing():
            deleting.withdraw(self._connection)
            self._traces_left = True

    def counted(self, first: date, last: date) -> Mapping[Stored, int]:
        """Return how many rows of each kind the days have."""
        with self._reading():
            return inventory.count_rows(self._connection, first, last)

    def latest(self, kind: Stored, first: date, last: date) -> date | None:
        """Return the last of the days that has rows of the kind."""
        with self._reading():
            return inventory.latest_day(self._connection, kind, first, last)

    def stored(self, kind: Stored, first: date, last: date) -> Sequence[StoredRow]:
        """Return the days' rows of a kind as they are stored."""
        with self._reading():
            return inventory.read_rows(self._connection, kind, first, last)

    def reader(self) -> SqlStorage:
        """Return another connection that sees the store as it is now, until closed."""
        return SqlStorage(self._path, busy_ms=READER_BUSY_MS, frozen=True)

    def close(self) -> None:
        """Let go of the file; what waits in the log beside it goes into it."""
        self._tidier.wait()
        self._connection.close()

    def _own_device(self) -> tuple[int, Device]:
        own = select(models.device.c.id, models.device.c.name).where(models.device.c.here)
        found = self._connection.execute(own).first()
        if found is None:
            raise OutsideError(ErrorCode.STORE_UNREADABLE, file=str(self._path))
        return found.id, Device(found.name)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        with translated(self._path):
            if self._frozen:
                yield
                return
            with snapshot(self._connection):
                yield

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        with translated(self._path), transaction(self._connection):
            yield
        if self._traces_left:
            self._wipe_traces()

    def _wipe_traces(self) -> None:
        """Empty the write-ahead log, which still holds what was deleted.

        A reader may stand in the way; then it is tried again after each write. It never
        fails: what was to be written is written, and must not be offered again.
        """
        with contextlib.suppress(OutsideError), translated(self._path):
            done = self._connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            self._traces_left = bool(done[0])
