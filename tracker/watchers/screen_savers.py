"""The screen savers' word on whether they cover the screen."""

from __future__ import annotations

from collections.abc import Callable

from tracker.watchers.base import Sense
from tracker.watchers.bus import Bus
from tracker.watchers.bus_message import BusObject, Reply, Signal

_FREEDESKTOP = "org.freedesktop.ScreenSaver"

SAVERS = (
    BusObject(_FREEDESKTOP, "/org/freedesktop/ScreenSaver", _FREEDESKTOP),
    BusObject("org.kde.screensaver", "/ScreenSaver", _FREEDESKTOP),
    BusObject("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
    BusObject("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver"),
    BusObject("org.mate.ScreenSaver", "/org/mate/ScreenSaver", "org.mate.ScreenSaver"),
    BusObject("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver", "org.xfce.ScreenSaver"),
)


class ScreenSavers:
    """Listens to all screen savers on one bus connection.

    A program that has several of the names, or tells a change on several paths as KWin
    does, has one vote. The vote of one that ends is void.
    """

    def __init__(self, bus: Bus, vote: Callable[[str, bool | None], None]) -> None:
        self._bus = bus
        self._vote = vote
        self._owners: dict[str, str] = {}
        self._told: set[str] = set()
        for interface in sorted({saver.interface for saver in SAVERS}):
            bus.subscribe(self._heard, interface=interface, member="ActiveChanged")
        for saver in SAVERS:
            bus.watch_owner(saver.name, self._follow(saver))

    @property
    def senses(self) -> frozenset[Sense]:
        """The lock, where any of them tells it."""
        return frozenset({Sense.LOCK}) if self._told else frozenset()

    def end(self) -> None:
        """Take back what was said."""
        self._owners.clear()
        self._withdraw_others()

    def _follow(self, saver: BusObject) -> Callable[[str], None]:
        def owned(owner: str) -> None:
            self._owners[saver.name] = owner
            self._withdraw_others()
            if owner:
                # By the unique name, and never started for being asked.
                target = BusObject(owner, saver.path, saver.interface)
                self._bus.call(target, "GetActive", done=answered, auto_start=False)

        def answered(reply: Reply) -> None:
            match reply:
                case Reply(body=(bool() as active,), error=""):
                    self._say(self._owners[saver.name], active)

        return owned

    def _heard(self, signal: Signal) -> None:
        match signal.body:
            case (bool() as active,) if signal.sender in self._owners.values():
                self._say(signal.sender, active)

    def _say(self, owner: str, active: bool) -> None:
        if owner:
            self._told.add(owner)
            self._vote(owner, active)

    def _withdraw_others(self) -> None:
        for owner in self._told - set(self._owners.values()):
            self._told.discard(owner)
            self._vote(owner, None)
