"""Working hours as frozen values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.policy.forms import WEEKDAYS, range_of, weekdays_of
from tracker.policy.types import FlexibleBreak, Hours, Range

if TYPE_CHECKING:
    from tracker.policy import shape_frame


def hours_of(table: shape_frame.HoursTable) -> Hours:
    """Return checked hours by weekday, with their breaks and holidays."""
    by_weekday: list[tuple[Range, ...]] = [()] * len(WEEKDAYS)
    for key, texts in table.__pydantic_extra__.items():
        ranges = sorted(map(_range, texts), key=lambda range_: range_.start)
        for weekday in weekdays_of(key):
            by_weekday[weekday] = tuple(ranges)
    fixed = [_range(item) for item in table.breaks if isinstance(item, str)]
    flexible = [
        FlexibleBreak(_range(item.within), item.minutes)
        for item in table.breaks
        if not isinstance(item, str)
    ]
    return Hours(
        by_weekday=tuple(by_weekday),
        breaks=tuple(sorted(fixed, key=lambda range_: range_.start)),
        flexible=tuple(flexible),
        holidays=frozenset(table.holidays),
    )


def _range(text: str) -> Range:
    range_ = range_of(text)
    assert range_ is not None
    return range_
