"""What is measured: figures with their goals, and what could not be measured here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

REMEDY = "make bench"
"""The command that installs what every part needs."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        name: What was measured.
        measured: The value, in ``unit``.
        unit: Such as ``ms`` or ``%``; empty for a count.
        goal: The value must not be above it; None where there is no goal.
        note: How it came about, and what explains it.
    """

    name: str
    measured: float
    unit: str
    goal: float | None
    note: str

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        return None if self.goal is None else self.measured <= self.goal


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure that could not be measured here.

    Attributes:
        name: What was to be measured.
        reason: What stands in the way.
        remedy: What to do about it.
    """

    name: str
    reason: str
    remedy: str


Result = Figure | Missing


class CannotMeasureError(RuntimeError):
    """A part can't be measured here; it says why and what to do about it."""

    def __init__(self, reason: str, remedy: str = REMEDY) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Part:
    """Figures that are measured together.

    Attributes:
        name: What ``--only`` calls it.
        figures: The names of its figures.
        measure: Measures them; True asks for few repetitions.
        minutes: How long that takes, about.
    """

    name: str
    figures: tuple[str, ...]
    measure: Callable[[bool], Sequence[Result]]
    minutes: float


def median(values: Sequence[float]) -> float:
    """Return the middle value, the upper one of two."""
    return quantile(values, 0.5)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
