"""A small catalogue, so that tests of the policy stand still while the shipped one grows."""

from __future__ import annotations

from tracker.policy.catalogue import Catalogue, CatalogueChannel
from tracker.policy.types import ChannelKind, Match, Text


def small_catalogue() -> Catalogue:
    """Return a catalogue of the channels that the reference policies name."""
    channels = [
        _channel("linkedin", "LinkedIn", ChannelKind.SOCIAL, "linkedin.com", "lnkd.in"),
        _channel("x", "X", ChannelKind.SOCIAL, "x.com", "twitter.com"),
        _channel("instagram", "Instagram", ChannelKind.SOCIAL, "instagram.com"),
        _channel("facebook", "Facebook", ChannelKind.SOCIAL, "facebook.com"),
        _channel("youtube", "YouTube", ChannelKind.VIDEO, "youtube.com"),
        _channel("reddit", "Reddit", ChannelKind.FORUM, "reddit.com"),
        _channel("flashback", "Flashback", ChannelKind.FORUM, "flashback.org"),
        _channel("medium", "Medium", ChannelKind.BLOG, "medium.com"),
        CatalogueChannel(
            "wordpress",
            Text((("en", "WordPress"),)),
            ChannelKind.BLOG,
            match=(Match(host="wordpress.com"),),
            exclude=(Match(host="wordpress.com", path="/support"),),
        ),
    ]
    return Catalogue(
        version="1",
        channels={channel.id: channel for channel in channels},
        groups={"blogs": ChannelKind.BLOG, "forums": ChannelKind.FORUM},
        group_names={
            "blogs": Text((("en", "Blogs"), ("sv", "Bloggar"))),
            "forums": Text((("en", "Forums"), ("sv", "Forum"))),
        },
    )


def _channel(given: str, name: str, kind: ChannelKind, *hosts: str) -> CatalogueChannel:
    match = tuple(Match(host=host) for host in hosts)
    return CatalogueChannel(given, Text((("en", name),)), kind, match)
