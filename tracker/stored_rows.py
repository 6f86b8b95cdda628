"""The rows of a run and of those before it: as stored, as what waits makes them, and live."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tracker.buffer import WriteBuffer
from tracker.ledger import Ledger
from tracker.model import Row, Span, ms_between
from tracker.storage.base import Storage


class StoredRows:
    """What is kept of each day, whether it is written already or not.

    Args:
        storage: Where rows are kept.
        buffer: What waits to be written.
        ledger: The rows of this run that may still change.
        first_seq: The first number of this run's rows.
    """

    def __init__(
        self, storage: Storage, buffer: WriteBuffer, ledger: Ledger, first_seq: int
    ) -> None:
        self._storage = storage
        self._buffer = buffer
        self._ledger = ledger
        self._first_seq = first_seq

    def of_day(self, day: date) -> list[Row]:
        """Return a day's rows by start, the open one included; each has its number."""
        self._ledger.take(self._buffer.batch)
        kept: list[Row] = [*self._storage.spans(day, day), *self._storage.gaps(day, day)]
        rows = [row for each in kept if (row := self._as_it_will_be(each)) is not None]
        if day >= self._ledger.first_day:
            rows = [row for row in rows if row.seq < self._first_seq]
            rows += self._ledger.rows(day)
        rows.sort(key=lambda row: row.start)
        return rows

    def _as_it_will_be(self, row: Row) -> Row | None:
        """Return a stored row as what waits to be written makes it; None where it goes."""
        own = row.device == self._storage.device
        return self._buffer.batch.rows.get(row.seq, row) if own else row

    def take_back(self, since: datetime, first: date, last: date) -> None:
        """Take what earlier runs counted from ``since`` on out of these days again."""
        for stored in self._storage.spans(first, last):
            span = self._as_it_will_be(stored)
            if stored.device != self._storage.device or stored.seq >= self._first_seq:
                continue
            if not isinstance(span, Span) or span.end <= since:
                continue
            kept = replace(span, end=since) if span.start < since else None
            self._buffer.batch.rows[span.seq] = kept
            self._buffer.batch.days.add(span.day)
            self._ledger.unseed(span, ms_between(max(span.start, since), span.end))

    def put(self, before: Span, after: Span) -> None:
        """Let a span of this device be for another purpose.

        Only the rows wait to be written, not their days: a day is judged by the policy that
        was in force on it, whenever its rows are corrected.
        """
        if not self._ledger.correct(before.seq, after.purpose, corrected=after.corrected):
            self._buffer.batch.rows[after.seq] = after
            self._ledger.recount(before, after)
