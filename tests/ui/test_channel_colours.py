"""A channel's colour, for good."""

from __future__ import annotations

from tracker.policy.types import Channel, ChannelKind, Text
from ui.channel_colours import SLOTS, colour_slots


def channel(key: str, kind: ChannelKind = ChannelKind.SOCIAL) -> Channel:
    return Channel(key, Text(()), kind, ())


SEEDS = ["linkedin", "x", "instagram", "facebook", "youtube", "blogs", "forums"]


def test_the_first_channels_keep_their_colours_whatever_else_is_there() -> None:
    alone = {key: colour_slots([channel(key)])[key] for key in SEEDS}
    together = colour_slots([channel("a"), channel("b"), *map(channel, reversed(SEEDS))])
    assert all(together[key] == alone[key] for key in SEEDS)
    assert sorted(slot for slot in alone.values() if slot is not None) == list(range(SLOTS))


def test_no_two_channels_share_a_colour_but_the_grey() -> None:
    slots = colour_slots([channel(f"c{n}") for n in range(12)])
    taken = [slot for slot in slots.values() if slot is not None]
    assert sorted(taken) == list(range(SLOTS))
    assert list(slots.values()).count(None) == 5


def test_a_channel_added_at_the_end_changes_no_others_colour() -> None:
    before = [channel("linkedin"), channel("mastodon"), channel("flashback", ChannelKind.FORUM)]
    after = colour_slots([*before, channel("reddit", ChannelKind.FORUM)])
    assert {key: after[key] for key in colour_slots(before)} == colour_slots(before)


def test_a_forum_takes_the_forums_colour_when_it_is_free() -> None:
    assert colour_slots([channel("flashback", ChannelKind.FORUM)])["flashback"] == 6
