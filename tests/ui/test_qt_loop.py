"""The loop inside Qt."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.contracts.loop_contract import TICK, LoopContract
from tracker.clock import LedgerClock, SystemTime
from ui.qt_loop import LONGEST_MS, QtLoop

PATIENCE_MS = 10_000


class Driven:
    """A Qt loop that gives up after ten seconds."""

    def __init__(self) -> None:
        self.loop = QtLoop(LedgerClock(SystemTime()))

    def run_until(self, done: threading.Event) -> None:
        nested = QEventLoop()
        look = QTimer()
        look.timeout.connect(lambda: nested.quit() if done.is_set() else None)
        look.start(1)
        QTimer.singleShot(PATIENCE_MS, nested.quit)
        nested.exec()
        assert done.is_set(), "nothing happened"

    def ready(self, fd: int) -> None:
        """The notifier notices by itself."""


@pytest.fixture
def driven(qapp: QApplication) -> Iterator[Driven]:  # noqa: ARG001
    made = Driven()
    yield made
    made.loop.close()


class TestQtLoop(LoopContract):
    def test_post_waits_for_the_loop_when_it_comes_from_the_loop_itself(
        self, driven: Driven
    ) -> None:
        done = threading.Event()
        order: list[str] = []

        def posted() -> None:
            order.append("posted")
            done.set()

        driven.loop.post(posted)
        order.append("went on")
        driven.run_until(done)
        assert order == ["went on", "posted"]

    def test_nothing_is_called_when_the_loop_was_closed(self, driven: Driven) -> None:
        done = threading.Event()
        called: list[str] = []
        read_end, write_end = os.pipe()
        loop = driven.loop
        loop.post(lambda: called.append("post"))
        loop.call_at(loop.clock.now(), lambda: called.append("instant"))
        loop.watch(read_end, lambda: called.append("descriptor"))
        os.write(write_end, b"x")
        loop.close()
        loop.post(lambda: called.append("late post"))
        QTimer.singleShot(50, done.set)
        driven.run_until(done)
        os.close(read_end)
        os.close(write_end)
        assert called == []

    def test_the_next_instant_is_kept_when_a_callback_fails(
        self, driven: Driven, qtbot: QtBot
    ) -> None:
        done = threading.Event()
        loop = driven.loop

        def fail() -> None:
            raise ZeroDivisionError

        loop.call_at(loop.clock.now() + TICK, fail)
        loop.call_at(loop.clock.now() + 2 * TICK, done.set)
        with qtbot.capture_exceptions() as errors:
            driven.run_until(done)
        assert [kind for kind, _error, _trace in errors] == [ZeroDivisionError]

    def test_watching_a_descriptor_twice_is_refused_when_it_is_watched(
        self, driven: Driven
    ) -> None:
        read_end, write_end = os.pipe()
        handle = driven.loop.watch(read_end, lambda: None)
        with pytest.raises(KeyError):
            driven.loop.watch(read_end, lambda: None)
        handle.cancel()
        driven.loop.watch(read_end, lambda: None).cancel()
        os.close(read_end)
        os.close(write_end)

    def test_the_timer_stays_within_what_qt_counts_when_an_instant_is_years_off(
        self, driven: Driven
    ) -> None:
        loop = driven.loop
        loop.call_at(loop.clock.now() + timedelta(days=4000), lambda: None)
        timer = loop._timer
        assert timer.isActive()
        assert timer.interval() == LONGEST_MS
