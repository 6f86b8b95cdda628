"""Which weeks are a year."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ui.trends_year import WEEKS, year_of


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 8))
def test_years_follow_each_other_and_their_months_are_whole(today: date, back: int) -> None:
    year, before = year_of(today, back), year_of(today, back + 1)
    assert (year.last - year.first) // timedelta(days=7) == WEEKS - 1
    assert before.last + timedelta(days=7) == year.first
    for monday in (year.first, year.last, year.first_loaded):
        assert monday.weekday() == 0
    assert year.last_loaded.weekday() == 6
    assert year.first_loaded <= year.first.replace(day=1)
    end = year.last + timedelta(days=6)
    if back:
        assert (year.last_loaded + timedelta(days=1)).month != end.month or (
            year.last_loaded.month != end.month
        )
    else:
        assert year.last <= today <= year.last_loaded == end
