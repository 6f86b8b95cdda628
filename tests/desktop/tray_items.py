"""What a StatusNotifierItem host reads of the icons that it shows, and does with them."""

from __future__ import annotations

from typing import Any

from jeepney import DBusAddress

from tools.bus import BusClient, CallError

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
_PROPERTIES = "org.freedesktop.DBus.Properties"


class TrayItem:
    """One icon on the bus, and its menu."""

    def __init__(self, bus: BusClient, service: str) -> None:
        """Speak with an icon; ``service`` is as a watcher lists it: a bus name and a path."""
        self._bus = bus
        self._name, _, path = service.partition("/")
        self._path = f"/{path}" if path else "/StatusNotifierItem"

    def read(self, name: str) -> Any:
        """Return a property."""
        address = DBusAddress(self._path, self._name, _PROPERTIES)
        return self._bus.call(address, "Get", "ss", ITEM, name)[0][1]

    def menu(self, below: int = 0) -> dict[str, int]:
        """Return the visible lines below a line, submenus included, with their numbers."""
        address = self._menu_address()
        self._bus.call(address, "AboutToShow", "i", below)
        _revision, layout = self._bus.call(address, "GetLayout", "iias", below, -1, [])
        lines: dict[str, int] = {}

        def read(node: Any) -> None:
            number, properties, children = node
            label = properties.get("label", ("s", ""))[1]
            if label and properties.get("visible", ("b", True))[1]:
                lines.setdefault(label, number)
            for child in children:
                read(child[1])

        read(layout)
        return lines

    def click(self, line: str, *, below: str = "") -> None:
        """Click on a line of the menu, or of a submenu of it."""
        number = self.menu(self.menu()[below] if below else 0)[line]
        self._bus.call(self._menu_address(), "Event", "isvu", number, "clicked", ("i", 0), 0)

    def _menu_address(self) -> DBusAddress:
        return DBusAddress(self.read("Menu"), self._name, MENU)


def tray_items(bus: BusClient) -> list[TrayItem]:
    """Return the icons that were given to the host of this bus; none where there is no host."""
    address = DBusAddress("/StatusNotifierWatcher", WATCHER, _PROPERTIES)
    try:
        known = bus.call(address, "Get", "ss", WATCHER, "RegisteredStatusNotifierItems")[0][1]
    except CallError:
        return []
    return [TrayItem(bus, service) for service in known]
