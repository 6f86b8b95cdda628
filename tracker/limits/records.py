"""What the person and the program did about limits: extensions and steps taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tracker.days import week_of
from tracker.limits.rows import Row
from tracker.limits.scale import MINUTE_MS, Scale, ScaledStep
from tracker.limits.types import Book, Period
from tracker.storage.base import Extension, StepTaken


def period_key(period: Period, day: date) -> str:
    """Return what a step taken on ``day`` is kept under: the day key, or its ISO week."""
    return day.isoformat() if period is Period.DAY else week_of(day)


class Records:
    """Reads a book's extensions and steps.

    What it finds is remembered as long as the books hold the very same tuples, so whoever
    makes many books of a day does well to pass them on unchanged.
    """

    def __init__(self) -> None:
        self._extensions: tuple[Extension, ...] = ()
        self._extended: dict[tuple[date, str, str | None], int] = {}
        self._taken: tuple[StepTaken, ...] = ()
        self._day = date.min
        self._open: dict[tuple[int, Period, int, bool], tuple[ScaledStep, ...]] = {}

    def extended_ms(self, book: Book, row: Row) -> int:
        """Return by how much a row's allowance was extended; a week's never is."""
        if not book.extensions or row.period is Period.WEEK:
            return 0
        if book.extensions is not self._extensions:
            extended: defaultdict[tuple[date, str, str | None], int] = defaultdict(int)
            for each in book.extensions:
                extended[each.day, each.limit, each.channel] += each.minutes * MINUTE_MS
            self._extensions, self._extended = book.extensions, dict(extended)
        return self._extended.get((book.day, row.limit, row.channel), 0)

    def open_steps(
        self, book: Book, row: Row, scale: Scale, *, may_hold: bool
    ) -> tuple[ScaledStep, ...]:
        """Return the steps of a row that are due as soon as little enough is left.

        Args:
            book: Says which steps were taken.
            row: A row of the book's day.
            scale: The row's scale.
            may_hold: Whether overlay and minimise may act.
        """
        if book.taken is not self._taken or book.day != self._day:
            self._taken, self._day, self._open = book.taken, book.day, {}
        extended = self.extended_ms(book, row)
        key = (row.slot, row.period, extended, may_hold)
        steps = self._open.get(key)
        if steps is None:
            came = tuple(_came(book, row, scale))
            steps = self._open[key] = tuple(
                step
                for step in scale.steps
                if (may_hold if step.holds else not _is_done(step, came, extended))
            )
        return steps


def _came(book: Book, row: Row, scale: Scale) -> Iterator[tuple[ScaledStep, int]]:
    """Yield the row's steps that were taken, with what it was extended by at the time."""
    steps = {(step.mark.text, step.do.value): step for step in scale.steps}
    of_row = (period_key(row.period, book.day), row.limit, row.channel)
    for record in book.taken:
        if (record.period, record.limit, record.channel) == of_row:
            step = steps.get((record.mark, record.do))
            if step is not None:
                yield step, record.extended_ms


def _is_done(step: ScaledStep, came: tuple[tuple[ScaledStep, int], ...], extended: int) -> bool:
    """Return whether a step came, by itself or through a later one that stood in for it.

    From 100 % on only what came under the present extension counts.
    """
    return any(
        (other.left_ms < step.left_ms or other is step) and (step.left_ms > 0 or under >= extended)
        for other, under in came
    )
