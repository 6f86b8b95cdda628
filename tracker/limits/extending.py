"""Whether the person may take an extension now."""

from __future__ import annotations

import enum
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class ExtensionOffer:
    """What a person may be told of the extensions of a limit before they take one.

    Attributes:
        minutes: Of each extension; 0 where the limit has none.
        left_today: How many the day still has; None for any number.
        left_week: How many the week still has; None for any number.
        reason: Whether the policy asks for a reason: ``none``, ``optional`` or ``required``.
        refusal: Why none may be taken now; None where one may.
    """

    minutes: int
    left_today: int | None = None
    left_week: int | None = None
    reason: str = "none"
    refusal: ExtendRefusal | None = None


def may_extend(rules: Rules, book: Book, limit: str, channel: str | None) -> int | ExtendRefusal:
    """Return the minutes of an extension that may be taken now, or why there is none.

    Args:
        rules: The person's limits.
        book: The day so far.
        limit: The limit's id.
        channel: None where the channels share the allowance.
    """
    offer = extension_offer(rules, book, limit, channel)
    return offer.minutes if offer.refusal is None else offer.refusal


def extension_offer(rules: Rules, book: Book, limit: str, channel: str | None) -> ExtensionOffer:
    """Return what is left of a limit's extensions; see :func:`may_extend` for the arguments."""
    row = _day_row(rules, book, limit, channel)
    if not isinstance(row, Row):
        return ExtensionOffer(0, refusal=row)
    if row.scale is None or row.scale.extend is None:
        return ExtensionOffer(0, refusal=ExtendRefusal.NOT_EXTENDABLE)
    extend = row.scale.extend
    days = [each.day for each in book.extensions if (each.limit, each.channel) == (limit, channel)]
    left_today = None if extend.per_day is None else extend.per_day - days.count(book.day)
    left_week = None if extend.per_week is None else extend.per_week - len(days)
    refusal: ExtendRefusal | None = None
    if rules.board.left_ms(book, row, row.scale) > row.scale.first_ms:
        refusal = ExtendRefusal.TOO_EARLY
    elif left_today is not None and left_today <= 0:
        refusal = ExtendRefusal.USED_UP_TODAY
    elif left_week is not None and left_week <= 0:
        refusal = ExtendRefusal.USED_UP_THIS_WEEK
    return ExtensionOffer(extend.minutes, left_today, left_week, extend.reason, refusal)


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
