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
class Browser:
    """A browser: the windows it opens, and what it writes around a page's title."""

    id: str
    apps: tuple[str, ...]
    """X11 classes, app ids, executables and bundles, whole."""

    names: tuple[str, ...] = ()
    """What follows the page's title after a dash, such as ``Mozilla Firefox``."""

    private: tuple[str, ...] = ()
    """The words that mark a private window, in several languages."""

    private_alone: bool = False
    """Whether such a word also stands alone after the dash, without the browser's name."""

    profiles: tuple[str, ...] = ()
    """Profiles between title and name, after a dash too; a number may follow them."""

    notes: tuple[str, ...] = ()
    """What it adds to the page's title, with ``#`` for a number: `` and # more pages``."""


@dataclass(frozen=True, slots=True)
class Browsers:
    """What is known of browsers, so that titles are believed only where they are pages'."""

    known: tuple[Browser, ...] = ()
    web_apps: tuple[str, ...] = ()
    """RE2 patterns for whole app names of web-app windows, such as ``crx_[a-p]{32}``."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All known channels by id, and the plural ids that stand for a whole kind."""

    version: str
    channels: Mapping[str, CatalogueChannel]
    groups: Mapping[str, ChannelKind]
    browsers: Browsers = Browsers()


def load_catalogue(data: bytes, source: str) -> Catalogue:
    """Read a catalogue from the bytes of its file.

    Args:
        data: the file as it is on disk.
        source: what to call the file in an error.

    Raises:
        OutsideError: CATALOGUE_INVALID with ``file``, ``line`` (None where unknown),
            ``key`` and ``reason`` (a code).
    """
    raise NotImplementedError


def shipped_catalogue() -> Catalogue:
    """Return the catalogue that ships with Kanaltid."""
    raise NotImplementedError
