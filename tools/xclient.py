"""A small X11 client: what the support scripts ask of an X server, apart from the product's own."""

from __future__ import annotations

import select
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import xcffib
import xcffib.randr
import xcffib.screensaver
import xcffib.xproto as xp
import xcffib.xtest

from tools.png import write_png
from tools.waiting import PATIENCE_S, WaitedInVainError, now_ns, wait_until

_ANY_TYPE = 0
_WHOLE = 0xFFFF
_FROM_A_PROGRAM = 1
_ALL_PLANES = 0xFFFFFFFF


class XClient:
    """A connection to one display.

    Raises:
        xcffib.ConnectionException: There is no such display.
    """

    def __init__(self, display: str) -> None:
        self.connection: Any = xcffib.connect(display=display)
        self.screen: Any = self.connection.get_setup().roots[0]
        self.root = int(self.screen.root)
        self._atoms: dict[str, int] = {}

    def __enter__(self) -> XClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection, and with it every window that it made."""
        self.connection.disconnect()

    def atom(self, name: str) -> int:
        """Return the number of an atom."""
        if name not in self._atoms:
            reply = self.connection.core.InternAtom(False, len(name), name).reply()
            self._atoms[name] = int(reply.atom)
        return self._atoms[name]

    def numbers(self, window: int, name: str) -> tuple[int, ...]:
        """Return a window's property of 32-bit numbers; empty where it, or the window, is not."""
        content = self._property(window, name)
        return struct.unpack(f"={len(content) // 4}I", content)

    def text(self, window: int, name: str) -> str:
        """Return a window's property of text; empty where it, or the window, is not."""
        return self._property(window, name).decode("utf-8", "replace")

    def _property(self, window: int, name: str) -> bytes:
        request = self.connection.core.GetProperty(
            False, window, self.atom(name), _ANY_TYPE, 0, _WHOLE
        )
        try:
            return bytes(request.reply().value.raw)
        except xp.WindowError:
            return b""

    def active_window(self) -> int:
        """Return the window that the window manager calls active; 0 where there is none."""
        return next(iter(self.numbers(self.root, "_NET_ACTIVE_WINDOW")), 0)

    def windows(self) -> tuple[int, ...]:
        """Return the windows that the window manager manages, oldest first."""
        return self.numbers(self.root, "_NET_CLIENT_LIST")

    def has_window_manager(self) -> bool:
        """Whether a window manager answers requests by now.

        The sign that it leaves on the root window is older: openbox loses windows that open
        between the two.
        """
        window = int(self.connection.generate_id())
        self.connection.core.CreateWindow(
            xcffib.CopyFromParent, window, self.root, 0, 0, 1, 1, 0,
            xp.WindowClass.InputOutput, self.screen.root_visual, 0, [],
        )  # fmt: skip
        self.tell_root(window, "_NET_REQUEST_FRAME_EXTENTS")
        try:
            wait_until(
                lambda: self.numbers(window, "_NET_FRAME_EXTENTS"), "an answer", within_s=0.1
            )
        except WaitedInVainError:
            return False
        return True

    def selection_owner(self, name: str) -> int:
        """Return the window that owns a selection, 0 where none does."""
        return int(self.connection.core.GetSelectionOwner(self.atom(name)).reply().owner)

    def app_of(self, window: int) -> str:
        """Return the class of a window, the second half of ``WM_CLASS``; empty without one."""
        return self.text(window, "WM_CLASS").rstrip("\0").rpartition("\0")[2]

    def shown(self, app: str) -> tuple[int, ...]:
        """Return the windows of that class that are on the screen, managed or not."""
        return tuple(
            window
            for window in self.tree()
            if self.app_of(window) == app and self._is_shown(window)
        )

    def _is_shown(self, window: int) -> bool:
        try:
            reply = self.connection.core.GetWindowAttributes(window).reply()
        except xp.WindowError:
            return False
        return bool(reply.map_state == xp.MapState.Viewable)

    def tree(self, window: int | None = None) -> Iterator[int]:
        """Go through every window below one, the whole screen by default."""
        try:
            children = self.connection.core.QueryTree(window or self.root).reply().children
        except xp.WindowError:
            return
        for child in children:
            yield child
            yield from self.tree(child)

    def idle_ms(self) -> int:
        """Return how long there has been no input, as the server's screen saver counts it."""
        extension = self.connection(xcffib.screensaver.key)
        return int(extension.QueryInfo(self.root).reply().ms_since_user_input)

    def frame(self, window: int) -> tuple[int, int, int, int]:
        """Return where a window is on the screen: x, y, width, height."""
        size = self.connection.core.GetGeometry(window).reply()
        place = self.connection.core.TranslateCoordinates(window, self.root, 0, 0).reply()
        return place.dst_x, place.dst_y, size.width, size.height

    def split_screen(self, *monitors: tuple[int, int, int, int]) -> None:
        """Make monitors of parts of the screen: x, y, width and height each.

        The only output belongs to the first; programs that are told of monitors by the
        server, window managers among them, take the others for as real.
        """
        extension = self.connection(xcffib.randr.key)
        outputs = list(extension.GetScreenResources(self.root).reply().outputs)
        for number, (x, y, width, height) in enumerate(monitors):
            own = [] if number else outputs
            monitor = xcffib.randr.MonitorInfo.synthetic(
                self.atom(f"monitor-{number}"), not number, False, len(own),
                x, y, width, height, width // 4, height // 4, own,
            )  # fmt: skip
            extension.SetMonitor(self.root, monitor, is_checked=True).check()

    def make_full_screen(self, window: int, *, full: bool = True) -> None:
        """Have a window fill its monitor, or take its own place again; wait until it does."""
        state = self.atom("_NET_WM_STATE_FULLSCREEN")
        self.tell_root(window, "_NET_WM_STATE", int(full), state, 0, _FROM_A_PROGRAM)
        self.wait_for(lambda: (state in self.numbers(window, "_NET_WM_STATE")) is full, "the state")

    def tell_root(self, window: int, message: str, *data: int) -> None:
        """Send the window manager a client message about a window."""
        numbers = [*data, 0, 0, 0, 0, 0][:5]
        event = struct.pack("=BBHII5I", 33, 32, 0, window, self.atom(message), *numbers)
        mask = xp.EventMask.SubstructureRedirect | xp.EventMask.SubstructureNotify
        self.connection.core.SendEvent(False, self.root, mask, event)
        self.connection.flush()

    def listen(self, window: int, mask: int) -> None:
        """Ask for a window's events."""
        self.connection.core.ChangeWindowAttributes(window, xp.CW.EventMask, [mask])
        self.connection.flush()

    def wait_for(self, condition: Callable[[], bool], what: str) -> int:
        """Ask the condition again at every event, until it is true.

        Returns:
            The instant (:func:`tools.waiting.now_ns`) at which it was seen to be true.

        Raises:
            WaitedInVainError: It was false for too long.
        """
        deadline = now_ns() + int(PATIENCE_S * 1e9)
        while not condition():
            # A reply may have brought events into the library's own queue; the socket stays silent.
            if self.connection.poll_for_event() is not None:
                continue
            left_s = (deadline - now_ns()) / 1e9
            if left_s <= 0:
                raise WaitedInVainError(f"waited {PATIENCE_S:g} s for {what}")
            select.select([self.connection.get_file_descriptor()], [], [], min(left_s, 0.1))
        return now_ns()

    def paint_root(self, colour: int) -> None:
        """Give the screen a plain background of that colour, 0xRRGGBB."""
        self.connection.core.ChangeWindowAttributes(self.root, xp.CW.BackPixel, [colour])
        self.connection.core.ClearArea(False, self.root, 0, 0, 0, 0)
        self.connection.flush()

    def pixels(self, x: int, y: int, width: int, height: int) -> bytes:
        """Return what a part of the screen shows: four bytes a pixel, line by line."""
        request = self.connection.core.GetImage(
            xp.ImageFormat.ZPixmap, self.root, x, y, width, height, _ALL_PLANES
        )
        return bytes(request.reply().data.raw)

    def screenshot(self, path: Path) -> None:
        """Write what the screen shows as a PNG file."""
        width, height = self.screen.width_in_pixels, self.screen.height_in_pixels
        write_png(path, width, height, self.pixels(0, 0, width, height))


class Input:
    """The hands of a person at the display: pointer and keys, through the XTEST extension."""

    _KEY_PRESS, _KEY_RELEASE, _BUTTON_PRESS, _BUTTON_RELEASE, _MOTION = 2, 3, 4, 5, 6

    def __init__(self, client: XClient) -> None:
        self._client = client
        self._xtest = client.connection(xcffib.xtest.key)

    def move(self, x: int, y: int) -> None:
        """Move the pointer to a place on the screen."""
        self._send(self._MOTION, 0, x, y)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click on a place of the screen."""
        self.move(x, y)
        self._send(self._BUTTON_PRESS, button)
        self._send(self._BUTTON_RELEASE, button)

    def press(self, *keysyms: int) -> None:
        """Press keys together, as in Alt and F4; a keysym is a character's code or X11's own."""
        codes = [self._keycode(keysym) for keysym in keysyms]
        for code in codes:
            self._send(self._KEY_PRESS, code)
        for code in reversed(codes):
            self._send(self._KEY_RELEASE, code)

    def _send(self, kind: int, detail: int, x: int = 0, y: int = 0) -> None:
        self._xtest.FakeInput(kind, detail, 0, self._client.root, x, y, 0)
        self._client.connection.flush()

    def _keycode(self, keysym: int) -> int:
        setup = self._client.connection.get_setup()
        count = setup.max_keycode - setup.min_keycode + 1
        reply = self._client.connection.core.GetKeyboardMapping(setup.min_keycode, count).reply()
        index = list(reply.keysyms).index(keysym)
        return int(setup.min_keycode + index // reply.keysyms_per_keycode)
