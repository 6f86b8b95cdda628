"""Writes each finished week's summary to a folder, by itself, where the person wants that.

Folder, form, weekday and time are the person's own settings: no policy can turn it on or say
where it goes. What the person would have to tick stays out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tracker.days import DayCalendar, days_of_week, instant_of, week_of
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.loop import Handle, Loop
from tracker.reports.week_facts import Ticks, WeekFacts
from tracker.reports.writers import write_file
from tracker.settings import Settings, SettingsKeeper
from tracker.storage.base import Batch, Storage

if TYPE_CHECKING:
    from tracker.summary.forms import PdfWriter

log = logging.getLogger(__name__)

NOTE = "weekly_export"
"""The last week that is written, or that was over when it was turned on."""

AGAIN = timedelta(hours=1)
"""When it is tried again where a folder could not be written to."""

MOST_WEEKS = 8
"""How many missed weeks are made up for; what is longer ago nobody waits for."""

_WEEK = timedelta(weeks=1)


class WeekSource(Protocol):
    """The service, as far as it is asked."""

    @property
    def calendar(self) -> DayCalendar:
        """Where the policy's days begin."""

    def week_facts(self, day: date) -> WeekFacts:
        """Return what a summary of a day's week is made of."""


@dataclass(frozen=True, slots=True)
class Written:
    """A week that was written, or the error for which it was not."""

    week: str
    file: Path
    error: OutsideError | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """What a summary is made with.

    Attributes:
        language: Gives the person's.
        write_pdf: Makes the PDF; None where nobody can.
    """

    language: Callable[[], Language]
    write_pdf: PdfWriter | None


def dues(settings: Settings, calendar: DayCalendar, now: datetime) -> tuple[datetime, datetime]:
    """Return the last instant at which it was due, ``now`` included, and the next one."""
    monday = days_of_week(week_of(calendar.local(now).date()))[0]
    clock = time(settings.weekly_minute // 60, settings.weekly_minute % 60)

    def due(weeks: int) -> datetime:
        day = monday + timedelta(days=settings.weekly_day) + weeks * _WEEK
        return instant_of(calendar.zone, datetime.combine(day, clock))

    this = due(0)
    return (this, due(1)) if this <= now else (due(-1), this)


class WeeklyExport:
    """Waits for the instant, and makes up for those that were missed.

    Args:
        loop: Where it waits.
        storage: Remembers which week was the last.
        source: Tells the weeks.
        settings: The person's; a change takes effect at once.
        making: What a summary is made with.
        told: Called with each week that was written or could not be.
    """

    def __init__(
        self,
        loop: Loop,
        storage: Storage,
        source: WeekSource,
        settings: SettingsKeeper,
        *,
        making: Making,
        told: Callable[[Written], None],
    ) -> None:
        self._loop = loop
        self._storage = storage
        self._source = source
        self._settings = settings
        self._making = making
        self._told = told
        self._next: Handle | None = None
        self._failed: str | None = None
        self._listening: Handle | None = None

    def start(self) -> WeeklyExport:
        """Begin: what was missed while the machine was off is written now."""
        self._listening = self._settings.listen(lambda _settings: self._look())
        self._look()
        return self

    def stop(self) -> None:
        """Wait no longer."""
        for handle in (self._next, self._listening):
            if handle is not None:
                handle.cancel()

    def _look(self) -> None:
        if self._next is not None:
            self._next.cancel()
            self._next = None
        try:
            again = self._work(self._settings.settings)
        except OutsideError as error:  # the store is busy or full: later then
            log.info("weekly export: %s", error.code)
            again = self._loop.clock.now() + AGAIN
        if again is not None:
            self._next = self._loop.call_at(again, self._look)

    def _work(self, settings: Settings) -> datetime | None:
        """Write what is due; return when to look again, None where it is turned off."""
        done = self._storage.note(NOTE)
        if settings.weekly_folder is None:
            if done:
                self._remember("")
            return None
        now = self._loop.clock.now()
        last, upcoming = dues(settings, self._source.calendar, now)
        # By the day key: early on Monday the week may still go on.
        week = week_of(self._source.calendar.day_of(last) - _WEEK)
        if not done:  # it was turned on just now: what is over by then was not asked for
            self._remember(week)
            return upcoming
        for each in _after(done, week):
            if not self._write(each, settings):
                return min(upcoming, now + AGAIN)
            self._remember(each)
        return upcoming

    def _write(self, week: str, settings: Settings) -> bool:
        """Write a week; return whether it is over and done with."""
        # Once a week, and not at each start.
        from tracker.summary.forms import Form, file_name, make_summary

        form, day = Form(settings.weekly_form), days_of_week(week)[0]
        file = Path(settings.weekly_folder or "") / file_name(form, day)
        facts = self._source.week_facts(day)
        try:
            content = make_summary(
                form, facts, self._making.language(), Ticks(), self._making.write_pdf
            )
            write_file(file, content, force=False)
        except OutsideError as error:
            if error.code is ErrorCode.FILE_EXISTS:
                return True  # somebody's own: it is left as it is
            if self._failed != week:  # told once, not every hour
                self._failed = week
                self._told(Written(week, file, error))
            return False
        self._failed = None
        self._told(Written(week, file))
        return True

    def _remember(self, week: str) -> None:
        self._storage.write(Batch(notes={NOTE: week}))


def _after(done: str, last: str) -> Iterator[str]:
    """Yield the weeks after ``done`` up to ``last``, the latest ones where there are many."""
    end = days_of_week(last)[0]
    day = max(days_of_week(done)[0] + _WEEK, end - (MOST_WEEKS - 1) * _WEEK)
    while day <= end:
        yield week_of(day)
        day += _WEEK
