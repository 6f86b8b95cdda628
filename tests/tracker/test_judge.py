"""Windows and tabs become verdicts; what was seen last can be judged anew."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from tests.desk import POLICY, TODAY, catalogue
from tracker.classify.classifier import Classifier
from tracker.facts import Foreground, Tab
from tracker.judge import Judge
from tracker.policy.load import load_or_raise
from tracker.situation import FrontSeen, PageSeen

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
LATER = NINE + timedelta(minutes=5)
FEED = "https://www.linkedin.com/feed/"


def rules(text: str = POLICY) -> tuple[Classifier, frozenset[str]]:
    channels = load_or_raise(text.encode(), "test", catalogue(), TODAY).channels
    return Classifier(channels, catalogue()), frozenset(each.id for each in channels)


@pytest.fixture
def judge() -> Judge:
    return Judge(*rules(), os.getpid())


def test_window_is_ours_when_its_process_or_its_class_is(judge: Judge) -> None:
    own = {
        ("discord", os.getpid()): True,
        ("discord", os.getpid() + 1): False,
        ("discord", None): False,
        ("Kanaltid", None): True,
        ("kanaltid-notes", None): False,
    }
    for (app, pid), ours in own.items():
        assert judge.front(Foreground(NINE, app, "", pid)).front.own is ours


def test_no_window_is_ours_when_our_process_is_not_known() -> None:
    judge = Judge(*rules(), None)
    assert not judge.front(Foreground(NINE, "discord", "", None)).front.own


def test_process_names_the_window_when_it_has_no_class(judge: Judge) -> None:
    (name,) = {judge.front(Foreground(NINE, "", "x", os.getpid())).front.app}
    assert name
    assert judge.front(Foreground(NINE, "", "x", None)).front.app == ""


def test_nothing_is_in_front_when_there_is_no_window(judge: Judge) -> None:
    seen = judge.front(Foreground(NINE, None)).front
    assert (seen.app, seen.verdict.channel, seen.own) == (None, None, False)


@pytest.mark.parametrize(
    ("tab", "channel", "private"),
    [
        (Tab(NINE, "firefox", FEED), "linkedin", False),
        (Tab(NINE, "Firefox", "https://example.se/"), None, False),
        (Tab(NINE, "firefox", channel="discord"), "discord", False),
        (Tab(NINE, "firefox", channel="orkut"), None, False),
        (Tab(NINE, "firefox"), None, False),
        (Tab(NINE, "firefox", FEED, private=True), None, True),
        (Tab(NINE, "firefox", channel="discord", private=True), None, True),
    ],
)
def test_tab_is_judged_by_its_address_or_its_channel(
    judge: Judge, tab: Tab, channel: str | None, private: bool
) -> None:
    seen = judge.page(tab)
    assert (seen.browser, seen.page.verdict.channel, seen.page.verdict.private) == (
        "firefox", channel, private,
    )  # fmt: skip


def test_what_was_seen_last_is_judged_anew_when_the_policy_changes(judge: Judge) -> None:
    judge.front(Foreground(NINE, "gedit"))
    judge.front(Foreground(NINE, "discord", "allmänt"))
    judge.page(Tab(NINE, "Firefox", "https://example.se/"))
    judge.page(Tab(NINE, "firefox", FEED))
    judge.page(Tab(NINE, "chromium", channel="discord"))
    without = POLICY.replace('[[channel]]\nid = "discord"\n', "")
    seen = judge.change(*rules(without), LATER)
    assert {each.at for each in seen} == {LATER}
    front, *pages = seen
    assert isinstance(front, FrontSeen)
    assert front.front.verdict.channel is None
    channels = {
        each.browser: each.page.verdict.channel for each in pages if isinstance(each, PageSeen)
    }
    assert channels == {"firefox": "linkedin", "chromium": None}


def test_window_is_not_judged_anew_when_it_was_forgotten(judge: Judge) -> None:
    judge.front(Foreground(NINE, "discord"))
    judge.forget_window()
    assert judge.change(*rules(), LATER) == ()


def test_no_title_is_in_a_verdict(judge: Judge) -> None:
    seen = judge.front(Foreground(NINE, "firefox", "Quallenstein | LinkedIn — Mozilla Firefox"))
    page = judge.page(Tab(NINE, "firefox", "https://www.linkedin.com/in/quallenstein"))
    assert seen.front.verdict.channel == page.page.verdict.channel == "linkedin"
    assert "quallenstein" not in f"{seen} {page}".casefold()
