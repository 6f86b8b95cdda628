"""Purposes, limits and ladders: what they allow, and whether they can take any time at all."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.model import PRIVATE
from tracker.policy.forms import mark_of
from tracker.policy.problems import KeyPath, ProblemCode
from tracker.policy.rules.references import Known
from tracker.policy.types import ANY, Mark
from tracker.policy.view import Findings, View

_SELECTORS = ("groups", "purposes", "channels")


def check_limits(findings: Findings, known: Known) -> None:
    """Check each ``[[limit]]``."""
    has_breaks = bool(findings.root.table("hours").items("breaks"))
    places = _purpose_channels(findings.root)
    for limit in findings.root.tables("limit"):
        _check_bound(findings, limit)
        if limit.text("window") == "breaks" and not has_breaks:
            findings.error(limit.at("window"), ProblemCode.WINDOW_WITHOUT_BREAKS)
        empty = [key for key in _SELECTORS if limit.data.get(key) == []]
        for key in empty:
            findings.error(limit.at(key), ProblemCode.LIMIT_MATCHES_NOTHING)
        if not empty and not _takes_time(limit, known, places):
            findings.error(limit.path, ProblemCode.LIMIT_MATCHES_NOTHING)


def _check_bound(findings: Findings, limit: View) -> None:
    """A limit has a day's or a week's minutes, or says that it has none."""
    day, week = limit.data.get("day"), limit.number("week")
    if limit.is_true("unlimited"):
        if limit.has("day") or limit.has("week"):
            findings.error(limit.at("unlimited"), ProblemCode.UNLIMITED_WITH_BOUND)
    elif (not limit.has("day") or day == {}) and not limit.has("week"):
        findings.error(limit.at("day"), ProblemCode.LIMIT_WITHOUT_BOUND)
    by_weekday = day.values() if isinstance(day, dict) else [day]
    minutes = [value for value in by_weekday if isinstance(value, int)]
    if week is not None and minutes and week < max(minutes):
        findings.warn(limit.at("week"), ProblemCode.WEEK_UNDER_DAY, week=week, day=max(minutes))


def _purpose_channels(root: View) -> dict[str, frozenset[str] | None]:
    """Return the channels of each purpose; None for all, or where they can't be told."""
    places: dict[str, frozenset[str] | None] = {}
    for purpose in root.tables("purpose"):
        channels = [name for _, name in purpose.texts("channels")]
        whole = isinstance(purpose.data.get("channels"), list) and ANY not in channels
        places[purpose.text("id") or ""] = frozenset(channels) if whole else None
    return places


def _takes_time(limit: View, known: Known, places: dict[str, frozenset[str] | None]) -> bool:
    """Whether a purpose of the limit may be chosen on a channel of it; true where in doubt."""
    purposes = _names(limit, "purposes")
    channels = _names(limit, "channels")
    if not known.channels and channels == {ANY}:
        return False
    for purpose in purposes:
        if purpose in (ANY, PRIVATE):
            return True
        where = places.get(purpose)
        if where is None or ANY in channels or not channels <= known.channels:
            return True
        if where & channels or not where <= known.channels:
            return True
    return False


def _names(limit: View, key: str) -> set[str]:
    names = {name for _, name in limit.texts(key)}
    return names or {ANY}


def check_defaults(findings: Findings) -> None:
    """Check that a channel's default purpose may be chosen on that channel."""
    places = _purpose_channels(findings.root)
    chosen: list[tuple[KeyPath, str, str]] = []
    for channel in findings.root.tables("channel"):
        purpose, given = channel.text("default_purpose"), channel.text("id")
        if purpose is not None and given is not None:
            chosen.append((channel.at("default_purpose"), given, purpose))
    for group in findings.root.tables("group"):
        table = group.table("default_purpose")
        chosen += [
            (table.at(channel), channel, purpose)
            for channel, purpose in table.data.items()
            if isinstance(purpose, str)
        ]
    for path, place, wish in chosen:
        where = places.get(wish)
        if where is not None and place not in where:
            findings.error(
                path, ProblemCode.PURPOSE_NOT_ON_CHANNEL, purpose=wish[:80], channel=place[:80]
            )


def check_ladders(findings: Findings) -> None:
    """Check that no ladder takes one step twice."""
    ladders = findings.root.table("ladder")
    for name in ladders.data:
        _check_steps(findings, ladders.table(name).tables("steps"))


def _check_steps(findings: Findings, steps: Iterable[View]) -> None:
    seen: set[tuple[Mark, str]] = set()
    for step in steps:
        mark, do = mark_of(step.text("at") or ""), step.text("do")
        if mark is None or do is None:
            continue
        if (mark, do) in seen:
            findings.error(step.path, ProblemCode.DUPLICATE_STEP, at=mark.text, do=do)
        seen.add((mark, do))
