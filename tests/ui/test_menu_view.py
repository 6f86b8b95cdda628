"""What the menu says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_policy, made_up_report, made_up_standing
from tracker.i18n import Language
from tracker.limits.types import DueStep, Level, Period
from tracker.model import State, StateKind, Window
from tracker.notice import LimitNotice
from tracker.policy.types import (
    CrisisLevel,
    LimitWindow,
    Mark,
    MarkKind,
    Policy,
    Purpose,
    StepKind,
    Text,
)
from tracker.visit import Visit
from ui.day_view import view_day
from ui.menu_view import MOST_CHANNELS, MenuView, cut, view_menu
from ui.status_view import view_status

PLAN = made_up_policy(
    crisis_levels=(CrisisLevel("storm", Text((("en", "It spreads"), ("sv", "Det sprids")))),)
)


def view(language: str = "en", level: str | None = None, **changes: Any) -> MenuView:
    overview = FakeOverview(**changes)
    if level is not None:
        overview.open_crisis(level)
    spoken = Language(language)
    day = view_day(overview.today(), overview.policy, spoken)
    status = overview.status()
    now = view_status(status, day, overview.policy, NOW, spoken)
    return view_menu(overview, status, now, day, spoken)


def state(channel: str) -> State:
    return State(StateKind.CHANNEL, channel=channel, purpose="private")


def test_sentence_says_what_is_in_front_since_when_and_what_is_left() -> None:
    menu = view()
    assert menu.front == "LinkedIn, Win leads, since 14:12"
    assert menu.left == (
        "LinkedIn: 48 of 60 min, 12 min left",
        "Social media for work: 52 of 45 min, 7 min over",
    )


def test_only_the_nearest_limit_is_told_when_no_channel_is_in_front() -> None:
    menu = view(state=State(StateKind.OTHER))
    assert menu.front == "None of the policy's channels is in front"
    assert menu.left == ("Social media for work: 52 of 45 min, 7 min over",)
    assert menu.here is None


def test_limit_that_counts_now_comes_first_be_it_a_shared_one() -> None:
    menu = view(state=state("x"))
    assert menu.left == (
        "Private during working hours: 15 of 15 min, used up",
        "Social media for work: 52 of 45 min, 7 min over",
    )


def test_replaced_limit_is_not_the_one_that_counts() -> None:
    policy = made_up_policy()
    own, shared, *others = policy.limits
    replacing = replace(own, replaces=("arbete",))
    in_front = State(StateKind.CHANNEL, channel="linkedin", purpose="varumarke")
    policy = replace(policy, limits=(replacing, shared, *others))
    assert view(policy=policy, state=in_front).left[0] == "LinkedIn: 48 of 60 min, 12 min left"
    policy = replace(policy, limits=(own, shared, *others))
    assert view(policy=policy, state=in_front).left == (
        "Social media for work: 52 of 45 min, 7 min over",
    )


def test_limit_of_other_hours_is_not_the_one_that_counts() -> None:
    policy = made_up_policy()
    limits = tuple(
        replace(each, window=LimitWindow.BREAKS) if each.id == "privat" else each
        for each in policy.limits
    )
    policy = replace(policy, limits=limits)
    assert view(policy=policy, state=state("x")).left == (
        "Social media for work: 52 of 45 min, 7 min over",
    )
    resting = replace(state("x"), window=Window.BREAKS)
    assert view(policy=policy, state=resting).left[0].startswith("Private during")


def test_week_is_named_where_the_limit_is_the_weeks() -> None:
    week = replace(made_up_standing("privat", 70, 75, Level.NEAR, None), period=Period.WEEK)
    report = made_up_report(limits=(week,))
    assert view(report=report, state=state("x")).left == (
        "Private during working hours this week: 70 of 75 min, 5 min left",
    )


def test_channel_behind_an_own_window_is_the_one_in_front() -> None:
    menu = view(state=State(StateKind.OTHER), visiting=Visit("x", "private", NOW))
    assert menu.front == "X, private, since 14:12"
    assert menu.here is not None
    assert menu.here.channel == "x"


def test_pause_is_the_sentence_when_a_channel_was_in_front() -> None:
    menu = view(paused=True)
    assert menu.front == "Paused"
    assert menu.here is None


def test_purposes_are_offered_for_the_channel_in_front_and_for_others() -> None:
    menu = view(choices={"linkedin": "leads", "youtube": "varumarke"})
    assert menu.here is not None
    assert menu.here.channel == "linkedin"
    assert menu.here.text == "Purpose: Win leads"
    assert [(each.id, each.chosen) for each in menu.here.options] == [
        ("leads", True),
        ("varumarke", False),
        ("private", False),
    ]
    # Those used today come first, by how long.
    assert [each.text for each in menu.others[:4]] == [
        "YouTube: Build the brand",
        "X: private",
        "Branschforumet: private",
        "Instagram: private",
    ]
    assert "linkedin" not in {each.channel for each in menu.others}


def test_channels_are_left_out_when_only_private_time_is_permitted() -> None:
    purposes = (Purpose("leads", Text((("en", "Win leads"),)), ("linkedin",)),)
    menu = view(policy=made_up_policy(purposes=purposes), state=state("x"))
    assert menu.here is None
    assert [each.channel for each in menu.others] == ["linkedin"]


def test_others_are_cut_when_the_policy_has_many_channels() -> None:
    policy: Policy = made_up_policy()
    many = tuple(replace(policy.channels[0], id=f"c{number}") for number in range(40))
    assert len(view(policy=replace(policy, channels=many)).others) == MOST_CHANNELS


def test_break_is_offered_only_when_one_may_be_taken_now() -> None:
    assert view().take_break == ""
    assert view(break_left=0).take_break == ""
    menu = view(break_left=45 * 60_000)
    assert (menu.take_break, menu.end_break) == ("Break now (45 min)", "")
    menu = view(break_left=32 * 60_000, on_break=True)
    assert (menu.take_break, menu.end_break) == ("", "End the break (32 min left)")


def test_what_waits_for_the_end_of_a_presentation_is_told() -> None:
    step = DueStep(
        made_up_standing("arbete", 52, 45, Level.OVER, None),
        Mark(MarkKind.SHARE, 100, "100%"),
        StepKind.ASK,
    )
    notice = LimitNotice(step, "x", "varumarke")
    assert view().waiting == ""
    assert view(waits=(notice,)).waiting == (
        "1 reminder waits until you are done: Social media for work"
    )
    assert view(waits=(notice, notice)).waiting.startswith("2 reminders wait until you are done")


def test_results_of_what_is_in_front_are_counted_first() -> None:
    named = [Purpose(key, Text(()), result=key) for key in ("a", "b", "c", "leads", "d")]
    menu = view(policy=made_up_policy(purposes=tuple(named)), counts={"b": 3})
    assert [line.text for line in menu.results] == ["+1 leads", "+1 a", "+1 b (3 today)"]


def test_open_crisis_is_told_before_acceptance_too() -> None:
    assert view(policy=PLAN).crisis == ""
    assert view(policy=PLAN, level="storm").crisis == "Crisis open: It spreads"
    menu = view(policy=PLAN, level="storm", accepted=False)
    assert menu == MenuView("Nothing is measured yet", crisis="Crisis open: It spreads")


def test_a_policys_words_are_cut_when_they_would_widen_the_menu() -> None:
    assert cut("short") == "short"
    assert cut("word " * 20) == "word " * 9 + "wo…"
    assert len(cut("x" * 200)) == 48
