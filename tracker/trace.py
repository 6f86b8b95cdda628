"""Traces: what happened at a desk, as JSON lines in order of the true instant ``t``.

A ``purpose`` line may have ``until`` beside ``channel`` and ``id``: a later instant of the
same day, at which the choice ends by itself. An ``extend`` line may have ``reason``:
where the policy wants one and the line gives none, the person tried and took nothing.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tracker.errors import ErrorCode, OutsideError

TEXT, BOOL = (str,), (bool,)
NONE = type(None)
YEARS = range(1970, 2200)
"""What a trace may tell of: a slip of the pen shall not play a thousand years."""

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
    "purpose": {"channel": (str, NONE), "id": TEXT, "until": TEXT},
    "extend": {"limit": TEXT, "channel": (str, NONE), "reason": TEXT},
    "break": {},
    "work": {},
    "pause": {},
    "resume": {},
    "policy": {"file": TEXT},
    "crisis": {"level": (str, NONE)},
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
    "crisis": ("level",),
}


class TraceFault(enum.StrEnum):
    """What is wrong with a line; ``what`` beside it names the key or the kind."""

    NO_OBJECT = "no_object"
    NO_SUCH_KIND = "no_such_kind"
    NO_INSTANT = "no_instant"
    GOES_BACK = "goes_back"
    MISSING_KEY = "missing_key"
    NO_SUCH_KEY = "no_such_key"
    WRONG_TYPE = "wrong_type"
    SINCE_LATER = "since_later"
    UNTIL_WRONG = "until_wrong"
    NO_SUCH_CHANNEL = "no_such_channel"
    NO_SUCH_PURPOSE = "no_such_purpose"
    UNREADABLE = "unreadable"


class _FaultError(Exception):
    def __init__(self, fault: TraceFault, what: object = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.what = what


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One line of a trace; ``values`` holds its other keys, checked by kind."""

    number: int
    at: datetime
    kind: str
    values: Mapping[str, Any]
    source: str = ""

    def instant(self, key: str) -> datetime:
        """Return the instant under ``key``."""
        return parse_instant(self.values[key])


def parse_instant(text: str) -> datetime:
    """Return the instant of an ISO text with offset, in whole milliseconds.

    Raises:
        ValueError: There is no offset, or it is no instant, or none of ``YEARS``.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None or instant.year not in YEARS:
        raise ValueError(text)
    instant = instant.astimezone(UTC)
    return instant - timedelta(microseconds=instant.microsecond % 1000)


def read_trace(data: bytes, source: str) -> Iterator[TraceLine]:
    """Yield the lines of a trace.

    Raises:
        OutsideError: ``TRACE_INVALID`` with file, line, reason and what.
    """
    last: datetime | None = None
    for number, raw in enumerate(data.split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            line = _read_line(number, raw, source)
            if last is not None and line.at < last:
                raise _FaultError(TraceFault.GOES_BACK)
        except _FaultError as error:
            raise trace_error(source, number, error.fault, error.what) from error
        last = line.at
        yield line


def trace_error(source: str, line: int, fault: TraceFault, what: object = "") -> OutsideError:
    """Return the error of a trace whose ``line`` has that fault."""
    return OutsideError(
        ErrorCode.TRACE_INVALID, file=source, line=line, reason=fault.value, what=what
    )


def _read_line(number: int, raw: bytes, source: str) -> TraceLine:
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise _FaultError(TraceFault.NO_OBJECT) from error
    if not isinstance(values, dict):
        raise _FaultError(TraceFault.NO_OBJECT)
    kind = values.pop("kind", None)
    if not isinstance(kind, str) or kind not in _KEYS:
        raise _FaultError(TraceFault.NO_SUCH_KIND, kind)
    at = _instant_under("t", values)
    del values["t"]
    for key in _NEEDED.get(kind, ()):
        if key not in values:
            raise _FaultError(TraceFault.MISSING_KEY, key)
    for key, value in values.items():
        wanted = _KEYS[kind].get(key)
        if wanted is None:
            raise _FaultError(TraceFault.NO_SUCH_KEY, key)
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            raise _FaultError(TraceFault.WRONG_TYPE, key)
    if kind == "clock":
        _instant_under("to", values)
    if "until" in values:
        _instant_under("until", values)
    if kind == "idle" and _instant_under("since", values) > at:
        raise _FaultError(TraceFault.SINCE_LATER)
    return TraceLine(number, at, kind, values, source)


def _instant_under(key: str, values: Mapping[str, Any]) -> datetime:
    try:
        return parse_instant(values[key])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _FaultError(TraceFault.NO_INSTANT, key) from error
