"""What every watcher must keep, pushing or pulling, with descriptors or threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from tracker.facts import Blind, Fact, Foreground, Idle, Sighted
from tracker.loop import Loop
from tracker.selector_loop import SelectorLoop
from tracker.watchers.base import Sense, Watcher, WatchHost

PATIENCE = timedelta(seconds=10)


@dataclass(slots=True)
class Recorder:
    """Notes each reported fact, with the instant and the thread in which it came."""

    loop: Loop
    idle_after_ms: int = 300_000
    facts: list[Fact] = field(default_factory=list)
    learnt: list[datetime] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)

    @property
    def host(self) -> WatchHost:
        return WatchHost(self.loop, self.note, lambda: self.idle_after_ms)

    def note(self, fact: Fact) -> None:
        self.facts.append(fact)
        self.learnt.append(self.loop.clock.now())
        self.threads.add(threading.get_ident())

    def forget(self) -> None:
        self.facts.clear()
        self.learnt.clear()

    @property
    def fronts(self) -> list[Foreground]:
        return [fact for fact in self.facts if isinstance(fact, Foreground)]


def turn_until(loop: SelectorLoop, condition: Callable[[], object], what: str) -> None:
    """Let the loop run until the condition holds; fails after a while."""
    deadline = loop.clock.now() + PATIENCE
    while not condition():
        if loop.clock.now() > deadline:
            pytest.fail(f"waited in vain for {what}")
        loop.turn(0.02)


def turn_for(loop: SelectorLoop, ms: int) -> None:
    """Let the loop run for a while in which nothing should happen."""
    deadline = loop.clock.now() + timedelta(milliseconds=ms)
    while loop.clock.now() < deadline:
        loop.turn(0.02)


class WatcherRig(Protocol):
    """A watcher with a world around it."""

    loop: Loop
    watcher: Watcher

    def change(self) -> None:
        """Bring to the front what was not in front, where the watcher can tell."""

    def run_until(self, condition: Callable[[], object]) -> None:
        """Let everything run, checks included, until the condition holds; fails after a while."""

    def run_a_little(self) -> None:
        """Let everything run, checks included, for long enough to report a change."""


def descriptors() -> set[str]:
    """Return what this process has open, but for what the question itself opens."""
    return {str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()}


class WatcherContract:
    """Inherit, and provide a fixture ``rig``, whose watcher has not been started."""

    @pytest.fixture
    def told(self, rig: WatcherRig) -> Recorder:
        return Recorder(rig.loop)

    def test_nothing_is_reported_when_not_started(self, rig: WatcherRig, told: Recorder) -> None:
        rig.run_a_little()
        rig.watcher.stop()
        assert told.facts == []

    def test_present_facts_are_reported_at_once_when_started(
        self, rig: WatcherRig, told: Recorder
    ) -> None:
        rig.watcher.start(told.host)
        kinds = {type(fact) for fact in told.facts}
        if Sense.FOCUS in rig.watcher.senses:
            assert Foreground in kinds
            assert Blind not in kinds
        else:
            assert Blind in kinds
            assert not kinds & {Foreground, Sighted}
        rig.watcher.stop()

    def test_facts_are_well_formed_when_things_change(
        self, rig: WatcherRig, told: Recorder
    ) -> None:
        self._see_a_change(rig, told)
        for fact, learnt in zip(told.facts, told.learnt, strict=True):
            for instant in {fact.at, fact.since if isinstance(fact, Idle) else fact.at}:
                assert instant.tzinfo is UTC
                assert instant.microsecond % 1000 == 0
                assert instant <= learnt
        assert told.threads == {threading.get_ident()}
        rig.watcher.stop()

    def test_no_fact_is_repeated_when_asked_again(self, rig: WatcherRig, told: Recorder) -> None:
        self._see_a_change(rig, told)
        told.forget()
        for _ in range(3):
            rig.watcher.confirm()
            rig.run_a_little()
        assert told.facts == []
        rig.watcher.stop()

    def test_nothing_is_reported_when_stopped(self, rig: WatcherRig, told: Recorder) -> None:
        self._see_a_change(rig, told)
        rig.watcher.stop()
        told.forget()
        rig.change()
        rig.run_a_little()
        rig.watcher.stop()
        assert told.facts == []

    def test_nothing_more_is_reported_when_a_report_stops_it(self, rig: WatcherRig) -> None:
        heard: list[Fact] = []

        def report(fact: Fact) -> None:
            heard.append(fact)
            rig.watcher.stop()

        rig.watcher.start(WatchHost(rig.loop, report, lambda: 300_000))
        rig.change()
        rig.run_a_little()
        assert len(heard) == 1

    def test_present_facts_are_reported_again_when_started_again(
        self, rig: WatcherRig, told: Recorder
    ) -> None:
        self._see_a_change(rig, told)
        rig.watcher.stop()
        last = told.fronts[-1:]
        told.forget()
        rig.watcher.start(told.host)
        assert [front.app for front in told.fronts[-1:]] == [front.app for front in last]
        rig.watcher.stop()

    def test_everything_is_given_back_when_stopped(self, rig: WatcherRig, told: Recorder) -> None:
        before, threads = descriptors(), threading.active_count()
        self._see_a_change(rig, told)
        rig.watcher.stop()
        assert descriptors() == before
        assert threading.active_count() == threads

    def test_idle_time_is_told_only_when_it_is_known(self, rig: WatcherRig, told: Recorder) -> None:
        assert rig.watcher.idle_ms() is None
        rig.watcher.start(told.host)
        idle_ms = rig.watcher.idle_ms()
        assert (idle_ms is not None) == (Sense.IDLE in rig.watcher.senses)
        assert idle_ms is None or idle_ms >= 0
        rig.watcher.stop()

    def _see_a_change(self, rig: WatcherRig, told: Recorder) -> None:
        rig.watcher.start(told.host)
        before = len(told.fronts)
        rig.change()
        if Sense.FOCUS in rig.watcher.senses:
            rig.run_until(lambda: len(told.fronts) > before)
            assert told.fronts[-1].app is not None
        else:
            rig.run_a_little()
            assert told.fronts == []
