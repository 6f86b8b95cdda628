"""The loop without a screen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.contracts.loop_contract import LoopContract
from tracker.clock import LedgerClock, SystemTime
from tracker.selector_loop import SelectorLoop


class Driven:
    """A selector loop that gives up after 500 turns of at most 20 ms."""

    def __init__(self) -> None:
        self.loop = SelectorLoop(LedgerClock(SystemTime()))

    def run_until(self, done: threading.Event) -> None:
        for _ in range(500):
            if done.is_set():
                return
            self.loop.turn(longest_s=0.02)
        pytest.fail("nothing happened")

    def ready(self, fd: int) -> None:
        """The selector notices by itself."""


@pytest.fixture
def driven() -> Iterator[Driven]:
    made = Driven()
    yield made
    made.loop.close()


class TestSelectorLoop(LoopContract):
    def test_run_ends_when_stopped_from_a_thread(self, driven: Driven) -> None:
        thread = threading.Thread(target=driven.loop.stop)
        driven.loop.call_at(driven.loop.clock.now(), thread.start)
        driven.loop.run()
        thread.join()

    def test_run_ends_at_once_when_stopped_before_it_began(self, driven: Driven) -> None:
        driven.loop.stop()
        driven.loop.run()
        later = driven.loop.clock.now() + timedelta(milliseconds=1)
        driven.loop.call_at(later, driven.loop.stop)
        driven.loop.run()  # and it can run again
        assert driven.loop.clock.now() >= later
