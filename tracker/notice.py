"""What the core tells the person: notices, and the seam through which they reach the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tracker.limits.types import DueStep


@dataclass(frozen=True, slots=True)
class LimitNotice:
    """A ladder's step that concerns the person now; ``channel`` is the one in front."""

    step: DueStep
    channel: str
    purpose: str


@dataclass(frozen=True, slots=True)
class StatusNotice:
    """Something about the program itself; ``code`` is an error or status code."""

    code: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class GuidelineNotice:
    """A guideline of the policy, shown while the person works in a channel."""

    guideline: str
    channel: str


Notice = LimitNotice | StatusNotice | GuidelineNotice


class Herald(Protocol):
    """Shows notices to the person; what it can't show it keeps for the app's own window."""

    def tell(self, notice: Notice) -> None:
        """Show the notice; never blocks and never raises."""
