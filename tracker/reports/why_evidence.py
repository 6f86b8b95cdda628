"""Gathers what a moment is explained from: memory as far as it reaches, and the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tracker.days import days_of_week, week_of
from tracker.errors import ErrorCode, OutsideError
from tracker.limits import engine
from tracker.model import MILLISECOND, Gap, Span
from tracker.person_rules import PersonRules
from tracker.reports.why import Evidence
from tracker.situation import Situation
from tracker.storage.base import Storage


def past_moment(at: datetime | None, now: datetime) -> datetime:
    """Return the moment that is asked for, in whole milliseconds; None asks for ``now``.

    Raises:
        OutsideError: ``BAD_TIME`` where it has not come yet.
    """
    if at is None:
        return now
    if at > now:
        text = at.isoformat(sep=" ", timespec="seconds")
        raise OutsideError(ErrorCode.BAD_TIME, text=text, reason="future")
    return at - timedelta(microseconds=at.microsecond % (MILLISECOND // timedelta.resolution))


def gather(
    storage: Storage,
    day: date,
    rules: engine.Rules,
    rows: tuple[Sequence[Span], Sequence[Gap]],
    situation: Situation | None,
) -> Evidence:
    """Return what is known of a moment.

    Args:
        storage: Where records and totals are; what waits to be written is not seen.
        day: The day key that the moment belongs to.
        rules: What judges the day.
        rows: The day's spans and gaps.
        situation: What was known then; None where that is not remembered.
    """
    week = days_of_week(week_of(day))
    then = situation.rules if situation is not None else None
    return Evidence(
        day=day,
        situation=situation,
        policy_then=then.policy if isinstance(then, PersonRules) else None,
        spans=rows[0],
        gaps=rows[1],
        totals=storage.totals(week[0], week[-1]),
        records=storage.records(week[0], week[-1]),
        rules=rules,
    )
