"""SIGTERM and SIGINT while Qt waits."""

from __future__ import annotations

import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from tracker.clock import LedgerClock, SystemTime
from ui.qt_loop import QtLoop
from ui.signals import EndSignals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_end_is_called_when_the_process_is_asked_to_end(
    qtbot: QtBot, number: signal.Signals
) -> None:
    loop = QtLoop(LedgerClock(SystemTime()))
    before = signal.getsignal(number)
    told: list[str] = []
    signals = EndSignals(loop, lambda: told.append("end"))
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: told == ["end"])
    signals.close()
    assert signal.getsignal(number) is before
    assert signal.set_wakeup_fd(-1) == -1
    loop.close()
