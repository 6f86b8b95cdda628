"""Whether another monitor shows something in full screen."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tracker.errors import ErrorCode, OutsideError
from tracker.quiet.base import Answer, Obstacle
from tracker.quiet.full_screens import FullScreens
from tracker.watchers.base import FrontPlace, Rect

LEFT, RIGHT = Rect(0, 0, 800, 600), Rect(800, 0, 800, 600)
FEED, SLIDES, OWN = 1, 2, 3
OWN_PID = 99


def place(window: int, screen: Rect, *, full_screen: bool = False, pid: int = 7) -> FrontPlace:
    return FrontPlace(window, pid, screen.x, 0, 400, 300, full_screen, screen)


class FakeScreen:
    def __init__(self, *places: FrontPlace, front: int = FEED) -> None:
        self.places = {each.window: each for each in places}
        self.active = front
        self.has_manager = True
        self.dies = False
        self.closed = False

    def managed(self) -> bool:
        return self.has_manager

    def front(self) -> int:
        return self.active

    def stacking(self) -> tuple[int, ...]:
        if self.dies:
            raise OutsideError(ErrorCode.DISPLAY_LOST, display="fake")
        return (*self.places, 77)

    def place_of(self, window: int) -> FrontPlace | None:
        return self.places.get(window)

    def close(self) -> None:
        self.closed = True


def ask(screen: FakeScreen, environ: Mapping[str, str] | None = None) -> Answer:
    told: list[Answer] = []
    environ = {"DISPLAY": ":9"} if environ is None else environ
    FullScreens(environ, OWN_PID, lambda _: screen).ask("chromium", told.append)
    (answer,) = told
    return answer


def test_it_holds_when_another_monitor_is_full() -> None:
    screen = FakeScreen(place(FEED, LEFT), place(SLIDES, RIGHT, full_screen=True))
    assert ask(screen) == Answer(holds=True)
    assert screen.closed


@pytest.mark.parametrize(
    "screen",
    [
        FakeScreen(place(FEED, LEFT), place(SLIDES, RIGHT)),
        FakeScreen(place(FEED, LEFT, full_screen=True), place(SLIDES, RIGHT)),
        FakeScreen(place(FEED, LEFT), place(SLIDES, LEFT, full_screen=True)),
        FakeScreen(place(FEED, LEFT), place(OWN, RIGHT, full_screen=True, pid=OWN_PID)),
        FakeScreen(place(SLIDES, RIGHT, full_screen=True), front=0),
    ],
    ids=["none full", "channel full", "same monitor", "own window", "nothing in front"],
)
def test_it_does_not_hold_when_nothing_is_shown_elsewhere(screen: FakeScreen) -> None:
    assert ask(screen) == Answer()


@pytest.mark.parametrize(
    ("environ", "obstacle"),
    [
        ({}, Obstacle.NO_DISPLAY),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, Obstacle.WAYLAND),
    ],
)
def test_it_can_not_be_told_when_the_desktop_does_not_show_its_windows(
    environ: dict[str, str], obstacle: Obstacle
) -> None:
    assert ask(FakeScreen(), environ) == Answer(obstacle=obstacle)


def test_it_can_not_be_told_when_no_window_manager_runs_or_the_display_goes() -> None:
    screen = FakeScreen(place(FEED, LEFT))
    screen.has_manager = False
    assert ask(screen) == Answer(obstacle=Obstacle.NO_WINDOW_MANAGER)
    screen.has_manager, screen.dies = True, True
    assert ask(screen) == Answer(obstacle=Obstacle.NO_DISPLAY)
    assert screen.closed


def test_it_can_not_be_told_when_nobody_answers_at_the_display() -> None:
    told: list[Answer] = []
    FullScreens({"DISPLAY": ":59999"}, OWN_PID).ask("chromium", told.append)
    assert told == [Answer(obstacle=Obstacle.NO_DISPLAY)]
