"""A day's spans and gaps along a time axis: what the timeline shows. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.i18n import Language
from tracker.model import Device, Gap, GapKind, Span
from tracker.notices.names import Names
from tracker.policy.types import Policy

HOUR = timedelta(hours=1)
SHORTEST_AXIS = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the day with a channel and a purpose."""

    start: datetime
    end: datetime
    certain: bool
    what: str
    """Channel and purpose in words; the times are put in words only where they are asked for."""

    purpose: str = ""
    """The purpose alone, in words."""

    key: tuple[Device, int] | None = None
    """The visit's device and number."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One channel's stretches."""

    channel: str
    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch of which nothing is known: paused, or not measured."""

    start: datetime
    end: datetime
    kind: GapKind
    what: str


@dataclass(frozen=True, slots=True)
class HoleSum:
    """How much of the day is of one kind of hole."""

    kind: GapKind
    text: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A whole hour on the axis, by the policy's clock."""

    at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch as the table has it; a gap has no purpose."""

    start: datetime
    end: datetime
    channel: str
    purpose: str


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The day along its axis; ``rows`` are all stretches in order, for the table."""

    start: datetime
    end: datetime
    now: datetime | None
    lanes: tuple[Lane, ...]
    holes: tuple[Hole, ...]
    hole_sums: tuple[HoleSum, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]


def view_timeline(
    rows: tuple[Sequence[Span], Sequence[Gap]],
    bounds: tuple[datetime, datetime],
    now: datetime,
    policy: Policy,
    language: Language,
) -> TimelineView:
    """Return the day's rows as lanes along an axis of whole hours.

    Args:
        rows: The day's spans and gaps, each by start.
        bounds: The instants between which the day lies.
        now: The present instant; the axis reaches it where it lies within the day.
        policy: Gives the names and the zone.
        language: The person's.
    """
    spans, gaps = rows
    zone = ZoneInfo(policy.timezone)
    names = Names(policy, language)
    present = now if bounds[0] <= now < bounds[1] else None
    start, end = _axis(spans, gaps, bounds, present, zone)
    return TimelineView(
        start=start,
        end=end,
        now=present,
        lanes=_lanes(spans, names),
        holes=tuple(Hole(g.start, g.end, g.kind, _gap_name(g, language)) for g in gaps),
        hole_sums=_hole_sums(gaps, language),
        ticks=_ticks(start, end, zone),
        rows=_rows(spans, gaps, names),
    )


def _hole_sums(gaps: Sequence[Gap], language: Language) -> tuple[HoleSum, ...]:
    _ = language.gettext
    texts = {
        GapKind.NOT_MEASURED: _("Not measured {time}"),
        GapKind.PAUSED: _("Paused {time}"),
    }
    sums = []
    for kind, text in texts.items():
        ms = sum(gap.duration_ms for gap in gaps if gap.kind is kind)
        if ms:
            sums.append(HoleSum(kind, text.format(time=language.duration(ms))))
    return tuple(sums)


def _axis(
    spans: Sequence[Span],
    gaps: Sequence[Gap],
    bounds: tuple[datetime, datetime],
    present: datetime | None,
    zone: ZoneInfo,
) -> tuple[datetime, datetime]:
    """Return whole hours around all that is to be seen, within the day."""
    instants = [row.start for row in spans] + [row.end for row in spans]
    instants += [row.start for row in gaps] + [row.end for row in gaps]
    if present is not None:
        instants.append(present)
    if not instants:
        instants = [bounds[0]]
    first = _hour_below(min(instants), zone)
    last = _hour_below(max(instants) - timedelta(milliseconds=1), zone) + HOUR
    if last - first < SHORTEST_AXIS:
        # The room goes before the first row: what is to come is not known.
        last = min(max(last, bounds[0] + SHORTEST_AXIS), bounds[1])
        first = last - SHORTEST_AXIS
    return max(first, bounds[0]), min(last, bounds[1])


def _hour_below(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the last whole hour of the zone's clock; zones may be off UTC by half hours."""
    local = instant.astimezone(zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return (local.astimezone(UTC) - past).astimezone(UTC)


def _ticks(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[Tick, ...]:
    ticks = []
    at = _hour_below(start, zone)
    if at < start:
        at += HOUR
    while at <= end:
        ticks.append(Tick(at, f"{at.astimezone(zone).hour:02d}"))
        at += HOUR
    return tuple(ticks)


def _lanes(spans: Sequence[Span], names: Names) -> tuple[Lane, ...]:
    blocks: dict[str, list[Block]] = {}
    total_ms: dict[str, int] = {}
    words: dict[tuple[str, str, bool], str] = {}
    for span in spans:
        key = (span.channel, span.purpose, span.certain)
        if key not in words:
            words[key] = _what(span, names)
        purpose, visit = names.purpose(span.purpose), (span.device, span.seq)
        block = Block(span.start, span.end, span.certain, words[key], purpose, visit)
        blocks.setdefault(span.channel, []).append(block)
        total_ms[span.channel] = total_ms.get(span.channel, 0) + span.duration_ms
    # In the order of the channels' chart: most time first.
    channels = sorted(blocks, key=lambda channel: -total_ms[channel])
    return tuple(
        Lane(channel, names.channel(channel), tuple(blocks[channel])) for channel in channels
    )


def _what(span: Span, names: Names) -> str:
    what = f"{names.channel(span.channel)}, {names.purpose(span.purpose)}"
    if span.certain:
        return what
    return names.language.gettext("{what} (by the title alone)").format(what=what)


def _gap_name(gap: Gap, language: Language) -> str:
    _ = language.gettext
    return _("Paused") if gap.kind is GapKind.PAUSED else _("Not measured")


def _rows(spans: Sequence[Span], gaps: Sequence[Gap], names: Names) -> tuple[Row, ...]:
    rows = [
        Row(span.start, span.end, names.channel(span.channel), names.purpose(span.purpose))
        for span in spans
    ]
    rows += [Row(gap.start, gap.end, _gap_name(gap, names.language), "") for gap in gaps]
    return tuple(sorted(rows, key=lambda row: row.start))
