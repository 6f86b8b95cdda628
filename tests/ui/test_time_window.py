"""A stretch of a day, looked at closer and from further off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.time_window import CLOSEST, TimeWindow, window_around

START = datetime(2026, 11, 23, 7, tzinfo=UTC)
WHOLE = TimeWindow(START, START + timedelta(hours=9))


def window(start_s: float, length_s: float) -> TimeWindow:
    start = START + timedelta(seconds=start_s)
    return TimeWindow(start, start + timedelta(seconds=length_s))


windows = st.builds(window, st.floats(0, 30_000), st.floats(10, 20_000)).map(
    lambda each: each.within(WHOLE)
)
instants = st.floats(0, 9 * 3600).map(lambda s: START + timedelta(seconds=s))


def lies_within(seen: TimeWindow) -> bool:
    return WHOLE.start <= seen.start < seen.end <= WHOLE.end


@given(seen=windows, factor=st.floats(0.01, 100), share=st.floats(0, 1))
def test_zooming_stays_in_the_day_and_above_the_closest(
    seen: TimeWindow, factor: float, share: float
) -> None:
    zoomed = seen.zoomed(factor, seen.start + seen.length * share, WHOLE)
    assert lies_within(zoomed)
    assert zoomed.length >= CLOSEST


def test_what_is_pointed_at_stays_in_its_place_when_zoomed() -> None:
    seen = window(3600, 3600)
    about = seen.start + timedelta(minutes=15)
    zoomed = seen.zoomed(0.5, about, WHOLE)
    assert zoomed.length == timedelta(minutes=30)
    assert (about - zoomed.start) / zoomed.length == pytest.approx(0.25)


@given(seen=windows, share=st.floats(-50, 50))
def test_scrolling_keeps_the_length_and_stays_in_the_day(seen: TimeWindow, share: float) -> None:
    moved = seen.scrolled(share, WHOLE)
    assert lies_within(moved)
    assert abs(moved.length - seen.length) <= timedelta(microseconds=2)


@given(seen=windows, start=instants, length_s=st.floats(0, 5000))
def test_what_is_brought_into_the_window_is_seen(
    seen: TimeWindow, start: datetime, length_s: float
) -> None:
    end = min(start + timedelta(seconds=length_s), WHOLE.end)
    moved = seen.revealing(start, end, WHOLE)
    assert lies_within(moved)
    assert moved.start <= start <= moved.end
    if end - start <= seen.length * 0.8:
        assert end <= moved.end


def test_nothing_moves_when_it_is_seen_already() -> None:
    seen = window(3600, 3600)
    assert seen.revealing(seen.start, seen.end, WHOLE) == seen


@given(start=instants, length_s=st.floats(0, 5000))
def test_window_around_a_stretch_shows_all_of_it(start: datetime, length_s: float) -> None:
    end = min(start + timedelta(seconds=length_s), WHOLE.end)
    around = window_around(start, end, WHOLE)
    assert lies_within(around)
    assert around.start <= start
    assert end <= around.end


def test_a_whole_shorter_than_the_closest_is_all_there_is() -> None:
    short = TimeWindow(START, START + timedelta(seconds=4))
    assert short.zoomed(0.1, START, short) == short
