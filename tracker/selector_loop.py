"""The loop without a screen, on ``selectors``."""

from __future__ import annotations

import contextlib
import selectors
import socket
from collections import deque
from datetime import datetime

from tracker.agenda import Agenda
from tracker.clock import Clock
from tracker.loop import Callback, Handle


class SelectorLoop:
    """The loop without a screen, on ``selectors``."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._agenda = Agenda()
        self._selector = selectors.DefaultSelector()
        self._posted: deque[Callback] = deque()
        self._wake_out, self._wake_in = socket.socketpair()
        for end in (self._wake_out, self._wake_in):
            end.setblocking(False)
        self._selector.register(self._wake_out, selectors.EVENT_READ, self._run_posted)
        self._stopping = False

    @property
    def clock(self) -> Clock:
        """The clock that ``call_at`` goes by."""
        return self._clock

    def watch(self, fd: int, ready: Callback) -> Handle:
        """See :class:`Loop`."""
        self._selector.register(fd, selectors.EVENT_READ, ready)
        return _Watch(self._selector, fd)

    def call_at(self, instant: datetime, callback: Callback) -> Handle:
        """See :class:`Loop`."""
        return self._agenda.add(instant, callback)

    def post(self, callback: Callback) -> None:
        """See :class:`Loop`."""
        self._posted.append(callback)
        with contextlib.suppress(BlockingIOError):  # full: a wake-up is under way already
            self._wake_in.send(b"\0")

    def rearm(self) -> None:
        """Nothing to do: the waiting time is computed at every turn."""

    def wake_fd(self) -> int:
        """Return the descriptor for ``signal.set_wakeup_fd``, so that signals end a wait."""
        return self._wake_in.fileno()

    def run(self) -> None:
        """Run until :meth:`stop`; at once where that came before."""
        while not self._stopping:
            self.turn()
        self._stopping = False

    def stop(self) -> None:
        """End :meth:`run` after the present turn."""
        self._stopping = True
        self.post(_nothing)

    def turn(self, longest_s: float | None = None) -> None:
        """Wait for one thing to happen, at most ``longest_s`` seconds, and handle it."""
        for key, _ in self._selector.select(self._wait_s(longest_s)):
            if key.fd in self._selector.get_map():  # not cancelled by one before it
                key.data()
        self._agenda.run_due(self._clock.now())

    def close(self) -> None:
        """Give the descriptors back."""
        self._selector.close()
        self._wake_out.close()
        self._wake_in.close()

    def _wait_s(self, longest_s: float | None) -> float | None:
        instant = self._agenda.next()
        if instant is None:
            return longest_s
        # One millisecond more: instants are cut to whole ones, and a wait that ends
        # just before its instant would spin.
        wait = max(0.0, (instant - self._clock.now()).total_seconds() + 0.001)
        return wait if longest_s is None else min(wait, longest_s)

    def _run_posted(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._wake_out.recv(4096)
        for _ in range(len(self._posted)):
            self._posted.popleft()()


class _Watch:
    def __init__(self, selector: selectors.BaseSelector, fd: int) -> None:
        self._selector = selector
        self._fd = fd
        self._live = True

    def cancel(self) -> None:
        if self._live:
            self._live = False
            self._selector.unregister(self._fd)


def _nothing() -> None:
    pass
