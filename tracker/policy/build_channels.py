"""Channels as frozen values, with the catalogue worked in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tracker.policy.catalogue import Catalogue, CatalogueChannel
from tracker.policy.forms import text_of
from tracker.policy.types import Channel, ChannelKind, Match, Text

if TYPE_CHECKING:
    from tracker.policy import shape


def channel_of(
    table: shape.ChannelTable, languages: Sequence[str], catalogue: Catalogue
) -> Channel:
    """Return a checked channel; what the file does not say, the catalogue does."""
    known = _known(table.id, catalogue)
    kind = ChannelKind(table.kind) if table.kind else known.kind if known else ChannelKind.SOCIAL
    given = table.name or (dict(known.name.by_language) if known else {})
    match = known.match if known and table.match is None else _matches(table.match or ())
    return Channel(
        id=table.id,
        name=text_of(given, languages),
        kind=kind,
        match=match,
        exclude=(known.exclude if known else ()) + _matches(table.exclude),
        default_purpose=table.default_purpose,
        group=table.id in catalogue.groups and table.match is None,
    )


def _known(given: str, catalogue: Catalogue) -> CatalogueChannel | None:
    """Return what the catalogue says of a channel, or of all channels of a kind as one."""
    if given not in catalogue.groups:
        return catalogue.channels.get(given)
    members = catalogue.members(given)
    return CatalogueChannel(
        id=given,
        name=catalogue.group_names.get(given) or Text((("en", given),)),
        kind=catalogue.groups[given],
        match=tuple(match for channel in members for match in channel.match),
        exclude=tuple(match for channel in members for match in channel.exclude),
    )


def _matches(tables: Iterable[shape.MatchTable]) -> tuple[Match, ...]:
    return tuple(Match(table.host, table.path, table.app, table.title) for table in tables)
