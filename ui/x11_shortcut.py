"""A shortcut that works while another program's window has the keyboard, on X11."""

from __future__ import annotations

import logging
from itertools import combinations
from typing import Any, Protocol

import xcffib
import xcffib.xproto as xp

from tracker.loop import Callback, Handle, Loop

log = logging.getLogger(__name__)

KEY_NAME = "Ctrl+Alt+K"
_KEYSYM = ord("k")
_ALT, _NUM_LOCK = 1 << 3, 1 << 4
"""The first and second modifier, as every common keyboard map has them."""

_MODIFIERS = xp.ModMask.Control | _ALT
_LOCKS = (xp.ModMask.Lock, _NUM_LOCK)
"""Caps Lock and Num Lock: pressed with or without them, it is the same shortcut."""

_KEY_PRESS = 2
_SENT = 0x80


class Shortcut(Protocol):
    """A shortcut that may be had for a while."""

    name: str
    """What it is called, as in ``Ctrl+Alt+K``."""

    def take(self, pressed: Callback) -> bool:
        """Call ``pressed`` whenever it is pressed; return whether it could be had."""

    def release(self) -> None:
        """Give it back; harmless where it was not taken."""


class X11Shortcut:
    """Ctrl+Alt+K through a passive grab, on a connection that lives as long as the grab.

    Args:
        display: As in ``DISPLAY``.
        loop: Where the connection is watched.
    """

    name = KEY_NAME

    def __init__(self, display: str, loop: Loop) -> None:
        self._display = display
        self._loop = loop
        self._conn: Any = None
        self._watch: Handle | None = None
        self._pressed: Callback | None = None

    def take(self, pressed: Callback) -> bool:
        """See :class:`Shortcut`."""
        self.release()
        try:
            self._conn = xcffib.connect(display=self._display)
            taken = self._grab()
        except xcffib.XcffibException:
            taken = False
        if not taken:
            log.info("the shortcut can't be had")
            self.release()
            return False
        self._pressed = pressed
        self._watch = self._loop.watch(self._conn.get_file_descriptor(), self._read)
        return True

    def release(self) -> None:
        """See :class:`Shortcut`. The server ends the grab with the connection."""
        self._pressed = None
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        if self._conn is not None:
            self._conn.disconnect()
            self._conn = None

    def _grab(self) -> bool:
        setup, core = self._conn.get_setup(), self._conn.core
        root = setup.roots[self._conn.pref_screen].root
        code = self._keycode(setup)
        if code is None:
            return False
        grabs = [
            core.GrabKey(
                False,
                root,
                sum(locks, _MODIFIERS),
                code,
                xp.GrabMode.Async,
                xp.GrabMode.Async,
                is_checked=True,
            )
            for count in range(len(_LOCKS) + 1)
            for locks in combinations(_LOCKS, count)
        ]
        try:
            for grab in grabs:
                grab.check()
        except xp.AccessError:
            return False  # another program has it
        return True

    def _keycode(self, setup: Any) -> int | None:
        count = setup.max_keycode - setup.min_keycode + 1
        reply = self._conn.core.GetKeyboardMapping(setup.min_keycode, count).reply()
        width = reply.keysyms_per_keycode
        for place, keysym in enumerate(reply.keysyms):
            if keysym == _KEYSYM:
                return int(setup.min_keycode + place // width)
        return None

    def _read(self) -> None:
        pressed = self._pressed
        try:
            while self._conn is not None and (event := self._conn.poll_for_event()) is not None:
                if event.response_type & ~_SENT == _KEY_PRESS and pressed is not None:
                    pressed()
        except xcffib.XcffibException:
            self.release()
