"""What a year came to, as bars."""

from __future__ import annotations

from dataclasses import replace

from tests.made_up import MINUTE_MS
from tests.ui.test_trends_view import ENGLISH, LEADS, MONDAY, PRIVATE, trend_week, view, weeks
from ui.charts.drawing import Hue, Role
from ui.charts.trend_sums import MOST_BARS, channels_chart, purposes_chart, results_chart
from ui.trend_sums_view import ResultView, SumView

YEAR = view(weeks({LEADS: 60, PRIVATE: 20}, {}))


def test_channels_keep_their_colours() -> None:
    chart = channels_chart(YEAR, {"linkedin": 0, "x": 1}, ENGLISH)
    assert [(row.name, row.ink) for row in chart.rows] == [("LinkedIn", Hue(0)), ("X", Hue(1))]
    assert chart.rows[0].figures == ("1 h 00 min", "1 h 00 min")


def test_channels_with_little_time_share_a_bar_and_stand_in_the_table() -> None:
    many = tuple(
        SumView(f"c{n}", f"Channel {n}", (60 - n) * MINUTE_MS, MINUTE_MS) for n in range(50)
    )
    chart = channels_chart(replace(YEAR, channels=many), {}, ENGLISH)
    assert len(chart.rows) == MOST_BARS + 1
    assert chart.rows[-1].name == "38 more channels"
    assert chart.rows[-1].ms == sum(each.total_ms for each in many[MOST_BARS:])
    assert len(chart.table().rows) == 51
    few = channels_chart(replace(YEAR, channels=many[: MOST_BARS + 1]), {}, ENGLISH)
    assert [row.name for row in few.rows][-1] == "Channel 12", "one alone needs no bar to share"
    assert few.rest == ()


def test_private_time_is_outlined() -> None:
    rows = purposes_chart(YEAR, ENGLISH).rows
    assert [(row.name, row.outline) for row in rows] == [
        ("Win leads", None),
        ("Private", Role.LIMIT),
    ]


def test_results_name_their_purpose_when_there_are_several() -> None:
    year = view([trend_week(MONDAY, {LEADS: 60}, leads=12)])
    assert [(row.name, row.figures) for row in results_chart(year, ENGLISH).rows] == [
        ("November 2026", ("12 leads", "1 h 00 min"))
    ]
    other = ResultView("November 2026", "Recruit", "2 applications", MINUTE_MS)
    both = results_chart(replace(year, results=(*year.results, other)), ENGLISH)
    assert both.rows[1].name == "November 2026 · Recruit"
