"""The connection that notices and tray share, over losses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.made_up import NOW
from tools.bus import PrivateBus
from tracker.clock import LedgerClock, SystemTime
from tracker.notices.session_bus import SessionBus
from tracker.virtual_loop import VirtualLoop, VirtualTime
from ui.qt_loop import QtLoop

NOWHERE = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"}


def test_nothing_is_raised_and_it_is_tried_again_when_nobody_answers() -> None:
    loop = VirtualLoop(VirtualTime(NOW))
    session = SessionBus(loop, NOWHERE)
    session.connect()
    assert session.bus is None
    assert loop._agenda.next() is not None
    session.close()
    assert loop._agenda.next() is None


def test_it_is_tried_again_when_there_is_no_address_at_all(tmp_path: Path) -> None:
    loop = VirtualLoop(VirtualTime(NOW))
    session = SessionBus(loop, {"XDG_RUNTIME_DIR": str(tmp_path)})
    session.connect()
    assert session.bus is None
    assert loop._agenda.next() is not None


@pytest.fixture
def private_bus(tmp_path: Path) -> Iterator[PrivateBus]:
    folder = tmp_path / "bus"
    folder.mkdir()
    bus = PrivateBus(folder)
    yield bus
    bus.stop()


def test_loss_and_return_are_told(qtbot: QtBot, private_bus: PrivateBus) -> None:
    loop = QtLoop(LedgerClock(SystemTime()))
    session = SessionBus(loop, {"DBUS_SESSION_BUS_ADDRESS": private_bus.address})
    told: list[str] = []
    session.join(lambda _bus: told.append("joined"), lambda: told.append("left"))
    session.connect()
    assert not told
    private_bus.start({})
    qtbot.waitUntil(lambda: told == ["joined"], timeout=10_000)
    private_bus.stop()
    qtbot.waitUntil(lambda: told[:2] == ["joined", "left"], timeout=10_000)
    private_bus.start({})
    qtbot.waitUntil(lambda: told[-1] == "joined", timeout=20_000)
    assert session.bus is not None
    session.close()
    loop.close()
