"""SIGTERM and SIGINT inside Qt's loop, which would not let Python see them by itself."""

from __future__ import annotations

import contextlib
import signal
import socket
from types import FrameType

from tracker.loop import Callback, Loop

ENDING = (signal.SIGTERM, signal.SIGINT)


class EndSignals:
    """Calls ``end`` when the process is asked to end, until closed.

    Python runs a signal's handler between two of its own instructions, of which there are
    none while Qt waits: the wake-up descriptor makes the loop run some.
    """

    def __init__(self, loop: Loop, end: Callback) -> None:
        self._end = end
        self._out, self._in = socket.socketpair()
        self._out.setblocking(False)
        self._in.setblocking(False)
        self._watch = loop.watch(self._out.fileno(), self._drain)
        self._old_fd = signal.set_wakeup_fd(self._in.fileno(), warn_on_full_buffer=False)
        self._old = {number: signal.signal(number, self._caught) for number in ENDING}

    def close(self) -> None:
        """Put everything back as it was."""
        for number, handler in self._old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_fd)
        self._watch.cancel()
        self._out.close()
        self._in.close()

    def _caught(self, _number: int, _frame: FrameType | None) -> None:
        self._end()

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._out.recv(4096)
