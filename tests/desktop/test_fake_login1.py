"""The login manager of the tests answers and signals as the real one does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jeepney import DBusAddress

from tests.desktop.fake_login1 import NAME, ROOT, SESSION, FakeLogin1
from tools.bus import BusClient

MANAGER = DBusAddress(ROOT, NAME, f"{NAME}.Manager")
PROPERTIES = DBusAddress(SESSION, NAME, "org.freedesktop.DBus.Properties")


@pytest.mark.parametrize(
    ("act", "interface", "member", "says"),
    [
        (FakeLogin1.sleep, "Manager", "PrepareForSleep", (True,)),
        (FakeLogin1.wake, "Manager", "PrepareForSleep", (False,)),
        (FakeLogin1.lock, "Session", "Lock", ()),
        (FakeLogin1.unlock, "Session", "Unlock", ()),
    ],
)
def test_signal_is_sent_when_the_machine_or_session_changes(
    login1: FakeLogin1,
    act: Callable[[FakeLogin1], None],
    interface: str,
    member: str,
    says: tuple[object, ...],
) -> None:
    with BusClient(login1.address) as bus:
        bus.listen(f"{NAME}.{interface}")
        act(login1)
        assert bus.signal(member) == says


def test_locked_hint_is_told_and_kept_when_the_locker_sets_it(login1: FakeLogin1) -> None:
    with BusClient(login1.address) as bus:
        assert bus.call(MANAGER, "GetSessionByPID", "u", 1) == (SESSION,)
        bus.listen(PROPERTIES.interface)
        login1.set_locked_hint(True)
        interface, changed, _ = bus.signal("PropertiesChanged")
        assert (interface, changed) == (f"{NAME}.Session", {"LockedHint": ("b", True)})
        hint = bus.call(PROPERTIES, "Get", "ss", f"{NAME}.Session", "LockedHint")
        assert hint == (("b", True),)


def test_name_is_free_when_the_login_manager_has_left(login1: FakeLogin1) -> None:
    with BusClient(login1.address) as bus:
        assert bus.has_owner(NAME)
        login1.leave()
        assert not bus.has_owner(NAME)
        login1.come_back()
        assert bus.has_owner(NAME)
