"""A real desktop and a login manager for the tests of this folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import parts_are_required
from tests.desktop.fake_login1 import FakeLogin1
from tests.desktop.sound_server import SoundServer
from tools.bus import PrivateBus
from tools.desktop import VirtualDesktop
from tools.parts import missing_parts, missing_text


def need_parts(group: str) -> None:
    """Skip the test where parts of a group are missing; fail where none may be."""
    missing = missing_parts(group)
    if missing and not parts_are_required():
        pytest.skip(missing_text(missing))
    assert not missing, missing_text(missing)


@pytest.fixture
def checks() -> None:
    """What reads windows and desktop entries as other programs do."""
    need_parts("checks")


@pytest.fixture(scope="session")
def desktop() -> Iterator[VirtualDesktop]:
    """A desktop that the whole run shares: whoever breaks a part of it mends it."""
    with VirtualDesktop() as virtual:
        yield virtual


@pytest.fixture
def own_desktop() -> Iterator[VirtualDesktop]:
    """A desktop for one test alone, which may leave it broken."""
    with VirtualDesktop() as virtual:
        yield virtual


@pytest.fixture
def system_bus(tmp_path: Path) -> Iterator[PrivateBus]:
    """A system bus with nobody on it."""
    folder = tmp_path / "bus"
    folder.mkdir()
    bus = PrivateBus(folder, "system")
    bus.start(os.environ)
    yield bus
    bus.stop()


@pytest.fixture
def login1(system_bus: PrivateBus) -> Iterator[FakeLogin1]:
    """A login manager; programs find it through ``DBUS_SYSTEM_BUS_ADDRESS=login1.address``."""
    manager = FakeLogin1(system_bus.address)
    yield manager
    manager.close()


@pytest.fixture
def sound(tmp_path: Path) -> Iterator[SoundServer]:
    """A sound server with a silent microphone."""
    need_parts("sound")
    folder = tmp_path / "sound"
    folder.mkdir(mode=0o700)
    server = SoundServer(folder, {"PATH": os.environ["PATH"]})
    yield server
    server.close()
