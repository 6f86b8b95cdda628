"""Notices that a person wants sooner than the policy's: beside its ladder, never in its stead."""

from __future__ import annotations

from datetime import datetime

from tracker.limits.records import period_key
from tracker.limits.rows import Row, standing_of
from tracker.limits.rules import Rules
from tracker.limits.scale import MINUTE_MS, Scale
from tracker.limits.types import Book, DueStep
from tracker.model import TotalKey
from tracker.policy.types import Mark, MarkKind, StepKind
from tracker.storage.base import StepTaken

EARLY = "early"
"""Stands in records where a ladder's step has its mark; no policy can have it for one."""


def due_early(
    rules: Rules, book: Book, counting: TotalKey | None, earlier_min: int
) -> tuple[DueStep, ...]:
    """Return the early notices that are due while time of ``counting`` counts.

    One comes for each limit, once in its period, from ``earlier_min`` minutes of allowance
    before the ladder's first step on, and no more once that step itself is due. Where the
    allowance is not longer than that there is no room for one.
    """
    if counting is None or earlier_min <= 0:
        return ()
    found: list[DueStep] = []
    for row, scale in rules.counting_rows(counting, book.day):
        mark = _early_mark(row, scale, book, earlier_min)
        left = rules.board.left_ms(book, row, scale)
        if mark is not None and scale.first_ms < left <= mark:
            extended = rules.records.extended_ms(book, row)
            standing = standing_of(row, scale.allowed_ms + extended - left, extended)
            found.append(
                DueStep(standing, Mark(MarkKind.BEFORE, earlier_min, EARLY), StepKind.NOTIFY)
            )
    return tuple(found)


def next_early(rules: Rules, book: Book, counting: TotalKey | None, earlier_min: int) -> int | None:
    """Return after how many further milliseconds an early notice is due; None: after none."""
    if counting is None or earlier_min <= 0:
        return None
    nearest: int | None = None
    for row, scale in rules.counting_rows(counting, book.day):
        mark = _early_mark(row, scale, book, earlier_min)
        left = rules.board.left_ms(book, row, scale)
        if mark is not None and mark < left and (nearest is None or left - mark < nearest):
            nearest = left - mark
    return nearest


def taken_early(step: DueStep, book: Book, at: datetime) -> StepTaken:
    """Return the record of an early notice that came at ``at``."""
    standing = step.standing
    period = period_key(standing.period, book.day)
    return StepTaken(
        period, standing.limit, standing.channel, EARLY, step.do.value, at, standing.extended_ms
    )


def _early_mark(row: Row, scale: Scale, book: Book, earlier_min: int) -> int | None:
    """Return what is left of a row when its early notice is due; None where none is to come."""
    mark = scale.first_ms + earlier_min * MINUTE_MS
    if not scale.steps or mark >= scale.allowed_ms or row.limit in book.lifted:
        return None
    return None if _came(row, book) else mark


def _came(row: Row, book: Book) -> bool:
    came = (EARLY, period_key(row.period, book.day), row.limit, row.channel)
    return any((each.mark, each.period, each.limit, each.channel) == came for each in book.taken)
