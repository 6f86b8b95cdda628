"""A window of a day, to the second."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeGauge, FakeOverview
from tests.made_up import NOW, made_up_gaps, made_up_policy, made_up_spans
from tracker.i18n import Language
from tracker.model import Span
from ui.charts.drawing import Area, Hatch, Hue, Line, Role, Words
from ui.charts.timeline import Scale
from ui.charts.zoomed_day import (
    StretchItem,
    ZoomedDay,
    axis_instants,
    axis_step_s,
    exact_length,
)
from ui.time_window import TimeWindow
from ui.timeline_view import view_timeline

STOCKHOLM = ZoneInfo("Europe/Stockholm")
EN = Language("en")


def at(hour: int, minute: int = 0, second: float = 0) -> datetime:
    whole, part = int(second), round(second % 1 * 1_000_000)
    return datetime(2026, 11, 23, hour, minute, whole, part, tzinfo=UTC)


def day(start: datetime, end: datetime, spans: tuple[Span, ...] | None = None) -> ZoomedDay:
    rows = (made_up_spans() if spans is None else spans, made_up_gaps())
    bounds = FakeOverview().day_bounds(date(2026, 11, 23))
    view = view_timeline(rows, bounds, NOW, made_up_policy(), EN)
    slots = {"linkedin": 0, "youtube": 4, "x": 1, "branschforum": 6}
    return ZoomedDay(view, TimeWindow(start, end), slots, STOCKHOLM, EN)


def items(chart: ZoomedDay, width: float = 800) -> list[StretchItem]:
    found = chart.lay_out(width, FakeGauge()).items
    return [item for item in found if isinstance(item, StretchItem)]


def short_visits(*starts_s: float, length_s: float = 2) -> tuple[Span, ...]:
    first = made_up_spans()[0]
    return tuple(
        replace(
            first,
            seq=number,
            start=at(9) + timedelta(seconds=start),
            end=at(9) + timedelta(seconds=start + length_s),
        )
        for number, start in enumerate(starts_s, start=1)
    )


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "0 s"),
        (300, "0.3 s"),
        (9_949, "9.9 s"),
        (10_400, "10 s"),
        (171_000, "2 min 51 s"),
        (3_909_000, "1 h 05 min 9 s"),
    ],
)
def test_lengths_are_said_to_the_second(ms: int, text: str) -> None:
    assert exact_length(ms, EN) == text


def test_every_visit_and_gap_of_the_whole_day_is_there_in_order_of_time() -> None:
    found = items(day(at(7), at(14)))
    assert [item.start for item in found] == sorted(item.start for item in found)
    assert sum(len(item.keys) for item in found) == len(made_up_spans())
    texts = [item.text for item in found]
    assert texts[0] == "08:05:00 to 08:17:00, 12 min 0 s: LinkedIn, Win leads"
    assert any(text.endswith("Not measured") for text in texts)
    assert any(text.endswith("Paused") for text in texts)


def test_only_what_can_be_seen_is_drawn_and_read() -> None:
    found = items(day(at(7, 0), at(7, 10)))
    assert [item.start for item in found] == [at(7, 5)]
    drawing = day(at(7, 0), at(7, 10)).lay_out(800, FakeGauge())
    bars = [s.box for s in drawing.shapes if isinstance(s, Area) and s.ink == Hue(0)]
    assert len(bars) == 1
    axis_y = next(s.box.y for s in drawing.shapes if isinstance(s, Words) and s.text == "08:00")
    assert not [s for s in drawing.shapes if isinstance(s, Hatch) and s.box.y < axis_y]
    # It ends beyond the window: it is cut there, and said whole.
    axis = next(s for s in drawing.shapes if isinstance(s, Line))
    assert bars[0].right <= axis.x2
    assert "08:17:00" in found[0].text


def test_close_visits_are_one_from_afar_and_two_from_close_by() -> None:
    spans = short_visits(0, 2.1, 60)
    (far,) = items(day(at(7), at(14), spans))[:1]
    assert far.keys == tuple((span.device, span.seq) for span in spans[:2])
    assert far.text == "10:00:00 to 10:00:04: LinkedIn, 2 visits, 4.0 s in all"
    near = items(day(at(9), at(9, 0, 10), spans))
    assert [len(item.keys) for item in near] == [1, 1]
    assert near[0].box.right < near[1].box.x


def test_visits_that_follow_upon_each_other_stay_two_when_there_is_room() -> None:
    found = items(day(at(9), at(9, 10), short_visits(0, 120, length_s=120)))
    assert [len(item.keys) for item in found][:2] == [1, 1]


def test_purpose_is_said_where_there_is_room_before_the_next() -> None:
    def words(chart: ZoomedDay) -> list[str]:
        shapes = chart.lay_out(800, FakeGauge()).shapes
        return [s.text for s in shapes if isinstance(s, Words) and s.text == "Win leads"]

    assert len(words(day(at(9), at(9, 10), short_visits(0, 300)))) == 2
    assert len(words(day(at(9), at(9, 10), short_visits(0, 20)))) == 1


def test_purpose_is_not_written_over_a_gap() -> None:
    gap = made_up_gaps()[0]
    before = (gap.start - at(9)).total_seconds()
    shapes = day(at(9), at(12), short_visits(before - 300, length_s=60)).lay_out(800, FakeGauge())
    hatch = next(s.box for s in shapes.shapes if isinstance(s, Hatch))
    said = [s.box for s in shapes.shapes if isinstance(s, Words) and s.text == "Win leads"]
    assert all(box.right < hatch.x for box in said)


@pytest.mark.parametrize(("before_s", "said"), [(60, 0), (5, 1)])
def test_purpose_is_written_over_the_present_only_of_what_goes_on(
    before_s: float, said: int
) -> None:
    until = (NOW - at(9)).total_seconds() - before_s
    spans = short_visits(until - 60, length_s=60)
    shapes = day(at(12), at(14), spans).lay_out(800, FakeGauge()).shapes
    assert len([s for s in shapes if isinstance(s, Words) and s.text == "Win leads"]) == said


def test_the_days_gaps_are_summed_below_however_close_one_looks() -> None:
    shapes = day(at(9), at(9, 0, 10)).lay_out(800, FakeGauge()).shapes
    said = [s.text for s in shapes if isinstance(s, Words)]
    assert said[-2:] == ["Not measured 38 min", "Paused 15 min"]
    assert [s.falling for s in shapes if isinstance(s, Hatch)] == [False, True]


def test_chosen_visits_are_underlined() -> None:
    span = made_up_spans()[0]
    plain = day(at(7), at(14))
    chosen = replace(plain, chosen=frozenset({(span.device, span.seq)}))

    def lines(chart: ZoomedDay) -> list[Area]:
        shapes = chart.lay_out(800, FakeGauge()).shapes
        return [s for s in shapes if isinstance(s, Area) and s.ink is Role.TEXT]

    assert not lines(plain)
    (line,) = lines(chosen)
    assert line.box.x == items(chosen)[0].box.x


def test_gaps_are_hatched_and_named_where_there_is_room() -> None:
    drawing = day(at(9, 55), at(10, 45)).lay_out(800, FakeGauge())
    assert [s.falling for s in drawing.shapes if isinstance(s, Hatch)][:-2] == [False]
    assert "Not measured" in [s.text for s in drawing.shapes if isinstance(s, Words)]


@pytest.mark.parametrize(
    ("length", "step_s", "label"),
    [
        (timedelta(hours=9), 3600, "08:00"),
        (timedelta(hours=1), 600, "08:00"),
        (timedelta(minutes=2), 15, "08:00:15"),
        (timedelta(seconds=10), 2, "08:00:02"),
    ],
)
def test_axis_is_labelled_as_finely_as_there_is_room(
    length: timedelta, step_s: int, label: str
) -> None:
    chart = day(at(7), at(7) + length)
    scale = chart.scale(800, FakeGauge())
    assert axis_step_s(scale, 72) == step_s
    shapes = chart.lay_out(800, FakeGauge()).shapes
    assert label in [s.text for s in shapes if isinstance(s, Words)]


def test_axis_goes_on_when_the_clock_is_set() -> None:
    zone = ZoneInfo("Europe/Stockholm")
    start = datetime(2026, 10, 24, 22, tzinfo=UTC)  # midnight of a day of 25 hours
    window = TimeWindow(start, start + timedelta(hours=25))
    hours = [each.astimezone(zone).hour for each in axis_instants(window, 3 * 3600, zone)]
    assert hours == [0, 3, 6, 9, 12, 15, 18, 21, 0]
    each = [instant.astimezone(zone).hour for instant in axis_instants(window, 3600, zone)]
    assert each[:5] == [0, 1, 2, 2, 3]


def test_places_and_instants_are_each_others_way_back() -> None:
    scale = Scale(at(7), at(9), 100, 700)
    for instant in (at(7), at(7, 20), at(8, 59, 59)):
        assert abs(scale.instant(scale.x(instant)) - instant) < timedelta(milliseconds=1)
    assert scale.instant(0) == at(7)
    assert scale.instant(10_000) == at(9)


def test_the_table_has_the_whole_day() -> None:
    table = day(at(9), at(9, 1)).table()
    assert len(table.rows) == len(made_up_spans()) + len(made_up_gaps())


@given(
    starts=st.lists(st.integers(0, 25_000), max_size=60, unique=True),
    first_s=st.integers(0, 25_000),
    length_s=st.integers(10, 25_200),
)
def test_everything_lies_in_the_plot_whatever_the_window(
    starts: list[int], first_s: int, length_s: int
) -> None:
    spans = tuple(
        replace(
            made_up_spans()[0],
            seq=number,
            start=at(7) + timedelta(seconds=start),
            end=at(7) + timedelta(seconds=following),
        )
        for number, (start, following) in enumerate(
            zip(sorted(starts), [*sorted(starts)[1:], 25_200], strict=False), start=1
        )
    )
    start = at(7) + timedelta(seconds=first_s)
    chart = day(start, start + timedelta(seconds=length_s), spans)
    scale = chart.scale(800, FakeGauge())
    found = items(chart)
    for item in found:
        assert item.box.x >= scale.left
        assert item.box.right <= scale.left + scale.width + 2
    seen = {
        (span.device, span.seq)
        for span in spans
        if span.end > chart.window.start and span.start < chart.window.end
    }
    assert {key for item in found for key in item.keys} == seen
