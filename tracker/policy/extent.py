"""How much a policy measures, as a small value: what was accepted, held against what is asked."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tracker.policy.types import Channel, Hours, Match, Policy


@dataclass(frozen=True, slots=True)
class Extent:
    """What a version of a policy measures, for how long it is kept, and who receives it.

    Attributes:
        hash: The hash of the policy's file.
        channels: Each channel's id with its rules, as texts.
        hours: The working hours of each weekday in minutes after midnight; None: always.
        holidays: Days without hours, in ISO form.
        recipients: Role and what it sees.
        idle_after_s: Seconds without input that count on.
        audible_cap_min: Minutes that an audible channel counts without input.
    """

    id: str
    version: str
    hash: str
    channels: tuple[tuple[str, tuple[str, ...]], ...]
    hours: tuple[tuple[tuple[int, int], ...], ...] | None
    holidays: tuple[str, ...]
    recipients: tuple[tuple[str, str], ...]
    keep_spans_days: int
    keep_totals_days: int
    idle_after_s: int
    audible_cap_min: int

    def dumps(self) -> str:
        """Return it as a text to keep."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def loads(cls, text: str | None) -> Extent | None:
        """Return what was kept; None of what can't be understood."""
        try:
            values = json.loads(text or "")
            return cls(**{name: _frozen(value) for name, value in values.items()})
        except (ValueError, TypeError, AttributeError):
            return None


class More(enum.StrEnum):
    """In which way a policy measures more than another."""

    CHANNELS = "channels"
    """Channels that were not there; ``names`` has their ids."""

    RULES = "rules"
    """Channels that more windows or pages count as; ``names`` has their ids."""

    HOURS = "hours"
    HOLIDAYS = "holidays"
    """Days that had no working hours and have some now."""

    RECIPIENTS = "recipients"
    """Somebody receives what they did not; ``names`` has the roles."""

    SPANS = "spans"
    TOTALS = "totals"
    IDLE = "idle"
    AUDIBLE = "audible"
    """These four grew from one number to another."""


@dataclass(frozen=True, slots=True)
class Widening:
    """One way in which a policy measures more."""

    more: More
    names: tuple[str, ...] = ()
    before: int = 0
    after: int = 0


def extent_of(policy: Policy) -> Extent:
    """Return how much ``policy`` measures."""
    monitoring, hours = policy.monitoring, policy.hours
    return Extent(
        policy.id,
        policy.version,
        policy.hash,
        channels=tuple((each.id, _rules(each)) for each in policy.channels),
        hours=_hours(hours),
        holidays=tuple(sorted(day.isoformat() for day in hours.holidays)) if hours else (),
        recipients=tuple((each.role, each.sees) for each in monitoring.recipients),
        keep_spans_days=monitoring.keep_days.spans,
        keep_totals_days=monitoring.keep_days.totals,
        idle_after_s=monitoring.idle_after,
        audible_cap_min=monitoring.audible_cap,
    )


def widenings(accepted: Extent, asked: Extent, today: date) -> tuple[Widening, ...]:
    """Return in which ways ``asked`` measures more than ``accepted``; none: in no way.

    Args:
        accepted: What the person accepted.
        asked: What is to be measured.
        today: A holiday that has passed no longer matters.
    """
    return tuple(_widenings(accepted, asked, today))


def _widenings(accepted: Extent, asked: Extent, today: date) -> Iterator[Widening]:
    before, after = dict(accepted.channels), dict(asked.channels)
    added = tuple(each for each in after if each not in before)
    if added:
        yield Widening(More.CHANNELS, added)
    wider = tuple(each for each in after if each in before and _wider(before[each], after[each]))
    if wider:
        yield Widening(More.RULES, wider)
    if _longer(accepted.hours, asked.hours):
        yield Widening(More.HOURS)
    elif asked.hours is not None:
        dropped = {*accepted.holidays} - {*asked.holidays}
        worked = (day for day in map(date.fromisoformat, dropped) if asked.hours[day.weekday()])
        if any(day >= today for day in worked):
            yield Widening(More.HOLIDAYS)
    told = tuple(each[0] for each in asked.recipients if each not in accepted.recipients)
    if told:
        yield Widening(More.RECIPIENTS, told)
    for more, old, new in (
        (More.SPANS, accepted.keep_spans_days, asked.keep_spans_days),
        (More.TOTALS, accepted.keep_totals_days, asked.keep_totals_days),
        (More.IDLE, accepted.idle_after_s, asked.idle_after_s),
        (More.AUDIBLE, accepted.audible_cap_min, asked.audible_cap_min),
    ):
        if new > old:
            yield Widening(more, before=old, after=new)


def _wider(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Return whether a channel matches more: another match, or an exclusion that is gone."""
    matches = {rule for rule in after if not rule.startswith("!")}
    exclusions = {rule for rule in before if rule.startswith("!")}
    return not (matches <= {*before} and exclusions <= {*after})


_Week = tuple[tuple[tuple[int, int], ...], ...]


def _longer(before: _Week | None, after: _Week | None) -> bool:
    if before is None:
        return False
    return after is None or any(
        not _minutes(new) <= _minutes(old) for old, new in zip(before, after, strict=True)
    )


def _minutes(ranges: tuple[tuple[int, int], ...]) -> set[int]:
    return {minute for start, end in ranges for minute in range(start, end)}


def _hours(hours: Hours | None) -> _Week | None:
    if hours is None:
        return None
    return tuple(tuple((each.start, each.end) for each in day) for day in hours.by_weekday)


def _rules(channel: Channel) -> tuple[str, ...]:
    return (
        *(_rule(each) for each in channel.match),
        *(f"!{_rule(each)}" for each in channel.exclude),
    )


def _rule(match: Match) -> str:
    if match.host is not None:
        return f"host:{match.host}{match.path or ''}"
    return f"app:{match.app}" if match.app is not None else f"title:{match.title}"


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value
