"""How long the visit in front has lasted, as a clock. No Qt here."""

from __future__ import annotations

from datetime import datetime

from tracker.i18n import Language
from tracker.model import StateKind, ms_between
from tracker.status import Status


def clock(ms: int) -> str:
    """Return a length as a clock shows it: ``0:07``, ``12:07``, ``1:02:07``."""
    seconds = max(0, ms) // 1000
    minutes, hours = seconds // 60 % 60, seconds // 3600
    if hours:
        return f"{hours}:{minutes:02d}:{seconds % 60:02d}"
    return f"{minutes}:{seconds % 60:02d}"


def visit_words(status: Status, now: datetime, language: Language) -> str:
    """Return how long the channel in front has counted: ``12:07 this visit``; empty if none."""
    if not status.measuring or status.state.kind is not StateKind.CHANNEL:
        return ""
    return language.gettext("{clock} this visit").format(clock=clock(ms_between(status.since, now)))
