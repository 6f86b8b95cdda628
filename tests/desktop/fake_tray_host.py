"""A StatusNotifierItem host, as Plasma, Xfce and LXQt have it, that shows no picture."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Annotated, Any, TypeVar

from dbus_fast import Message, MessageType, PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusInt32, DBusSignature, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

T = TypeVar("T")

NAME = "org.kde.StatusNotifierWatcher"
PATH = "/StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
TIMEOUT_S = 10

Strings = Annotated[list[str], DBusSignature("as")]
Nothing = Annotated[list[Any], DBusSignature("")]


class Watcher(ServiceInterface):
    """``org.kde.StatusNotifierWatcher``, and the one host that it speaks for."""

    def __init__(self) -> None:
        super().__init__(NAME)
        self.items: list[str] = []

    @dbus_method()
    def RegisterStatusNotifierItem(self, service: DBusStr) -> Nothing:
        self.items.append(service)
        return []

    @dbus_method()
    def RegisterStatusNotifierHost(self, service: DBusStr) -> Nothing:
        return []

    @dbus_property(access=PropertyAccess.READ)
    def RegisteredStatusNotifierItems(self) -> Strings:
        return self.items

    @dbus_property(access=PropertyAccess.READ)
    def IsStatusNotifierHostRegistered(self) -> DBusBool:
        return True

    @dbus_property(access=PropertyAccess.READ)
    def ProtocolVersion(self) -> DBusInt32:
        return 0

    @dbus_signal()
    def StatusNotifierHostRegistered(self) -> None:
        return


class FakeTrayHost:
    """A host on a session bus, on a thread of its own, until closed."""

    def __init__(self, address: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.watcher = Watcher()
        self._bus = self._run(self._connect(address))

    async def _connect(self, address: str) -> MessageBus:
        bus = await MessageBus(bus_address=address).connect()
        bus.export(PATH, self.watcher)
        await bus.request_name(NAME)
        self.watcher.StatusNotifierHostRegistered()
        return bus

    def close(self) -> None:
        """Leave the bus."""
        self._bus.disconnect()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(TIMEOUT_S)
        self._loop.close()

    @property
    def items(self) -> list[str]:
        """The bus names of the icons that were given to the host."""
        return list(self.watcher.items)

    def read(self, item: str, name: str) -> Any:
        """Return a property of an icon."""
        method = "org.freedesktop.DBus.Properties.Get"
        (value,) = self._call(item, "/StatusNotifierItem", method, "ss", ITEM, name)
        return value.value

    def activate(self, item: str) -> None:
        """Click on an icon."""
        self._call(item, "/StatusNotifierItem", f"{ITEM}.Activate", "ii", 0, 0)

    def menu(self, item: str) -> dict[str, int]:
        """Return the visible lines of an icon's menu, submenus included, with their ids."""
        path = self.read(item, "Menu")
        self._call(item, path, f"{MENU}.AboutToShow", "i", 0)
        layout = self._call(item, path, f"{MENU}.GetLayout", "iias", 0, -1, [])[1]
        lines: dict[str, int] = {}

        def read(node: list[Any]) -> None:
            number, properties, children = node
            label = properties.get("label", Variant("s", "")).value
            if label and properties.get("visible", Variant("b", True)).value:
                lines[label] = number
            for child in children:
                read(child.value)

        read(layout)
        return lines

    def click(self, item: str, line: str) -> None:
        """Click on a line of an icon's menu."""
        number, path = self.menu(item)[line], self.read(item, "Menu")
        click = (number, "clicked", Variant("i", 0), 0)
        self._call(item, path, f"{MENU}.Event", "isvu", *click)

    def _call(self, name: str, path: str, method: str, signature: str, *body: Any) -> list[Any]:
        interface, _, member = method.rpartition(".")
        message = Message(name, path, interface, member, signature=signature, body=[*body])
        reply = self._run(self._bus.call(message))
        assert reply is not None
        assert reply.message_type is MessageType.METHOD_RETURN, reply.body
        return list(reply.body)

    def _run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(TIMEOUT_S)
