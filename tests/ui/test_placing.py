"""Physical pixels in Qt's own, on screens of any density."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.watchers.base import Rect
from ui.placing import Screen, in_corner, in_qt_pixels, screen_of

PLAIN = Screen(Rect(0, 0, 1280, 800), 1.0)
DENSE = Screen(Rect(0, 0, 1280, 800), 2.0)
BESIDE = Screen(Rect(2560, 0, 1920, 1080), 1.5)


def test_place_stays_as_it_is_when_a_pixel_is_a_pixel() -> None:
    assert in_qt_pixels(Rect(428, 243, 400, 300), [PLAIN]) == Rect(428, 243, 400, 300)


def test_place_is_halved_on_a_screen_of_double_density() -> None:
    assert in_qt_pixels(Rect(400, 200, 800, 600), [DENSE]) == Rect(200, 100, 400, 300)


def test_place_counts_from_its_own_screens_corner() -> None:
    assert in_qt_pixels(Rect(2860, 150, 300, 300), [DENSE, BESIDE]) == Rect(2760, 100, 200, 200)


def test_screen_is_the_one_that_shows_most() -> None:
    assert screen_of(Rect(2400, 0, 200, 100), [DENSE, BESIDE]) is DENSE
    assert screen_of(Rect(2500, 0, 200, 100), [DENSE, BESIDE]) is BESIDE


@given(
    *[st.integers(0, 3000)] * 2,
    *[st.integers(1, 3000)] * 2,
    st.sampled_from([1.0, 1.25, 1.5, 1.75, 2.0, 3.0]),
)
def test_place_covers_all_and_hardly_more(x: int, y: int, w: int, h: int, ratio: float) -> None:
    told = in_qt_pixels(Rect(x, y, w, h), [Screen(Rect(0, 0, 6000, 6000), ratio)])
    for start, length, before, size in ((told.x, told.width, x, w), (told.y, told.height, y, h)):
        assert start * ratio <= before
        assert before - start * ratio < ratio
        assert (start + length) * ratio >= before + size
        assert (start + length) * ratio - before - size < ratio


@pytest.mark.parametrize(("height", "top"), [(300, 24), (790, 10), (900, 0)])
def test_window_stands_in_the_corner_and_never_above_it(height: int, top: int) -> None:
    assert in_corner(400, height, Rect(0, 0, 1280, 800), 24) == (1280 - 424, top)
