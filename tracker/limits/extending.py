"""Whether the person may take an extension now."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from tracker.limits.rows import Row
from tracker.limits.rules import Rules
from tracker.limits.types import Book, Period
from tracker.policy.types import NO_REASON, REQUIRED

LONGEST_REASON = 200
"""The characters of a reason at most."""


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

    REASON_NEEDED = "reason_needed"
    """The policy gives none without a reason."""

    REASON_TOO_LONG = "reason_too_long"
    """It has more than ``LONGEST_REASON`` characters."""


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
    reason: str = NO_REASON
    refusal: ExtendRefusal | None = None

    @property
    def needs_reason(self) -> bool:
        """Whether nothing is given without a reason."""
        return self.reason == REQUIRED


def checked_reason(offer: ExtensionOffer, reason: str) -> str | ExtendRefusal:
    """Return a reason as it is kept, or why nothing is given for it.

    What the policy does not ask for is not kept.
    """
    text = " ".join(reason.split())
    if offer.reason == NO_REASON:
        return ""
    if not text and offer.needs_reason:
        return ExtendRefusal.REASON_NEEDED
    return text if len(text) <= LONGEST_REASON else ExtendRefusal.REASON_TOO_LONG


def extension_offer(rules: Rules, book: Book, limit: str, channel: str | None) -> ExtensionOffer:
    """Return what is left of a limit's extensions.

    Args:
        rules: The person's limits.
        book: The day so far.
        limit: The limit's id.
        channel: None where the channels share the allowance.
    """
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
