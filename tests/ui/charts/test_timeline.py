"""The day along its hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeGauge, FakeOverview
from tests.made_up import NOW, made_up_gaps, made_up_policy, made_up_spans
from tracker.i18n import Language
from tracker.model import Gap, Span
from ui.charts.drawing import Area, Hatch, Hue, Line, Role, Words
from ui.charts.timeline import Scale, TimelineChart, join, labelled
from ui.timeline_view import Block, Tick, TimelineView, view_timeline

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SLOTS = {"linkedin": 0, "youtube": 4, "x": 1, "branschforum": 6}


def view(
    spans: Sequence[Span] | None = None,
    gaps: Sequence[Gap] | None = None,
    now: datetime = NOW,
    zone: str = "Europe/Stockholm",
) -> TimelineView:
    rows = (made_up_spans() if spans is None else spans, made_up_gaps() if gaps is None else gaps)
    bounds = FakeOverview().day_bounds(date(2026, 11, 23))
    return view_timeline(rows, bounds, now, made_up_policy(timezone=zone), Language("en"))


def chart() -> TimelineChart:
    return TimelineChart(view(), SLOTS, STOCKHOLM, Language("en"))


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


def test_axis_reaches_from_the_hour_of_the_first_row_to_the_hour_after_now() -> None:
    shown = view()
    assert (shown.start, shown.end) == (at(7), at(14))
    assert [tick.label for tick in shown.ticks] == ["08", "09", "10", "11", "12", "13", "14", "15"]


def test_axis_is_three_hours_when_the_day_has_only_begun() -> None:
    shown = view([], [], at(7, 10))
    assert shown.end - shown.start == timedelta(hours=3)
    assert shown.start <= at(7, 10) <= shown.end


def test_hours_are_the_policys_own_when_its_zone_is_off_by_half_an_hour() -> None:
    shown = view(zone="Asia/Kolkata")
    assert shown.start == at(6, 30)
    assert shown.ticks[0].label == "12"


def test_each_hour_has_its_place_when_the_clock_is_set_back() -> None:
    # 25 October 2026: three o'clock in Stockholm comes twice.
    day = datetime(2026, 10, 25, 0, tzinfo=UTC)
    span = replace(made_up_spans()[0], start=day, end=day + timedelta(hours=3))
    bounds = (day - timedelta(hours=1), day + timedelta(hours=24))
    shown = view_timeline(
        ([span], []), bounds, day + timedelta(hours=3), made_up_policy(), Language("en")
    )
    assert [tick.label for tick in shown.ticks] == ["02", "02", "03", "04"]


def test_now_is_not_marked_when_another_day_is_shown() -> None:
    assert view().now == NOW
    assert view(now=NOW + timedelta(days=3)).now is None


def test_a_lane_for_each_channel_most_time_first() -> None:
    assert [lane.name for lane in view().lanes] == ["LinkedIn", "YouTube", "X", "Branschforumet"]


def test_spans_stand_where_their_instants_are() -> None:
    drawing = chart().lay_out(700, FakeGauge())
    blocks = [s.box for s in drawing.shapes if isinstance(s, Area) and s.ink == Hue(0)]
    axis = next(s for s in drawing.shapes if isinstance(s, Line) and s.y1 == s.y2)
    hour = (axis.x2 - axis.x1) / 7
    assert blocks[0].x == pytest.approx(axis.x1 + hour * 5 / 60)
    assert blocks[0].width == pytest.approx(hour * 12 / 60)


def test_uncertain_time_is_an_outline() -> None:
    drawing = chart().lay_out(700, FakeGauge())
    outlined = [s for s in drawing.shapes if isinstance(s, Area) and s.outline == Hue(4)]
    assert len(outlined) == 2


def test_gaps_are_hatched_over_all_lanes_and_named_below() -> None:
    drawing = chart().lay_out(700, FakeGauge())
    hatches = [s for s in drawing.shapes if isinstance(s, Hatch)]
    gaps, keys = hatches[:2], hatches[2:]
    assert all(hatch.box.height == 4 * 20 for hatch in gaps)
    assert [hatch.falling for hatch in gaps] == [False, True]
    assert [hatch.falling for hatch in keys] == [False, True]
    said = [s.text for s in drawing.shapes if isinstance(s, Words)]
    assert {"Not measured 38 min", "Paused 15 min"} <= set(said)


def test_key_goes_on_below_when_there_is_no_room_beside() -> None:
    for width, lines in ((700, 1), (380, 2)):
        drawing = chart().lay_out(width, FakeGauge())
        keys = [
            shape.box
            for shape in drawing.shapes
            if isinstance(shape, Words) and shape.text in ("Not measured 38 min", "Paused 15 min")
        ]
        assert len({box.y for box in keys}) == lines
        assert all(box.right <= width and box.bottom <= drawing.height for box in keys)


def test_every_part_is_said_with_its_time_when_read() -> None:
    texts = [item.text for item in chart().lay_out(700, FakeGauge()).items]
    assert texts[0] == "08:05 to 08:17: LinkedIn, Win leads"
    assert "09:54 to 09:57: YouTube, private (by the title alone)" in texts
    assert texts[-2:] == ["11:00 to 11:38: Not measured", "13:05 to 13:20: Paused"]


def test_visits_are_joined_when_they_touch_at_this_scale() -> None:
    scale = Scale(at(8), at(16), 0, 480)
    blocks = [
        Block(at(9) + n * timedelta(seconds=40), at(9) + n * timedelta(seconds=40, milliseconds=5),
              True, "")
        for n in range(1, 9)
    ]  # fmt: skip
    (run,) = join(blocks, scale, 1.0)
    assert len(run.blocks) == 8
    assert join([*blocks, replace(blocks[-1], certain=False)], scale, 1.0)[1].blocks[0].certain is (
        False
    )


def test_joined_visits_say_how_many_they_are() -> None:
    start = at(9)
    spans = [
        replace(
            made_up_spans()[0],
            start=start + timedelta(seconds=3 * n),
            end=start + timedelta(seconds=3 * n + 2),
        )
        for n in range(5)
    ]
    joined = TimelineChart(view(spans, []), SLOTS, STOCKHOLM, Language("en"))
    (item,) = joined.lay_out(700, FakeGauge()).items
    assert item.text == "10:00 to 10:00: LinkedIn, 5 visits, 10 s in all"


def test_table_has_every_row_in_order_with_seconds() -> None:
    table = chart().table()
    assert len(table.rows) == len(made_up_spans()) + len(made_up_gaps())
    assert table.rows[0] == ("08:05:00", "08:17:00", "LinkedIn", "Win leads", "12 min")
    assert ("11:00:00", "11:38:00", "Not measured", "", "38 min") in table.rows
    assert [row[0] for row in table.rows] == sorted(row[0] for row in table.rows)


def test_labels_thin_out_when_there_is_little_room() -> None:
    ticks = [Tick(at(hour), f"{hour:02d}") for hour in range(24)]
    roomy = Scale(at(0), at(23), 0, 2000)
    tight = Scale(at(0), at(23), 0, 300)
    assert len(labelled(ticks, roomy, 30)) == 24
    shown = sorted(instant.hour for instant in labelled(ticks, tight, 30))
    assert shown == [0, 3, 6, 9, 12, 15, 18, 21]


def test_a_day_without_rows_still_has_an_axis() -> None:
    empty = TimelineChart(view([], []), SLOTS, STOCKHOLM, Language("en"))
    drawing = empty.lay_out(700, FakeGauge())
    assert not drawing.items
    assert any(isinstance(shape, Line) and shape.ink is Role.GRID for shape in drawing.shapes)


@given(
    starts=st.lists(st.integers(0, 1430), max_size=40),
    width=st.floats(200, 2000),
)
def test_blocks_stay_on_the_axis_whatever_the_day(starts: list[int], width: float) -> None:
    first = datetime(2026, 11, 23, 3, tzinfo=UTC)
    spans = [
        replace(
            made_up_spans()[0],
            start=first + timedelta(minutes=start),
            end=first + timedelta(minutes=start + 5),
        )
        for start in sorted(starts)
    ]
    laid = TimelineChart(view(spans, []), SLOTS, STOCKHOLM, Language("en")).lay_out(
        width, FakeGauge()
    )
    for shape in laid.shapes:
        if isinstance(shape, Area):
            assert shape.box.x >= 0
            assert shape.box.right <= width + 2
