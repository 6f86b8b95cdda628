"""The watcher that plays facts written down beforehand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.contracts.watcher_contract import Recorder, WatcherContract
from tracker.facts import Active, Fact, Foreground, Idle, Wake
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.replay import ReplayWatcher

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.fixture
def loop() -> VirtualLoop:
    return VirtualLoop(VirtualTime(START))


@pytest.fixture
def told(loop: VirtualLoop) -> Recorder:
    return Recorder(loop)


class Rig:
    def __init__(self) -> None:
        self.loop = VirtualLoop(VirtualTime(START))
        self.watcher = ReplayWatcher(Foreground(at(second), f"app {second}") for second in range(9))

    def change(self) -> None:
        """The next fact comes by itself."""

    def run_until(self, condition: Callable[[], object]) -> None:
        self.loop.advance_to(self.loop.clock.now() + timedelta(seconds=1))
        self.loop.settle()
        assert condition()

    def run_a_little(self) -> None:
        self.watcher.confirm()
        self.loop.advance_to(self.loop.clock.now() + timedelta(milliseconds=200))
        self.loop.settle()


class TestReplayWatcher(WatcherContract):
    @pytest.fixture
    def rig(self) -> Rig:
        return Rig()


def test_each_fact_is_reported_at_its_instant_when_time_goes_on(
    loop: VirtualLoop, told: Recorder
) -> None:
    facts: list[Fact] = [Foreground(at(5), "b"), Foreground(at(1), "a"), Active(at(5))]
    watcher = ReplayWatcher(facts)
    watcher.start(told.host)
    loop.advance_to(at(10))
    assert told.facts == [facts[1], facts[0], facts[2]]
    assert told.learnt == [at(1), at(5), at(5)]
    assert watcher.over


def test_what_is_past_is_reported_at_once_when_started_late(
    loop: VirtualLoop, told: Recorder
) -> None:
    loop.advance_to(at(3))
    watcher = ReplayWatcher([Foreground(at(1), "a"), Foreground(at(9), "b")])
    watcher.start(told.host)
    assert [fact.app for fact in told.fronts] == ["a"]
    assert not watcher.over


def test_idle_time_grows_from_the_last_input_when_idle(loop: VirtualLoop, told: Recorder) -> None:
    watcher = ReplayWatcher([Idle(at(10), since=at(4)), Active(at(20)), Idle(at(30), since=at(25))])
    watcher.start(told.host)
    known = []
    for second in (5, 11, 21, 31):
        loop.advance_to(at(second))
        known.append(watcher.idle_ms())
    assert known == [0, 7000, 0, 6000]
    watcher.assume_input(at(31))
    assert watcher.idle_ms() == 0


def test_idle_ends_when_the_machine_wakes(loop: VirtualLoop, told: Recorder) -> None:
    watcher = ReplayWatcher([Idle(at(10), since=at(4)), Wake(at(20))])
    watcher.start(told.host)
    loop.advance_to(at(21))
    assert watcher.idle_ms() == 0
