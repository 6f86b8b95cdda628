"""What a day knows of crises: the levels of the plan that were open in its hours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from tracker.storage.base import CrisisMark, Record


class CrisisMarks:
    """Lets each day know which levels were open in its hours.

    A mark is made when a level is opened or closed inside hours, and when hours or a day
    begin while it is open; outside hours nothing is.

    Args:
        record: Keeps a mark.
    """

    def __init__(self, record: Callable[[Record], None]) -> None:
        self._record = record
        self._marks: tuple[CrisisMark, ...] = ()

    def take_up(self, records: Iterable[Record]) -> None:
        """Take up the marks that were stored before."""
        self._marks = tuple(each for each in records if isinstance(each, CrisisMark))

    @property
    def is_open(self) -> bool:
        """Whether by the marks a level is open."""
        return bool(self._marks) and self._marks[-1].level is not None

    def review(self, level: str | None, at: datetime, day: date) -> None:
        """Make a mark where the last one of ``day`` says otherwise; called inside hours."""
        marks = tuple(each for each in self._marks if each.day == day)
        if level != (marks[-1].level if marks else None):
            mark = CrisisMark(day, at, level)
            marks = (*marks, mark)
            self._record(mark)
        self._marks = marks

    def levels(self, day: date) -> frozenset[str]:
        """Return the levels that were open at some time of ``day``."""
        return frozenset(
            each.level for each in self._marks if each.day == day and each.level is not None
        )
