from __future__ import annotations

from collections.abc import Sequence

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.classify_contract import known_channel
from tests.tracker.classify.timing import seconds_of
from tracker.classify.classifier import Classifier
from tracker.classify.verdict import Verdict
from tracker.policy.catalogue import Catalogue, shipped_catalogue
from tracker.policy.types import Channel, ChannelKind, Match, Text

CATALOGUE = shipped_catalogue()
EVERYTHING = Classifier([known_channel(name, CATALOGUE) for name in CATALOGUE.channels], CATALOGUE)


def channel(
    name: str, *match: Match, exclude: Sequence[Match] = (), group: bool = False
) -> Channel:
    return Channel(
        name, Text((("en", name),)), ChannelKind.FORUM, match, tuple(exclude), group=group
    )


def judged(
    *channels: Channel, app: str | None = None, title: str = "", url: str | None = None
) -> Verdict:
    return Classifier(channels, CATALOGUE).classify(app, title, url)


def test_rule_names_host_and_path_when_they_decide() -> None:
    forum = channel("forum", Match(host="example.se", path="/Forum"))
    verdict = judged(forum, url="https://www.example.se/forum/1")
    assert (verdict.channel, verdict.rule) == ("forum", "host example.se/Forum")


def test_rule_names_the_app_as_the_policy_writes_it_when_it_decides() -> None:
    verdict = judged(channel("chat", Match(app="TelegramDesktop")), app="telegramdesktop")
    assert (verdict.channel, verdict.rule) == ("chat", "app TelegramDesktop")


def test_rule_names_the_pattern_and_not_the_title_when_a_title_decides() -> None:
    verdict = judged(channel("x", Match(title=" / X$")), app="firefox", title="Hemligt / X")
    assert (verdict.rule, verdict.certain) == ("title ' / X$'", False)
    assert "Hemligt" not in repr(verdict)


def test_rule_names_the_exclusion_when_it_decides() -> None:
    excluded = Match(host="x.com", path="/harrow")
    verdict = judged(
        channel("other", Match(host="x.com"), exclude=[excluded]), url="https://x.com/harrow/1"
    )
    assert verdict.channel is None
    assert verdict.rule == "host x.com/harrow excluded"
    assert verdict.second == "other: host x.com"


def test_rule_says_so_when_none_matches() -> None:
    assert judged(url="https://example.se/") == Verdict(None, None, "no rule matches")


def test_second_names_the_channel_that_was_beaten() -> None:
    verdict = judged(
        channel("wide", Match(host="example.se")),
        channel("narrow", Match(host="forum.example.se")),
        url="https://forum.example.se/",
    )
    assert (verdict.channel, verdict.second) == ("narrow", "wide: host example.se")


def test_second_is_another_channel_when_the_first_has_two_rules() -> None:
    verdict = judged(
        channel("both", Match(host="forum.example.se"), Match(host="example.se")),
        channel("wide", Match(host="example.se")),
        url="https://forum.example.se/",
    )
    assert (verdict.channel, verdict.second) == ("both", "wide: host example.se")


def test_second_is_the_exclusion_when_the_better_channel_is_excluded() -> None:
    verdict = judged(
        channel(
            "narrow", Match(host="a.example.se"), exclude=[Match(host="example.se", path="/x")]
        ),
        channel("wide", Match(host="example.se")),
        url="https://a.example.se/x",
    )
    assert (verdict.channel, verdict.second) == ("wide", "narrow: host example.se/x excluded")


def test_second_is_none_when_nothing_else_matches() -> None:
    assert judged(channel("a", Match(host="a.se")), url="https://a.se").second is None


@pytest.mark.parametrize(
    ("match", "app", "title", "url"),
    [
        (Match(host="a.se"), None, "", "https://a.se/"),
        (Match(host="a.se", path="/b"), None, "", "https://a.se/b"),
        (Match(app="Chat"), "chat", "", None),
        (Match(title="Torget"), "firefox", "Torget", None),
    ],
)
def test_named_channel_wins_over_group_when_they_match_alike(
    match: Match, app: str | None, title: str, url: str | None
) -> None:
    group, named = channel("group", match, group=True), channel("named", match)
    assert judged(group, named, app=app, title=title, url=url).channel == "named"
    assert judged(named, group, app=app, title=title, url=url).channel == "named"


def test_group_wins_over_named_channel_when_its_host_is_longer() -> None:
    verdict = judged(
        channel("named", Match(host="example.se")),
        channel("group", Match(host="blog.example.se"), group=True),
        url="https://blog.example.se/",
    )
    assert (verdict.channel, verdict.second) == ("group", "named: host example.se")


def test_order_of_the_policy_decides_when_all_else_is_equal() -> None:
    first, second = channel("first", Match(title="Torg")), channel("second", Match(title="Torget"))
    assert judged(first, second, app="firefox", title="Torget").channel == "first"
    assert judged(second, first, app="firefox", title="Torget").channel == "second"


def test_app_wins_over_title_when_both_match() -> None:
    verdict = judged(
        channel("by-title", Match(title="Torget")),
        channel("by-app", Match(app="firefox")),
        app="Firefox",
        title="Torget",
    )
    assert (verdict.channel, verdict.via) == ("by-app", "app")
    assert verdict.second == "by-title: title 'Torget'"


def test_exclusion_by_app_takes_the_channel_out_when_its_host_matches() -> None:
    verdict = judged(
        channel("a", Match(host="a.se"), exclude=[Match(app="firefox")]),
        app="firefox",
        url="https://a.se",
    )
    assert (verdict.channel, verdict.rule) == (None, "app firefox excluded")


def test_exclusion_alone_is_no_rule_that_decides_when_nothing_matches() -> None:
    verdict = judged(
        channel("a", Match(host="b.se"), exclude=[Match(host="a.se")]), url="https://a.se"
    )
    assert verdict.rule == "no rule matches"


def test_browser_is_told_when_the_window_is_one() -> None:
    assert EVERYTHING.classify("firefox", "Något — Mozilla Firefox", None).browser
    assert EVERYTHING.classify("crx_aaaabbbbccccddddeeeeffffgggghhhh", "Något", None).browser
    assert EVERYTHING.classify("firefox", "A — Mozilla Firefox Privat surfning", None).browser
    assert not EVERYTHING.classify("gedit", "LinkedIn", None).browser


def test_rule_without_a_host_that_can_be_is_passed_over() -> None:
    assert judged(channel("a", Match(host="a b")), url="https://a b/").channel is None


def test_says_which_pattern_is_wrong_when_a_policy_was_not_checked() -> None:
    with pytest.raises(re2.error):
        Classifier([channel("a", Match(title="("))], CATALOGUE)


def test_knows_no_browser_when_the_catalogue_names_none() -> None:
    bare = Catalogue("1", {}, {})
    verdict = Classifier([channel("a", Match(title="Torget"))], bare).classify("firefox", "Torget")
    assert verdict.channel is None
    assert not verdict.browser


ODD_TEXT = st.text(st.characters(), max_size=200) | st.sampled_from(["\ud800", "\0", "\u202e - "])
BITS = st.sampled_from(
    [
        *("https://", "x.com", "www.linkedin.com", "/", ":", "@", "%", ".", "..", "?", "#", "\\"),
        *(" - ", " – ", " — ", "Mozilla Firefox", "Privat surfning", "[InPrivate]", "(3) ", "("),
        *("Facebook", " | LinkedIn", "Microsoft\u200b Edge", "Personal", " and 3 more pages", "Å"),
        *("\ud800", "\0", "\n", "\u3002", "xn--", "ß", "[::1]"),
    ]
)
ANYTHING = ODD_TEXT | st.lists(BITS, max_size=12).map("".join)
APPS = st.none() | st.sampled_from(["firefox", "msedge.exe", "chromium", "Safari"]) | ANYTHING


@given(APPS, ANYTHING, st.none() | ANYTHING)
def test_answers_when_asked_about_anything(app: str | None, title: str, url: str | None) -> None:
    verdict = EVERYTHING.classify(app, title, url)
    assert (verdict.channel is None) == (verdict.via is None)
    assert verdict.channel is None or verdict.channel in CATALOGUE.channels
    assert verdict.certain == (verdict.via != "title")
    assert not (verdict.private and verdict.channel)
    assert verdict.rule


@given(st.sampled_from(["firefox", "msedge.exe", "com.apple.Safari", "crx_" + "a" * 32]), ANYTHING)
def test_title_is_never_heard_when_the_address_is_known(app: str, title: str) -> None:
    verdict = EVERYTHING.classify(app, title, "https://www.example.se/")
    assert verdict.channel is None


@given(ANYTHING, ANYTHING)
def test_title_is_never_heard_when_the_window_is_no_browser(prefix: str, title: str) -> None:
    verdict = EVERYTHING.classify(f"{prefix}-is-no-browser", title, None)
    assert verdict.channel is None
    assert not verdict.private


ENORMOUS = [
    "a", "(", "(1) ", "[", " ", " - ", " — ", ".", "/", "/..", "%41", "@", ":", "\\", "x.com/", "å",
    "｡", "xn--", " | LinkedIn", "\u200b", "0", "[InPrivate] - ", "\ud800", "r/", "• ", "#", "?",
]  # fmt: skip


@pytest.mark.parametrize("bit", ENORMOUS)
def test_time_is_linear_when_texts_are_enormous(bit: str) -> None:
    """Eight times the text may take some eight times as long, never sixty-four times."""

    def judge(length: int) -> None:
        text = (bit * length)[: length * 4]
        EVERYTHING.classify("msedge.exe", f"{text} - Personal - Microsoft\u200b Edge", None)
        EVERYTHING.classify("firefox", text, None)
        EVERYTHING.classify("firefox", "", f"https://{text}")
        EVERYTHING.classify("firefox", "", f"https://www.facebook.com/{text}")
        EVERYTHING.classify(None, "", text)
        EVERYTHING.classify(text, text, None)

    short, long = seconds_of(lambda: judge(4_000)), seconds_of(lambda: judge(32_000))
    assert long < max(30 * short, 0.05)


def test_memory_stays_bounded_when_every_text_is_enormous() -> None:
    classifier = Classifier([], CATALOGUE)
    for number in range(20):
        classifier.classify("firefox", f"{number}" + "a" * 100_000, None)
        classifier.classify("firefox" + "a" * 100_000 + str(number), "", None)
        classifier.classify(None, "", f"https://{number}.se/" + "a" * 100_000)
    assert classifier.remembered == 0
    classifier.classify("firefox", "a", None)
    assert classifier.remembered == 1


def test_memory_stays_bounded_when_titles_never_end() -> None:
    classifier = Classifier([], CATALOGUE)
    for number in range(10_000):
        classifier.classify("firefox", str(number), None)
    assert classifier.remembered == 4096
