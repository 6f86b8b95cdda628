"""Weeks as pairs of bars."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeGauge
from tracker.i18n import Language
from tracker.limits.types import Period
from ui.charts.drawing import Area, Hatch, Line, Role, Words
from ui.charts.what_if import WhatIfChart
from ui.what_if_view import PairView, SideView, WhatIfView

EN = Language("en")
MINUTE = 60_000


def chart(*pairs: tuple[SideView | None, SideView | None]) -> WhatIfChart:
    weeks = tuple(
        PairView(f"2026-W{n:02d}", str(n), f"Week {n}, 2026", then, would_be)
        for n, (then, would_be) in enumerate(pairs, start=1)
    )
    return WhatIfChart(WhatIfView("", "", (), ("a", None, Period.DAY), weeks, ()), EN)


def side(used: int, over: int = 0, allowed: int | None = None, reached: int = 0) -> SideView:
    limit = None if allowed is None else allowed * MINUTE
    return SideView(used * MINUTE, over * MINUTE, limit, reached)


def in_plot(shapes: tuple[object, ...], ink: Role) -> list[Area]:
    return [s for s in shapes if isinstance(s, Area) and s.ink is ink and s.box.height > 10.1]


def test_then_and_would_be_stand_side_by_side_in_other_shapes() -> None:
    shapes = chart((side(100), side(60))).lay_out(600, FakeGauge()).shapes
    (then,) = in_plot(shapes, Role.TRACK)
    (would_be,) = in_plot(shapes, Role.LIMIT)
    assert then.outline is Role.DIM
    assert would_be.outline is None
    assert then.box.right < would_be.box.x
    assert then.box.bottom == would_be.box.bottom
    assert round(then.box.height / would_be.box.height, 6) == round(100 / 60, 6)


def test_what_lies_over_is_hatched_on_top() -> None:
    shapes = chart((side(100), side(100, over=40))).lay_out(600, FakeGauge()).shapes
    (hatch, key) = [s for s in shapes if isinstance(s, Hatch)]
    (would_be,) = in_plot(shapes, Role.LIMIT)
    assert hatch.box.bottom == would_be.box.y
    assert round(would_be.box.height / hatch.box.height, 6) == 1.5
    assert key.box.y > would_be.box.bottom


def test_a_weeks_limit_is_a_dashed_line_on_each_bar() -> None:
    def dashes(shown: WhatIfChart) -> list[Line]:
        shapes = shown.lay_out(600, FakeGauge()).shapes
        return [s for s in shapes if isinstance(s, Line) and s.dashed]

    assert not dashes(chart((side(100), side(100))))
    both = dashes(chart((side(100, allowed=180), side(100, allowed=60))))
    assert len(both) == 3, "two, and one in the key"
    assert both[0].y1 < both[1].y1


def test_every_week_is_said_with_both_sides() -> None:
    laid = chart(
        (side(100), side(100, over=40, reached=2)),
        (side(90, allowed=180), None),
    ).lay_out(600, FakeGauge())
    assert [item.text for item in laid.items] == [
        "Week 1, 2026: was 1 h 40 min; would be 1 h 40 min, 40 min over",
        "Week 2, 2026: was 1 h 30 min of 3 h 00 min; would be without this limit",
    ]


def test_table_has_a_row_a_week() -> None:
    table = chart((side(100), side(100, over=40, reached=2)), (None, side(1))).table()
    assert table.rows == (
        ("Week 1, 2026", "1 h 40 min", "0 min", "0", "1 h 40 min", "40 min", "2"),
        ("Week 2, 2026", "–", "–", "–", "1 min", "0 min", "0"),
    )


def test_labels_thin_out_from_the_last_when_there_are_many_weeks() -> None:
    laid = chart(*[(side(10), side(10))] * 52).lay_out(600, FakeGauge())
    labels = [s for s in laid.shapes if isinstance(s, Words) and s.text.isdigit() and s.text != "0"]
    assert labels[-1].text == "52"
    assert len(labels) < 30
    for one, other in itertools.pairwise(labels):
        assert one.box.right <= other.box.x + 8


@given(
    pairs=st.lists(
        st.tuples(*[st.none() | st.integers(0, 3000).flatmap(
            lambda used: st.builds(
                side, st.just(used), st.integers(0, used), st.none() | st.integers(0, 4000)
            )
        )] * 2),
        max_size=60,
    ),
    width=st.floats(250, 2500),
)  # fmt: skip
def test_bars_stay_in_the_plot_whatever_the_weeks(
    pairs: list[tuple[SideView | None, SideView | None]], width: float
) -> None:
    laid = chart(*pairs).lay_out(width, FakeGauge())
    assert len(laid.items) == len(pairs)
    for shape in laid.shapes:
        if isinstance(shape, Area | Hatch):
            assert shape.box.x >= -0.01
            assert shape.box.right <= width + 0.01
            assert shape.box.y >= 0
            assert shape.box.bottom <= laid.height + 0.01
