"""The person's own count of what came of the time: leads, applications, answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from tracker.errors import ErrorCode, OutsideError
from tracker.person_rules import PersonRules
from tracker.run import Run
from tracker.storage.base import Record, ResultCount


def results_of(records: Iterable[Record], day: date, rules: PersonRules) -> Mapping[str, int]:
    """Return the count of each purpose that has results and that the person may choose."""
    counts: Counter[str] = Counter()
    for record in records:
        if isinstance(record, ResultCount) and record.day == day:
            counts[record.purpose] += record.count
    return {each: counts[each] for each in rules.counted_purposes(day)}


def count_result(run: Run, held: Mapping[str, int], purpose: str, by: int) -> None:
    """Add ``by`` to the day's results of a purpose; what would be under 0 is 0.

    Outside hours the count belongs to the last moment inside them: when it was made is
    nobody's business.

    Raises:
        OutsideError: The person has no results to count for it.
    """
    if purpose not in held:
        raise OutsideError(ErrorCode.NO_RESULTS, purpose=purpose)
    by = max(by, -held[purpose])
    if by == 0:
        return
    day = run.calendar.day_of(run.ledger.now)
    at = run.ledger.now
    if run.measuring_core.situation.hours is None:
        at = run.ledger.accounted or run.calendar.bounds(day)[0]
    run.buffer.record(ResultCount(day, purpose, at, by))
    run.flush()
