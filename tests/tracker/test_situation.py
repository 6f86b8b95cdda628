"""The precedence of states, and what each fact changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fakes import FakeRulebook
from tracker import facts
from tracker.classify.verdict import Verdict
from tracker.model import Source, State, StateKind, Window
from tracker.situation import (
    CapReached,
    ChoiceLapsed,
    ChoiceMade,
    DayTurned,
    Front,
    FrontSeen,
    HoursTurned,
    JudgedFact,
    Page,
    PageSeen,
    RulesChanged,
    Situation,
    Unwatched,
    Watched,
    apply,
    resolve,
)

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
RULES = FakeRulebook(defaults={"linkedin": "leads"})
LINKEDIN_TITLE = Front("firefox", Verdict("linkedin", "title", certain=False, browser=True))
SPOTIFY = Front("Spotify", Verdict())
DISCORD = Front("discord", Verdict("discord", "app"))
OWN = Front("kanaltid", Verdict(), own=True)
PRIVATE = Front("firefox", Verdict(private=True, browser=True))
YOUTUBE_PAGE = Page(Verdict("youtube", "host", browser=True), audible=True)
WITHHELD_PAGE = Page(Verdict(browser=True))
PRIVATE_PAGE = Page(Verdict(private=True, browser=True))

EVERYTHING = Situation(
    RULES,
    running=False,
    asleep=True,
    locked=True,
    paused=True,
    hours=None,
    blind="display_lost",
    front=OWN,
    idle=True,
)


def seen(front: Front, **fields: object) -> Situation:
    return replace(Situation(RULES, front=front), **fields)  # type: ignore[arg-type]


def test_states_take_precedence_in_order_when_all_hold() -> None:
    situation = EVERYTHING
    kinds = [resolve(situation).kind]
    for clearing in (
        {"running": True},
        {"asleep": False},
        {"locked": False},
        {"paused": False},
        {"hours": Window.WORK},
        {"blind": None},
        {"front": LINKEDIN_TITLE},
        {"idle": False},
        {"front": SPOTIFY},
    ):
        situation = replace(situation, **clearing)
        kinds.append(resolve(situation).kind)
    assert kinds == [
        StateKind.STOPPED,
        StateKind.ASLEEP,
        StateKind.LOCKED,
        StateKind.PAUSED,
        StateKind.OFF_HOURS,
        StateKind.NOT_MEASURED,
        StateKind.OTHER,
        StateKind.IDLE,
        StateKind.CHANNEL,
        StateKind.OTHER,
    ]


def test_gap_lies_within_hours_only_when_hours_hold() -> None:
    assert resolve(EVERYTHING).within_hours is False
    assert resolve(replace(EVERYTHING, hours=Window.BREAKS)).within_hours is True


def test_channel_has_its_default_purpose_when_none_was_chosen() -> None:
    assert resolve(seen(LINKEDIN_TITLE)) == State(
        StateKind.CHANNEL, Window.WORK, "linkedin", "leads", Source.TITLE, certain=False
    )


@pytest.mark.parametrize(
    ("situation", "reason"),
    [
        (Situation(RULES), "nothing_in_front"),
        (seen(Front(None, Verdict())), "nothing_in_front"),
        (seen(OWN), "own_window"),
        (seen(PRIVATE), "private_window"),
        (seen(SPOTIFY), "no_channel"),
        (seen(LINKEDIN_TITLE, pages={"firefox": WITHHELD_PAGE}), "no_channel"),
        (seen(LINKEDIN_TITLE, pages={"firefox": PRIVATE_PAGE}), "private_window"),
        (seen(PRIVATE, pages={"firefox": YOUTUBE_PAGE}), "private_window"),
    ],
)
def test_time_is_other_when_no_channel_is_in_front(situation: Situation, reason: str) -> None:
    state = resolve(situation)
    assert (state.kind, state.reason) == (StateKind.OTHER, reason)


def test_tab_decides_when_its_browser_is_in_front() -> None:
    front = replace(LINKEDIN_TITLE, app="Firefox")
    state = resolve(seen(front, pages={"firefox": YOUTUBE_PAGE, "chromium": WITHHELD_PAGE}))
    assert (state.channel, state.source, state.certain) == ("youtube", Source.TAB, True)


def test_tab_counts_for_nothing_when_another_app_is_in_front() -> None:
    state = resolve(seen(DISCORD, pages={"firefox": YOUTUBE_PAGE}))
    assert (state.channel, state.source) == ("discord", Source.APP)


def test_audible_channel_counts_when_idle_until_its_cap() -> None:
    situation = seen(LINKEDIN_TITLE, pages={"firefox": YOUTUBE_PAGE}, idle=True)
    assert resolve(situation).channel == "youtube"
    assert resolve(situation).reason == "audible"
    assert resolve(apply(situation, CapReached(AT))).kind is StateKind.IDLE


def test_audible_page_of_no_channel_is_idle_when_there_is_no_input() -> None:
    page = Page(Verdict(browser=True), audible=True)
    assert resolve(seen(LINKEDIN_TITLE, pages={"firefox": page}, idle=True)).kind is StateKind.IDLE


def test_break_counts_only_when_a_finite_limit_takes_it() -> None:
    situation = seen(LINKEDIN_TITLE, hours=Window.BREAKS)
    assert resolve(situation).reason == "break"
    counted = replace(situation, rules=replace(RULES, in_breaks=frozenset({("linkedin", "leads")})))
    assert resolve(counted) == State(
        StateKind.CHANNEL, Window.BREAKS, "linkedin", "leads", Source.TITLE, certain=False
    )


def test_choice_holds_until_its_day_ends_or_it_lapses() -> None:
    chosen = apply(seen(LINKEDIN_TITLE), ChoiceMade(AT, TODAY, "linkedin", "private"))
    assert resolve(chosen).purpose == "private"
    assert resolve(apply(chosen, DayTurned(AT, TODAY))).purpose == "private"
    assert resolve(apply(chosen, DayTurned(AT, TODAY + timedelta(1)))).purpose == "leads"
    assert resolve(apply(chosen, ChoiceLapsed(AT, "linkedin"))).purpose == "leads"
    assert resolve(apply(chosen, ChoiceLapsed(AT, "youtube"))).purpose == "private"


@pytest.mark.parametrize(
    ("begin", "kind", "end"),
    [
        (facts.Sleep(AT), StateKind.ASLEEP, facts.Wake(AT)),
        (facts.Lock(AT), StateKind.LOCKED, facts.Unlock(AT)),
        (facts.Pause(AT), StateKind.PAUSED, facts.Resume(AT)),
        (HoursTurned(AT, None), StateKind.OFF_HOURS, HoursTurned(AT, Window.WORK)),
        (facts.Blind(AT, "display_lost"), StateKind.NOT_MEASURED, facts.Sighted(AT)),
        (facts.Blind(AT, "display_lost"), StateKind.NOT_MEASURED, FrontSeen(AT, LINKEDIN_TITLE)),
        (Unwatched(AT, asleep=False), StateKind.NOT_MEASURED, Watched(AT)),
        (Unwatched(AT, asleep=True), StateKind.ASLEEP, Watched(AT)),
        (facts.Idle(AT, AT), StateKind.IDLE, facts.Active(AT)),
    ],
)
def test_channel_counts_again_when_what_stood_in_the_way_is_over(
    begin: JudgedFact, kind: StateKind, end: JudgedFact
) -> None:
    situation = seen(LINKEDIN_TITLE)
    held = apply(situation, begin)
    assert resolve(held).kind is kind
    assert apply(held, end) == situation


@pytest.mark.parametrize("back", [facts.Wake(AT), facts.Unlock(AT), facts.Active(AT)])
def test_person_is_active_when_the_session_comes_back(back: JudgedFact) -> None:
    situation = seen(LINKEDIN_TITLE, idle=True, cap_reached=True)
    assert apply(situation, back) == seen(LINKEDIN_TITLE)


def test_rules_change_when_another_policy_comes_into_force() -> None:
    other = FakeRulebook(defaults={"linkedin": "recruit"})
    assert resolve(apply(seen(LINKEDIN_TITLE), RulesChanged(AT, other))).purpose == "recruit"


def test_page_is_kept_by_browser_when_tabs_are_reported() -> None:
    situation = apply(seen(LINKEDIN_TITLE), PageSeen(AT, "firefox", YOUTUBE_PAGE))
    assert resolve(situation).channel == "youtube"
    assert resolve(apply(situation, PageSeen(AT, "firefox", WITHHELD_PAGE))).channel is None
