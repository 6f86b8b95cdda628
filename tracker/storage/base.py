"""The contract of all storages, and the batch in which everything is written."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from tracker.errors import OutsideError
from tracker.model import DayTotals, Device, Gap, Row, Span


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A ladder's step that was taken. ``period`` is the day key or the ISO week (``2026-W47``)."""

    period: str
    limit: str
    channel: str | None
    mark: str
    do: str
    at: datetime
    extended_ms: int = 0
    """What the limit was extended by then; an extension re-arms the marks from 100 % on."""


@dataclass(frozen=True, slots=True)
class Extension:
    """More time that the person took."""

    day: date
    limit: str
    channel: str | None
    at: datetime
    minutes: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PurposeChoice:
    """From ``at`` on, time in ``channel`` is for ``purpose``: until the next choice.

    It ends with the day at the latest, and at ``until`` where the person said so.
    """

    day: date
    channel: str
    purpose: str
    at: datetime
    until: datetime | None = None
    note: str | None = None
    """What the person wrote about it; it stays out of exports unless ticked."""


@dataclass(frozen=True, slots=True)
class BreakMark:
    """A flexible break began (``begins``) or ended at ``at``."""

    day: date
    at: datetime
    begins: bool


@dataclass(frozen=True, slots=True)
class ResultCount:
    """The person counted own results of a purpose, such as leads; -1 takes one back."""

    day: date
    purpose: str
    at: datetime
    count: int = 1


@dataclass(frozen=True, slots=True)
class CrisisMark:
    """From ``at`` on a level of the crisis plan is open; None: none is."""

    day: date
    at: datetime
    level: str | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the person wrote down after a crisis that was opened at ``opened``."""

    at: datetime
    opened: datetime
    level: str
    link: str
    happened: str
    fault: str
    learnt: str


@dataclass(frozen=True, slots=True)
class Consent:
    """The person saw what is measured, in a language, and accepted."""

    policy_id: str
    version: str
    language: str
    at: datetime


DayRecord = StepTaken | Extension | PurposeChoice | BreakMark | ResultCount | CrisisMark
"""What a person did or was told on a day."""

KEPT_WITH_TOTALS: frozenset[type[DayRecord]] = frozenset({Extension, ResultCount, CrisisMark})
"""What a day is judged by, and its results, live as long as its totals; the rest as its spans."""

Record = DayRecord | Evaluation | Consent


def day_of_record(record: DayRecord) -> date:
    """Return the day that a record belongs to.

    A week's step knows no day of its own. It is given the date of its instant, moved into
    its week where the day boundary lies between them, so that a week's records are whole.
    """
    if not isinstance(record, StepTaken):
        return record.day
    if "W" not in record.period:
        return date.fromisoformat(record.period)
    monday = date.fromisoformat(f"{record.period}-1")
    return min(max(record.at.date(), monday), monday + timedelta(days=6))


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy's text by its hash."""

    hash: str
    text: str


class Stored(enum.StrEnum):
    """Every kind of row that is stored, by the name of its table: there is nothing else."""

    SPAN = "span"
    GAP = "gap"
    DAY_TOTAL = "day_total"
    DAY_GAP = "day_gap"
    STEP_TAKEN = "step_taken"
    EXTENSION = "extension"
    PURPOSE_CHOICE = "purpose_choice"
    BREAK_MARK = "break_mark"
    RESULT_COUNT = "result_count"
    CRISIS_MARK = "crisis_mark"
    EVALUATION = "evaluation"
    DAY_POLICY = "day_policy"
    POLICY_TEXT = "policy_text"
    CONSENT = "consent"
    DEVICE = "device"
    NOTE = "note"


LASTING: frozenset[Stored] = frozenset(
    {Stored.POLICY_TEXT, Stored.CONSENT, Stored.DEVICE, Stored.NOTE}
)
"""The kinds that belong to no day; an evaluation belongs to the day, in UTC, of its instant."""

StoredRow = Mapping[str, str | int | bool | date | datetime | None]
"""A row as it is stored, by the names of its columns; devices by their names."""


@dataclass(slots=True)
class Batch:
    """Changes that wait to be written, in one transaction.

    ``rows`` maps a sequence number of this device to its row, or to None where the row
    is to go; ``days`` are the days whose totals must be computed anew from their rows;
    ``notes`` are small facts of the program itself, such as when it was last alive.
    """

    rows: dict[int, Row | None] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)
    records: list[Record] = field(default_factory=list)
    policies: dict[date, PolicyText] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rows or self.days or self.records or self.policies or self.notes)


class Storage(Protocol):
    """What the core needs of a store. Day ranges include both ends.

    Raises OutsideError with a ``STORE_…`` code where the store can't be read or written;
    then nothing of the batch was written and it can be offered again.
    """

    @property
    def device(self) -> Device:
        """This installation's id, made at first use."""

    @property
    def trouble(self) -> OutsideError | None:
        """What became of the store that the person must know; it is another each time."""

    def write(self, batch: Batch) -> None:
        """Write the batch in one transaction, its days' totals with it."""

    def next_seq(self) -> int:
        """Return a sequence number above all rows of this device."""

    def spans(self, first: date, last: date) -> Sequence[Span]:
        """Return the spans of the days, by start."""

    def gaps(self, first: date, last: date) -> Sequence[Gap]:
        """Return the gaps of the days, by start."""

    def totals(self, first: date, last: date) -> Mapping[date, DayTotals]:
        """Return the totals of the days that have any, over all devices."""

    def records(self, first: date, last: date) -> Sequence[DayRecord]:
        """Return what was done and told on the days, in order of ``at``.

        :func:`day_of_record` says which day a record belongs to; of the same instant and
        kind, the one written first comes first.
        """

    def consents(self) -> Sequence[Consent]:
        """Return all consents, oldest first."""

    def evaluations(self) -> Sequence[Evaluation]:
        """Return what was written down after crises, oldest first."""

    def policies(self, first: date, last: date) -> Mapping[date, PolicyText]:
        """Return the last policy in force on each day that has one."""

    def note(self, key: str) -> str | None:
        """Return a small fact that was written under ``key``."""

    def forget(self, spans_before: date, totals_before: date) -> None:
        """Delete what is older, for good: rows before the first day, totals before the second.

        Records go with the rows or the totals, as :data:`KEPT_WITH_TOTALS` says; evaluations
        go with the totals.

        The totals of a day whose rows are gone stay as they are: from then on no row is
        written for it, and it is not computed anew.
        """

    def delete(self, first: date, last: date) -> date | None:
        """Delete all of the days, of all devices, for good: a piece of the work, the last first.

        No day is left in part. A row that is written for such a day afterwards counts from
        zero.

        Returns:
            The day up to which there is more to delete: ask again with it as ``last``.
            None: nothing of the days is left.
        """

    def erase(self) -> bool:
        """Delete everything, consents first, for good: a piece of the work.

        Returns:
            Whether there is more to delete: ask again. At the end the store is as new, and
            the device another.
        """

    def withdraw(self) -> None:
        """Delete all consents."""

    def counted(self, first: date, last: date) -> Mapping[Stored, int]:
        """Return how many rows of each kind the days have; of the lasting kinds, all."""

    def latest(self, kind: Stored, first: date, last: date) -> date | None:
        """Return the last of the days that has rows of the kind; None where none has.

        A lasting kind has none.
        """

    def stored(self, kind: Stored, first: date, last: date) -> Sequence[StoredRow]:
        """Return the days' rows of a kind as they are stored; of a lasting kind, all."""

    def reader(self) -> Storage:
        """Return the store as it is now, to be read and closed on the calling thread.

        The one call that any thread may make.
        """

    def close(self) -> None:
        """Let go of the store."""
