"""The bars of channels."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeGauge
from tests.made_up import made_up_policy, made_up_report
from tracker.i18n import Language
from ui.charts.channels import ChannelsChart, cut_bar, fill_lines, name_column
from ui.charts.drawing import Area, Box, Hue, Words
from ui.day_view import ChannelView, PartView, view_day

SLOTS = {"linkedin": 0, "youtube": 4, "x": 1, "branschforum": None}


def chart() -> ChannelsChart:
    day = view_day(made_up_report(), made_up_policy(), Language("en"))
    return ChannelsChart(day.channels, SLOTS, Language("en"))


def pieces(slot: int | None) -> list[Area]:
    drawing = chart().lay_out(600, FakeGauge())
    return [
        shape
        for shape in drawing.shapes
        if isinstance(shape, Area) and (shape.outline or shape.ink) == Hue(slot)
    ]


def test_bars_share_one_scale_that_begins_at_zero() -> None:
    linkedin, youtube = pieces(0), pieces(4)
    assert linkedin[0].box.x == youtube[0].box.x
    longest = linkedin[-1].box.right - linkedin[0].box.x
    assert (youtube[-1].box.right - youtube[0].box.x) / longest == pytest.approx(32 / 51)


def test_private_time_is_an_outline_and_work_is_solid() -> None:
    solid = [piece for piece in pieces(0) if piece.outline is None]
    outlined = [piece for piece in pieces(0) if piece.outline is not None]
    assert len(solid) == 2
    assert [piece.ink for piece in outlined] == [Hue(0, soft=True)]


def test_a_channel_without_a_colour_of_its_own_is_grey() -> None:
    assert len(pieces(None)) == 1


def test_purposes_go_to_another_line_when_they_do_not_fit() -> None:
    words = ("Win leads 34 min", "Build the brand 14 min", "private 3 min")
    assert fill_lines(words, 1000, FakeGauge()) == (" · ".join(words),)
    assert fill_lines(words, 7 * 41, FakeGauge()) == (" · ".join(words[:2]), words[2])
    assert fill_lines(words, 1, FakeGauge()) == words


def test_what_only_titles_told_is_said_beside_the_purposes() -> None:
    items = chart().lay_out(600, FakeGauge()).items
    youtube = next(item.text for item in items if item.text.startswith("YouTube"))
    assert youtube == (
        "YouTube: 32 min; Build the brand 24 min, private 8 min, 4 min by the title alone"
    )


def test_table_has_a_row_for_each_purpose_and_one_for_the_sum() -> None:
    rows = chart().table().rows
    assert rows[:4] == (
        ("LinkedIn", "Win leads", "34 min"),
        ("LinkedIn", "Build the brand", "14 min"),
        ("LinkedIn", "private", "3 min"),
        ("LinkedIn", "in all", "51 min"),
    )


def test_name_column_leaves_most_of_the_width_when_a_name_is_long() -> None:
    assert name_column(["x" * 500], 600, FakeGauge()) == 180
    assert name_column([], 600, FakeGauge()) == 16


@given(
    parts=st.lists(st.integers(1, 10_000_000), min_size=1, max_size=6),
    width=st.floats(50, 2000),
)
def test_pieces_follow_one_another_and_end_where_the_total_does(
    parts: list[int], width: float
) -> None:
    total = sum(parts)
    view = ChannelView("x", "X", total, "", tuple(PartView("p", ms, False, "") for ms in parts), "")
    cut = cut_bar(view, total, width, 2)
    for before, after in itertools.pairwise(cut):
        assert before.x <= after.x
    assert cut[-1].x + cut[-1].width == pytest.approx(width, abs=1.0)


def test_no_word_reaches_out_of_the_chart() -> None:
    drawing = chart().lay_out(420, FakeGauge())
    boxes: list[Box] = [shape.box for shape in drawing.shapes if isinstance(shape, Words)]
    assert all(box.x >= 0 and box.right <= 420 and box.bottom <= drawing.height for box in boxes)
