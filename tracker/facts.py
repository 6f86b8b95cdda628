"""Facts: what a source reports, each with the instant from which it holds.

A fact may be back-dated: its ``at`` is when it became true, not when it was learnt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Foreground:
    """The window in front from ``at`` on. An ``app`` of None: nothing is in front.

    ``app`` is the X11 class, app id, executable or bundle as the system gives it.
    """

    at: datetime
    app: str | None
    title: str = ""
    pid: int | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """The front tab of a browser. ``url`` and ``channel`` both None: the page is withheld."""

    at: datetime
    browser: str
    url: str | None = None
    channel: str | None = None
    audible: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Idle:
    """No input since ``since``; learnt at ``at``."""

    at: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class Active:
    """Input is there again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Lock:
    """The session is locked."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Unlock:
    """The session is unlocked; means active."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Sleep:
    """The machine goes to sleep."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Wake:
    """The machine is awake; means active."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Blind:
    """The source of the front window is lost; ``reason`` is an error code."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Sighted:
    """The front window can be seen (again)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """The person pauses measuring, for good or until an instant."""

    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """The pause is over."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ChoosePurpose:
    """From now on the time in ``channel`` is for ``purpose``."""

    at: datetime
    channel: str
    purpose: str


@dataclass(frozen=True, slots=True)
class TakeBreak:
    """A flexible break begins."""

    at: datetime


@dataclass(frozen=True, slots=True)
class BackToWork:
    """The flexible break is over."""

    at: datetime


Fact = (
    Foreground
    | Tab
    | Idle
    | Active
    | Lock
    | Unlock
    | Sleep
    | Wake
    | Blind
    | Sighted
    | Pause
    | Resume
    | ChoosePurpose
    | TakeBreak
    | BackToWork
)
