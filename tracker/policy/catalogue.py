"""The catalogue: the channels that Kanaltid knows, with hosts, apps and title forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.policy.types import ChannelKind, Match, Text


@dataclass(frozen=True, slots=True)
class CatalogueChannel:
    """A channel that a policy may name by its id alone."""

    id: str
    name: Text
    kind: ChannelKind
    match: tuple[Match, ...]
    exclude: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All known channels by id, and the plural ids that stand for a whole kind."""

    version: str
    channels: Mapping[str, CatalogueChannel]
    groups: Mapping[str, ChannelKind]


def load_catalogue(data: bytes) -> Catalogue:
    """Read a catalogue from the bytes of its file."""
    raise NotImplementedError


def shipped_catalogue() -> Catalogue:
    """Return the catalogue that ships with Kanaltid."""
    raise NotImplementedError
