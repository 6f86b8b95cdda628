"""The rows that limits are shown and judged by, laid out for a weekday."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.limits.scale import Scale
from tracker.limits.types import Level, Period, Standing
from tracker.policy.types import Limit


@dataclass(frozen=True, slots=True)
class Row:
    """One standing to keep: an allowance, and the channel that has it for its own.

    ``slot`` numbers what is summed up: the limit, or its part in one channel. ``scale`` is
    None where the time is unlimited.
    """

    slot: int
    limit: str
    channel: str | None
    period: Period
    scale: Scale | None


Bounded = tuple[Row, Scale]
"""A row with its scale, where it has one."""


class Plan:
    """The rows of one weekday, in the order of the file: a limit's day before its week."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self.rows = rows
        self.unused = tuple(standing_of(row, 0, 0) for row in rows)
        """Each row's standing as long as nothing was counted or extended."""

        self.places: dict[Period, dict[int, int]] = {period: {} for period in Period}
        """Where the row of a slot stands, by period."""

        self.bounded: defaultdict[int, list[Bounded]] = defaultdict(list)
        """The rows of a slot that bound its time."""

        for place, row in enumerate(rows):
            self.places[row.period][row.slot] = place
            if row.scale is not None:
                self.bounded[row.slot].append((row, row.scale))


def standing_of(row: Row, used_ms: int, extended_ms: int) -> Standing:
    """Return the standing of a row of which so much was used."""
    scale = row.scale
    if scale is None:
        return Standing(row.limit, row.channel, row.period, used_ms, None, 0, Level.OK)
    level = scale.level(scale.allowed_ms + extended_ms - used_ms)
    return Standing(
        row.limit, row.channel, row.period, used_ms, scale.allowed_ms, extended_ms, level
    )


def allowances(limit: Limit, weekday: int) -> Iterator[tuple[Period, int | None]]:
    """Yield what the limit allows on that weekday, in minutes; None for any time."""
    day = limit.day.by_weekday[weekday] if limit.day is not None else None
    if limit.unlimited:
        yield Period.DAY, None
    elif day is not None:
        yield Period.DAY, day
    if limit.week is not None:
        yield Period.WEEK, limit.week
