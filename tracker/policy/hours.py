"""Working hours: which window an instant lies in, and when that changes next.

Ranges are laid on calendar dates in the policy's zone; one that crosses midnight belongs
to the date on which it starts. Both its ends are the instants at which clocks first show
them, so a range over a change of the clocks is as long as that night makes it.

Breaks lie inside hours. Fixed ones are laid on every date. Flexible ones are taken by a
click, and end by themselves when the day's minutes are used up, or the range within
which they may be taken, the hours or the day end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from tracker.days import DayCalendar, instant_of
from tracker.model import Window, ms_between
from tracker.policy.types import FlexibleBreak, Policy, Range

Stretch = tuple[datetime, datetime]
"""``[start, end)``."""

_ONE_DAY = timedelta(days=1)
_KEPT_DATES = 16


class BreakClick(Protocol):
    """A flexible break began or ended; a :class:`~tracker.storage.base.BreakMark` is one."""

    @property
    def at(self) -> datetime:
        """When it was clicked."""

    @property
    def begins(self) -> bool:
        """Whether the break began; else it ended."""


@dataclass(frozen=True, slots=True)
class FlexUse:
    """What the person clicked about the hours of one day.

    ``clicks`` are those of the day, in any order. ``off`` is "not working today": then
    the day has no hours at all. What was clicked counts for its own day only.
    """

    day: date
    clicks: tuple[BreakClick, ...] = ()
    off: bool = False


NO_USE = FlexUse(date.min)
"""Nothing was clicked."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """What is laid on one calendar date."""

    hours: tuple[Stretch, ...]
    breaks: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class _Click:
    at: datetime
    begins: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """From ``start`` to ``end`` this window holds, as long as this is what was clicked."""

    flexible: FlexUse
    start: datetime
    end: datetime | None
    window: Window | None


class HoursPlan:
    """The hours of a policy.

    It remembers the stretch around the last instant asked for, so that the usual question
    costs two comparisons. It belongs to one thread.

    Args:
        policy: Without hours in it, all time is work.
        zone: The policy's zone.
    """

    def __init__(self, policy: Policy, zone: ZoneInfo) -> None:
        self._hours = policy.hours
        self._zone = zone
        self._calendar = DayCalendar(zone, policy.day_start)
        self._laid: dict[date, _Laid] = {}
        self._taken: tuple[FlexUse, tuple[Stretch, ...]] = (NO_USE, ())
        self._known: _Known | None = None

    def window_at(self, instant: datetime, flexible: FlexUse = NO_USE) -> Window | None:
        """Return the window that ``instant`` lies in; None outside hours.

        Args:
            instant: Any instant.
            flexible: What was clicked on its day.
        """
        return self._around(instant, flexible).window

    def next_change(self, instant: datetime, flexible: FlexUse = NO_USE) -> datetime | None:
        """Return the first instant after ``instant`` that lies in another window.

        A later click may bring it forward. None where the window stays for good.
        """
        return self._around(instant, flexible).end

    def break_left_ms(self, instant: datetime, flexible: FlexUse = NO_USE) -> int:
        """Return how long a flexible break lasts that goes on, or begins, at ``instant``.

        Whole milliseconds; 0 where no break may be taken.
        """
        day = self._calendar.day_of(instant)
        use = flexible if flexible.day == day else FlexUse(day)
        if use.off:
            return 0
        past = tuple(click for click in use.clicks if click.at <= instant)
        end = instant
        for start, stop in self._take(FlexUse(day, (*past, _Click(instant, begins=True)))):
            if start <= end < stop:
                end = stop
        return ms_between(instant, end)

    def on_flexible_break(self, instant: datetime, flexible: FlexUse = NO_USE) -> bool:
        """Return whether a flexible break that was taken goes on at ``instant``."""
        return not flexible.off and _holds(self._taken_in(flexible), instant)

    def _around(self, instant: datetime, flexible: FlexUse) -> _Known:
        known = self._known
        if (
            known is not None
            and (known.flexible is flexible or known.flexible == flexible)
            and known.start <= instant
            and (known.end is None or instant < known.end)
        ):
            return known
        window = self._window(instant, flexible)
        end = next(
            (
                edge
                for edge in self._edges(instant, flexible)
                if self._window(edge, flexible) != window
            ),
            None,
        )
        self._known = _Known(flexible, instant, end, window)
        return self._known

    def _window(self, instant: datetime, flexible: FlexUse) -> Window | None:
        if flexible.off and _holds([self._calendar.bounds(flexible.day)], instant):
            return None
        if self._hours is None:
            return Window.WORK
        today = self._calendar.local(instant).date()
        laid = (self._lay(today - _ONE_DAY), self._lay(today))
        if not any(_holds(each.hours, instant) for each in laid):
            return None
        resting = any(_holds(each.breaks, instant) for each in laid)
        if resting or _holds(self._taken_in(flexible), instant):
            return Window.BREAKS
        return Window.WORK

    def _edges(self, instant: datetime, flexible: FlexUse) -> Iterator[datetime]:
        """Yield in order the instants after ``instant`` at which the window may change.

        They reach as far as a change can be away: each holiday may take a weekday's hours.
        """
        clicked = list(self._taken_in(flexible))
        if flexible.off:
            clicked.append(self._calendar.bounds(flexible.day))
        if self._hours is None:
            yield from sorted(edge for each in clicked for edge in each if edge > instant)
            return
        seen = instant
        today = self._calendar.local(instant).date()
        for _ in range(7 * (len(self._hours.holidays) + 1) + 2):
            # The next date's too: what begins with its midnight is an edge of this one.
            laid = tuple(self._lay(today + days * _ONE_DAY) for days in (-1, 0, 1))
            today += _ONE_DAY
            midnight = instant_of(self._zone, datetime.combine(today, time()))
            stretches = [*clicked, *(each for day in laid for each in (*day.hours, *day.breaks))]
            yield from sorted(
                edge for stretch in stretches for edge in stretch if seen < edge <= midnight
            )
            seen = max(seen, midnight)

    def _lay(self, day: date) -> _Laid:
        laid = self._laid.get(day)
        if laid is None:
            assert self._hours is not None
            hours = () if day in self._hours.holidays else self._hours.by_weekday[day.weekday()]
            laid = _Laid(
                tuple(self._lay_ranges(day, hours)),
                tuple(self._lay_ranges(day, self._hours.breaks)),
            )
            if len(self._laid) >= _KEPT_DATES:
                self._laid.clear()
            self._laid[day] = laid
        return laid

    def _lay_ranges(self, day: date, ranges: Iterable[Range]) -> Iterator[Stretch]:
        midnight = datetime.combine(day, time())
        for each in ranges:
            start = instant_of(self._zone, midnight + timedelta(minutes=each.start))
            end = instant_of(self._zone, midnight + timedelta(minutes=each.end))
            if start < end:
                yield start, end

    def _taken_in(self, flexible: FlexUse) -> tuple[Stretch, ...]:
        """Return the flexible breaks that were taken, those without a click apart."""
        if not flexible.clicks:
            return ()
        if self._taken[0] != flexible:
            self._taken = (flexible, tuple(self._take(flexible)))
        return self._taken[1]

    def _take(self, flexible: FlexUse) -> Iterator[Stretch]:
        open_stretches = self._open_stretches(flexible.day)
        left = [timedelta(minutes=each.minutes) for each in self._flexible()]
        day_end = self._calendar.bounds(flexible.day)[1]
        clicks = sorted(flexible.clicks, key=lambda click: click.at)
        busy_until = None
        for number, click in enumerate(clicks):
            if not click.begins or (busy_until is not None and click.at < busy_until):
                continue
            ends = (later.at for later in clicks[number:] if not later.begins)
            for stretch in _spend(click.at, next(ends, day_end), open_stretches, left):
                busy_until = stretch[1]
                yield stretch

    def _flexible(self) -> Sequence[FlexibleBreak]:
        return self._hours.flexible if self._hours is not None else ()

    def _open_stretches(self, day: date) -> list[list[Stretch]]:
        """Return for each flexible break when it may be taken on a day."""
        bounds = self._calendar.bounds(day)
        first = self._calendar.local(bounds[0]).date() - _ONE_DAY
        dates = [first + number * _ONE_DAY for number in range(4)]
        return [
            [
                cut
                for date_of_range in dates
                for within in self._lay_ranges(date_of_range, [each.within])
                for date_of_hours in dates
                for hours in self._lay(date_of_hours).hours
                if (cut := _cut(within, hours, bounds)) is not None
            ]
            for each in self._flexible()
        ]


def _holds(stretches: Iterable[Stretch], instant: datetime) -> bool:
    return any(start <= instant < end for start, end in stretches)


def _cut(*stretches: Stretch) -> Stretch | None:
    start = max(start for start, _ in stretches)
    end = min(end for _, end in stretches)
    return (start, end) if start < end else None


def _spend(
    start: datetime, stop: datetime, open_stretches: list[list[Stretch]], left: list[timedelta]
) -> Iterator[Stretch]:
    """Yield what a break from ``start`` on comes to, and take it off what is ``left``.

    Where two may be taken at once, the first in the file is used up first.
    """
    while start < stop:
        for number, stretches in enumerate(open_stretches):
            until = next((end for begin, end in stretches if begin <= start < end), start)
            end = min(stop, until, start + left[number])
            if end > start:
                break
        else:
            return
        left[number] -= end - start
        yield start, end
        start = end
