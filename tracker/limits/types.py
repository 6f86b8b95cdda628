"""The values of limits: the book that they are judged by, and where they stand."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date

from tracker.model import Totals
from tracker.policy.types import Mark, StepKind
from tracker.storage.base import Extension, StepTaken


class Level(enum.StrEnum):
    """How far a limit has filled."""

    OK = "ok"
    NEAR = "near"
    REACHED = "reached"
    OVER = "over"


class Period(enum.StrEnum):
    """What an allowance is given for."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Book:
    """All that limits are judged by on one day: whole milliseconds, and what was done."""

    day: date
    totals: Totals = field(default_factory=dict)
    """The day's totals so far, the open span included."""

    week_totals: Totals = field(default_factory=dict)
    """The totals of the day's ISO week so far, the day itself included."""

    extensions: tuple[Extension, ...] = ()
    """Those of the day's ISO week."""

    taken: tuple[StepTaken, ...] = ()
    """The steps taken on the day, and the week's steps of the ISO week."""

    lifted: frozenset[str] = frozenset()
    """Limits that a crisis level lifts: they count on, and take no step."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a limit stands for this person; ``channel`` is None where channels share."""

    limit: str
    channel: str | None
    period: Period
    used_ms: int
    allowed_ms: int | None
    """None where unlimited."""

    extended_ms: int
    level: Level

    @property
    def left_ms(self) -> int | None:
        """What is left, extensions included; negative past the limit, None where unlimited."""
        if self.allowed_ms is None:
            return None
        return self.allowed_ms + self.extended_ms - self.used_ms


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step that is due now."""

    standing: Standing
    mark: Mark
    do: StepKind
