"""Lock and sleep over real buses, as login1 and a screen saver tell them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, message_bus, new_signal
from jeepney.io.blocking import open_dbus_connection

from tests.contracts.watcher_contract import Recorder, descriptors, turn_until
from tests.desktop.fake_login1 import FakeLogin1
from tools.bus import PrivateBus
from tracker.clock import LedgerClock, SystemTime
from tracker.facts import Fact, Lock, Sleep, Unlock, Wake
from tracker.selector_loop import SelectorLoop
from tracker.watchers.base import Sense
from tracker.watchers.bus import Bus
from tracker.watchers.bus_message import BusObject, Reply
from tracker.watchers.login1 import Self
from tracker.watchers.session import SENSES, SessionWatcher

SAVER = DBusAddress(
    "/org/xfce/ScreenSaver", "org.xfce.ScreenSaver", interface="org.xfce.ScreenSaver"
)


class FakeSaver:
    """A screen saver that covers the screen when it is told to."""

    def __init__(self, address: str) -> None:
        self._connection: Any = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName(SAVER.bus_name), timeout=5)

    def cover(self, active: bool) -> None:
        self._connection.send(new_signal(SAVER, "ActiveChanged", "b", (active,)))

    def close(self) -> None:
        self._connection.close()


class Scene:
    """The watcher on a loop of its own."""

    def __init__(self, system: str, session: str = "unix:path=/nowhere") -> None:
        self.loop = SelectorLoop(LedgerClock(SystemTime()))
        self.told = Recorder(self.loop)
        environ = {"DBUS_SYSTEM_BUS_ADDRESS": system, "DBUS_SESSION_BUS_ADDRESS": session}
        self.watcher = SessionWatcher(environ, Self("c1", os.getpid(), os.getuid()))

    def start(self, senses: frozenset[Sense] = SENSES) -> None:
        self.watcher.start(self.told.host)
        self.until(lambda: self.watcher.senses == senses, "the senses")

    def until(self, condition: Callable[[], object], what: str) -> None:
        turn_until(self.loop, condition, what)

    def expect(self, *kinds: type[Fact]) -> None:
        self.until(lambda: len(self.told.facts) >= len(kinds), f"{kinds}")
        assert tuple(type(fact) for fact in self.told.facts) == kinds

    def close(self) -> None:
        self.watcher.stop()
        self.loop.close()


@pytest.fixture
def session_bus(tmp_path: Path) -> Iterator[PrivateBus]:
    folder = tmp_path / "session"
    folder.mkdir()
    bus = PrivateBus(folder)
    bus.start(os.environ)
    yield bus
    bus.stop()


@pytest.fixture
def scene(login1: FakeLogin1, session_bus: PrivateBus) -> Iterator[Scene]:
    scene = Scene(login1.address, session_bus.address)
    yield scene
    scene.close()


def test_sleep_and_wake_are_reported_when_login1_says_so(scene: Scene, login1: FakeLogin1) -> None:
    scene.start()
    login1.sleep()
    scene.expect(Sleep)
    login1.wake()
    scene.expect(Sleep, Wake)


def test_sleep_waits_for_us_when_login1_asks(scene: Scene, login1: FakeLogin1) -> None:
    scene.start()
    scene.until(lambda: login1.inhibited, "the inhibitor")
    assert [(what, mode) for what, _, _, mode in login1.inhibited] == [("sleep", "delay")]
    pipe = Path(f"/proc/self/fd/{login1._manager.inhibitors[0]}").readlink()
    # The login manager lives in this process: two ends are its own.
    scene.until(lambda: open_ends(pipe) == 3, "the inhibitor to be held")
    login1.sleep()
    scene.expect(Sleep)
    scene.until(lambda: open_ends(pipe) == 2, "the inhibitor to be let go")
    login1.wake()
    scene.until(lambda: len(login1.inhibited) == 2, "another inhibitor")


def open_ends(pipe: Path) -> int:
    return [link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink()].count(
        pipe
    )


def test_lock_and_unlock_are_reported_when_the_session_says_so(
    scene: Scene, login1: FakeLogin1
) -> None:
    scene.start()
    login1.set_locked_hint(True)
    scene.expect(Lock)
    login1.set_locked_hint(False)
    scene.expect(Lock, Unlock)
    login1.lock()
    scene.expect(Lock, Unlock, Lock)
    login1.unlock()
    scene.expect(Lock, Unlock, Lock, Unlock)
    login1.set_active(False)
    scene.expect(Lock, Unlock, Lock, Unlock, Lock)
    login1.set_active(True)
    scene.expect(Lock, Unlock, Lock, Unlock, Lock, Unlock)


def test_lock_is_known_when_the_session_was_locked_before(scene: Scene, login1: FakeLogin1) -> None:
    login1.set_locked_hint(True)
    scene.start()
    scene.expect(Lock)


def test_lock_follows_the_screen_saver_when_it_covers_the_screen(
    scene: Scene, session_bus: PrivateBus
) -> None:
    saver = FakeSaver(session_bus.address)
    scene.start()
    saver.cover(True)
    scene.expect(Lock)
    saver.cover(False)
    scene.expect(Lock, Unlock)
    saver.cover(True)
    scene.expect(Lock, Unlock, Lock)
    saver.close()
    scene.expect(Lock, Unlock, Lock, Unlock)


def test_screen_saver_is_found_when_it_starts_later(scene: Scene, session_bus: PrivateBus) -> None:
    scene.start()
    saver = FakeSaver(session_bus.address)
    saver.cover(True)
    scene.expect(Lock)
    saver.close()


def test_senses_return_when_login1_restarts(scene: Scene, login1: FakeLogin1) -> None:
    scene.start()
    login1.leave()
    scene.until(lambda: not scene.watcher.senses, "the loss")
    login1.come_back()
    scene.until(lambda: scene.watcher.senses == SENSES, "the return")
    login1.set_locked_hint(True)
    scene.expect(Lock)


def test_senses_return_when_the_bus_was_killed(system_bus: PrivateBus) -> None:
    scene = Scene(system_bus.address)
    first = FakeLogin1(system_bus.address)
    scene.start()
    first.set_locked_hint(True)
    scene.expect(Lock)
    first.leave()
    system_bus.stop()
    scene.until(lambda: not scene.watcher.senses, "the loss")
    scene.expect(Lock, Unlock)
    system_bus.start(os.environ)
    first.come_back()
    scene.until(lambda: scene.watcher.senses == SENSES, "the return")
    scene.expect(Lock, Unlock, Lock)
    first.close()
    scene.close()


def test_nothing_is_claimed_when_nobody_is_on_the_bus(system_bus: PrivateBus) -> None:
    scene = Scene(system_bus.address)
    scene.start(frozenset())
    assert scene.told.facts == []
    scene.close()


def test_everything_is_given_back_when_stopped(scene: Scene, login1: FakeLogin1) -> None:
    before = descriptors()
    scene.start()
    scene.until(lambda: login1.inhibited, "the inhibitor")
    pipe = Path(f"/proc/self/fd/{login1._manager.inhibitors[0]}").readlink()
    scene.watcher.stop()
    assert descriptors() - {str(pipe)} == before
    assert open_ends(pipe) == 2
    login1.sleep()
    scene.loop.turn(0.1)
    assert scene.told.facts == []


def test_daemon_itself_answers_when_asked(session_bus: PrivateBus) -> None:
    loop = SelectorLoop(LedgerClock(SystemTime()))
    bus = Bus(loop, session_bus.address, lambda: None)
    daemon = BusObject("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
    replies: list[Reply] = []
    bus.call(daemon, "GetConnectionUnixProcessID", "s", (daemon.name,), replies.append)
    bus.call(daemon, "NoSuchMethod", done=replies.append)
    turn_until(loop, lambda: len(replies) == 2, "the answers")
    assert replies[0].error == ""
    assert replies[1].error == "org.freedesktop.DBus.Error.UnknownMethod"
    assert bus.unique_name.startswith(":1.")
    bus.close()
    loop.close()
