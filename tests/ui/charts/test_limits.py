"""The bars of limits: each level by its shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeGauge
from tests.made_up import made_up_policy, made_up_report, made_up_standing
from tracker.i18n import Language
from tracker.limits.types import Level, Standing
from ui.charts.drawing import Area, Box, Drawing, Line, Role, Words
from ui.charts.limits import LimitsChart, bar_height, measure_bar
from ui.day_view import LimitView, view_day

WIDTH = 500.0


def view(standing: Standing) -> LimitView:
    report = made_up_report(limits=(standing,))
    return view_day(report, made_up_policy(), Language("en")).limits[0]


def draw(standing: Standing) -> Drawing:
    return LimitsChart((view(standing),), Language("en")).lay_out(WIDTH, FakeGauge())


def fills(drawing: Drawing, role: Role) -> list[Box]:
    return [s.box for s in drawing.shapes if isinstance(s, Area) and s.ink is role]


def said(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Words)]


OK = made_up_standing(used_min=30, level=Level.OK)
NEAR = made_up_standing(used_min=51, level=Level.NEAR)
REACHED = made_up_standing(used_min=60, level=Level.REACHED)
OVER = made_up_standing(used_min=70, level=Level.OVER)


def test_bar_is_as_full_as_the_limit_when_ok() -> None:
    drawing = draw(OK)
    (track,) = fills(drawing, Role.TRACK)
    (fill,) = fills(drawing, Role.LIMIT)
    assert track.width == WIDTH
    assert fill.width == WIDTH / 2
    assert not fills(drawing, Role.WARNING)


def test_bar_has_a_notch_where_the_ladder_begins_when_near() -> None:
    (notch,) = fills(draw(NEAR), Role.TEXT)
    assert notch.x == pytest.approx(WIDTH * 0.8)
    assert not fills(draw(OK), Role.TEXT)


def test_bar_is_full_and_capped_when_reached() -> None:
    drawing = draw(REACHED)
    (fill,) = fills(drawing, Role.LIMIT)
    (cap,) = fills(drawing, Role.WARNING)
    assert fill.width == WIDTH
    assert cap.right == WIDTH
    assert cap.height > fill.height


def test_bar_runs_past_its_mark_with_the_minutes_beyond_written_on_it_when_over() -> None:
    drawing = draw(OVER)
    (fill,) = fills(drawing, Role.LIMIT)
    (past,) = [s.box for s in drawing.shapes if isinstance(s, Area) and s.outline is Role.WARNING]
    assert past.x == fill.right
    assert past.width / fill.width == pytest.approx(10 / 60)
    assert "+10 min" in said(drawing)


def test_stronger_bar_when_reached_than_when_near() -> None:
    gauge = FakeGauge()
    assert bar_height(view(REACHED), gauge) > bar_height(view(NEAR), gauge)


def test_no_share_is_drawn_when_unlimited() -> None:
    drawing = draw(made_up_standing("rast", 9, None, Level.OK, None))
    assert not fills(drawing, Role.LIMIT)
    assert [s for s in drawing.shapes if isinstance(s, Line) and s.dashed]
    assert "no limit" in said(drawing)


def test_all_that_was_used_lies_past_the_mark_when_nothing_is_allowed() -> None:
    drawing = draw(made_up_standing(used_min=3, allowed_min=0, level=Level.OVER))
    assert not fills(drawing, Role.LIMIT)
    assert "+3 min" in said(drawing)
    untouched = draw(made_up_standing(used_min=0, allowed_min=0, level=Level.REACHED))
    assert "not allowed" in said(untouched)


def test_an_extension_lengthens_the_allowance_when_taken() -> None:
    extended = made_up_standing(used_min=60, level=Level.NEAR, extended_min=5)
    assert "60 of 65 min" in said(draw(extended))
    (fill,) = fills(draw(extended), Role.LIMIT)
    assert fill.width == pytest.approx(WIDTH * 60 / 65)


@given(
    used=st.integers(0, 10_000_000),
    allowed=st.one_of(st.none(), st.integers(0, 600)),
    level=st.sampled_from(Level),
)
def test_measures_lie_within_the_bar_whatever_the_standing(
    used: int, allowed: int | None, level: Level
) -> None:
    standing = made_up_standing(used_min=used / 60_000, allowed_min=allowed, level=level)
    measures = measure_bar(view(standing), WIDTH, 60)
    assert 0 <= measures.fill <= measures.mark <= WIDTH
    assert measures.past <= WIDTH
    assert measures.notch is None or 0 <= measures.notch <= WIDTH


@given(width=st.floats(120, 2000))
def test_nothing_overlaps_in_a_row_whatever_the_width(width: float) -> None:
    chart = LimitsChart((view(OVER), view(NEAR)), Language("en"))
    drawing = chart.lay_out(width, FakeGauge())
    for shape in drawing.shapes:
        if isinstance(shape, Words):
            assert shape.box.right <= width + 0.01
            assert shape.box.bottom <= drawing.height + 8
    rows = [shape.box for shape in drawing.shapes if isinstance(shape, Words)]
    for one in rows:
        for other in rows:
            apart = one.right <= other.x + 0.01 or other.right <= one.x + 0.01
            below = one.bottom <= other.y + 0.01 or other.bottom <= one.y + 0.01
            assert one is other or apart or below


def test_each_limit_is_an_item_and_a_row_when_read() -> None:
    chart = LimitsChart((view(OVER), view(NEAR)), Language("en"))
    items = chart.lay_out(WIDTH, FakeGauge()).items
    assert items[0].text == "LinkedIn, Win leads, Build the brand: 70 of 60 min, 10 min over"
    table = chart.table()
    assert table.headers == ("Limit", "For", "Used", "Allowed", "Left")
    assert table.rows[1][2:] == ("51 min", "1 h 00 min", "9 min left")


def test_unused_limits_are_folded_when_there_are_many() -> None:
    unused = [made_up_standing(used_min=0, level=Level.OK, channel=f"c{n}") for n in range(20)]
    views = tuple(map(view, [NEAR, *unused, made_up_standing("privat", 0, 15, Level.OK, None)]))
    chart = LimitsChart(views, Language("en"))
    drawing = chart.lay_out(WIDTH, FakeGauge())
    assert len(drawing.items) == 2
    assert "20 more limits, with no time used" in said(drawing)
    assert len(chart.table().rows) == 22
    few = LimitsChart(views[:5], Language("en"))
    assert len(few.lay_out(WIDTH, FakeGauge()).items) == 5
