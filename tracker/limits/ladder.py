"""Which steps of the ladders are due, and which fall due as time goes on counting.

What is due depends on what is left, not on how it came to be: who comes back late is
still told. ``notify`` and ``ask`` come once in a period; ``overlay`` and ``minimise``
are due for as long as they are to hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tracker.limits.records import period_key
from tracker.limits.rows import standing_of
from tracker.limits.rules import Rules
from tracker.limits.scale import OVER_MS, ScaledStep
from tracker.limits.types import Book, DueStep
from tracker.model import TotalKey
from tracker.storage.base import StepTaken


def due(rules: Rules, book: Book, counting: TotalKey | None) -> tuple[DueStep, ...]:
    """Return the steps that are due while time of ``counting`` counts.

    Limits come in the order of the file, the day before the week. For each there is the
    latest mark only: of what comes once, the latest that was not taken in the period,
    unless an overlay or minimise at a later mark stands in for it; and, at every call
    for as long as it is to hold, the latest overlay or minimise. Two different steps at
    one mark come together.

    Whoever takes a step puts :func:`taken` into the next book; that marks the earlier
    ones, which it stood in for, as taken too.

    Args:
        rules: The person's limits.
        book: The day so far, the open span included.
        counting: What counts now; with None nothing is due. Overlay and minimise act on
            what is certain only, unless the policy enforces titles.
    """
    if counting is None:
        return ()
    may_hold = counting.certain or rules.policy.enforce_titles
    found: list[DueStep] = []
    for row, scale in rules.counting_rows(counting, book.day):
        left = rules.board.left_ms(book, row, scale)
        if left > scale.near_ms or row.limit in book.lifted:
            continue
        steps = _latest(rules.records.open_steps(book, row, scale, may_hold=may_hold), left)
        if steps:
            extended = rules.records.extended_ms(book, row)
            standing = standing_of(row, scale.allowed_ms + extended - left, extended)
            found.extend(DueStep(standing, step.mark, step.do) for step in steps)
    return tuple(found)


def _latest(open_steps: Iterable[ScaledStep], left: int) -> list[ScaledStep]:
    reached = [step for step in open_steps if left <= step.left_ms]
    last_hold = min((step.left_ms for step in reached if step.holds), default=None)
    last = min((step.left_ms for step in reached if not step.holds), default=None)
    if last_hold is not None and last is not None and last > last_hold:
        last = None
    return [step for step in reached if step.left_ms == (last_hold if step.holds else last)]


def stands(rules: Rules, book: Book, counting: TotalKey, step: DueStep) -> DueStep | None:
    """Return a step that was taken with its limit's standing of now, while it still holds good.

    That is while time of ``counting`` counts toward its limit, no more is left than at its
    mark, nothing was extended since, and no crisis lifts the limit.
    """
    was = step.standing
    for row, scale in rules.counting_rows(counting, book.day):
        if (row.limit, row.channel, row.period) != (was.limit, was.channel, was.period):
            continue
        left = rules.board.left_ms(book, row, scale)
        extended = rules.records.extended_ms(book, row)
        if row.limit in book.lifted or extended != was.extended_ms:
            return None
        standing = standing_of(row, scale.allowed_ms + extended - left, extended)
        return next(
            (
                DueStep(standing, step.mark, step.do)
                for each in scale.steps
                if (each.mark.text, each.do) == (step.mark.text, step.do) and left <= each.left_ms
            ),
            None,
        )
    return None


def taken(step: DueStep, book: Book, at: datetime) -> StepTaken:
    """Return the record of a due step that was taken at ``at``."""
    standing = step.standing
    return StepTaken(
        period_key(standing.period, book.day),
        standing.limit,
        standing.channel,
        step.mark.text,
        step.do.value,
        at,
        standing.extended_ms,
    )


def next_crossing(rules: Rules, book: Book, counting: TotalKey | None) -> int | None:
    """Return after how many further milliseconds of ``counting`` something changes.

    That is the next step to fall due or the next level, of any limit that the time
    counts toward; None where nothing more comes. What is due already is no crossing.
    """
    if counting is None:
        return None
    may_hold = counting.certain or rules.policy.enforce_titles
    nearest: int | None = None
    for row, scale in rules.counting_rows(counting, book.day):
        left = rules.board.left_ms(book, row, scale)
        marks = [scale.near_ms, 0, OVER_MS]
        if left <= scale.near_ms and row.limit not in book.lifted:
            open_steps = rules.records.open_steps(book, row, scale, may_hold=may_hold)
            marks.extend(step.left_ms for step in open_steps)
        for mark in marks:
            if mark < left and (nearest is None or left - mark < nearest):
                nearest = left - mark
    return nearest
