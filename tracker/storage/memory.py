"""A store that is gone with the process: for simulations and tests."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import asdict, astuple
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from tracker.errors import OutsideError
from tracker.model import DayTotals, Device, Gap, GapKind, Row, Span, TotalKey
from tracker.storage.base import (
    KEPT_WITH_TOTALS,
    LASTING,
    Batch,
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
    Stored,
    StoredRow,
    day_of_record,
)

KINDS: tuple[type[DayRecord], ...] = (
    StepTaken,
    Extension,
    PurposeChoice,
    BreakMark,
    ResultCount,
    CrisisMark,
)
"""The kinds of day records, in the order in which those of the same instant are given."""

_RECORDS: dict[Stored, type[DayRecord]] = {
    Stored.STEP_TAKEN: StepTaken,
    Stored.EXTENSION: Extension,
    Stored.PURPOSE_CHOICE: PurposeChoice,
    Stored.BREAK_MARK: BreakMark,
    Stored.RESULT_COUNT: ResultCount,
    Stored.CRISIS_MARK: CrisisMark,
}

_ROWS: dict[Stored, type[Row]] = {Stored.SPAN: Span, Stored.GAP: Gap}

V = TypeVar("V")


class MemoryStorage:
    """Keeps the contract of :class:`tracker.storage.base.Storage` in plain dictionaries.

    Totals follow each row as it comes and goes, which gives the same sums as computing a
    day anew, and lets a year of visits through in seconds.
    """

    trouble: OutsideError | None = None
    """Nothing becomes of a store in memory."""

    def __init__(self, device: str = "memory") -> None:
        self._device = Device(device)
        self._erased = 0
        self._start_empty()

    def _start_empty(self) -> None:
        self._rows: dict[int, Row] = {}
        self._by_day: defaultdict[date, dict[int, Row]] = defaultdict(dict)
        self._channels: defaultdict[date, Counter[TotalKey]] = defaultdict(Counter)
        self._gaps: defaultdict[date, Counter[GapKind]] = defaultdict(Counter)
        self._records: defaultdict[date, list[DayRecord]] = defaultdict(list)
        self._consents: list[Consent] = []
        self._evaluations: list[Evaluation] = []
        self._policies: dict[date, PolicyText] = {}
        self._notes: dict[str, str] = {}
        self._last_seq = 0
        self._rows_from = date.min

    @property
    def device(self) -> Device:
        """This installation's id."""
        return self._device

    def write(self, batch: Batch) -> None:
        """Take the batch in; totals follow their rows."""
        for seq, row in batch.rows.items():
            self._remove(seq)
            if row is not None and row.day >= self._rows_from:
                self._add(row)
        for record in batch.records:
            if isinstance(record, Consent):
                self._consents.append(record)
            elif isinstance(record, Evaluation):
                self._evaluations.append(record)
            else:
                self._records[day_of_record(record)].append(record)
        self._policies.update(batch.policies)
        self._notes.update(batch.notes)

    def next_seq(self) -> int:
        """Return a sequence number above all rows."""
        return max(self._last_seq, max(self._rows, default=0)) + 1

    def spans(self, first: date, last: date) -> Sequence[Span]:
        """Return the spans of the days, by start."""
        found = [row for row in self._between(first, last) if isinstance(row, Span)]
        return sorted(found, key=lambda span: (span.start, span.seq))

    def gaps(self, first: date, last: date) -> Sequence[Gap]:
        """Return the gaps of the days, by start."""
        found = [row for row in self._between(first, last) if isinstance(row, Gap)]
        return sorted(found, key=lambda gap: (gap.start, gap.seq))

    def totals(self, first: date, last: date) -> Mapping[date, DayTotals]:
        """Return the totals of the days that have any."""
        found = {}
        for day in sorted(self._channels.keys() | self._gaps.keys()):
            if first <= day <= last:
                channels = {key: ms for key, ms in self._channels[day].items() if ms}
                gaps = {kind: ms for kind, ms in self._gaps[day].items() if ms}
                if channels or gaps:
                    found[day] = DayTotals(channels, gaps)
        return found

    def records(self, first: date, last: date) -> Sequence[DayRecord]:
        """Return the days' records in order of ``at``."""
        found = (
            record
            for day in sorted(self._records)
            if first <= day <= last
            for record in self._records[day]
        )
        return sorted(found, key=lambda record: (record.at, KINDS.index(type(record))))

    def consents(self) -> Sequence[Consent]:
        """Return all consents, oldest first."""
        return sorted(self._consents, key=lambda consent: consent.at)

    def evaluations(self) -> Sequence[Evaluation]:
        """Return all evaluations, oldest first."""
        return sorted(self._evaluations, key=lambda evaluation: evaluation.at)

    def policies(self, first: date, last: date) -> Mapping[date, PolicyText]:
        """Return the last policy in force on each day that has one."""
        return {day: text for day, text in sorted(self._policies.items()) if first <= day <= last}

    def note(self, key: str) -> str | None:
        """Return what was written under ``key``."""
        return self._notes.get(key)

    def forget(self, spans_before: date, totals_before: date) -> None:
        """Delete rows and records before the first day, totals before the second."""
        self._last_seq = self.next_seq() - 1
        self._rows_from = max(self._rows_from, spans_before)
        for day in [day for day in self._by_day if day < spans_before]:
            for seq in self._by_day.pop(day):
                del self._rows[seq]
        for day, records in self._records.items():
            if day < spans_before:
                records[:] = [each for each in records if type(each) in KEPT_WITH_TOTALS]
        _drop_before(self._records, totals_before)
        _drop_before(self._channels, totals_before)
        _drop_before(self._gaps, totals_before)
        _drop_before(self._policies, totals_before)
        midnight = datetime.combine(totals_before, time(), UTC)
        self._evaluations = [each for each in self._evaluations if each.at >= midnight]

    def delete(self, first: date, last: date) -> None:
        """Delete all of the days."""
        self._last_seq = self.next_seq() - 1
        for day in [day for day in self._by_day if first <= day <= last]:
            for seq in self._by_day.pop(day):
                del self._rows[seq]
        by_days: tuple[MutableMapping[date, Any], ...] = (
            self._channels, self._gaps, self._records, self._policies,
        )  # fmt: skip
        for by_day in by_days:
            for day in [day for day in by_day if first <= day <= last]:
                del by_day[day]
        self._evaluations = [e for e in self._evaluations if not first <= e.at.date() <= last]

    def erase(self) -> bool:
        """Delete everything."""
        self._start_empty()
        self._erased += 1
        self._device = Device(f"{self._device.partition(' ')[0]} {self._erased}")
        return False

    def withdraw(self) -> None:
        """Delete all consents."""
        self._consents.clear()

    def counted(self, first: date, last: date) -> Mapping[Stored, int]:
        """Return how many rows of each kind the days have."""
        return {kind: len(self.stored(kind, first, last)) for kind in Stored}

    def latest(self, kind: Stored, first: date, last: date) -> date | None:
        """Return the last of the days that has rows of the kind."""
        if kind in LASTING:
            return None
        if kind in _ROWS:  # there may be many
            found = (row.day for row in self._between(first, last) if isinstance(row, _ROWS[kind]))
            return max(found, default=None)
        rows = self.stored(kind, first, last)
        return max((_day_of(row) for row in rows), default=None)

    def stored(self, kind: Stored, first: date, last: date) -> Sequence[StoredRow]:
        """Return the days' rows of a kind as a table would hold them."""
        if kind in _ROWS:
            return [*self._rows_of(_ROWS[kind], first, last)]
        rows = self._all_of(kind)
        return [row for row in rows if kind in LASTING or first <= _day_of(row) <= last]

    def _all_of(self, kind: Stored) -> Iterable[StoredRow]:
        if kind in _RECORDS:
            return self._records_of(_RECORDS[kind])
        made: dict[Stored, Callable[[], Iterable[StoredRow]]] = {
            Stored.DAY_TOTAL: self._channel_rows,
            Stored.DAY_GAP: self._gap_rows,
            Stored.EVALUATION: lambda: map(asdict, self._evaluations),
            Stored.DAY_POLICY: lambda: (
                {"day": day, "hash": text.hash} for day, text in sorted(self._policies.items())
            ),
            Stored.POLICY_TEXT: self._policy_rows,
            Stored.CONSENT: lambda: map(asdict, self._consents),
            Stored.DEVICE: self._device_rows,
            Stored.NOTE: lambda: (
                {"key": key, "value": value} for key, value in sorted(self._notes.items())
            ),
        }
        return made[kind]()

    def _rows_of(self, kind: type[Row], first: date, last: date) -> Iterator[StoredRow]:
        for row in sorted(self._between(first, last), key=lambda row: row.seq):
            if isinstance(row, kind):
                values = asdict(row) | {"device": self._device, "length_ms": row.duration_ms}
                del values["end"]
                yield values

    def _channel_rows(self) -> Iterator[StoredRow]:
        for day, totals in self.totals(date.min, date.max).items():
            for key in sorted(totals.channels, key=astuple):
                where = {"day": day, "device": self._device, "ms": totals.channels[key]}
                yield asdict(key) | where

    def _gap_rows(self) -> Iterator[StoredRow]:
        for day, totals in self.totals(date.min, date.max).items():
            for kind in sorted(totals.gaps):
                yield {"day": day, "device": self._device, "kind": kind, "ms": totals.gaps[kind]}

    def _records_of(self, kind: type[DayRecord]) -> Iterator[StoredRow]:
        for day, records in sorted(self._records.items()):
            yield from ({"day": day} | asdict(each) for each in records if isinstance(each, kind))

    def _policy_rows(self) -> Iterator[StoredRow]:
        texts = {text.hash: text.text for text in self._policies.values()}
        return ({"hash": key, "text": text} for key, text in sorted(texts.items()))

    def _device_rows(self) -> Iterator[StoredRow]:
        yield {
            "name": self._device,
            "here": True,
            "last_seq": self._last_seq,
            "rows_from": self._rows_from,
        }

    def reader(self) -> MemoryStorage:
        """Return itself: nobody writes to it meanwhile."""
        return self

    def close(self) -> None:
        """Nothing is held."""

    def _between(self, first: date, last: date) -> Iterator[Row]:
        for day, rows in self._by_day.items():
            if first <= day <= last:
                yield from rows.values()

    def _add(self, row: Row) -> None:
        self._rows[row.seq] = row
        self._by_day[row.day][row.seq] = row
        self._count(row, row.duration_ms)

    def _remove(self, seq: int) -> None:
        row = self._rows.pop(seq, None)
        if row is not None:
            del self._by_day[row.day][seq]
            self._count(row, -row.duration_ms)

    def _count(self, row: Row, ms: int) -> None:
        if isinstance(row, Span):
            key = TotalKey(row.channel, row.purpose, row.window, row.certain)
            self._channels[row.day][key] += ms
        else:
            self._gaps[row.day][row.kind] += ms


def _day_of(row: StoredRow) -> date:
    day = row.get("day", row.get("at"))
    assert isinstance(day, date)
    return day.date() if isinstance(day, datetime) else day


def _drop_before(by_day: MutableMapping[date, V], first: date) -> None:
    for day in [day for day in by_day if day < first]:
        del by_day[day]
