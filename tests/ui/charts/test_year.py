"""A year of weekly bars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.fakes import FakeGauge
from tests.made_up import MINUTE_MS
from tracker.days import week_of
from tracker.i18n import Language
from ui.charts.drawing import Area, Line, Role, Words
from ui.charts.year import Step, YearChart, steps
from ui.trends_view import WeekBar

HOUR = 60 * MINUTE_MS
FIRST = date(2025, 12, 1)


def bar(index: int, work_ms: int = 0, private_ms: int = 0, limit: int | None = None) -> WeekBar:
    monday = FIRST + timedelta(weeks=index)
    return WeekBar(monday, week_of(monday), f"Week {index}", work_ms, private_ms, limit, None)


def year(**changes: int) -> YearChart:
    limit = changes.get("limit")
    weeks = [bar(n, 2 * HOUR, HOUR // 2, limit) for n in range(52)]
    return YearChart(tuple(weeks), Language("en"))


def words(chart: YearChart, width: float = 700) -> list[str]:
    drawing = chart.lay_out(width, FakeGauge())
    return [shape.text for shape in drawing.shapes if isinstance(shape, Words)]


def test_stretches_of_one_limit_are_one_step() -> None:
    assert steps([None, 5, 5, 7, None, 7]) == (Step(1, 2, 5), Step(3, 3, 7), Step(5, 5, 7))
    assert steps([]) == ()


def test_work_and_private_have_panels_of_their_own_when_there_is_both() -> None:
    drawing = year().lay_out(700, FakeGauge())
    work = [s for s in drawing.shapes if isinstance(s, Area) and s.ink is Role.LIMIT]
    private = [s for s in drawing.shapes if isinstance(s, Area) and s.outline is Role.LIMIT]
    assert (len(work), len(private)) == (52, 52)
    assert max(s.box.bottom for s in work) < min(s.box.y for s in private)


def test_a_panel_is_left_out_when_there_is_none_of_its_time() -> None:
    weeks = tuple(replace(each, private_ms=0) for each in year().weeks)
    only = YearChart(weeks, Language("en"))
    assert "Private" not in words(only)
    assert "Work" in words(only)
    nothing = YearChart((bar(0),), Language("en"))
    assert "Work" in words(nothing)


def test_the_limit_is_dashed_at_its_height_with_its_words_at_the_end() -> None:
    drawing = year(limit=3 * HOUR).lay_out(700, FakeGauge())
    (line,) = (s for s in drawing.shapes if isinstance(s, Line) and s.dashed)
    work = next(s for s in drawing.shapes if isinstance(s, Area) and s.ink is Role.LIMIT)
    zero = work.box.bottom
    assert (zero - line.y1) / work.box.height == pytest.approx(3 / 2)
    (text,) = (s for s in drawing.shapes if isinstance(s, Words) and s.text.startswith("limit"))
    assert text.text == "limit 3 h 00 min"
    assert text.box.x >= line.x2
    assert text.box.right <= 700


def test_steps_of_a_changed_limit_are_joined() -> None:
    weeks = (bar(0, HOUR, 0, HOUR), bar(1, HOUR, 0, 2 * HOUR), bar(2, HOUR))
    drawing = YearChart(weeks, Language("en")).lay_out(700, FakeGauge())
    upright = [s for s in drawing.shapes if isinstance(s, Line) and s.x1 == s.x2]
    assert len(upright) == 1


def test_each_week_can_be_pointed_at_and_is_spoken() -> None:
    items = year(limit=3 * HOUR).lay_out(700, FakeGauge()).items
    assert len(items) == 52
    assert items[3].text == "Week 3: work 2 h 00 min of 3 h 00 min, private 30 min"


def test_months_are_named_below_without_overlapping() -> None:
    for width in (260.0, 700.0, 1600.0):
        drawing = year().lay_out(width, FakeGauge())
        names = [s for s in drawing.shapes if isinstance(s, Words) and s.box.y > 200 and s.box.x]
        months = [s for s in names if s.text in {"Dec", "Jan", "Feb", "Mar", "Jul", "Nov"}]
        assert len(months) >= 3
        for one, other in pairwise(months):
            assert one.box.right < other.box.x


def test_table_has_the_present_week_first() -> None:
    table = year().table()
    assert table.headers == ("Week", "Work", "Limit", "Private", "Limit")
    assert table.rows[0] == ("Week 51", "2 h 00 min", "–", "30 min", "–")
    assert len(table.rows) == 52


def test_nothing_lies_outside_at_any_width() -> None:
    for width in (320.0, 700.0, 2000.0):
        drawing = year(limit=3 * HOUR).lay_out(width, FakeGauge())
        assert all(each.box.x >= 0 and each.box.right <= width + 0.01 for each in drawing.items)
        assert all(
            s.box.bottom <= drawing.height for s in drawing.shapes if isinstance(s, Words | Area)
        )
