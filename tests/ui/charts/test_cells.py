"""Days and hours as cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeGauge
from tests.made_up import MINUTE_MS
from tests.ui.test_trends_view import ENGLISH, MONDAY, key
from tracker.reports.trends import TrendDay
from ui.calendar_view import view_hours, view_month
from ui.charts.cells import HoursChart, MonthChart, shade_of
from ui.charts.drawing import SHADES, Area, Role, Shade, Words

HOUR = 60 * MINUTE_MS


def month() -> MonthChart:
    totals = {key("linkedin", "leads"): HOUR, key("x", "private"): 5 * MINUTE_MS}
    days = [TrendDay(MONDAY, totals)]
    return MonthChart(view_month(MONDAY.replace(day=1), days, MONDAY, ENGLISH), ENGLISH)


def hours(count: int) -> HoursChart:
    day = {hour: (hour + 1) * MINUTE_MS for hour in range(count)}
    return HoursChart(view_hours({MONDAY: day}, ENGLISH), ENGLISH)


@given(st.integers(0, HOUR), st.integers(0, HOUR))
def test_more_time_never_has_a_lighter_shade(one: int, other: int) -> None:
    least, most = sorted((one, other))
    assert shade_of(least, HOUR).step <= shade_of(most, HOUR).step <= SHADES
    assert (shade_of(least, HOUR).step == 0) is (least == 0)


def test_a_day_has_its_figure_beside_its_shade() -> None:
    drawing = month().lay_out(700, FakeGauge())
    texts = [s.text for s in drawing.shapes if isinstance(s, Words)]
    assert "1 h 05 min" in texts
    shaded = [
        s for s in drawing.shapes if isinstance(s, Area) and s.ink == Shade(5) and s.box.width > 50
    ]
    assert len(shaded) == 1, "of a scale up to 1 h 15 min"
    assert shaded[0].outline is Role.TEXT, "it is today"


def test_days_stand_in_weeks_below_their_weekday() -> None:
    items = month().lay_out(700, FakeGauge()).items
    assert len(items) == 30
    first, second = items[0].box, items[1].box
    assert (first.x, second.x) == (600, 0), "the 1st is a Sunday"
    assert second.y > first.y
    assert items[8].box.x == items[1].box.x


def test_days_are_spoken_with_what_they_came_to() -> None:
    items = month().lay_out(700, FakeGauge()).items
    assert items[22].text == "Monday, 23 November 2026: 1 h 05 min, work 1 h 00 min, private 5 min"
    assert items[21].text == "Sunday, 22 November 2026: no time"
    assert items[23].text == "Tuesday, 24 November 2026", "it is yet to come"


def test_table_has_the_days_up_to_today() -> None:
    rows = month().table().rows
    assert len(rows) == 23
    assert rows[-1] == ("Monday, 23 November 2026", "1 h 00 min", "5 min", "1 h 05 min")


def test_figures_of_hours_are_written_where_they_fit_and_always_spoken() -> None:
    wide, narrow = (hours(24).lay_out(width, FakeGauge()) for width in (900.0, 330.0))
    for drawing, written in ((wide, True), (narrow, False)):
        texts = [s.text for s in drawing.shapes if isinstance(s, Words) and s.box.y > 16]
        assert ("17" in texts) is written
        assert len(drawing.items) == 24
        assert drawing.items[16].text == "Monday, 16–17: 17 min on average of 1 day"
        assert drawing.items[-1].box.right <= drawing.width


def test_table_of_hours_has_a_column_for_each_weekday() -> None:
    table = hours(2).table()
    assert table.headers == ("Hour", "Monday")
    assert table.rows == (("0–1", "1 min"), ("1–2", "2 min"))


def test_a_days_figure_is_in_bare_minutes_when_its_time_does_not_fit() -> None:
    drawing = month().lay_out(350, FakeGauge())
    texts = [s.text for s in drawing.shapes if isinstance(s, Words)]
    assert "65" in texts
    assert "1 h 05 min" not in texts
    assert "1 h 05 min" in drawing.items[22].text


def test_a_scale_says_what_the_darkest_shade_is() -> None:
    for chart, most in ((month(), "1 h 15 min"), (hours(3), "15 min")):
        texts = [s.text for s in chart.lay_out(700, FakeGauge()).shapes if isinstance(s, Words)]
        assert texts[-2:] == ["0", most]
