"""The window in front, among watchers of which few can tell."""

from __future__ import annotations

from tests.desk import ScriptedWatcher
from tracker.watchers.base import FrontPlace, Rect
from tracker.watchers.front import front_place, minimise

PLACE = FrontPlace(9, 7, 0, 0, 640, 420, full_screen=False, screen=Rect(0, 0, 1280, 800))
OWN_PID = 4


class Seeing(ScriptedWatcher):
    """A watcher that tells a place, and what lies beneath Kanaltid's own windows."""

    def front_place(self, beneath: int | None = None) -> FrontPlace | None:
        return PLACE if beneath == OWN_PID else None

    def minimise(self, window: int, beneath: int | None = None) -> bool:
        return window == PLACE.window and beneath == OWN_PID


def test_the_one_that_sees_is_asked_when_a_place_is_wanted() -> None:
    watchers = [ScriptedWatcher(), Seeing()]
    assert front_place(watchers, OWN_PID) == PLACE
    assert minimise(watchers, 9, OWN_PID)
    assert not minimise(watchers, 8, OWN_PID)


def test_nothing_is_told_when_nobody_sees() -> None:
    assert front_place([ScriptedWatcher()], OWN_PID) is None
    assert not minimise([ScriptedWatcher()], 9, OWN_PID)
