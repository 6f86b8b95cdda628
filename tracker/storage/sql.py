"""The store in a SQLite file.

A store belongs to the thread that made it. While the program measures, the main thread
has the only one that writes; workers open their own.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, select

from tracker.errors import ErrorCode, InternalError, OutsideError
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
    is_sound,
    open_for_reading,
    open_for_writing,
    open_unchanging,
    snapshot,
    transaction,
    translated,
)
from tracker.storage.mending import Mender
from tracker.storage.salvage import Salvaged
from tracker.storage.tidying import Tidier

log = logging.getLogger(__name__)
T = TypeVar("T")

BUSY_MS = 50
"""How long a write waits for another writer before its batch has to wait instead."""

READER_BUSY_MS = 2000
"""How long one that only reads waits."""

START_BUSY_MS = 3000
"""How long a start waits: what else would be done with it than to try again?"""

_REFUSALS = (ErrorCode.STORE_FULL, ErrorCode.STORE_UNREADABLE)

MOST_MENDS = 3
"""So often is a file mended while it is open: more is a fault of another kind."""


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
        mends: Whether to set a damaged file aside and go on with what can be read of it,
            now and whenever it is noticed; for the process that measures alone.

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
        mends: bool = False,
    ) -> None:
        self._path = path
        self._busy_ms = busy_ms
        self._read_only = read_only or frozen
        self._traces_left = False
        self._frozen = frozen
        self._tidier = Tidier(path)
        self._mender = Mender(path)
        self._mends_left = MOST_MENDS if mends else 0
        self._unchanging = False
        self.trouble: OutsideError | None = None
        if mends:
            self._open_mended()
        else:
            self._open()

    def _open(self, patience_ms: int = 0) -> None:
        path, open_file = self._path, open_for_reading if self._read_only else open_for_writing
        self._connection = open_file(path, max(patience_ms, self._busy_ms))
        with closed_on_error(self._connection), translated(path):
            if self._frozen:
                self._connection.exec_driver_sql("BEGIN")  # what is read first freezes it
            if self._read_only:
                schema.check(self._connection, path)
            else:
                schema.prepare(self._connection, path)
            self._device_id, self._device = self._own_device()
            self._connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(self._busy_ms)}")

    def _open_mended(self) -> None:
        """Open the file; mend it where it is damaged.

        That is looked for after an end that was not clean, and always where it costs nothing.
        """
        self._mender.finish()
        if self._mender.lost_its_file:
            self._go_on_from(self._mender.prepare())
            return
        in_doubt = self._mender.ended_unclean
        try:
            self._open(START_BUSY_MS)
        except OutsideError as error:
            if error.code is ErrorCode.STORE_DAMAGED:
                self._go_on_from(self._mender.prepare())
            elif error.code not in _REFUSALS or in_doubt or not self._open_unchanging():
                raise
            return
        if (in_doubt or self._mender.is_small) and not is_sound(self._connection):
            self._mend()

    def _open_unchanging(self) -> bool:
        """Read the file as it is, until it may be written to; return whether it can be.

        Measuring goes on meanwhile: what it finds waits. The file was closed properly, and
        nobody else writes to it, so that nothing is missed.
        """
        try:
            connection = open_unchanging(self._path)
            with closed_on_error(connection), translated(self._path):
                schema.check(connection, self._path)
                self._connection = connection
                self._device_id, self._device = self._own_device()
        except OutsideError:
            return False
        self._unchanging = True
        return True

    def _open_changing(self) -> None:
        before = self._connection
        try:
            self._open()
        except OutsideError:
            self._connection = before
            raise
        before.close()
        self._unchanging = False

    def _mend(self) -> None:
        """Go on with a new file that holds what can be read of this one."""
        salvaged = self._mender.prepare()
        self.close()
        self._go_on_from(salvaged)

    def _go_on_from(self, salvaged: Salvaged) -> None:
        self._mends_left -= 1
        self._unchanging = False
        log.warning("the store was damaged; %d rows of it are recovered", salvaged.rows)
        self.trouble = self._mender.put_in_place(salvaged).told
        self._open()

    @property
    def device(self) -> Device:
        """This installation's id, made with the file."""
        return self._device

    def write(self, batch: Batch) -> None:
        """Write the batch in one transaction, its days' totals with it."""
        self._write(lambda c: writing.write(c, self._device_id, batch))

    def next_seq(self) -> int:
        """Return a sequence number above all rows that this device has or had."""
        return self._read(lambda c: reading.next_seq(c, self._device_id))

    def spans(self, first: date, last: date) -> Sequence[Span]:
        """Return the spans of the days, by start."""
        return self._read(lambda c: reading.spans(c, first, last))

    def gaps(self, first: date, last: date) -> Sequence[Gap]:
        """Return the gaps of the days, by start."""
        return self._read(lambda c: reading.gaps(c, first, last))

    def totals(self, first: date, last: date) -> Mapping[date, DayTotals]:
        """Return the totals of the days that have any, over all devices."""
        return self._read(lambda c: reading.totals(c, first, last))

    def records(self, first: date, last: date) -> Sequence[DayRecord]:
        """Return what was done and told on the days, in order of ``at``."""
        return self._read(lambda c: reading.records(c, first, last))

    def consents(self) -> Sequence[Consent]:
        """Return all consents, oldest first."""
        return self._read(reading.consents)

    def evaluations(self) -> Sequence[Evaluation]:
        """Return what was written down after crises, oldest first."""
        return self._read(reading.evaluations)

    def policies(self, first: date, last: date) -> Mapping[date, PolicyText]:
        """Return the last policy in force on each day that has one."""
        return self._read(lambda c: reading.policies(c, first, last))

    def note(self, key: str) -> str | None:
        """Return the small fact that was written under ``key``."""
        return self._read(lambda c: reading.note(c, key))

    def forget(self, spans_before: date, totals_before: date) -> None:
        """Delete what is older, for good: from the file, and from all that lies beside it."""
        gone = self._write(
            lambda c: writing.forget(c, self._device_id, spans_before, totals_before)
        )
        self._mender.forget(spans_before)
        if gone:
            self._wipe_traces()
            self._tidier.tidy(self._connection)

    def delete(self, first: date, last: date) -> date | None:
        """Delete the last of the days; return the day up to which there are more."""
        left = self._write(lambda c: deleting.delete_days(c, self._device_id, first, last))
        self._wipe_traces()
        self._mender.clear()
        if left is None:
            self._tidier.tidy(self._connection)
        return left

    def erase(self) -> bool:
        """Delete a piece of everything; return whether there is more."""
        left = self._write(lambda c: deleting.erase(c, self._device_id))
        self._wipe_traces()
        self._mender.clear()
        if not left:
            with translated(self._path):
                self._device_id, self._device = self._own_device()
            self._tidier.tidy(self._connection)
        return left

    def withdraw(self) -> None:
        """Delete all consents."""
        self._write(deleting.withdraw)
        self._wipe_traces()

    def counted(self, first: date, last: date) -> Mapping[Stored, int]:
        """Return how many rows of each kind the days have."""
        return self._read(lambda c: inventory.count_rows(c, first, last))

    def latest(self, kind: Stored, first: date, last: date) -> date | None:
        """Return the last of the days that has rows of the kind."""
        return self._read(lambda c: inventory.latest_day(c, kind, first, last))

    def stored(self, kind: Stored, first: date, last: date) -> Sequence[StoredRow]:
        """Return the days' rows of a kind as they are stored."""
        return self._read(lambda c: inventory.read_rows(c, kind, first, last))

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

    def _read(self, read: Callable[[Connection], T]) -> T:
        return self._mending(lambda: self._read_once(read))

    def _read_once(self, read: Callable[[Connection], T]) -> T:
        with translated(self._path):
            try:
                if self._frozen:
                    return read(self._connection)
                with snapshot(self._connection):
                    return read(self._connection)
            except (TypeError, OverflowError) as error:  # a length that is no number, say
                raise models.NotAValueError from error

    def _write(self, write: Callable[[Connection], T]) -> T:
        written = self._mending(lambda: self._write_once(write))
        if self._traces_left:
            self._wipe_traces()
        return written

    def _write_once(self, write: Callable[[Connection], T]) -> T:
        if self._unchanging:
            self._open_changing()
        with translated(self._path), transaction(self._connection):
            return write(self._connection)

    def _mending(self, act: Callable[[], T]) -> T:
        """Do something; where the file turns out to be damaged, mend it and do it again."""
        try:
            return act()
        except OutsideError as error:
            if error.code is not ErrorCode.STORE_DAMAGED or not self._mends_left:
                raise
        except InternalError:
            # A damaged tree may look like a broken rule of ours.
            if not self._mends_left or is_sound(self._connection):
                raise
        self._mend()
        return act()

    def _wipe_traces(self) -> None:
        """Empty the write-ahead log, which still holds what was deleted.

        A reader may stand in the way; then it is tried again after each write. It never
        fails: what was to be written is written, and must not be offered again.
        """
        self._traces_left = True
        with contextlib.suppress(OutsideError), translated(self._path):
            done = self._connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            self._traces_left = bool(done[0])
