"""Whether the person may take an extension now."""

from __future__ import annotations

import enum

from tracker.limits.rows import Row
from tracker.limits.rules import Rules
from tracker.limits.types import Book, Period


class ExtendRefusal(enum.StrEnum):
    """Why there is no extension."""

    NO_SUCH_LIMIT = "no_such_limit"
    """The person has no limit of that id."""

    CHANNEL_NEEDED = "channel_needed"
    """Its channels have their own allowances: say which."""

    NO_SUCH_CHANNEL = "no_such_channel"
    """It has no allowance of its own for that channel."""

    NOT_EXTENDABLE = "not_extendable"
    """Its ladder has no extensions, or it has no bounded allowance today."""

    TOO_EARLY = "too_early"
    """More is left than at the ladder's first mark."""

    USED_UP_TODAY = "used_up_today"
    USED_UP_THIS_WEEK = "used_up_this_week"


def may_extend(rules: Rules, book: Book, limit: str, channel: str | None) -> int | ExtendRefusal:
    """Return the minutes of an extension that may be taken now, or why there is none.

    Args:
        rules: The person's limits.
        book: The day so far.
        limit: The limit's id.
        channel: None where the channels share the allowance.
    """
    row = _day_row(rules, book, limit, channel)
    if not isinstance(row, Row):
        return row
    if row.scale is None or row.scale.extend is None:
        return ExtendRefusal.NOT_EXTENDABLE
    if rules.board.left_ms(book, row, row.scale) > row.scale.first_ms:
        return ExtendRefusal.TOO_EARLY
    extend = row.scale.extend
    days = [each.day for each in book.extensions if (each.limit, each.channel) == (limit, channel)]
    if extend.per_day is not None and days.count(book.day) >= extend.per_day:
        return ExtendRefusal.USED_UP_TODAY
    if extend.per_week is not None and len(days) >= extend.per_week:
        return ExtendRefusal.USED_UP_THIS_WEEK
    return extend.minutes


def _day_row(rules: Rules, book: Book, limit: str, channel: str | None) -> Row | ExtendRefusal:
    found = next((taker.limit for taker in rules.takers if taker.limit.id == limit), None)
    if found is None:
        return ExtendRefusal.NO_SUCH_LIMIT
    if channel is None and not found.shared:
        return ExtendRefusal.CHANNEL_NEEDED
    slot = rules.slot_of(limit, channel)
    if slot is None:
        return ExtendRefusal.NO_SUCH_CHANNEL
    plan = rules.plan(book.day)
    place = plan.places[Period.DAY].get(slot)
    return ExtendRefusal.NOT_EXTENDABLE if place is None else plan.rows[place]
