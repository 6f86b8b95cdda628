"""What a run hands over to the one that takes its place while the watchers go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tracker.judge import Judge
from tracker.situation import Situation


@dataclass(frozen=True, slots=True)
class Handover:
    """How far it accounted for time, and what was seen then."""

    at: datetime
    situation: Situation
    judge: Judge
