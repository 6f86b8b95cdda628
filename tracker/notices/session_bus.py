"""The session's bus, for as long as the app runs: made anew when it was lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tracker.loop import Loop
from tracker.watchers.bus import Bus
from tracker.watchers.bus_link import session_bus_address
from tracker.watchers.retry import Retry


class SessionBus:
    """Holds the one connection that notices and tray share.

    Args:
        loop: Where it lives.
        environ: Tells where the bus is.
    """

    def __init__(self, loop: Loop, environ: Mapping[str, str]) -> None:
        self._loop = loop
        self._environ = environ
        self._bus: Bus | None = None
        self._joiners: list[Callable[[Bus], None]] = []
        self._leavers: list[Callable[[], None]] = []
        self._retry = Retry(loop, self.connect)

    @property
    def bus(self) -> Bus | None:
        """The connection, None while there is none."""
        return self._bus

    def join(self, joined: Callable[[Bus], None], left: Callable[[], None]) -> None:
        """Have told each new connection, to subscribe on it, and each loss."""
        self._joiners.append(joined)
        self._leavers.append(left)

    def connect(self) -> None:
        """Connect, and keep trying while nobody answers; without a bus there is nothing to do."""
        address = session_bus_address(self._environ)
        if address is None:
            self._retry.later()
            return
        try:
            bus = Bus(self._loop, address, self._lost, opened=self._retry.succeeded)
        except ConnectionError:
            self._retry.later()
            return
        self._bus = bus
        for joined in self._joiners:
            joined(bus)

    def close(self) -> None:
        """Leave the bus for good."""
        self._retry.cancel()
        if self._bus is not None:
            self._bus.close()
            self._bus = None

    def _lost(self) -> None:
        self._bus = None
        for left in self._leavers:
            left()
        self._retry.later()
