"""Days, ISO weeks and local times: the one module that turns dates into instants.

Day D runs from ``day_start`` on D to ``day_start`` on D+1 in one zone. Of a local time
that comes twice the first is meant; one that does not exist is the end of its gap.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.errors import ErrorCode, OutsideError

_ONE_DAY = timedelta(days=1)
_ONE_SECOND = timedelta(seconds=1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WEEK_KEY = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


def instant_of(zone: ZoneInfo, wall: datetime) -> datetime:
    """Return the UTC instant at which clocks in ``zone`` show ``wall``.

    Args:
        zone: Where the clocks hang.
        wall: A naive local time. Of two instants the first is returned; where there is
            none, the end of the gap.
    """
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    return _gap_end(zone, wall.replace(tzinfo=zone, fold=1).astimezone(UTC), instant)


def _gap_end(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the instant in ``(before, after]`` at which the zone's offset changes."""
    offset = after.astimezone(zone).utcoffset()
    low, high = 0, (after - before) // _ONE_SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if (before + middle * _ONE_SECOND).astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return before + high * _ONE_SECOND


def day_of_text(text: str) -> date:
    """Return the date that is written as ``2026-11-23``, and in no other way.

    Raises:
        OutsideError: ``BAD_DATE``.
    """
    try:
        if _DAY.fullmatch(text) is None:
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        raise OutsideError(ErrorCode.BAD_DATE, text=text) from error


def week_of(day: date) -> str:
    """Return the key of the ISO week that ``day`` lies in, such as ``2026-W47``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def days_of_week(key: str) -> tuple[date, ...]:
    """Return the seven days of an ISO week, Monday first.

    Raises:
        OutsideError: ``BAD_DATE``, where ``key`` names no week.
    """
    found = _WEEK_KEY.fullmatch(key)
    try:
        if found is None:
            raise ValueError(key)
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return tuple(monday + number * _ONE_DAY for number in range(7))
    except (ValueError, OverflowError) as error:
        raise OutsideError(ErrorCode.BAD_DATE, text=key) from error


class DayCalendar:
    """Tells which day an instant belongs to, and when days begin.

    It remembers the bounds of the last day asked for, so that the usual question costs
    two comparisons.

    Args:
        zone: The policy's zone.
        day_start: The local time at which a day begins.
    """

    def __init__(self, zone: ZoneInfo, day_start: time) -> None:
        self.zone = zone
        self.day_start = day_start
        never = datetime.min.replace(tzinfo=UTC)
        self._current = (date.min, never, never)

    def local(self, instant: datetime) -> datetime:
        """Return ``instant`` as clocks in the zone show it."""
        return instant.astimezone(self.zone)

    def bounds(self, day: date) -> tuple[datetime, datetime]:
        """Return the UTC instants between which ``day`` lies: ``[start, end)``.

        A day that the zone skipped as a whole is empty.
        """
        current, start, end = self._current
        if day == current:
            return start, end
        return self._start(day), self._start(day + _ONE_DAY)

    def _start(self, day: date) -> datetime:
        return instant_of(self.zone, datetime.combine(day, self.day_start))

    def day_of(self, instant: datetime) -> date:
        """Return the key of the day that ``instant`` belongs to."""
        current, start, end = self._current
        if start <= instant < end:
            return current
        local = self.local(instant)
        day = local.date()
        if local.time() < self.day_start:
            day -= _ONE_DAY
        start, end = self.bounds(day)
        # The estimate is wrong in the second pass of a repeated hour.
        while instant >= end:
            day += _ONE_DAY
            start, end = end, self._start(day + _ONE_DAY)
        self._current = (day, start, end)
        return day

    def next_boundary(self, instant: datetime) -> datetime:
        """Return the first instant after ``instant`` at which a day begins."""
        self.day_of(instant)
        return self._current[2]

    def week_of(self, day: date) -> str:
        """Return the key of the ISO week that ``day`` lies in, such as ``2026-W47``."""
        return week_of(day)

    def days_of_week(self, key: str) -> tuple[date, ...]:
        """Return the seven days of an ISO week, Monday first; ``BAD_DATE`` where there is none."""
        return days_of_week(key)
