"""Where a window stands on an X11 screen, asked of the server without reading its title."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Any

import xcffib
import xcffib.randr
import xcffib.res
import xcffib.xproto as xp

from tracker.watchers.base import FrontPlace, Rect
from tracker.watchers.x11_text import Property, client_pid

ICONIC = 3
"""ICCCM §4.1.3.1: the state of a window that stands for itself as an icon."""

_CLIENT_MESSAGE = struct.Struct("=BBHII5I")
_MESSAGE_32 = (33, 32, 0)
_LONGS = 1024


class WindowPlaces:
    """Questions about places, on an open connection; errors of the connection are the caller's.

    Args:
        connection: Of xcffib.
        root: The screen's root window.
        atom: The number of a name that the server was asked for.
        resources: The X-Resource extension, 1.2 or newer; None where there is none.
    """

    NAMES = (
        "_NET_CLIENT_LIST_STACKING",
        "_NET_WM_STATE",
        "_NET_WM_STATE_FULLSCREEN",
        "_NET_WM_PID",
        "_GTK_FRAME_EXTENTS",
        "WM_STATE",
        "WM_CHANGE_STATE",
    )
    """The atoms that are asked for."""

    def __init__(
        self, connection: Any, root: int, atom: Callable[[str], int], resources: Any
    ) -> None:
        self._conn = connection
        self._root = root
        self._atom = atom
        self._resources = resources
        known = connection.core.QueryExtension(5, "RANDR").reply().present
        self._randr: Any = connection(xcffib.randr.key) if known else None
        if self._randr is not None:
            version = self._randr.QueryVersion(1, 5).reply()
            if (version.major_version, version.minor_version) < (1, 5):
                self._randr = None

    def place_of(self, window: int) -> FrontPlace | None:
        """Return where ``window`` stands; None where it is gone or not on the screen."""
        core = self._conn.core
        size_ask = core.GetGeometry(window)
        place_ask = core.TranslateCoordinates(window, self._root, 0, 0)
        shown_ask = core.GetWindowAttributes(window)
        state_ask, iconic_ask, shadow_ask, told_ask = (
            core.GetProperty(False, window, self._atom(name), xp.GetPropertyType.Any, 0, _LONGS)
            for name in ("_NET_WM_STATE", "WM_STATE", "_GTK_FRAME_EXTENTS", "_NET_WM_PID")
        )
        pid_ask = self._ask_pid(window)
        state, iconic, shadow, told = (
            Property.from_reply(self._raw(ask)).numbers()
            for ask in (state_ask, iconic_ask, shadow_ask, told_ask)
        )
        pid = client_pid(self._raw(pid_ask)) if pid_ask is not None else None
        replies = [self._reply(ask) for ask in (size_ask, place_ask, shown_ask)]
        size, place, shown = replies
        if size is None or place is None or shown is None:
            return None
        if shown.map_state != xp.MapState.Viewable or iconic[:1] == (ICONIC,):
            return None
        area = _inside(Rect(place.dst_x, place.dst_y, size.width, size.height), shadow)
        return FrontPlace(
            window,
            pid or (told[0] if told else None),
            area.x,
            area.y,
            area.width,
            area.height,
            full_screen=self._atom("_NET_WM_STATE_FULLSCREEN") in state,
            screen=_screen_of(area, self.screens()),
        )

    def screens(self) -> tuple[Rect, ...]:
        """Return the monitors; the whole of the screen where the server knows none."""
        found: list[Rect] = []
        if self._randr is not None:
            told = self._reply(self._randr.GetMonitors(self._root, True))
            found = [Rect(m.x, m.y, m.width, m.height) for m in told.monitors] if told else []
        if not found:
            size = self._conn.core.GetGeometry(self._root).reply()
            found = [Rect(0, 0, size.width, size.height)]
        return tuple(found)

    def stacking(self) -> tuple[int, ...]:
        """Return the managed windows, the lowest first."""
        ask = self._conn.core.GetProperty(
            False,
            self._root,
            self._atom("_NET_CLIENT_LIST_STACKING"),
            xp.GetPropertyType.Any,
            0,
            _LONGS,
        )
        return Property.from_reply(self._raw(ask)).numbers()

    def minimise(self, window: int) -> None:
        """Ask the window manager to make an icon of ``window``, as its own button does."""
        message = self._atom("WM_CHANGE_STATE")
        event = _CLIENT_MESSAGE.pack(*_MESSAGE_32, window, message, ICONIC, 0, 0, 0, 0)
        mask = xp.EventMask.SubstructureRedirect | xp.EventMask.SubstructureNotify
        self._conn.core.SendEvent(False, self._root, mask, event)
        self._conn.flush()

    def _ask_pid(self, window: int) -> xcffib.Cookie | None:
        if self._resources is None:
            return None
        which = xcffib.res.ClientIdMask.LocalClientPID
        return self._resources.QueryClientIds(1, [xcffib.res.ClientIdSpec.synthetic(window, which)])

    def _reply(self, ask: Any) -> Any:
        try:
            return ask.reply()
        except xcffib.Error:
            return None

    def _raw(self, ask: Any) -> bytes:
        try:
            return bytes(self._conn.wait_for_reply(ask.sequence).buf)
        except xcffib.Error:
            return b""


def _inside(area: Rect, shadow: Sequence[int]) -> Rect:
    """Return what can be seen of a window that draws its own shadow around itself."""
    if len(shadow) != 4:
        return area
    left, right, top, bottom = shadow
    width, height = area.width - left - right, area.height - top - bottom
    if width <= 0 or height <= 0:
        return area
    return Rect(area.x + left, area.y + top, width, height)


def _screen_of(area: Rect, screens: Sequence[Rect]) -> Rect:
    """Return the monitor that shows most of ``area``."""
    return max(screens, key=area.overlap)
