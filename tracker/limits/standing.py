"""Where limits stand: what was used of each allowance, and what is left of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tracker.limits.records import Records
from tracker.limits.rows import Plan, Row, standing_of
from tracker.limits.scale import Scale
from tracker.limits.sums import Sums
from tracker.limits.types import Book, Period, Standing
from tracker.model import TotalKey
from tracker.storage.base import Extension


@dataclass(frozen=True, slots=True)
class _Shown:
    """The standings as they were last asked for."""

    day: date
    extensions: tuple[Extension, ...]
    standings: tuple[Standing, ...]


class Board:
    """Works out standings, and makes anew only those that changed since the last time.

    Args:
        slots_of: Tells the slots that time of a key is summed up in.
        slot_of: Tells the slot of a limit and, where each has its own, a channel.
        records: Reads the books.
    """

    def __init__(
        self,
        slots_of: Callable[[TotalKey], tuple[int, ...]],
        slot_of: Callable[[str, str | None], int | None],
        records: Records,
    ) -> None:
        self._slot_of = slot_of
        self._records = records
        self._day = Sums(slots_of)
        self._week = Sums(slots_of)
        self._shown: _Shown | None = None

    def left_ms(self, book: Book, row: Row, scale: Scale) -> int:
        """Return what is left of a row's allowance."""
        if row.period is Period.WEEK:
            return scale.allowed_ms - self._week.of(row.slot, book.week_totals)
        extended = self._records.extended_ms(book, row)
        return scale.allowed_ms + extended - self._day.of(row.slot, book.totals)

    def standings(self, plan: Plan, book: Book) -> tuple[Standing, ...]:
        """Return the standing of each row of the day's plan."""
        day = self._day.refresh(book.totals)
        week = self._week.refresh(book.week_totals) if plan.places[Period.WEEK] else set()
        shown = self._shown
        if (
            shown is None
            or day is None
            or week is None
            or shown.day != book.day
            or shown.extensions is not book.extensions
        ):
            standings = list(plan.unused)
            extended = (self._slot_of(each.limit, each.channel) for each in book.extensions)
            day = {*self._day.used, *(slot for slot in extended if slot is not None)}
            week = set(self._week.used)
        else:
            standings = list(shown.standings)
        self._fill(standings, plan, book, Period.DAY, day)
        self._fill(standings, plan, book, Period.WEEK, week)
        self._shown = _Shown(book.day, book.extensions, tuple(standings))
        return self._shown.standings

    def _fill(
        self,
        standings: list[Standing],
        plan: Plan,
        book: Book,
        period: Period,
        slots: Iterable[int],
    ) -> None:
        used = (self._day if period is Period.DAY else self._week).used
        places = plan.places[period]
        for slot in slots:
            place = places.get(slot)
            if place is not None:
                row = plan.rows[place]
                extended = self._records.extended_ms(book, row)
                standings[place] = standing_of(row, used.get(slot, 0), extended)
