"""A session bus on which the test is everybody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from tests.fakes import FakeHandle
from tracker.notices.session_bus import SessionBus
from tracker.watchers.bus import Bus
from tracker.watchers.bus_message import BusObject, Reply, Signal

Done = Callable[[Reply], None]
SERVICE_UNKNOWN = "org.freedesktop.DBus.Error.ServiceUnknown"


@dataclass
class Call:
    """A method call as it was sent."""

    member: str
    body: tuple[Any, ...]
    done: Done | None


@dataclass
class FakeBus:
    """Keeps what is called, until the test answers."""

    calls: list[Call] = field(default_factory=list)
    listeners: dict[str, Callable[[Signal], None]] = field(default_factory=dict)
    owners: dict[str, Callable[[str], None]] = field(default_factory=dict)

    def call(
        self,
        target: BusObject,  # noqa: ARG002
        member: str,
        signature: str = "",  # noqa: ARG002
        body: tuple[Any, ...] = (),
        done: Done | None = None,
    ) -> None:
        self.calls.append(Call(member, body, done))

    def subscribe(
        self, heard: Callable[[Signal], None], *, interface: str, member: str, path: str = ""
    ) -> FakeHandle:
        self.listeners[member] = heard
        assert interface or path
        return FakeHandle(lambda: None)

    def watch_owner(self, name: str, changed: Callable[[str], None]) -> FakeHandle:
        self.owners[name] = changed
        return FakeHandle(lambda: None)

    def answer(self, reply: Reply) -> Call:
        """Answer the oldest call that waits."""
        call = self.calls.pop(0)
        assert call.done is not None
        call.done(reply)
        return call

    def emit(self, member: str, *body: object) -> None:
        """Send a signal."""
        self.listeners[member](Signal(":1.9", "/", "", member, body))


class FakeSession:
    """Has the fake bus, or none."""

    def __init__(self) -> None:
        self.bus: Bus | None = None
        self._joined: list[Callable[[Bus], None]] = []
        self._left: list[Callable[[], None]] = []

    def join(self, joined: Callable[[Bus], None], left: Callable[[], None]) -> None:
        self._joined.append(joined)
        self._left.append(left)

    def connect(self) -> FakeBus:
        """Make a new bus and tell of it."""
        fake = FakeBus()
        self.bus = cast("Bus", fake)
        for joined in self._joined:
            joined(self.bus)
        return fake

    def lose(self) -> None:
        """Lose the bus."""
        self.bus = None
        for left in self._left:
            left()

    def as_session(self) -> SessionBus:
        """Return itself as what it stands for."""
        return cast("SessionBus", self)
