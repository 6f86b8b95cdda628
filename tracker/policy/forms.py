"""How small values are written in a policy file: times, hours, weekdays, marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import time

from tracker.policy.types import Mark, MarkKind, Range, Text

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60

# Written so that Python, Rust and JSON Schema read them alike; ``fullmatch`` keeps ``$`` strict.
ID = r"^\w[\w.-]*$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
HOURS = r"^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
MARK = r"^([0-9]{1,3}%|[+-][0-9]{1,4}m|0)$"
MEMBER = r"^(\*|user:[^\s].*|os-group:[^\s].*)$"
HOST = r"^(\*\.)?[\w-]+(\.[\w-]+)*\.?$"
PATH = r"^/[^\s?#]*$"
LINK = r"^(https?://|mailto:)[^\s]+$"
EMAIL = r"^[^\s@]+@[^\s@]+$"

_DAYS = "|".join(WEEKDAYS)
WEEKDAY_KEY = f"^({_DAYS})(-({_DAYS}))?$"

_MARK_KINDS = {"-": MarkKind.BEFORE, "+": MarkKind.AFTER}


def weekdays_of(key: str) -> tuple[int, ...]:
    """Return the weekdays of ``fri`` or ``mon-fri``, Monday being 0; empty if it is neither.

    A range may reach over the week's end: ``sat-mon``.
    """
    if not re.fullmatch(WEEKDAY_KEY, key):
        return ()
    first, _, last = key.partition("-")
    start = WEEKDAYS.index(first)
    length = (WEEKDAYS.index(last or first) - start) % 7
    return tuple((start + step) % 7 for step in range(length + 1))


def time_of(text: str) -> time | None:
    """Return the local time of ``HH:MM``."""
    return time.fromisoformat(text) if re.fullmatch(TIME, text) else None


def range_of(text: str) -> Range | None:
    """Return the minutes of ``HH:MM-HH:MM``; an end before the start lies on the next date."""
    if not re.fullmatch(HOURS, text):
        return None
    start, end = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
    if start == end:
        return None
    return Range(start, end if end > start else end + DAY_MINUTES)


def mark_of(text: str) -> Mark | None:
    """Return the mark of ``80%``, ``-5m``, ``+5m`` or ``0``."""
    if not re.fullmatch(MARK, text):
        return None
    if text.endswith("%"):
        return Mark(MarkKind.SHARE, int(text[:-1]), text)
    if text == "0":
        return Mark(MarkKind.AFTER, 0, text)
    return Mark(_MARK_KINDS[text[0]], int(text[1:-1]), text)


def text_of(by_language: Mapping[str, str], languages: Iterable[str]) -> Text:
    """Return a text with the policy's languages first, in their order."""
    order = [code for code in languages if code in by_language]
    order += [code for code in by_language if code not in order]
    return Text(tuple((code, by_language[code]) for code in order))
