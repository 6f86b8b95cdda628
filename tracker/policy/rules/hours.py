"""Working hours: ranges that do not overlap, breaks that lie inside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.policy.forms import DAY_MINUTES, HOURS, WEEKDAYS, range_of, weekdays_of
from tracker.policy.problems import KeyPath, ProblemCode
from tracker.policy.types import Range
from tracker.policy.view import Findings, View

_WEEK = 7 * DAY_MINUTES
_KEYS = ("breaks", "holidays")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A range on the week, in minutes after Monday's midnight."""

    start: int
    end: int
    path: KeyPath


def check_hours(findings: Findings) -> None:
    """Check ``[hours]``."""
    hours = findings.root.table("hours")
    if not findings.root.has("hours") or findings.is_wrong(hours.path):
        return
    whole = True
    placed: list[_Placed] = []
    for key, weekdays in _weekday_keys(findings, hours):
        ranges = list(_ranges(findings, hours, key))
        whole = whole and isinstance(hours.data[key], list)
        whole = whole and len(ranges) == len(hours.items(key))
        placed += [
            _Placed(day * DAY_MINUTES + range_.start, day * DAY_MINUTES + range_.end, path)
            for day in weekdays
            for path, range_ in ranges
        ]
    # Sunday's night may reach into Monday.
    again = [_Placed(item.start + _WEEK, item.end + _WEEK, item.path) for item in placed]
    _check_overlap(findings, [*placed, *again], ProblemCode.HOURS_OVERLAP)
    if whole and not placed:
        findings.error(hours.path, ProblemCode.HOURS_EMPTY)
    _check_breaks(findings, hours, _merged(placed) if whole and placed else None)


def _weekday_keys(findings: Findings, hours: View) -> Iterator[tuple[str, list[int]]]:
    """Yield each weekday key with its weekdays; report unknown keys and weekdays named twice."""
    named: dict[int, str] = {}
    for key in hours.data:
        if key in _KEYS:
            continue
        weekdays = weekdays_of(key)
        if not weekdays:
            choices = ", ".join((*WEEKDAYS, "mon-fri", *_KEYS))
            findings.error(
                hours.at(key), ProblemCode.UNKNOWN_KEY, name=key[:80], near="", choices=choices
            )
            continue
        twice = [day for day in weekdays if day in named]
        if twice:
            findings.error(
                hours.at(key),
                ProblemCode.WEEKDAY_TWICE,
                day=WEEKDAYS[twice[0]],
                other=named[twice[0]],
            )
        fresh = [day for day in weekdays if day not in named]
        named.update(dict.fromkeys(fresh, key))
        yield key, fresh


def _ranges(findings: Findings, hours: View, key: str) -> Iterator[tuple[KeyPath, Range]]:
    for index, value in enumerate(hours.items(key)):
        range_ = _range(findings, hours.at(key, index), value)
        if range_ is not None:
            yield hours.at(key, index), range_


def _range(findings: Findings, path: KeyPath, value: object) -> Range | None:
    if not isinstance(value, str):
        return None
    range_ = range_of(value)
    if range_ is None and re.fullmatch(HOURS, value):
        # Well written, but it begins where it ends.
        findings.error(path, ProblemCode.BAD_HOURS)
    return range_


def _check_overlap(findings: Findings, placed: list[_Placed], code: ProblemCode) -> None:
    """Report ranges that lie over each other, at the one that stands later in the file."""
    latest: _Placed | None = None
    for item in sorted(placed, key=lambda item: item.start):
        if latest is not None and item.start < latest.end:
            later = max(item.path, latest.path, key=lambda path: _order(findings, path))
            findings.error(later, code)
        if latest is None or item.end > latest.end:
            latest = item


def _order(findings: Findings, path: KeyPath) -> tuple[int, int]:
    index = path[-1]
    return findings.document.scan.line_of(path), index if isinstance(index, int) else 0


def _merged(placed: list[_Placed]) -> list[Range]:
    """Return the hours of two weeks without seams, so that a break may lie over one."""
    merged: list[Range] = []
    both = [(item.start + week, item.end + week) for week in (0, _WEEK) for item in placed]
    for start, end in sorted(both):
        if merged and start <= merged[-1].end:
            merged[-1] = Range(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Range(start, end))
    return merged


def _check_breaks(findings: Findings, hours: View, working: list[Range] | None) -> None:
    """Check breaks; ``working`` is None where the hours themselves are wrong."""
    fixed: list[_Placed] = []
    for index, value in enumerate(hours.items("breaks")):
        path = hours.at("breaks", index)
        if isinstance(value, str):
            range_ = _range(findings, path, value)
            if range_ is not None:
                _check_inside(findings, path, range_, working)
                fixed.append(_Placed(range_.start, range_.end, path))
        elif isinstance(value, dict):
            _check_flexible(findings, View(path, value), working)
    tomorrow = [
        _Placed(item.start + DAY_MINUTES, item.end + DAY_MINUTES, item.path) for item in fixed
    ]
    _check_overlap(findings, [*fixed, *tomorrow], ProblemCode.BREAKS_OVERLAP)


def _check_flexible(findings: Findings, flexible: View, working: list[Range] | None) -> None:
    path = flexible.at("within")
    within = _range(findings, path, flexible.text("within"))
    if within is None:
        return
    _check_inside(findings, path, within, working)
    minutes, most = flexible.number("minutes"), within.end - within.start
    if minutes is not None and minutes > most:
        findings.error(flexible.at("minutes"), ProblemCode.BREAK_TOO_LONG, most=most)


def _check_inside(
    findings: Findings, path: KeyPath, pause: Range, working: list[Range] | None
) -> None:
    """Report a break of which no weekday's hours hold the whole."""
    if working is None:
        return
    for shift in range(0, _WEEK + 1, DAY_MINUTES):
        start, end = pause.start + shift, pause.end + shift
        before = bisect_right(working, start, key=lambda hours: hours.start) - 1
        if before >= 0 and end <= working[before].end:
            return
    findings.error(path, ProblemCode.BREAK_OUTSIDE_HOURS)
