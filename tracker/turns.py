"""The turns of hours and of days: each is a fact at its own instant, however late the timer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from tracker.days import DayCalendar
from tracker.loop import Handle, Loop
from tracker.model import Window
from tracker.policy.hours import FlexUse, HoursPlan
from tracker.situation import DayTurned, HoursTurned
from tracker.storage.base import BreakMark, Record


class Turns:
    """Awaits the next turn of hours and the next day boundary.

    Args:
        loop: Where they are awaited.
        calendar: Where days begin.
        plan: The policy's hours.
        turned: Told of each turn.
        records: What was stored; breaks of the day are taken up.
        day_off: The last day on which the person did not work, as ``2026-11-23``.
    """

    def __init__(
        self,
        loop: Loop,
        calendar: DayCalendar,
        plan: HoursPlan,
        turned: Callable[[HoursTurned | DayTurned], None],
        records: Iterable[Record],
        *,
        day_off: str | None = None,
    ) -> None:
        self._loop = loop
        self._calendar = calendar
        self._plan = plan
        self._turned = turned
        self._breaks = tuple(each for each in records if isinstance(each, BreakMark))
        self._day_off = day_off
        self._uses: dict[object, FlexUse] = {}
        self._hours_handle: Handle | None = None
        self._day_handle: Handle | None = None

    def _use(self, instant: datetime) -> FlexUse:
        """Return what was clicked on the day of ``instant``; the same object each time."""
        day = self._calendar.day_of(instant)
        if day not in self._uses:
            clicks = tuple(each for each in self._breaks if each.day == day)
            self._uses = {day: FlexUse(day, clicks, day.isoformat() == self._day_off)}
        return self._uses[day]

    def window(self, instant: datetime) -> Window | None:
        """Return the window that ``instant`` lies in; None outside hours."""
        return self._plan.window_at(instant, self._use(instant))

    def within(self, start: datetime, end: datetime) -> list[HoursTurned]:
        """Return the turns of hours after ``start`` and before ``end``, in order."""
        turns = []
        at = self._plan.next_change(start, self._use(start))
        while at is not None and at < end:
            turns.append(HoursTurned(at, self.window(at)))
            at = self._plan.next_change(at, self._use(at))
        return turns

    def all_within(self, start: datetime, end: datetime) -> list[HoursTurned | DayTurned]:
        """Return the turns of hours and of days after ``start`` and before ``end``."""
        turns: list[HoursTurned | DayTurned] = [*self.within(start, end)]
        at = self._calendar.next_boundary(start)
        while at < end:
            turns.append(DayTurned(at, self._calendar.day_of(at)))
            at = self._calendar.next_boundary(at)
        return turns

    def arm(self, now: datetime) -> None:
        """Await the next turns after ``now``."""
        self.stop()
        hours_at = self._plan.next_change(now, self._use(now))
        if hours_at is not None:
            self._hours_handle = self._loop.call_at(hours_at, lambda: self._turn_hours(hours_at))
        day_at = self._calendar.next_boundary(now)
        self._day_handle = self._loop.call_at(day_at, lambda: self._turn_day(day_at))

    def _turn_hours(self, at: datetime) -> None:
        self._turned(HoursTurned(at, self.window(at)))
        self.arm(at)

    def _turn_day(self, at: datetime) -> None:
        self._turned(DayTurned(at, self._calendar.day_of(at)))
        self.arm(at)

    def change(self, calendar: DayCalendar, plan: HoursPlan, now: datetime) -> None:
        """Go by another policy from ``now`` on."""
        self._calendar = calendar
        self._plan = plan
        self._uses = {}
        self._turned(HoursTurned(now, self.window(now)))
        self.arm(now)

    def mark_break(self, now: datetime, *, begins: bool) -> BreakMark:
        """Begin or end a flexible break, and return what is to be kept of it."""
        mark = BreakMark(self._calendar.day_of(now), now, begins)
        self._breaks = (*(each for each in self._breaks if each.day == mark.day), mark)
        self._uses = {}
        self._turned(HoursTurned(now, self.window(now)))
        self.arm(now)
        return mark

    def take_day_off(self, now: datetime) -> None:
        """The day of ``now`` has no hours from now on."""
        self._day_off = self._calendar.day_of(now).isoformat()
        self._uses = {}
        self._turned(HoursTurned(now, self.window(now)))
        self.arm(now)

    def end_day_off(self, now: datetime) -> None:
        """The day of ``now`` has its hours again from now on; what was not counted stays so."""
        self._day_off = None
        self._uses = {}
        self._turned(HoursTurned(now, self.window(now)))
        self.arm(now)

    def is_day_off(self, now: datetime) -> bool:
        """Return whether the person does not work on the day of ``now``."""
        return self._use(now).off

    def on_break(self, now: datetime) -> bool:
        """Return whether a flexible break goes on."""
        return self._plan.on_flexible_break(now, self._use(now))

    def break_left_ms(self, now: datetime) -> int:
        """Return how long a flexible break would last from ``now`` on; 0: none may be taken."""
        return self._plan.break_left_ms(now, self._use(now))

    def stop(self) -> None:
        """Await nothing any more."""
        for handle in (self._hours_handle, self._day_handle):
            if handle is not None:
                handle.cancel()
        self._hours_handle = self._day_handle = None
