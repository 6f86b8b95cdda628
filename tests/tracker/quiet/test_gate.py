"""The gate that a due step passes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.tracker.quiet.fake_probe import FakeProbe
from tracker.quiet.base import Reason
from tracker.quiet.gate import QuietGate
from tracker.virtual_loop import VirtualLoop, VirtualTime

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Scene:
    def __init__(self, probe: FakeProbe | None) -> None:
        self.loop = VirtualLoop(VirtualTime(START))
        self.told = 0
        self.gate = QuietGate(self.loop, probe, self.tell)

    def tell(self) -> None:
        self.told += 1

    def run_to(self, seconds: float) -> None:
        self.loop.advance_to(START + timedelta(seconds=seconds))
        self.loop.settle()


@pytest.fixture
def probe() -> FakeProbe:
    return FakeProbe(patient=True)


@pytest.fixture
def scene(probe: FakeProbe) -> Scene:
    return Scene(probe)


def test_gate_is_open_when_there_is_nobody_to_ask() -> None:
    scene = Scene(None)
    assert scene.gate.is_open("chromium")
    assert scene.told == 0


def test_step_waits_when_the_answer_has_not_come(probe: FakeProbe, scene: Scene) -> None:
    assert not scene.gate.is_open("chromium")
    assert not scene.gate.is_open("chromium")
    assert probe.asked == ["chromium"]
    assert scene.gate.reasons == frozenset()
    probe.answer()
    scene.loop.settle()
    assert scene.told == 1
    assert scene.gate.is_open("chromium")


def test_it_is_asked_anew_when_the_answer_has_aged(probe: FakeProbe, scene: Scene) -> None:
    scene.gate.is_open("chromium")
    probe.answer()
    scene.run_to(0.9)
    assert scene.gate.is_open("chromium")
    scene.run_to(1)
    assert not scene.gate.is_open("chromium")
    assert len(probe.asked) == 2


def test_it_is_asked_once_a_check_when_it_is_quiet(probe: FakeProbe, scene: Scene) -> None:
    probe.reasons = frozenset({Reason.CALL})
    scene.gate.is_open("chromium")
    probe.answer()
    for seconds in (0.5, 1.5, 2.9):
        scene.run_to(seconds)
        assert not scene.gate.is_open("chromium")
    assert len(probe.asked) == 1
    scene.run_to(4)
    assert not scene.gate.is_open("chromium")
    assert len(probe.asked) == 2
    assert scene.gate.reasons == {Reason.CALL}
    probe.reasons = frozenset()
    probe.answer()
    assert scene.gate.is_open("chromium")


def test_watch_is_kept_once_a_check_when_a_step_holds(probe: FakeProbe, scene: Scene) -> None:
    for seconds in (0, 0.5, 1.5, 2.9, 4, 4.5):
        scene.run_to(seconds)
        scene.gate.keep_watch("chromium")
        if probe.open:
            probe.answer()
    assert len(probe.asked) == 2
    probe.reasons = frozenset({Reason.CALL})
    scene.run_to(8)
    scene.gate.keep_watch("chromium")
    assert scene.gate.reasons == frozenset()
    probe.answer()
    assert scene.gate.reasons == {Reason.CALL}


def test_answer_is_ignored_when_nothing_is_due_any_more(probe: FakeProbe, scene: Scene) -> None:
    probe.reasons = frozenset({Reason.CALL})
    scene.gate.is_open("chromium")
    scene.gate.rest()
    probe.answer()
    scene.loop.settle()
    assert scene.told == 0
    assert scene.gate.reasons == frozenset()


def test_nobody_is_told_when_the_gate_rests_before_its_turn(probe: FakeProbe, scene: Scene) -> None:
    scene.gate.is_open("chromium")
    probe.answer()
    scene.gate.rest()
    scene.loop.settle()
    assert scene.told == 0
