"""What time may be for: the purposes that a person may choose, and the one not chosen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.model import PRIVATE
from tracker.policy.types import ANY, Policy, Purpose


def permitted(
    policy: Policy, groups: frozenset[str], channel: str, day: date
) -> tuple[Purpose, ...]:
    """Return the work purposes that members of ``groups`` may choose on a channel that day.

    ``private`` may always be chosen and is not among them.
    """
    return tuple(
        purpose
        for purpose in policy.purposes
        if _is_permitted(purpose, groups, channel)
        and (purpose.until is None or day <= purpose.until)
    )


def default_purpose(
    policy: Policy, groups: frozenset[str], channel: str, day: date | None = None
) -> str:
    """Return what time on a channel is for where nothing is chosen.

    The first of the groups' choices, the channel's and the policy's that this person may
    choose there; else private. Without ``day`` no purpose is taken to have ended.
    """
    by_id = {purpose.id: purpose for purpose in policy.purposes}
    for wish in _wishes(policy, groups, channel):
        purpose = by_id.get(wish)
        if purpose is None:
            return PRIVATE
        ended = day is not None and purpose.until is not None and day > purpose.until
        if not ended and _is_permitted(purpose, groups, channel):
            return wish
    return PRIVATE


def _wishes(policy: Policy, groups: frozenset[str], channel: str) -> Iterator[str]:
    for group in policy.groups:
        if group.id in groups:
            yield from (wish for place, wish in group.default_purpose if place == channel)
    for each in policy.channels:
        if each.id == channel and each.default_purpose is not None:
            yield each.default_purpose
    yield policy.default_purpose


def _is_permitted(purpose: Purpose, groups: frozenset[str], channel: str) -> bool:
    on_channel = ANY in purpose.channels or channel in purpose.channels
    return on_channel and (ANY in purpose.groups or not groups.isdisjoint(purpose.groups))
