"""The watcher that sees nothing and says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.contracts.watcher_contract import Recorder, WatcherContract
from tracker.errors import ErrorCode
from tracker.facts import Blind
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.null import NullWatcher

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Rig:
    def __init__(self) -> None:
        self.loop = VirtualLoop(VirtualTime(START))
        self.watcher = NullWatcher()

    def change(self) -> None:
        """Whatever happens, it does not see it."""

    def run_until(self, condition: Callable[[], object]) -> None:
        assert condition()

    def run_a_little(self) -> None:
        self.watcher.confirm()
        self.loop.advance_to(self.loop.clock.now() + timedelta(seconds=5))


class TestNullWatcher(WatcherContract):
    @pytest.fixture
    def rig(self) -> Rig:
        return Rig()


def test_blindness_is_reported_when_started() -> None:
    told = Recorder(VirtualLoop(VirtualTime(START)))
    NullWatcher().start(told.host)
    assert told.facts == [Blind(START, ErrorCode.NO_BACKEND)]
