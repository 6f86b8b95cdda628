"""The table of ``classify_cases.json``: what windows and tabs are, for every matcher alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from tracker.policy.catalogue import Catalogue, shipped_catalogue
from tracker.policy.load import load_or_raise
from tracker.policy.types import Channel, ChannelKind, Match, Text

TABLE = Path(__file__).with_name("classify_cases.json")


@dataclass(frozen=True, slots=True)
class Case:
    """One window or tab, and what it is."""

    channels: str
    app: str | None
    title: str
    url: str | None
    answer: tuple[str | None, str | None, bool, bool]
    """Channel, via, certain, private."""

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.channels, self.app, self.title, self.url))


def cases() -> list[Case]:
    """Return the table's cases."""
    return [
        Case(
            case["set"],
            case["app"],
            case["title"],
            case["url"],
            (case["channel"], case["via"], case["certain"], case["private"]),
        )
        for case in _table()["cases"]
    ]


def channel_sets() -> dict[str, Sequence[Channel]]:
    """Return the table's sets of channels by name."""
    catalogue = shipped_catalogue()
    return {name: _channels(given, catalogue) for name, given in _table()["sets"].items()}


def known_channel(given: str, catalogue: Catalogue) -> Channel:
    """Return a channel or a group of the catalogue, as a policy that only names it has it."""
    if given in catalogue.groups:
        members = catalogue.members(given)
        return Channel(
            given,
            catalogue.group_names[given],
            catalogue.groups[given],
            match=tuple(match for channel in members for match in channel.match),
            exclude=tuple(match for channel in members for match in channel.exclude),
            group=True,
        )
    channel = catalogue.channels[given]
    return Channel(given, channel.name, channel.kind, channel.match, channel.exclude)


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table


def _channels(given: dict[str, Any], catalogue: Catalogue) -> Sequence[Channel]:
    if "policy" in given:
        file = resources.files("resources").joinpath("policies", given["policy"])
        loaded = load_or_raise(file.read_bytes(), given["policy"], catalogue, date(2026, 11, 23))
        return loaded.channels
    if "catalogue" in given:
        ids = catalogue.channels if given["catalogue"] == "*" else given["catalogue"]
        return [known_channel(name, catalogue) for name in ids]
    return [_own_channel(channel) for channel in given["channels"]]


def _own_channel(channel: dict[str, Any]) -> Channel:
    return Channel(
        channel["id"],
        Text((("en", channel["id"]),)),
        ChannelKind.FORUM,
        match=tuple(Match(**match) for match in channel["match"]),
        exclude=tuple(Match(**match) for match in channel.get("exclude", ())),
    )
