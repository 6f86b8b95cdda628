"""Reads windows as a screen reader does, over AT-SPI (https://docs.gtk.org/atspi2/).

with ScreenReader(desktop) as reader:
app = desktop.spawn(["kanaltid"], env=reader.env)
tree = reader.application("kanaltid")
"""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, ClassVar

from jeepney import DBusAddress

from tools.bus import BusClient, CallError
from tools.desktop import VirtualDesktop
from tools.waiting import wait_until

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
_BUS = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
_STATUS = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.freedesktop.DBus.Properties")
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")

STATES = {1: "active", 11: "focusable", 12: "focused", 25: "showing", 30: "visible"}
"""The few states that are asked after, by their number in ``AtspiStateType``."""


@dataclass(frozen=True, slots=True)
class Element:
    """Something that a screen reader can speak of."""

    reader: ScreenReader
    owner: str
    path: str

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self._property("Name"))

    @property
    def description(self) -> str:
        """What is said beside its name."""
        return str(self._property("Description"))

    @property
    def role(self) -> str:
        """What kind of thing it is, such as ``push button``."""
        return str(self._call(_ACCESSIBLE, "GetRoleName")[0])

    @property
    def states(self) -> frozenset[str]:
        """Which of :data:`STATES` hold."""
        words = self._call(_ACCESSIBLE, "GetState")[0]
        bits = words[0] | (words[1] << 32 if len(words) > 1 else 0)
        return frozenset(name for number, name in STATES.items() if bits >> number & 1)

    @property
    def value(self) -> float | None:
        """Its number, where it has one."""
        with contextlib.suppress(CallError):
            return float(self._property("CurrentValue", "org.a11y.atspi.Value"))
        return None

    @property
    def text(self) -> str:
        """Its text, where it holds one; else nothing."""
        with contextlib.suppress(CallError):
            return str(self._call("org.a11y.atspi.Text", "GetText", "ii", 0, -1)[0])
        return ""

    def children(self) -> list[Element]:
        """Return what is in it, in order."""
        found = self._call(_ACCESSIBLE, "GetChildren")[0]
        return [Element(self.reader, owner, path) for owner, path in found]

    def walk(self) -> Iterator[Element]:
        """Yield it and all that is in it, from top to bottom."""
        yield self
        for child in self.children():
            yield from child.walk()

    def do(self, number: int = 0) -> None:
        """Carry out one of its actions, such as pressing it."""
        self._call("org.a11y.atspi.Action", "DoAction", "i", number)

    def _call(self, interface: str, method: str, signature: str = "", *args: object) -> Any:
        address = DBusAddress(self.path, self.owner, interface)
        return self.reader.client.call(address, method, signature, *args)

    def _property(self, name: str, interface: str = _ACCESSIBLE) -> Any:
        return self._call(_PROPERTIES, "Get", "ss", interface, name)[0][1]


class ScreenReader:
    """The accessibility bus of a virtual desktop, switched on for as long as this lives."""

    env: ClassVar = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "NO_AT_BRIDGE": "0"}
    """What programs need in their environment to be read."""

    def __init__(self, desktop: VirtualDesktop) -> None:
        self._desktop = desktop

    def __enter__(self) -> ScreenReader:
        session = self._desktop.env["DBUS_SESSION_BUS_ADDRESS"]
        self._launcher: subprocess.Popen[str] = self._desktop.spawn(
            [LAUNCHER, "--launch-immediately"]
        )
        with BusClient(session) as bus:
            wait_until(lambda: bus.has_owner("org.a11y.Bus"), "the accessibility bus")
            address = str(bus.call(_BUS, "GetAddress")[0])
            for name in ("IsEnabled", "ScreenReaderEnabled"):
                bus.call(_STATUS, "Set", "ssv", "org.a11y.Status", name, ("b", True))
        self.client = BusClient(address)
        Element(self, *_REGISTRY).children()  # which starts the registry
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.client.__exit__(kind, error, trace)
        self._launcher.terminate()
        self._launcher.wait(10)

    def application(self, name: str) -> Element:
        """Return a program that can be read, once it is there."""

        def found() -> list[Element]:
            return [each for each in Element(self, *_REGISTRY).children() if each.name == name]

        return wait_until(found, f"{name} on the accessibility bus")[0]
