"""The programs that matter to quiet moments, by the names that desktops know them by."""

from __future__ import annotations

import importlib.resources
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.policy.catalogue import Catalogue

FILE = "quiet.toml"


def names_of(name: str) -> frozenset[str]:
    """Return what a program may be called, of a path, an app id, a class or a plain name."""
    whole = name.strip().casefold().rpartition("/")[2]
    for ending in (".desktop", ".exe"):
        whole = whole.removesuffix(ending)
    return frozenset({whole, whole.rpartition(".")[2]}) - {""}


@dataclass(frozen=True, slots=True)
class Known:
    """Names in the form of :func:`names_of`.

    Attributes:
        callers: Programs for calls; browsers are among them.
        players: Browsers, and programs that play films. What they play keeps the session
            awake: that is no presentation.
        relays: Programs that ask login1 on behalf of others, who are asked themselves.
    """

    callers: frozenset[str]
    players: frozenset[str]
    relays: frozenset[str]


def shipped_known(catalogue: Catalogue) -> Known:
    """Return what is shipped, with the browsers of the catalogue."""
    text = importlib.resources.files("resources").joinpath(FILE).read_text("utf-8")
    data = tomllib.loads(text)
    known = catalogue.browsers.known
    browsers = _names(each for browser in known for each in (*browser.apps, *browser.names))
    browsers |= _names(data["browsers"])
    return Known(
        _names(data["callers"]) | browsers,
        _names(data["players"]) | browsers,
        _names(data["relays"]),
    )


def _names(names: Iterable[str]) -> frozenset[str]:
    # Whole, so that "com.example.Chat" does not make every chat a known one.
    return frozenset(name.casefold() for name in names)
