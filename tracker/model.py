"""The values that all parts share: states, spans, gaps and totals.

Instants are aware UTC datetimes of whole milliseconds; durations are whole
milliseconds as ``int`` (``_ms``), so that sums are exact.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NewType

PRIVATE = "private"
"""The reserved purpose of time that is not for work."""

MILLISECOND = timedelta(milliseconds=1)

Device = NewType("Device", str)
"""The random id of one installation; rows are keyed by (device, seq)."""


def ms_between(start: datetime, end: datetime) -> int:
    """Return the whole milliseconds from ``start`` to ``end``; negative if it is earlier."""
    return (end - start) // MILLISECOND


class StateKind(enum.StrEnum):
    """What a moment is; at each instant exactly one, in this order of precedence."""

    STOPPED = "stopped"
    ASLEEP = "asleep"
    LOCKED = "locked"
    PAUSED = "paused"
    OFF_HOURS = "off_hours"
    NOT_MEASURED = "not_measured"
    OTHER = "other"
    IDLE = "idle"
    CHANNEL = "channel"


class Window(enum.StrEnum):
    """The part of the working day that a moment lies in."""

    WORK = "work"
    BREAKS = "breaks"


class Source(enum.StrEnum):
    """What told the channel: the extension's tab, the application, or the window's title."""

    TAB = "tab"
    APP = "app"
    TITLE = "title"


class GapKind(enum.StrEnum):
    """Time inside hours for which no channel can be told."""

    NOT_MEASURED = "not_measured"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class State:
    """What the situation resolves to; what tells of channels is set in a channel only."""

    kind: StateKind
    window: Window = Window.WORK
    channel: str | None = None
    purpose: str | None = None
    source: Source | None = None
    certain: bool = True
    reason: str = ""
    """Why, as a short code such as ``audible`` or ``own_window``; never a title."""

    within_hours: bool = True
    """Whether the policy's hours hold; a gap is kept only inside them."""

    corrected: bool = False
    """Whether the person said afterwards what the time was for."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time ``[start, end)`` with one channel and one purpose, on one device."""

    device: Device
    seq: int
    day: date
    start: datetime
    end: datetime
    channel: str
    purpose: str
    window: Window
    source: Source
    certain: bool
    corrected: bool = False

    @property
    def duration_ms(self) -> int:
        """The length in milliseconds."""
        return ms_between(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time ``[start, end)`` inside hours that was paused or not measured."""

    device: Device
    seq: int
    day: date
    start: datetime
    end: datetime
    kind: GapKind

    @property
    def duration_ms(self) -> int:
        """The length in milliseconds."""
        return ms_between(self.start, self.end)


Row = Span | Gap


@dataclass(frozen=True, slots=True)
class TotalKey:
    """What a day's total is kept by."""

    channel: str
    purpose: str
    window: Window
    certain: bool


Totals = Mapping[TotalKey, int]
"""Milliseconds by key."""


@dataclass(frozen=True, slots=True)
class DayTotals:
    """All that is kept of a day for good: milliseconds by key, and gaps by kind."""

    channels: Totals = field(default_factory=dict)
    gaps: Mapping[GapKind, int] = field(default_factory=dict)
