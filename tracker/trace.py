"""Traces: what happened at a desk, as JSON lines in order of the true instant ``t``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tracker.errors import ErrorCode, OutsideError

TEXT, BOOL, NUMBER = (str,), (bool,), (int,)
NONE = type(None)

_KEYS: Mapping[str, Mapping[str, tuple[type, ...]]] = {
    "foreground": {"app": (str, NONE), "title": (str, NONE), "pid": (int, NONE)},
    "tab": {
        "browser": TEXT,
        "url": (str, NONE),
        "channel": (str, NONE),
        "audible": BOOL,
        "private": BOOL,
    },
    "idle": {"since": TEXT},
    "active": {},
    "lock": {},
    "unlock": {},
    "sleep": {},
    "wake": {},
    "clock": {"to": TEXT},
    "purpose": {"channel": (str, NONE), "id": TEXT},
    "extend": {"limit": TEXT, "channel": (str, NONE)},
    "break": {},
    "work": {},
    "pause": {},
    "resume": {},
    "policy": {"file": TEXT},
    "stop": {},
    "start": {},
    "end": {},
}
_NEEDED = {
    "foreground": ("app",),
    "tab": ("browser",),
    "idle": ("since",),
    "clock": ("to",),
    "purpose": ("id",),
    "extend": ("limit",),
    "policy": ("file",),
}


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One line of a trace; ``values`` holds its other keys, checked by kind."""

    number: int
    at: datetime
    kind: str
    values: Mapping[str, Any]

    def instant(self, key: str) -> datetime:
        """Return the instant under ``key``."""
        return parse_instant(self.values[key])


def parse_instant(text: str) -> datetime:
    """Return the instant of an ISO text with offset, in whole milliseconds.

    Raises:
        ValueError: There is no offset, or it is no instant.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    instant = instant.astimezone(UTC)
    return instant - timedelta(microseconds=instant.microsecond % 1000)


def read_trace(data: bytes, source: str) -> Iterator[TraceLine]:
    """Yield the lines of a trace.

    Raises:
        OutsideError: ``TRACE_INVALID`` with file, line and reason.
    """
    last: datetime | None = None
    for number, raw in enumerate(data.split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            line = _read_line(number, raw)
            if last is not None and line.at < last:
                raise ValueError("t goes back")
        except (ValueError, RecursionError, OverflowError) as error:
            reason = str(error) if type(error) is ValueError else "no JSON object"
            raise OutsideError(
                ErrorCode.TRACE_INVALID, file=source, line=number, reason=reason
            ) from error
        last = line.at
        yield line


def _read_line(number: int, raw: bytes) -> TraceLine:
    values = json.loads(raw)
    if not isinstance(values, dict):
        raise ValueError("no JSON object")
    kind = values.pop("kind", None)
    if kind not in _KEYS:
        raise ValueError(f"unknown kind: {kind}")
    try:
        at = parse_instant(values.pop("t"))
        for key in ("since", "to"):
            if key in _KEYS[kind]:
                parse_instant(values[key])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("an instant is missing, or has no offset") from error
    for key in _NEEDED.get(kind, ()):
        if key not in values:
            raise ValueError(f"missing: {key}")
    for key, value in values.items():
        wanted = _KEYS[kind].get(key)
        if wanted is None:
            raise ValueError(f"unknown key: {key}")
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            raise ValueError(f"wrong type: {key}")
    return TraceLine(number, at, kind, values)
