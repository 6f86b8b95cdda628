"""Limits: pure functions of the policy, the person and the book of the day.

:class:`Rules` works a policy out once; everything else is asked of it with a
:class:`~tracker.limits.types.Book`.
"""

from __future__ import annotations

from datetime import date

from tracker.limits.extending import ExtendRefusal, ExtensionOffer, extension_offer
from tracker.limits.ladder import due, next_crossing, stands, taken
from tracker.limits.rules import Rules, is_finite
from tracker.limits.types import Book, Standing
from tracker.model import TotalKey, Window
from tracker.policy.types import Limit

__all__ = [
    "ExtendRefusal",
    "ExtensionOffer",
    "Rules",
    "due",
    "extension_offer",
    "finite_in_break",
    "limits_taking",
    "next_crossing",
    "standings",
    "stands",
    "taken",
    "takes",
]


def standings(rules: Rules, book: Book) -> tuple[Standing, ...]:
    """Return where each limit stands that has an allowance on the book's day.

    In the order of the file; of one limit the day comes before the week. Where channels
    have their own allowance there is a row for each channel of the policy, in the order
    of the file, that the limit takes.
    """
    return rules.board.standings(rules.plan(book.day), book)


def limits_taking(rules: Rules, key: TotalKey) -> tuple[Limit, ...]:
    """Return the limits that time of ``key`` counts toward, in the order of the file."""
    return tuple(rules.taking(key))


def takes(rules: Rules, limit: str, key: TotalKey) -> bool:
    """Return whether time of ``key`` counts toward the limit of that id."""
    return any(taking.id == limit for taking in rules.taking(key))


def finite_in_break(rules: Rules, channel: str, purpose: str, day: date | None = None) -> bool:
    """Return whether a limit that bounds time takes a span in a break.

    Only then is the span stored. Without a ``day`` a bound on any weekday is enough.
    """
    key = TotalKey(channel, purpose, Window.BREAKS, certain=True)
    return any(is_finite(limit, day) for limit in rules.taking(key))
