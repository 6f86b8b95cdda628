"""Sums as horizontal bars."""

from __future__ import annotations

import pytest

from tests.fakes import FakeGauge
from tests.made_up import MINUTE_MS
from tracker.i18n import Language
from ui.charts.drawing import Area, Role, Words
from ui.charts.sums import SumRow, SumsChart

ENGLISH = Language("en")
HEADERS = ("Channel", "in all", "median week")


def row(name: str, minutes: int) -> SumRow:
    return SumRow(name, minutes * MINUTE_MS, Role.LIMIT, None, (f"{minutes} min", "1 min"))


def test_bars_are_on_one_scale_and_columns_under_their_headings() -> None:
    chart = SumsChart(HEADERS, (row("LinkedIn", 40), row("X", 10), row("None", 0)), ENGLISH)
    drawing = chart.lay_out(600, FakeGauge())
    long, short = (s.box for s in drawing.shapes if isinstance(s, Area))
    assert long.width == pytest.approx(4 * short.width)
    assert long.x == short.x
    words = {s.text: s.box for s in drawing.shapes if isinstance(s, Words)}
    assert words["40 min"].right == words["in all"].right
    assert long.right <= words["40 min"].x
    assert words["median week"].right == pytest.approx(600)


def test_rows_are_spoken_with_both_figures() -> None:
    items = SumsChart(HEADERS, (row("X", 10),), ENGLISH).lay_out(600, FakeGauge()).items
    assert [item.text for item in items] == ["X: in all 10 min; median week 1 min"]


def test_table_holds_those_too_that_share_a_bar() -> None:
    chart = SumsChart(HEADERS, (row("X", 9), row("1 more", 1)), ENGLISH, rest=(row("Y", 1),))
    assert [cells[0] for cells in chart.table().rows] == ["X", "1 more", "Y"]
