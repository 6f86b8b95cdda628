"""The loop that the core runs on: descriptors, instants and posts from threads.

Three makes keep one contract: :class:`tracker.selector_loop.SelectorLoop` without a
screen, ``ui.qt_loop`` inside Qt, and :class:`tracker.virtual_loop.VirtualLoop`, on
which simulations and tests run faster than real time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from tracker.clock import Clock

Callback = Callable[[], None]


class Handle(Protocol):
    """Something under way that can be called off."""

    def cancel(self) -> None:
        """Call it off; harmless when it is over or called off already."""


class Loop(Protocol):
    """What the core needs of an event loop. All calls but ``post`` come from its own thread."""

    @property
    def clock(self) -> Clock:
        """The clock that ``call_at`` goes by."""

    def watch(self, fd: int, ready: Callback) -> Handle:
        """Call ``ready`` whenever ``fd`` can be read, until cancelled."""

    def call_at(self, instant: datetime, callback: Callback) -> Handle:
        """Call back once, at ``instant`` of the clock or as soon after as can be."""

    def post(self, callback: Callback) -> None:
        """Call back soon on the loop's thread; the one call that any thread may make."""

    def rearm(self) -> None:
        """Compute the waiting time anew: the clock or the machine's sleep may have moved it."""
