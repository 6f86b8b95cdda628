"""Which weeks are a year, and what is read for it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 52
EARLIEST = date(1970, 1, 2)
"""Nothing is older."""


@dataclass(frozen=True, slots=True)
class Year:
    """Mondays of 52 weeks, and around them what makes their months whole."""

    first: date
    last: date
    first_loaded: date
    """A Monday."""

    last_loaded: date
    """A Sunday."""


def year_of(today: date, years_back: int) -> Year:
    """Return the 52 weeks up to the present one, or those so many years before."""
    last = _monday(today) - timedelta(weeks=WEEKS * years_back)
    first = last - timedelta(weeks=WEEKS - 1)
    return Year(
        first,
        last,
        _monday(first.replace(day=1)),
        _monday(today if not years_back else _month_end(last + timedelta(days=6)))
        + timedelta(days=6),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
