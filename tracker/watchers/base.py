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
