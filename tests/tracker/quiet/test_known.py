"""The programs that matter to quiet moments."""

from __future__ import annotations

import pytest

from tests.desk import catalogue
from tracker.quiet.known import names_of, shipped_known


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("/usr/lib/chromium/chromium", "chromium"),
        ("org.mozilla.firefox", "firefox"),
        ("Firefox.desktop", "firefox"),
        ("chrome.exe", "chrome"),
        (" Google Chrome ", "google chrome"),
    ],
)
def test_program_is_found_when_it_is_called_in_one_of_its_ways(name: str, program: str) -> None:
    assert program in names_of(name)
    assert names_of(name) & shipped_known(catalogue()).players


def test_nothing_is_named_when_the_name_is_empty() -> None:
    assert names_of("  ") == frozenset()


def test_browsers_are_callers_and_players_when_read_from_what_is_shipped() -> None:
    known = shipped_known(catalogue())
    browsers = {"firefox", "chromium", "chrome", "msedge", "vivaldi-bin"}
    assert browsers <= known.players & known.callers
    assert {"vlc", "mpv"} <= known.players - known.callers
    assert {"zoom", "teams-for-linux", "slack", "discord"} <= known.callers - known.players
    assert not known.relays & (known.callers | known.players)
