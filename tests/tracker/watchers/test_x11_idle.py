"""Whether anybody is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.contracts.watcher_contract import Recorder
from tests.tracker.watchers.fake_x11 import FakeDisplay
from tracker.facts import Active, Idle
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.x11_idle import IdleSense
from tracker.watchers.x11_wire import Kind, XEvent

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
MINUTE = 60_000


def at(ms: int) -> datetime:
    return START + timedelta(milliseconds=ms)


class Scene:
    """The sense with a counter that is set by hand; idle after five minutes."""

    def __init__(self) -> None:
        self.loop = VirtualLoop(VirtualTime(START))
        self.told = Recorder(self.loop)
        self.display = FakeDisplay()
        self.after_ms = 5 * MINUTE
        self.sense = IdleSense(self.display, self.loop.clock, self.told.note, lambda: self.after_ms)

    def begin(self, idle_ms: int | None = 0) -> None:
        self.display.idle = idle_ms
        self.sense.begin()

    def fire(self, ms: int, value_ms: int, *, rising: bool) -> None:
        """Let an alarm fire at an instant, with the counter at a value."""
        self.loop.advance_to(at(ms))
        self.display.idle = value_ms
        rise, fall = sorted(self.display.alarms)[-2:]
        self.sense.note(XEvent(Kind.ALARM, rise if rising else fall, value_ms), at(ms))

    def confirm(self, ms: int, idle_ms: int) -> None:
        self.loop.advance_to(at(ms))
        self.display.idle = idle_ms
        self.sense.confirm()


@pytest.fixture
def scene() -> Iterator[Scene]:
    scene = Scene()
    yield scene
    scene.display.close()


def test_activity_is_reported_when_it_begins_with_recent_input(scene: Scene) -> None:
    scene.begin(2 * MINUTE)
    assert scene.told.facts == [Active(START)]


def test_idleness_is_reported_when_nobody_was_there_at_the_beginning(scene: Scene) -> None:
    scene.begin(5 * MINUTE)
    assert scene.told.facts == [Idle(START, at(-5 * MINUTE))]


def test_idleness_is_back_dated_to_the_last_input_when_the_alarm_fires(scene: Scene) -> None:
    scene.begin()
    scene.fire(7 * MINUTE, 5 * MINUTE, rising=True)
    assert scene.told.facts[1:] == [Idle(at(7 * MINUTE), at(2 * MINUTE))]


def test_return_is_back_dated_to_the_input_when_the_alarm_fires(scene: Scene) -> None:
    scene.begin()
    scene.fire(5 * MINUTE, 5 * MINUTE, rising=True)
    scene.fire(6 * MINUTE, 3, rising=False)
    assert scene.told.facts[2:] == [Active(at(6 * MINUTE - 3))]


def test_alarm_is_ignored_when_it_is_not_ours(scene: Scene) -> None:
    scene.begin()
    scene.sense.note(XEvent(Kind.ALARM, 1, 9 * MINUTE), at(1))
    scene.sense.note(XEvent(Kind.ACTIVE), at(1))
    assert scene.told.facts == [Active(START)]


def test_missed_idleness_and_return_are_reported_when_confirmed(scene: Scene) -> None:
    scene.begin()
    scene.confirm(8 * MINUTE, 6 * MINUTE)
    scene.confirm(8 * MINUTE + 4000, 6 * MINUTE + 4000)
    scene.confirm(9 * MINUTE, 500)
    scene.confirm(9 * MINUTE + 4000, 4500)
    assert scene.told.facts[1:] == [
        Idle(at(8 * MINUTE), at(2 * MINUTE)),
        Active(at(9 * MINUTE - 500)),
    ]


def test_alarms_are_set_anew_when_the_threshold_changed(scene: Scene) -> None:
    scene.begin()
    assert set(scene.display.alarms.values()) == {5 * MINUTE}
    scene.after_ms = MINUTE
    scene.confirm(2 * MINUTE, 2 * MINUTE)
    assert list(scene.display.alarms.values()) == [MINUTE, MINUTE]
    assert scene.told.facts[1:] == [Idle(at(2 * MINUTE), START)]


def test_idleness_is_taken_back_when_the_threshold_rose_over_it(scene: Scene) -> None:
    scene.begin()
    scene.fire(5 * MINUTE, 5 * MINUTE, rising=True)
    scene.after_ms = 10 * MINUTE
    scene.confirm(6 * MINUTE, 6 * MINUTE)
    assert scene.told.facts[2:] == [Active(START)]
    scene.fire(10 * MINUTE, 10 * MINUTE, rising=True)
    assert scene.told.facts[3:] == [Idle(at(10 * MINUTE), START)]


def test_idleness_is_reported_again_when_waking_meant_active_and_nobody_came(
    scene: Scene,
) -> None:
    scene.begin()
    scene.fire(5 * MINUTE, 5 * MINUTE, rising=True)
    scene.loop.advance_to(at(60 * MINUTE))
    scene.sense.assume_input(at(60 * MINUTE))
    scene.confirm(64 * MINUTE, 9 * MINUTE)
    assert len(scene.told.facts) == 2
    scene.confirm(65 * MINUTE, 10 * MINUTE)
    assert scene.told.facts[2:] == [Idle(at(65 * MINUTE), at(60 * MINUTE))]


def test_alarm_does_not_count_when_waking_meant_active_meanwhile(scene: Scene) -> None:
    scene.begin()
    scene.sense.assume_input(at(2 * MINUTE))
    scene.fire(5 * MINUTE, 5 * MINUTE, rising=True)
    assert scene.told.facts == [Active(START)]
    scene.confirm(7 * MINUTE, 7 * MINUTE)
    assert scene.told.facts[1:] == [Idle(at(7 * MINUTE), at(2 * MINUTE))]


def test_nothing_is_told_when_the_server_does_not_count(scene: Scene) -> None:
    scene.begin(None)
    scene.sense.confirm()
    assert not scene.sense.available
    assert scene.told.facts == []
