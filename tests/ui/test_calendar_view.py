"""Days of a month and hours of weekdays, with their figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tests.made_up import MINUTE_MS
from tests.ui.test_trends_view import ENGLISH, MONDAY, key
from tracker.model import Device, Source, Span, Window
from tracker.reports.trends import TrendDay
from ui.calendar_view import hours_of, view_hours, view_month

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def span(start: datetime, seconds: float) -> Span:
    return Span(
        Device("d"), 1, start.date(), start, start + timedelta(seconds=seconds),
        "linkedin", "leads", Window.WORK, Source.TAB, certain=True,
    )  # fmt: skip


def test_month_has_each_of_its_days_with_work_and_private_apart() -> None:
    totals = {key("linkedin", "leads"): 60 * MINUTE_MS, key("x", "private"): 5 * MINUTE_MS}
    other = {key("linkedin", "leads"): 180 * MINUTE_MS}
    days = [TrendDay(MONDAY, totals), TrendDay(date(2026, 3, 2), other)]
    month = view_month(date(2026, 11, 1), days, MONDAY, ENGLISH)
    assert (month.title, len(month.days)) == ("November 2026", 30)
    assert month.weekdays == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    cell = month.days[22]
    assert (cell.day, cell.is_today, cell.ahead) == (MONDAY, True, False)
    assert (cell.work_ms, cell.private_ms) == (60 * MINUTE_MS, 5 * MINUTE_MS)
    assert month.days[23].ahead
    assert not month.days[21].ahead
    assert month.longest_ms == 180 * MINUTE_MS, "all months have one scale"


def test_time_goes_to_the_hours_that_clocks_show() -> None:
    late = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)  # 8.50 in Stockholm
    assert hours_of([span(late, 15 * 60)], STOCKHOLM) == {8: 10 * MINUTE_MS, 9: 5 * MINUTE_MS}


def test_the_hour_that_comes_twice_counts_for_one_hour_of_the_day() -> None:
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2.30, before clocks go back
    assert hours_of([span(start, 3600)], STOCKHOLM) == {2: 60 * MINUTE_MS}


@given(
    st.lists(
        st.tuples(
            st.integers(0, 360 * 24 * 3600),
            st.integers(1, 9 * 3_600_000),
        ),
        max_size=5,
    )
)
def test_hours_add_up_to_the_spans(rows: list[tuple[int, int]]) -> None:
    new_year = datetime(2026, 1, 1, tzinfo=UTC)
    spans = [span(new_year + timedelta(seconds=at), ms / 1000) for at, ms in rows]
    assert sum(hours_of(spans, STOCKHOLM).values()) == sum(each.duration_ms for each in spans)


def test_hours_are_means_of_the_days_that_have_visits() -> None:
    days = {
        MONDAY: {8: 10 * MINUTE_MS, 10: MINUTE_MS},
        MONDAY - timedelta(days=7): {8: 20 * MINUTE_MS},
        MONDAY - timedelta(days=14): {},
        MONDAY + timedelta(days=1): {9: 6 * MINUTE_MS},
    }
    view = view_hours(days, ENGLISH)
    assert view.hours == (8, 9, 10), "with those between them"
    assert [(row.name, row.days) for row in view.rows] == [("Monday", 2), ("Tuesday", 1)]
    assert view.rows[0].ms == (15 * MINUTE_MS, 0, MINUTE_MS // 2)
    assert view.based_on == "Minutes, on average of the 3 days whose visits are kept."


def test_there_are_no_hours_when_no_visit_is_kept() -> None:
    view = view_hours({MONDAY: {}}, ENGLISH)
    assert (view.hours, view.rows) == ((), ())
