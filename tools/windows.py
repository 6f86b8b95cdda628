"""Real windows that do as they are told, each act with its true instant.

They are the known truth of the tests, the demonstration and the measurements. Run as a
program (``python -m tools.windows``) it takes one JSON object a line and answers each with one:
``{"do": "open", "app": "chromium", "title": "…"}``, then ``focus``, ``retitle``, ``hide``,
``withdraw`` or ``close`` with the ``window`` that ``open`` answered.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import IO, Any, Protocol

import xcffib
import xcffib.xproto as xp

from tools.waiting import now_ns
from tools.xclient import XClient

_FROM_A_PAGER = 2
_ICONIC = 3
_INPUT_HINT = 1
_PLACED_BY_PROGRAM = 1 << 2 | 1 << 3
_PLACE = (80, 60, 640, 420)
_PALETTE = (0x3B5B7A, 0x6B4E71, 0x4F6D4E, 0x8A5A3C, 0x5A5A66, 0x37706B)


@dataclass(frozen=True, slots=True)
class Change:
    """An act on a window: when it was asked for, and when the window manager had published it.

    Attributes:
        window: The X11 window.
        asked_ns: Just before the request left, by :func:`tools.waiting.now_ns`.
        seen_ns: Just after another client could see the outcome.
    """

    window: int
    asked_ns: int
    seen_ns: int


class Windows(Protocol):
    """Windows on a display, of this process or of another."""

    def open(self, app: str, title: str, place: tuple[int, int, int, int] | None = None) -> Change:
        """Open a window of the class ``app`` and wait until it is active.

        Args:
            app: Its class; the instance is the same in lower case.
            title: Its title.
            place: Its x, y, width and height.
        """

    def focus(self, window: int) -> Change:
        """Make a window the active one, as a taskbar does."""

    def retitle(self, window: int, title: str) -> Change:
        """Give a window another title."""

    def hide(self, window: int) -> Change:
        """Minimise a window; if it was active, another is, or none."""

    def withdraw(self, window: int) -> Change:
        """Take a window off the screen without closing it, as programs do that go to the tray."""

    def close(self, window: int) -> Change:
        """Close a window; openbox goes on naming it active where no other takes the focus."""


class OwnWindows:
    """Windows of this very process."""

    def __init__(self, display: str, *, claimed_pid: int | None = None) -> None:
        """Connect to the display.

        Args:
            display: As in ``DISPLAY``.
            claimed_pid: What ``_NET_WM_PID`` says, which programs may get wrong; 0 leaves it out.
        """
        self._client = XClient(display)
        self._pid = os.getpid() if claimed_pid is None else claimed_pid
        self._opened = 0
        self._client.listen(self._client.root, xp.EventMask.PropertyChange)

    def __enter__(self) -> OwnWindows:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def open(self, app: str, title: str, place: tuple[int, int, int, int] | None = None) -> Change:
        """Open a window of the class ``app`` and wait until it is active."""
        asked_ns = now_ns()
        window = self._create(place or _PLACE)
        self._describe(window, app, title)
        self._client.connection.core.MapWindow(window)
        self._client.connection.flush()
        # The window manager may keep the focus where it was; a person would click.
        self._client.wait_for(lambda: window in self._client.windows(), "the window to be managed")
        return Change(window, asked_ns, self.focus(window).seen_ns)

    def focus(self, window: int) -> Change:
        """Make a window the active one, as a taskbar does."""
        asked_ns = now_ns()
        self._client.tell_root(window, "_NET_ACTIVE_WINDOW", _FROM_A_PAGER)
        seen_ns = self._client.wait_for(
            lambda: self._client.active_window() == window, "the window to be active"
        )
        return Change(window, asked_ns, seen_ns)

    def retitle(self, window: int, title: str) -> Change:
        """Give a window another title."""
        asked_ns = now_ns()
        self._set_title(window, title)
        self._client.text(window, "_NET_WM_NAME")
        return Change(window, asked_ns, now_ns())

    def hide(self, window: int) -> Change:
        """Minimise a window; if it was active, another is, or none."""
        asked_ns = now_ns()
        self._client.tell_root(window, "WM_CHANGE_STATE", _ICONIC)
        seen_ns = self._client.wait_for(
            lambda: self._client.active_window() != window, "the window to be minimised"
        )
        return Change(window, asked_ns, seen_ns)

    def withdraw(self, window: int) -> Change:
        """Take a window off the screen without closing it, as programs do that go to the tray."""
        asked_ns = now_ns()
        self._client.connection.core.UnmapWindow(window)
        self._client.connection.flush()
        return Change(window, asked_ns, self._wait_until_unmanaged(window))

    def close(self, window: int) -> Change:
        """Close a window."""
        asked_ns = now_ns()
        self._client.connection.core.DestroyWindow(window)
        self._client.connection.flush()
        return Change(window, asked_ns, self._wait_until_unmanaged(window))

    def _wait_until_unmanaged(self, window: int) -> int:
        return self._client.wait_for(
            lambda: window not in self._client.windows(), "the window to be gone"
        )

    def _create(self, place: tuple[int, int, int, int]) -> int:
        connection, screen = self._client.connection, self._client.screen
        window = int(connection.generate_id())
        colour = _PALETTE[(os.getpid() + self._opened) % len(_PALETTE)]
        connection.core.CreateWindow(
            xcffib.CopyFromParent, window, self._client.root, *place, 0,
            xp.WindowClass.InputOutput, screen.root_visual, xp.CW.BackPixel, [colour],
        )  # fmt: skip
        self._opened += 1
        return window

    def _describe(self, window: int, app: str, title: str) -> None:
        self._set(window, "WM_CLASS", "STRING", 8, f"{app.lower()}\0{app}\0".encode())
        self._set_title(window, title)
        self._set(window, "WM_HINTS", "WM_HINTS", 32, struct.pack("=9I", _INPUT_HINT, 1, *[0] * 7))
        hints = struct.pack("=18I", _PLACED_BY_PROGRAM, *[0] * 17)
        self._set(window, "WM_NORMAL_HINTS", "WM_SIZE_HINTS", 32, hints)
        if self._pid:
            self._set(window, "_NET_WM_PID", "CARDINAL", 32, struct.pack("=I", self._pid))

    def _set_title(self, window: int, title: str) -> None:
        self._set(window, "_NET_WM_NAME", "UTF8_STRING", 8, title.encode())
        self._set(window, "WM_NAME", "STRING", 8, title.encode("latin-1", "replace"))
        self._client.connection.flush()

    def _set(self, window: int, name: str, kind: str, bits: int, content: bytes) -> None:
        self._client.connection.core.ChangeProperty(
            xp.PropMode.Replace,
            window,
            self._client.atom(name),
            self._client.atom(kind),
            bits,
            len(content) * 8 // bits,
            content,
        )


class WindowProcess:
    """Windows of another process, which thereby has a process id of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Speak with a process that runs this module, its input and output piped as text."""
        self.process = process
        self._commands, self._answers = _pipes(process)

    def open(self, app: str, title: str, place: tuple[int, int, int, int] | None = None) -> Change:
        """Open a window of the class ``app`` and wait until it is active."""
        return self._do("open", app=app, title=title, place=place)

    def focus(self, window: int) -> Change:
        """Make a window the active one, as a taskbar does."""
        return self._do("focus", window=window)

    def retitle(self, window: int, title: str) -> Change:
        """Give a window another title."""
        return self._do("retitle", window=window, title=title)

    def hide(self, window: int) -> Change:
        """Minimise a window; if it was active, another is, or none."""
        return self._do("hide", window=window)

    def withdraw(self, window: int) -> Change:
        """Take a window off the screen without closing it, as programs do that go to the tray."""
        return self._do("withdraw", window=window)

    def close(self, window: int) -> Change:
        """Close a window."""
        return self._do("close", window=window)

    def _do(self, act: str, **arguments: Any) -> Change:
        self._commands.write(json.dumps({"do": act, **arguments}) + "\n")
        self._commands.flush()
        answer = self._answers.readline()
        if not answer:
            raise RuntimeError(f"the windows' process ended at {act!r}")
        return Change(**json.loads(answer))


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process needs pipes for input and output")
    return process.stdin, process.stdout


def main() -> None:
    """Obey the commands that come on standard input, until it ends."""
    with OwnWindows(os.environ["DISPLAY"]) as windows:
        acts: dict[str, Callable[..., Change]] = {
            "open": windows.open,
            "focus": windows.focus,
            "retitle": windows.retitle,
            "hide": windows.hide,
            "withdraw": windows.withdraw,
            "close": windows.close,
        }
        for line in sys.stdin:
            command = json.loads(line)
            change = acts[command.pop("do")](**command)
            print(json.dumps(asdict(change)), flush=True)


if __name__ == "__main__":
    main()
