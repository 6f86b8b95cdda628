from __future__ import annotations

import subprocess
import sys
from collections import Counter
from contextlib import suppress

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from tracker.classify.hosts import normalise_host
from tracker.errors import ErrorCode, OutsideError
from tracker.policy.catalogue import Catalogue, load_catalogue, shipped_catalogue
from tracker.policy.types import ChannelKind, Match

SHIPPED = shipped_catalogue()

HEAD = 'schema = 1\nversion = "1"\n'
CHANNEL = '[[channel]]\nid = "a"\nname = "A"\nkind = "forum"\n'


def refusal(text: str | bytes) -> tuple[object, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(OutsideError) as caught:
        load_catalogue(data, "own.toml")
    assert caught.value.code is ErrorCode.CATALOGUE_INVALID
    assert caught.value.fields["file"] == "own.toml"
    return tuple(caught.value.fields[name] for name in ("line", "key", "reason"))


def test_catalogue_holds_what_its_file_says() -> None:
    text = (
        HEAD + '[group.forums]\nkind = "forum"\nname = { en = "Forums", sv = "Forum" }\n' + CHANNEL
        + 'hosts = ["a.se", "b.se/forum/x"]\napps = ["A.exe"]\ntitles = ["A$"]\n'
        + 'exclude = { hosts = ["b.se/forum/x/y"], apps = ["B"], titles = ["B$"] }\n'
        + '[web_apps]\npatterns = ["crx_[a-p]{32}"]\n'
        + '[[browser]]\nid = "fox"\napps = ["Fox"]\nnames = ["Fox"]\nprivate = ["Privat"]\n'
        + 'private_alone = true\nprofiles = ["Jobb"]\nnotes = [" och # till"]\n'
    )  # fmt: skip
    catalogue = load_catalogue(text.encode(), "own.toml")
    assert catalogue.version == "1"
    assert catalogue.groups == {"forums": ChannelKind.FORUM}
    assert catalogue.group_names["forums"].in_language("sv") == "Forum"
    [channel] = catalogue.members("forums")
    assert channel is catalogue.channels["a"]
    assert channel.name.in_language("sv") == "A"
    assert channel.match == (
        Match(host="a.se"),
        Match(host="b.se", path="/forum/x"),
        Match(app="A.exe"),
        Match(title="A$"),
    )
    assert channel.exclude == (
        Match(host="b.se", path="/forum/x/y"),
        Match(app="B"),
        Match(title="B$"),
    )
    [browser] = catalogue.browsers.known
    assert (browser.apps, browser.names, browser.private) == (("Fox",), ("Fox",), ("Privat",))
    assert (browser.private_alone, browser.profiles) == (True, ("Jobb",))
    assert browser.notes == (" och # till",)
    assert catalogue.browsers.web_apps == ("crx_[a-p]{32}",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (1, "schema", "unknown_value")),
        ('schema = 2\nversion = "1"\n', (1, "schema", "unknown_value")),
        ('version = "1"\nschema = true\n', (2, "schema", "unknown_value")),
        ("schema = 1\n", (1, "version", "missing_key")),
        ("schema = 1\nversion = 3\n", (2, "version", "wrong_type")),
        ('schema = 1\nversion = " "\n', (2, "version", "empty")),
        (HEAD + "chanel = []\n", (3, "chanel", "unknown_key")),
        (HEAD + "channel = 3\n", (3, "channel", "wrong_type")),
        (HEAD + "channel = [3]\n", (3, "channel[0]", "wrong_type")),
        (HEAD + CHANNEL, (3, "channel[0].hosts", "missing_key")),
        (HEAD + CHANNEL + "hosts = []\n", (7, "channel[0].hosts", "missing_key")),
        (HEAD + CHANNEL + 'hosts = "a.se"\n', (7, "channel[0].hosts", "wrong_type")),
        (HEAD + CHANNEL + 'hosts = [\n"a.se",\n3]\n', (9, "channel[0].hosts[1]", "wrong_type")),
        (HEAD + CHANNEL + 'hosts = [""]\n', (7, "channel[0].hosts[0]", "empty")),
        (HEAD + CHANNEL + 'hosts = ["a b"]\n', (7, "channel[0].hosts[0]", "bad_host")),
        (HEAD + CHANNEL + 'hosts = ["/forum"]\n', (7, "channel[0].hosts[0]", "bad_host")),
        (HEAD + CHANNEL + 'hosts = ["https://a.se"]\n', (7, "channel[0].hosts[0]", "bad_host")),
        (HEAD + CHANNEL + 'hosts = ["a.se/b?c"]\n', (7, "channel[0].hosts[0]", "bad_path")),
        (HEAD + CHANNEL + 'host = ["a.se"]\n', (7, "channel[0].host", "unknown_key")),
        (HEAD + CHANNEL + 'titles = ["("]\n', (7, "channel[0].titles[0]", "bad_title")),
        (HEAD + CHANNEL + 'titles = ["a*"]\n', (7, "channel[0].titles[0]", "title_matches_all")),
        (
            HEAD + CHANNEL + 'hosts = ["a.se"]\nexclude = { host = [] }\n',
            (8, "channel[0].exclude.host", "unknown_key"),
        ),
        (HEAD + '[[channel]]\nid = "a"\nname = {}\n', (5, "channel[0].name", "empty")),
        (
            HEAD + '[[channel]]\nid = "a"\nname = { sv = 3 }\n',
            (5, "channel[0].name.sv", "wrong_type"),
        ),
        (
            HEAD + CHANNEL.replace("forum", "chat") + 'hosts = ["a.se"]\n',
            (6, "channel[0].kind", "unknown_value"),
        ),
        (
            HEAD + 2 * (CHANNEL + 'hosts = ["a.se"]\n'),
            (9, "channel[1].id", "duplicate_id"),
        ),
        (
            HEAD + '[group.a]\nkind = "forum"\nname = "A"\n' + CHANNEL + 'hosts = ["a.se"]\n',
            (7, "channel[0].id", "duplicate_id"),
        ),
        (HEAD + '[group.g]\nkind = "x"\nname = "A"\n', (4, "group.g.kind", "unknown_value")),
        (HEAD + '[group.g]\nkind = "forum"\n', (3, "group.g.name", "missing_key")),
        (HEAD + "[group]\ng = 3\n", (4, "group.g", "wrong_type")),
        (HEAD + '[group.g]\nkind = "forum"\nname = "A"\nx = 1\n', (6, "group.g.x", "unknown_key")),
        (HEAD + '[web_apps]\npatterns = ["["]\n', (4, "web_apps.patterns[0]", "bad_title")),
        (HEAD + "[web_apps]\nx = 1\n", (4, "web_apps.x", "unknown_key")),
        (HEAD + '[[browser]]\napps = ["a"]\n', (3, "browser[0].id", "missing_key")),
        (
            HEAD + '[[browser]]\nid = "a"\nprivate_alone = 1\n',
            (5, "browser[0].private_alone", "wrong_type"),
        ),
        (HEAD + '[[browser]]\nid = "a"\nx = 1\n', (5, "browser[0].x", "unknown_key")),
        (b"schema = 1\nversion = \xff\n", (2, "", "not_utf8")),
        (b"schema = 1\n\0", (2, "", "control_character")),
        ("schema = 1\nversion = \n", (2, "version", "toml_value")),
        (b"#" * 1_000_001, (1, "", "file_too_large")),
    ],
)
def test_refusal_names_line_and_key_when_the_file_is_wrong(
    text: str | bytes, expected: tuple[object, ...]
) -> None:
    assert refusal(text) == expected


@given(st.binary(max_size=300) | st.text().map(lambda text: (HEAD + text).encode("utf-8")))
def test_refuses_or_loads_when_given_anything(data: bytes) -> None:
    with suppress(OutsideError):
        assert isinstance(load_catalogue(data, "own.toml"), Catalogue)


def test_shipped_catalogue_knows_enough_channels_of_every_kind() -> None:
    kinds = Counter(channel.kind for channel in SHIPPED.channels.values())
    assert len(SHIPPED.channels) >= 40
    assert set(kinds) == set(ChannelKind)
    assert set(SHIPPED.groups.values()) == set(ChannelKind)
    assert {"blogs", "forums"} <= SHIPPED.groups.keys()


def test_shipped_groups_are_named_in_both_languages() -> None:
    for name in SHIPPED.group_names.values():
        assert {language for language, _ in name.by_language} == {"en", "sv"}


@pytest.mark.parametrize("given", ["linkedin", "x", "instagram", "facebook", "youtube", "reddit"])
def test_shipped_catalogue_knows_what_the_reference_policies_name(given: str) -> None:
    assert given in SHIPPED.channels


def test_shipped_hosts_are_written_as_they_are_compared() -> None:
    for match in _shipped_matches():
        if match.host is not None:
            assert normalise_host(match.host) == match.host


def test_shipped_rules_belong_to_one_channel_each() -> None:
    owners: dict[tuple[str, str], str] = {}
    for channel in SHIPPED.channels.values():
        for match in channel.match:
            way, rule = next(
                (way, value)
                for way, value in (("host", match.host), ("app", match.app), ("title", match.title))
                if value is not None
            )
            rule = f"{rule}{match.path or ''}"
            owner = owners.setdefault(
                (way, rule if way == "title" else rule.casefold()), channel.id
            )
            assert owner == channel.id, rule


def test_shipped_exclusions_touch_no_other_channel() -> None:
    """Else the channel would be lost where a policy names the whole kind."""
    for channel in SHIPPED.channels.values():
        for excluded in channel.exclude:
            for other in SHIPPED.channels.values():
                hosts = [match.host for match in other.match if match.host is not None]
                if other.id != channel.id and excluded.host is not None:
                    assert not any(_lies_below(host, excluded.host) for host in hosts)


def test_shipped_titles_are_anchored() -> None:
    """A title that only holds a channel's name is of something else."""
    for match in _shipped_matches():
        if match.title is not None:
            assert "^" in match.title or match.title.endswith("$"), match.title


def test_shipped_titles_match_no_everyday_title() -> None:
    options = re2.Options()
    titles = [re2.compile(m.title, options) for m in _shipped_matches() if m.title is not None]
    for everyday in EVERYDAY:
        found = [title.pattern for title in titles if title.search(everyday)]
        assert not found, (everyday, found)


def test_no_tool_of_work_is_in_the_shipped_catalogue() -> None:
    hosts = {match.host for match in _shipped_matches()}
    apps = {match.app.casefold() for match in _shipped_matches() if match.app is not None}
    assert hosts.isdisjoint({"slack.com", "teams.microsoft.com", "zoom.us", "chat.google.com"})
    assert apps.isdisjoint({"slack", "slack.exe", "teams", "ms-teams", "ms-teams.exe", "zoom"})


def test_browsers_share_no_window() -> None:
    apps = Counter(app.casefold() for browser in SHIPPED.browsers.known for app in browser.apps)
    assert [app for app, count in apps.items() if count > 1] == []


def test_import_reads_no_file() -> None:
    code = (
        "import builtins, io, pathlib, tracker.policy.catalogue as c\n"
        "assert not [v for v in vars(c).values() if isinstance(v, c.Catalogue)]\n"
        "import sys; assert 'pydantic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


EVERYDAY = [
    *(
        "Facebook-annonser Q3.xlsx - Excel",
        "LinkedIn leads - Google Kalkylark",
        "Inkorg (3) - Gmail",
    ),
    *("Facebook – Wikipedia", "YouTube - Google Search", "Så lyckas du på LinkedIn - Di.se"),
    *("Kalender - november 2026 - Outlook", "Twitter blev X | SVT Nyheter", "Netflix", "Spotify"),
    *(
        "Java threads explained | Baeldung",
        "On threads",
        "How to signal",
        "Line 3 - editor",
        "Medium",
    ),
    *("T-shirt, Medium - Zalando", "Kick off 2026 - Confluence", "Note", "Ghost in the shell"),
    *(
        "Pull request #12 · org/x",
        "Spec / XL",
        "Discord i teamet | HR-bloggen",
        "99 problem",
        "Forum",
    ),
    *("Användarforum | Leverantören", "Web", "Messenger RNA - Wikipedia", "Reddit IPO | Reuters"),
    *("Bilibili explained", "Mastodon (band) – Wikipedia", "WordPress Themes", "Blogg | Företaget"),
    *("Garaget i källaren", "Dagens industri", "Jaktsidan i tidningen", "Skogsforum 2026: program"),
]


def _shipped_matches() -> list[Match]:
    return [match for channel in SHIPPED.channels.values() for match in channel.match]


def _lies_below(host: str, parent: str) -> bool:
    return host == parent or host.endswith(f".{parent}")
