"""Trying again, ever more seldom: for a source that may come back."""

from __future__ import annotations

from datetime import timedelta

from tracker.loop import Callback, Handle, Loop

FIRST_S = 1
LONGEST_S = 30


class Retry:
    """Calls ``attempt`` after 1, 2, 4 … 30 s.

    Args:
        loop: Where the waiting is done.
        attempt: Tries once, and then calls :meth:`later` or :meth:`succeeded`.
    """

    def __init__(self, loop: Loop, attempt: Callback) -> None:
        self._loop = loop
        self._attempt = attempt
        self._delay_s = FIRST_S
        self._handle: Handle | None = None

    def later(self) -> None:
        """Try again after the present delay; the next one is twice as long."""
        self.cancel()
        delay = timedelta(seconds=self._delay_s)
        self._delay_s = min(2 * self._delay_s, LONGEST_S)
        self._handle = self._loop.call_at(self._loop.clock.now() + delay, self._attempt)

    def succeeded(self) -> None:
        """Begin with the shortest delay the next time."""
        self.cancel()
        self._delay_s = FIRST_S

    def cancel(self) -> None:
        """Stop trying."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
