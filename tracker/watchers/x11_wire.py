"""The connection to an X server: the few requests and events that watching takes.

All requests of a question go out before the first reply is awaited. xcffib reads what it
finds on the socket into a queue of its own whenever it waits for a reply, so whoever asks
something must call :meth:`Display.events` afterwards: the descriptor stays silent on what
is in that queue.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import xcffib
import xcffib.res
import xcffib.sync
import xcffib.xproto as xp

from tracker.errors import ErrorCode, OutsideError
from tracker.watchers.base import FrontPlace
from tracker.watchers.x11_place import WindowPlaces
from tracker.watchers.x11_text import Property, client_pid, counters

TITLE_BYTES = 4096
EVENTS_AT_ONCE = 256
_ATOMS = (
    "_NET_ACTIVE_WINDOW",
    "_NET_SUPPORTED",
    "_NET_SUPPORTING_WM_CHECK",
    "_NET_WM_NAME",
    "_NET_WM_PID",
    "WM_NAME",
    "WM_CLASS",
)
_OF_WINDOW = frozenset({"_NET_WM_NAME", "WM_NAME", "WM_CLASS", "_NET_WM_PID"})
_OF_MANAGER = frozenset({"_NET_SUPPORTED", "_NET_SUPPORTING_WM_CHECK"})


class Kind(enum.Enum):
    """What an event tells."""

    ACTIVE = enum.auto()
    """Another window may be in front."""

    MANAGER = enum.auto()
    """A window manager came or went."""

    WINDOW = enum.auto()
    """The window ``id`` changed its title, class or process, came, went, or is gone."""

    ALARM = enum.auto()
    """The idle alarm ``id`` fired when the counter stood at ``value_ms``."""


@dataclass(frozen=True, slots=True)
class XEvent:
    """An event, in the watcher's terms."""

    kind: Kind
    id: int = 0
    value_ms: int = 0


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """What a window tells of itself; the class is empty where it has none."""

    app: str
    title: str
    pid: int | None
    shown: bool = True
    """Whether it is on the screen."""


class Display:
    """An open connection to the X server ``name``.

    Raises:
        OutsideError: Nobody answers there; every method raises it once the server is gone.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        with self._alive():
            self._conn = xcffib.connect(display=name)
            try:
                self._set_up()
            except BaseException:
                self._conn.disconnect()
                raise

    def _set_up(self) -> None:
        conn, core = self._conn, self._conn.core
        self._root: int = conn.get_setup().roots[conn.pref_screen].root
        self._manager_window = 0
        names = {*_ATOMS, *WindowPlaces.NAMES}
        atoms = {name: core.InternAtom(False, len(name), name) for name in names}
        sync, res = (core.QueryExtension(len(name), name) for name in ("SYNC", "X-Resource"))
        self._atoms: dict[str, int] = {name: ask.reply().atom for name, ask in atoms.items()}
        self._names = {atom: name for name, atom in self._atoms.items()}
        # A request of an extension that is missing would end the connection.
        self._sync: Any = conn(xcffib.sync.key) if sync.reply().present else None
        self._res: Any = conn(xcffib.res.key) if res.reply().present else None
        if self._res is not None:
            version = self._res.QueryVersion(1, 2).reply()
            if (version.server_major, version.server_minor) < (1, 2):
                self._res = None
        self._places = WindowPlaces(conn, self._root, self._atoms.__getitem__, self._res)
        self._idle_counter: int | None = None
        if self._sync is not None:
            self._sync.Initialize(3, 1).reply()
            listed = self._reply(self._sync.ListSystemCounters())
            self._idle_counter = counters(listed or b"").get("IDLETIME")
        self._select(self._root, xp.EventMask.PropertyChange)
        conn.flush()

    @contextmanager
    def _alive(self) -> Iterator[None]:
        try:
            yield
        except xcffib.XcffibException as error:
            raise OutsideError(ErrorCode.DISPLAY_LOST, display=self._name) from error

    def fileno(self) -> int:
        """Return the descriptor that can be read when events arrive."""
        with self._alive():
            number: int = self._conn.get_file_descriptor()
            return number

    def close(self) -> None:
        """End the connection; unwatch its descriptor first."""
        self._conn.disconnect()

    def events(self) -> list[XEvent] | None:
        """Return what has arrived; None when all was read before.

        Call it until it returns None: of very many events it returns some at a time, and
        of those that do not matter an empty list.
        """
        found: list[XEvent] = []
        with self._alive():
            for _ in range(EVENTS_AT_ONCE):
                try:
                    event = self._conn.poll_for_event()
                except (xcffib.Error, LookupError):
                    continue  # of a window that closed while it was asked, or unknown
                if event is None:
                    self._conn.flush()
                    return found or None
                told = self._told(event)
                if told is not None and told not in found:
                    found.append(told)
        return found

    def _told(self, event: object) -> XEvent | None:
        if isinstance(event, xp.PropertyNotifyEvent):
            return self._told_by_property(event.window, self._names.get(event.atom))
        if isinstance(event, xp.DestroyNotifyEvent | xp.UnmapNotifyEvent | xp.MapNotifyEvent):
            of_manager = event.window == self._manager_window
            return XEvent(Kind.MANAGER) if of_manager else XEvent(Kind.WINDOW, event.window)
        if isinstance(event, xcffib.sync.AlarmNotifyEvent):
            if event.state == xcffib.sync.ALARMSTATE.Destroyed:
                return None
            value = event.counter_value
            return XEvent(Kind.ALARM, event.alarm, (value.hi << 32) + value.lo)
        return None

    def _told_by_property(self, window: int, name: str | None) -> XEvent | None:
        if window != self._root:
            return XEvent(Kind.WINDOW, window) if name in _OF_WINDOW else None
        if name == "_NET_ACTIVE_WINDOW":
            return XEvent(Kind.ACTIVE)
        return XEvent(Kind.MANAGER) if name in _OF_MANAGER else None

    def managed(self) -> bool:
        """Return whether a living window manager says which window is in front."""
        with self._alive():
            check, supported, active = self._properties(
                self._root, "_NET_SUPPORTING_WM_CHECK", "_NET_SUPPORTED", "_NET_ACTIVE_WINDOW"
            ) or (Property(), Property(), Property())
            atom = self._atoms["_NET_ACTIVE_WINDOW"]
            if supported.data and not supported.cut and atom not in supported.numbers():
                return False
            self._manager_window = check.number() or 0
            if not self._manager_window:
                return bool(active.data)
            # The property outlives its manager; the window that it names does not.
            self._select(self._manager_window, xp.EventMask.StructureNotify)
            again = self._properties(self._manager_window, "_NET_SUPPORTING_WM_CHECK")
            return again is not None and again[0].number() == self._manager_window

    def front(self) -> int:
        """Return the window in front; 0 for none."""
        with self._alive():
            found = self._properties(self._root, "_NET_ACTIVE_WINDOW")
            return (found[0].number() or 0) if found else 0

    def look_at(self, window: int) -> WindowFacts | None:
        """Return what ``window`` tells, and have its changes told; None where it is gone."""
        with self._alive():
            # First, so that no change falls between the answers and the events.
            self._select(window, xp.EventMask.PropertyChange | xp.EventMask.StructureNotify)
            screen_ask = self._conn.core.GetWindowAttributes(window)
            pid_ask = None
            if self._res is not None:
                spec = xcffib.res.ClientIdSpec.synthetic(
                    window, xcffib.res.ClientIdMask.LocalClientPID
                )
                pid_ask = self._res.QueryClientIds(1, [spec])
            found = self._properties(window, "_NET_WM_NAME", "WM_NAME", "WM_CLASS", "_NET_WM_PID")
            pid = client_pid(self._reply(pid_ask) or b"") if pid_ask is not None else None
            try:
                shown = screen_ask.reply().map_state != xp.MapState.Unmapped
            except xcffib.Error:
                return None
            if found is None:
                return None
            name, old_name, class_name, told_pid = found
            # A client in a pid namespace tells a number of its own world, so the server first.
            return WindowFacts(
                class_name.class_name(),
                name.text() or old_name.text(),
                pid or told_pid.number(),
                shown,
            )

    def look_away(self, window: int) -> None:
        """Have the changes of ``window`` told no more."""
        with self._alive():
            self._select(window, 0)

    def place_of(self, window: int) -> FrontPlace | None:
        """Return where ``window`` stands; None where it is gone or not on the screen."""
        with self._alive():
            return self._places.place_of(window)

    def stacking(self) -> tuple[int, ...]:
        """Return the managed windows, the lowest first."""
        with self._alive():
            return self._places.stacking()

    def minimise(self, window: int) -> None:
        """Ask the window manager to minimise ``window``."""
        with self._alive():
            self._places.minimise(window)

    def idle_ms(self) -> int | None:
        """Return the time since the last input; None where the server does not tell."""
        if self._sync is None or self._idle_counter is None:
            return None
        with self._alive():
            try:
                value = self._sync.QueryCounter(self._idle_counter).reply().counter_value
            except xcffib.Error:
                return None
            return int((value.hi << 32) + value.lo)

    def idle_alarms(self, after_ms: int) -> tuple[int, int] | None:
        """Have it told when the idle time rises over and falls under ``after_ms``.

        Returns:
            The ids of the rising and the falling alarm; None where there are none. They
            fire on crossing only.
        """
        if self._sync is None or self._idle_counter is None:
            return None
        with self._alive():
            kinds = xcffib.sync.TESTTYPE
            return (
                self._alarm(after_ms, kinds.PositiveTransition),
                self._alarm(after_ms, kinds.NegativeTransition),
            )

    def _alarm(self, value_ms: int, test: int) -> int:
        attribute, int64 = xcffib.sync.CA, xcffib.sync.INT64.synthetic
        mask = (
            attribute.Counter
            | attribute.ValueType
            | attribute.Value
            | attribute.TestType
            | attribute.Delta
            | attribute.Events
        )
        value = int64(value_ms >> 32, value_ms & 0xFFFFFFFF)
        absolute = xcffib.sync.VALUETYPE.Absolute
        number: int = self._conn.generate_id()
        # Without a delta and with a transition, the alarm stays and fires each time.
        settings = [self._idle_counter, absolute, value, test, int64(0, 0), 1]
        self._sync.CreateAlarm(number, mask, settings)
        return number

    def drop_alarm(self, alarm: int) -> None:
        """Take an alarm back."""
        with self._alive():
            self._sync.DestroyAlarm(alarm)

    def _select(self, window: int, mask: int) -> None:
        self._conn.core.ChangeWindowAttributes(window, xp.CW.EventMask, [mask])

    def _properties(self, window: int, *names: str) -> tuple[Property, ...] | None:
        any_type = xp.GetPropertyType.Any
        asks = [
            self._conn.core.GetProperty(
                False, window, self._atoms[name], any_type, 0, TITLE_BYTES // 4
            )
            for name in names
        ]
        # Each reply is fetched, errors too: libxcb keeps for ever what nobody fetches.
        replies = [self._reply(ask) for ask in asks]
        told = [Property.from_reply(reply) for reply in replies if reply is not None]
        return tuple(told) if len(told) == len(replies) else None

    def _reply(self, ask: xcffib.Cookie) -> bytes | None:
        """Return the raw reply: taking it apart here is cheaper than xcffib's lists."""
        try:
            return bytes(self._conn.wait_for_reply(ask.sequence).buf)
        except xcffib.Error:
            return None
