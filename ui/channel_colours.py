"""Which place in the palette a channel has: for good, wherever it is shown. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.policy.types import Channel, ChannelKind

SLOTS = 7

_OWN = {
    "linkedin": 0,
    "x": 1,
    "instagram": 2,
    "facebook": 3,
    "youtube": 4,
    "blogs": 5,
    "forums": 6,
}
"""The channels that the catalogue began with. Never renumber: people know them by colour."""

_BY_KIND = {ChannelKind.VIDEO: 4, ChannelKind.BLOG: 5, ChannelKind.FORUM: 6}
"""Where a channel of a kind would rather be, if the kind's own channel is not there."""


def colour_slots(channels: Sequence[Channel]) -> Mapping[str, int | None]:
    """Return each channel's place, the same for the same list; None is the grey of the rest.

    The first seven have places of their own whatever else is there. A policy's other
    channels take those left over, in its order, so that a channel added at the end of a
    policy changes no other's colour.
    """
    slots: dict[str, int | None] = {
        channel.id: _OWN[channel.id] for channel in channels if channel.id in _OWN
    }
    free = [slot for slot in range(SLOTS) if slot not in slots.values()]
    for channel in channels:
        if channel.id in slots:
            continue
        wish = _BY_KIND.get(channel.kind)
        slot = wish if wish in free else next(iter(free), None)
        if slot is not None:
            free.remove(slot)
        slots[channel.id] = slot
    return slots
