"""A login manager that sleeps, wakes, locks and unlocks when it is told to."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from typing import Annotated, TypeVar

from dbus_fast import PropertyAccess
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import (
    DBusBool,
    DBusObjectPath,
    DBusSignature,
    DBusStr,
    DBusUInt32,
    DBusUnixFd,
)
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

T = TypeVar("T")

NAME = "org.freedesktop.login1"
ROOT = "/org/freedesktop/login1"
SESSION = f"{ROOT}/session/c1"

Sessions = Annotated[list[tuple[str, int, str, str, str]], DBusSignature("a(susso)")]
Inhibitors = Annotated[list[tuple[str, str, str, str, int, int]], DBusSignature("a(ssssuu)")]
Display = Annotated[tuple[str, str], DBusSignature("(so)")]


class Manager(ServiceInterface):
    """``org.freedesktop.login1.Manager``, as far as a desktop program asks it."""

    def __init__(self) -> None:
        super().__init__(f"{NAME}.Manager")
        self.inhibited: list[tuple[str, str, str, str]] = []
        self.inhibitors: list[int] = []
        self.held: list[tuple[str, str, str, str, int, int]] = []

    @dbus_method()
    def GetSession(self, session_id: DBusStr) -> DBusObjectPath:
        return SESSION

    @dbus_method()
    def GetSessionByPID(self, pid: DBusUInt32) -> DBusObjectPath:
        return SESSION

    @dbus_method()
    def GetUser(self, uid: DBusUInt32) -> DBusObjectPath:
        return f"{ROOT}/user/self"

    @dbus_method()
    def ListSessions(self) -> Sessions:
        return [("c1", os.getuid(), "person", "seat0", SESSION)]

    @dbus_method()
    def Inhibit(self, what: DBusStr, who: DBusStr, why: DBusStr, mode: DBusStr) -> DBusUnixFd:
        self.inhibited.append((what, who, why, mode))
        reader, writer = os.pipe()
        self.inhibitors.append(reader)
        return writer

    @dbus_method()
    def ListInhibitors(self) -> Inhibitors:
        return [list(row) for row in self.held]  # type: ignore[misc]  # dbus-fast's structs

    @dbus_signal()
    def PrepareForSleep(self, start: bool) -> DBusBool:
        return start

    @dbus_signal()
    def PrepareForShutdown(self, start: bool) -> DBusBool:
        return start

    @dbus_property(access=PropertyAccess.READ)
    def PreparingForSleep(self) -> DBusBool:
        return False


class Session(ServiceInterface):
    """``org.freedesktop.login1.Session`` of the one person who is logged in."""

    def __init__(self) -> None:
        super().__init__(f"{NAME}.Session")
        self.locked_hint = False
        self.active = True

    @dbus_signal()
    def Lock(self) -> None:
        return

    @dbus_signal()
    def Unlock(self) -> None:
        return

    @dbus_property(access=PropertyAccess.READ)
    def LockedHint(self) -> DBusBool:
        return self.locked_hint

    @dbus_property(access=PropertyAccess.READ)
    def Active(self) -> DBusBool:
        return self.active

    @dbus_property(access=PropertyAccess.READ)
    def Id(self) -> DBusStr:
        return "c1"

    @dbus_property(access=PropertyAccess.READ)
    def Type(self) -> DBusStr:
        return "x11"

    @dbus_property(access=PropertyAccess.READ)
    def Class(self) -> DBusStr:
        return "user"

    @dbus_property(access=PropertyAccess.READ)
    def State(self) -> DBusStr:
        return "active" if self.active else "online"


class User(ServiceInterface):
    """``org.freedesktop.login1.User``: which session is the graphical one."""

    def __init__(self) -> None:
        super().__init__(f"{NAME}.User")

    @dbus_property(access=PropertyAccess.READ)
    def Display(self) -> Display:
        return ("c1", SESSION)


class FakeLogin1:
    """login1 on a private system bus, on a thread of its own; every act returns when it is sent."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="login1", daemon=True)
        self._thread.start()
        self._manager, self._session = Manager(), Session()
        self._bus: MessageBus | None = None
        self.come_back()

    def come_back(self) -> None:
        """Take the name on the bus, at the start or after :meth:`leave`."""
        self._bus = self._run(self._serve)

    def leave(self) -> None:
        """Let the name go, as when login1 ends."""
        self._run(self._leave)

    def close(self) -> None:
        """End it for good."""
        self.leave()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        for reader in self._manager.inhibitors:
            os.close(reader)

    @property
    def inhibited(self) -> tuple[tuple[str, str, str, str], ...]:
        """What was asked to be held back: what, who, why and mode."""
        return tuple(self._manager.inhibited)

    def hold_awake(self, who: str, pid: int) -> None:
        """Let a program keep the session from being idle, as those do that present."""
        row = ("idle", who, "Presenting", "block", os.getuid(), pid)
        self._act(lambda: self._manager.held.append(row))

    def let_go(self) -> None:
        """Let every program end that."""
        self._act(self._manager.held.clear)

    def sleep(self) -> None:
        """Say that the machine goes to sleep now."""
        self._act(lambda: self._manager.PrepareForSleep(True))

    def wake(self) -> None:
        """Say that it has woken."""
        self._act(lambda: self._manager.PrepareForSleep(False))

    def lock(self) -> None:
        """Ask the session to lock, as ``loginctl lock-session`` does."""
        self._act(self._session.Lock)

    def unlock(self) -> None:
        """Ask the session to unlock."""
        self._act(self._session.Unlock)

    def set_locked_hint(self, locked: bool) -> None:
        """Say what the screen locker reports: the screen is locked, or is not."""

        def act() -> None:
            self._session.locked_hint = locked
            self._session.emit_properties_changed({"LockedHint": locked})

        self._act(act)

    def set_active(self, active: bool) -> None:
        """Switch to the session, or away from it to another person's."""

        def act() -> None:
            self._session.active = active
            self._session.emit_properties_changed({"Active": active})

        self._act(act)

    async def _serve(self) -> MessageBus:
        bus = await MessageBus(bus_address=self.address, negotiate_unix_fd=True).connect()
        bus.export(ROOT, self._manager)
        bus.export(SESSION, self._session)
        bus.export(f"{ROOT}/user/self", User())
        await bus.request_name(NAME)
        return bus

    async def _leave(self) -> None:
        if self._bus is not None:
            await self._bus.release_name(NAME)
            self._bus.disconnect()
            self._bus = None

    def _act(self, act: Callable[[], object]) -> None:
        async def in_loop() -> None:
            act()

        self._run(in_loop)

    def _run(self, task: Callable[[], Coroutine[object, object, T]]) -> T:
        return asyncio.run_coroutine_threadsafe(task(), self._loop).result(timeout=10)
