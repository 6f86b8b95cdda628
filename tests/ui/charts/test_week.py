"""The week's bars."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeGauge
from tests.ui.test_week_view import monday, week
from tracker.i18n import Language
from ui.charts.drawing import Area, Hatch, Hue, Line, Role, Words
from ui.charts.week import MINUTE_MS, MOST_LINES, WeekChart, pile, time_axis
from ui.week_view import Focus

SLOTS = {"linkedin": 0}


def chart(focus: Focus | None = None) -> WeekChart:
    return WeekChart(week(monday(), focus=focus), SLOTS, Language("en"))


@given(st.integers(0, 40 * 60 * MINUTE_MS))
def test_axis_begins_at_zero_and_holds_all_there_is(longest: int) -> None:
    axis = time_axis(longest)
    assert axis.marks[0] == 0
    assert axis.marks[-1] == axis.top_ms >= longest
    assert 2 <= len(axis.marks) <= MOST_LINES + 1
    assert axis.step_ms % (5 * MINUTE_MS) == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 10**7)), max_size=9))
def test_parts_of_a_bar_lie_on_each_other_and_add_up(parts: list[tuple[str, int]]) -> None:
    axis = time_axis(sum(ms for _channel, ms in parts))
    layers = pile(parts, axis, 200.0)
    assert [layer.channel for layer in layers] == [channel for channel, ms in parts if ms]
    top = 0.0
    for layer in layers:
        assert layer.y == pytest.approx(top)
        top = layer.y + layer.height
    assert top == pytest.approx(axis.height(sum(ms for _channel, ms in parts), 200.0))


def test_work_is_solid_private_outlined_and_breaks_hatched() -> None:
    drawing = chart().lay_out(700, FakeGauge())
    bars = [shape for shape in drawing.shapes if isinstance(shape, Area) and shape.box.width > 20]
    solid = [bar for bar in bars if bar.ink == Hue(0)]
    outlined = [bar for bar in bars if bar.outline == Hue(0)]
    assert len(solid) == 1
    assert [bar.ink for bar in outlined] == [Hue(0, soft=True), Role.GROUND]
    assert outlined[1].box.bottom <= outlined[0].box.y, "breaks lie on top"
    assert solid[0].box.height / outlined[0].box.height == pytest.approx(38 / 7, rel=0.1)
    hatches = [shape for shape in drawing.shapes if isinstance(shape, Hatch)]
    assert any(hatch.box.width > 20 for hatch in hatches)


def test_the_days_limit_is_a_dashed_line_at_its_height() -> None:
    drawing = chart(("salj-linkedin", "linkedin")).lay_out(700, FakeGauge())
    dashed = [
        shape
        for shape in drawing.shapes
        if isinstance(shape, Line) and shape.dashed and shape.x2 - shape.x1 > 20
    ]
    assert len(dashed) == 1
    (bar,) = (
        shape
        for shape in drawing.shapes
        if isinstance(shape, Area) and shape.ink == Hue(0) and shape.box.width > 20
    )
    zero = bar.box.bottom + 1
    assert (zero - dashed[0].y1) / bar.box.height == pytest.approx(60 / 38, rel=0.05)


def test_total_stands_on_top_of_the_days_bars() -> None:
    drawing = chart().lay_out(700, FakeGauge())
    total = next(s for s in drawing.shapes if isinstance(s, Words) and s.text == "50 min")
    highest = min(s.box.y for s in drawing.shapes if isinstance(s, Area) and s.box.width > 20)
    assert total.box.bottom <= highest


def test_each_day_is_spoken_with_its_limits_and_is_as_high_as_the_plot() -> None:
    items = chart().lay_out(700, FakeGauge()).items
    assert len(items) == 7
    assert items[0].text == (
        "Monday, 23 November 2026: work 38 min, private 12 min of 15 min, LinkedIn 50 min, "
        "not measured 38 min, paused 15 min"
    )
    assert items[1].box.x == pytest.approx(items[0].box.right)


def test_table_has_a_row_for_each_day() -> None:
    table = chart().table()
    assert table.headers == ("Day", "Work", "Limit", "Private", "Limit", "Remarks")
    assert len(table.rows) == 7
    assert table.rows[0][1:5] == ("38 min", "–", "12 min", "15 min")


def test_nothing_lies_outside_at_any_width() -> None:
    for width in (320.0, 600.0, 1600.0):
        drawing = chart().lay_out(width, FakeGauge())
        for item in drawing.items:
            assert item.box.x >= 0
            assert item.box.right <= width + 0.01
