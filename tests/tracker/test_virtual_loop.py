"""The loop on which time is moved by hand."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from tests.contracts.loop_contract import LoopContract
from tracker.virtual_loop import VirtualLoop, VirtualTime

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Driven:
    def __init__(self) -> None:
        self.loop = VirtualLoop(VirtualTime(START))

    def run_until(self, done: threading.Event) -> None:
        self.loop.settle()
        for _ in range(100):
            if done.is_set():
                return
            self.loop.advance_to(self.loop.clock.now() + timedelta(milliseconds=5))
            self.loop.settle()
        pytest.fail("nothing happened")

    def ready(self, fd: int) -> None:
        self.loop.feed(fd)


@pytest.fixture
def driven() -> Driven:
    return Driven()


class TestVirtualLoop(LoopContract):
    def test_what_is_due_at_the_very_instant_waits_when_time_is_advanced(
        self, driven: Driven
    ) -> None:
        order: list[str] = []
        driven.loop.call_at(START + timedelta(seconds=1), lambda: order.append("timer"))
        driven.loop.advance_to(START + timedelta(seconds=1))
        order.append("fact")
        driven.loop.settle()
        assert order == ["fact", "timer"]

    def test_clock_shows_the_due_instant_when_a_callback_runs(self, driven: Driven) -> None:
        seen: list[datetime] = []
        for second in (3, 1, 2):
            driven.loop.call_at(
                START + timedelta(seconds=second), lambda: seen.append(driven.loop.clock.now())
            )
        driven.loop.advance_to(START + timedelta(hours=1))
        assert seen == [START + timedelta(seconds=second) for second in (1, 2, 3)]
        assert driven.loop.clock.now() == START + timedelta(hours=1)
