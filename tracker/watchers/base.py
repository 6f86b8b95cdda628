"""The contract of all watchers, pushing or pulling, with descriptors or threads.

A watcher reports a fact at the moment something changes. Where the system has a
descriptor, it goes through ``host.loop.watch``; what has none lives in a thread of its
own and comes in through ``host.loop.post``; what can only be asked is asked in
``confirm``, at every check.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from tracker.facts import Fact
from tracker.loop import Loop


class Sense(enum.StrEnum):
    """What a watcher can tell."""

    FOCUS = "focus"
    TITLE = "title"
    PID = "pid"
    IDLE = "idle"
    LOCK = "lock"
    SLEEP = "sleep"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class WatchHost:
    """What a watcher is given: the loop, where to report, and when no input means idle."""

    loop: Loop
    report: Callable[[Fact], None]
    idle_after_ms: Callable[[], int]


class Watcher(Protocol):
    """One source of facts."""

    @property
    def id(self) -> str:
        """The name that ``doctor`` shows, such as ``x11``."""

    @property
    def senses(self) -> frozenset[Sense]:
        """What it can tell as things are; empty when it has lost its source."""

    def start(self, host: WatchHost) -> None:
        """Report the present facts at once, then each change. Raises OutsideError."""

    def confirm(self) -> None:
        """Ask the source again and report what was missed; called at every check."""

    def idle_ms(self) -> int | None:
        """Return for how long there was no input; None where it can't tell."""

    def stop(self) -> None:
        """Let go of everything; no fact is reported afterwards."""


@runtime_checkable
class AssumesInput(Protocol):
    """What a watcher offers beside, where it reports when input stops and comes back."""

    def assume_input(self, at: datetime) -> None:
        """Take it that there was input at ``at``: waking and unlocking mean active.

        Without this, who was idle before stays so for the watcher, and is not reported
        idle again until there was input.
        """


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of the desktop in physical pixels, from its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    def overlap(self, other: Rect) -> int:
        """Return how many pixels both cover."""
        wide = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        high = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(wide, 0) * max(high, 0)


@dataclass(frozen=True, slots=True)
class FrontPlace:
    """Where a native window stands: its content without frame and shadow, in physical pixels.

    Attributes:
        window: What the desktop calls it; on X11 the window's id.
        pid: Its process; None where nobody tells.
        full_screen: Whether it fills its monitor, frame and panels put away.
        screen: The monitor that shows most of it.
    """

    window: int
    pid: int | None
    x: int
    y: int
    width: int
    height: int
    full_screen: bool
    screen: Rect


@runtime_checkable
class FrontWindow(Protocol):
    """What a watcher offers beside, where it can tell a window's place and minimise it.

    Neither reads the window's title.
    """

    def front_place(self, beneath: int | None = None) -> FrontPlace | None:
        """Return where the window in front stands; None where none is or nobody tells.

        Args:
            beneath: A process, this one: while a window of it is in front, the place is
                that of the window that was in front before.
        """

    def minimise(self, window: int, beneath: int | None = None) -> bool:
        """Minimise ``window`` if it is what :meth:`front_place` tells of; return whether."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a backend does not serve here, and what helps: codes, put in words elsewhere."""

    backend: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Backend:
    """A way of watching that this desktop may offer."""

    id: str
    senses: frozenset[Sense]
    refuse: Callable[[Mapping[str, str]], Refusal | None]
    """Given the environment, why it can't serve here; None where it can. Touches nothing."""

    make: Callable[[Mapping[str, str]], Watcher]
