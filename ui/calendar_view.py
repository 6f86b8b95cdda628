"""A month of days as it is shown, and the hours of weekdays, each with its figure. No Qt."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from tracker.i18n import Language
from tracker.model import PRIVATE, Span, ms_between
from tracker.reports.trends import TrendDay

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of the month."""

    day: date
    title: str
    work_ms: int
    private_ms: int
    ahead: bool
    """Whether it is yet to come."""

    is_today: bool

    @property
    def total_ms(self) -> int:
        """All time in the policy's channels."""
        return self.work_ms + self.private_ms


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month."""

    first: date
    title: str
    weekdays: tuple[str, ...]
    days: tuple[DayCell, ...]
    longest_ms: int
    """The most of a day of the whole year, so that one month's shades are another's too."""


def view_month(first: date, days: Iterable[TrendDay], today: date, language: Language) -> MonthView:
    """Return the month that begins with ``first``.

    Args:
        first: Its first day.
        days: The days of the year that have time.
        today: The present day.
        language: The person's.
    """
    known = {day.day: day for day in days}
    cells, day = [], first
    while day.month == first.month:
        cells.append(_cell(day, known.get(day, TrendDay(day)), today, language))
        day += _DAY
    longest = max((sum(each.totals.values()) for each in known.values()), default=0)
    title = language.month(first)
    monday = date(2026, 11, 23)
    return MonthView(
        first=first,
        title=title[:1].upper() + title[1:],
        weekdays=tuple(language.weekday(monday + n * _DAY, short=True) for n in range(7)),
        days=tuple(cells),
        longest_ms=longest,
    )


def _cell(day: date, kept: TrendDay, today: date, language: Language) -> DayCell:
    private = sum(ms for key, ms in kept.totals.items() if key.purpose == PRIVATE)
    title = language.date(day, "full")
    return DayCell(
        day=day,
        title=title[:1].upper() + title[1:],
        work_ms=sum(kept.totals.values()) - private,
        private_ms=private,
        ahead=day > today,
        is_today=day == today,
    )


@dataclass(frozen=True, slots=True)
class HourRow:
    """A weekday."""

    weekday: int
    name: str
    days: int
    """The days of it that have visits."""

    ms: tuple[int, ...]
    """What an hour came to on average of those days, by the view's hours."""


@dataclass(frozen=True, slots=True)
class HoursView:
    """The hours of the weekdays."""

    hours: tuple[int, ...]
    """The hours that occur, and those between them: 8 is from 8 to 9 o'clock."""

    rows: tuple[HourRow, ...]
    based_on: str


Hours = Mapping[int, int]
"""The milliseconds of each hour of the day."""


def hours_of(spans: Iterable[Span], zone: ZoneInfo) -> Hours:
    """Return what the spans of a day come to by the hour that clocks in ``zone`` show."""
    found: Counter[int] = Counter()
    for span in spans:
        start = span.start
        while start < span.end:
            local = start.astimezone(zone)
            past = timedelta(
                minutes=local.minute, seconds=local.second, microseconds=local.microsecond
            )
            end = min(span.end, start + _HOUR - past)
            found[local.hour] += ms_between(start, end)
            start = end
    return found


def view_hours(days: Mapping[date, Hours], language: Language) -> HoursView:
    """Return the hours of weekdays on average.

    Args:
        days: What each day came to by the hour, of the days whose visits are kept.
        language: The person's.
    """
    used = {day: hours for day, hours in days.items() if any(hours.values())}
    found = sorted({hour for hours in used.values() for hour, ms in hours.items() if ms})
    shown = tuple(range(found[0], found[-1] + 1)) if found else ()
    by_weekday: defaultdict[int, list[date]] = defaultdict(list)
    for day in used:
        by_weekday[day.weekday()].append(day)
    text = language.ngettext(
        "Minutes, on average of the {n} day whose visits are kept.",
        "Minutes, on average of the {n} days whose visits are kept.",
        len(used),
    )
    return HoursView(
        hours=shown,
        rows=tuple(
            _row(weekday, by_weekday[weekday], used, shown, language)
            for weekday in sorted(by_weekday)
        ),
        based_on=text.format(n=len(used)),
    )


def _row(
    weekday: int,
    days: Sequence[date],
    used: Mapping[date, Hours],
    shown: Sequence[int],
    language: Language,
) -> HourRow:
    sums = [sum(used[day].get(hour, 0) for day in days) for hour in shown]
    return HourRow(
        weekday,
        language.weekday(days[0]),
        len(days),
        tuple(round(ms / len(days)) for ms in sums),
    )
