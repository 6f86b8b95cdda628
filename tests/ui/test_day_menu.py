"""The menu that reads like a sentence of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_policy, made_up_report
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.model import State, StateKind
from tracker.notices.messages import Message
from tracker.policy.load import Loaded
from tracker.policy.problems import Problem, ProblemCode
from tracker.policy.types import CrisisLevel, Text
from ui.day_menu import DayMenu, Doings
from ui.day_view import view_day
from ui.status_view import view_status

PLAN = made_up_policy(
    crisis_levels=(CrisisLevel("storm", Text((("en", "It spreads"), ("sv", "Det sprids")))),)
)

pytestmark = pytest.mark.usefixtures("qapp")


class Shown:
    """A menu and what it did."""

    def __init__(self, overview: FakeOverview, language: str = "en") -> None:
        self.overview = overview
        self.did: list[str] = []
        self.failed: list[OutsideError] = []
        self.language = Language(language)
        self.menu = DayMenu(
            overview,
            lambda: NOW,
            self.language,
            Doings(
                show_first_page=lambda: self.did.append("first page"),
                open_page=self.did.append,
                acted=self._acted,
                failed=self.failed.append,
                quit=lambda: self.did.append("quit"),
            ),
        )

    def refresh(self, *messages: Message) -> tuple[str, ...]:
        day = view_day(self.overview.today(), self.overview.policy, self.language)
        status = self.overview.status()
        view = view_status(status, day, self.overview.policy, NOW, self.language)
        self.menu.refresh(status, view, day, messages)
        return self.menu.texts()

    def _acted(self) -> None:
        self.refresh()

    def click(self, *path: str) -> None:
        self.find(*path).trigger()

    def find(self, *path: str) -> QAction:
        """Return the line that is reached through the submenus of a path."""
        menu: QMenu = self.menu
        for text in path[:-1]:
            submenu = line_of(menu, text).menu()
            assert isinstance(submenu, QMenu)
            menu = submenu
        return line_of(menu, path[-1])

    def lines(self, *path: str) -> list[tuple[str, bool]]:
        """Return a submenu's lines, and which are marked."""
        menu = self.find(*path).menu()
        assert isinstance(menu, QMenu)
        return [(each.text(), each.isChecked()) for each in menu.actions() if shows(each)]


def shows(action: QAction) -> bool:
    return action.isVisible() and not action.isSeparator()


def line_of(menu: QMenu, text: str) -> QAction:
    return next(each for each in menu.actions() if each.text() == text and shows(each))


def shown(language: str = "en", **changes: Any) -> Shown:
    return Shown(FakeOverview(**changes), language)


def test_lines_read_like_a_sentence_of_the_day_in_their_order() -> None:
    made = shown(policy=PLAN, break_left=45 * 60_000)
    made.overview.choices = {"linkedin": "leads"}
    assert made.refresh() == (
        "LinkedIn, Win leads, since 14:12",
        "LinkedIn: 48 of 60 min, 12 min left",
        "Social media for work: 52 of 45 min, 7 min over",
        "Purpose: Win leads",
        "Other channels",
        "+1 leads",
        "Pause",
        "Break now (45 min)",
        "Not working today",
        "Today",
        "Policy",
        "Crisis plan",
        "Settings",
        "Quit",
    )


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("LinkedIn, Win leads, since 14:12", "today"),
        ("LinkedIn: 48 of 60 min, 12 min left", "today"),
        ("Today", "today"),
        ("Policy", "policy"),
        ("Crisis plan", "crisis"),
        ("Settings", "settings"),
    ],
)
def test_each_page_is_one_click_away(text: str, page: str) -> None:
    made = shown(policy=PLAN)
    made.refresh()
    made.click(text)
    assert made.did == [page]


def test_purpose_covers_the_visit_when_chosen_and_the_rest_of_it_as_second_choice() -> None:
    made = shown()
    made.overview.choices = {"linkedin": "leads"}
    made.refresh()
    choices = [("Win leads", True), ("Build the brand", False), ("private", False)]
    assert made.lines("Purpose: Win leads") == [*choices, ("From now on", False)]
    assert made.lines("Purpose: Win leads", "From now on") == choices
    made.click("Purpose: Win leads", "Build the brand")
    made.click("Purpose: Win leads", "From now on", "private")
    assert made.overview.calls == [
        ("choose_purpose", "varumarke", "linkedin", True),
        ("choose_purpose", "private", "linkedin", False),
    ]
    # The fake chose nothing: what is marked is what is in force.
    assert made.lines("Purpose: Win leads")[:3] == choices


def test_purpose_of_another_channel_is_chosen_below() -> None:
    made = shown()
    made.refresh()
    path = ("Other channels", "YouTube: private")
    assert made.lines(*path) == [("Build the brand", False), ("private", True)]
    made.click(*path, "Build the brand")
    assert made.overview.calls == [("choose_purpose", "varumarke", "youtube", True)]


def test_lines_of_purposes_follow_the_channel_in_front() -> None:
    made = shown()
    made.refresh()
    made.overview.state = State(StateKind.CHANNEL, channel="x", purpose="private")
    made.refresh()
    assert made.lines("Purpose: private") == [
        ("Build the brand", False),
        ("private", True),
        ("From now on", False),
    ]
    made.overview.state = State(StateKind.OTHER)
    assert "Purpose: private" not in made.refresh()
    made.overview.policy = made_up_policy(purposes=())
    assert "Other channels" not in made.refresh()


def test_result_is_counted_by_a_click() -> None:
    made = shown()
    made.refresh()
    made.click("+1 leads")
    made.click("+1 leads (1 today)")
    assert made.overview.calls == [("count_result", "leads", 1)] * 2
    assert "+1 leads (2 today)" in made.refresh()


def test_refusal_is_told_when_a_purpose_is_no_longer_permitted() -> None:
    made = shown()
    made.refresh()

    def refuse(*_given: object, **_named: object) -> NoReturn:
        raise OutsideError(ErrorCode.UNKNOWN_PURPOSE, purpose="varumarke")

    made.overview.choose_purpose = refuse  # type: ignore[method-assign]
    made.click("Other channels", "YouTube: private", "Build the brand")
    assert [error.code for error in made.failed] == [ErrorCode.UNKNOWN_PURPOSE]


def test_break_begins_and_ends_by_a_click() -> None:
    made = shown(break_left=45 * 60_000)
    made.refresh()
    made.click("Break now (45 min)")
    made.click("End the break (45 min left)")
    assert made.overview.calls == [("take_break",), ("end_break",)]


def test_day_off_takes_two_clicks_and_can_be_taken_back() -> None:
    made = shown(state=State(StateKind.OTHER))
    made.refresh()
    made.click("Not working today", "Yes, measure nothing more today")
    texts = made.refresh()
    assert texts[0] == "Not working today: nothing is stored"
    assert "Not working today" not in texts
    made.click("Work today after all")
    assert "Not working today" in made.refresh()
    assert made.overview.calls == [("take_day_off",), ("end_day_off",)]


def test_open_crisis_leads_to_the_plan() -> None:
    made = shown(policy=PLAN)
    made.overview.open_crisis("storm")
    made.refresh()
    made.click("Crisis open: It spreads")
    assert made.did == ["crisis"]


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("15 minutes", NOW + timedelta(minutes=15)),
        ("1 hour", NOW + timedelta(hours=1)),
        ("Until tomorrow", FakeOverview().day_bounds(made_up_report().day)[1]),
    ],
)
def test_pause_is_two_clicks_away_and_ends_when_it_says(text: str, until: object) -> None:
    made = shown()
    made.refresh()
    made.click("Pause", text)
    assert made.overview.calls == [("pause", until)]


def test_resume_takes_the_place_of_pause_when_paused() -> None:
    made = shown(paused=True, paused_until=NOW + timedelta(minutes=15))
    texts = made.refresh()
    assert texts[0] == "Paused until 14:27"
    assert "Resume" in texts
    assert "Pause" not in texts
    made.click("Resume")
    assert made.overview.calls == [("resume",)]


def test_only_the_first_page_and_the_end_are_offered_before_acceptance() -> None:
    made = shown(accepted=False)
    assert made.refresh() == (
        "Nothing is measured yet",
        "What is measured …",
        "Policy",
        "Settings",
        "Quit",
    )
    made.click("What is measured …")
    made.click("Quit")
    assert made.did == ["first page", "quit"]


def test_a_waiting_message_comes_first() -> None:
    made = shown()
    assert made.refresh(Message("k", "LinkedIn: 12 min left.", "", NOW))[0] == (
        "LinkedIn: 12 min left."
    )
    made.click("LinkedIn: 12 min left.")
    assert made.did == ["today"]
    assert made.refresh()[0] == "LinkedIn, Win leads, since 14:12"


def test_the_same_actions_change_their_texts_when_refreshed() -> None:
    made = shown()
    made.refresh()
    before = made.menu.actions()
    made.overview.report = made_up_report(channels=(), limits=())
    assert "Today" in made.refresh()
    assert made.menu.actions() == before


def test_ampersand_is_shown_as_one() -> None:
    policy = made_up_policy()
    channels = policy.channels
    named = made_up_policy(
        channels=(channels[0].__class__("linkedin", Text((("en", "Q&A"),)), channels[0].kind, ()),)
    )
    texts = shown(policy=named).refresh()
    assert texts[0] == "Q&A, Win leads, since 14:12"


def test_underscores_of_the_policy_are_doubled_for_a_host_and_read_as_one() -> None:
    policy = made_up_policy()
    purposes = tuple(
        replace(each, name=Text((("en", f"{each.id}_1"),))) for each in policy.purposes
    )
    made = shown(policy=replace(policy, purposes=purposes), choices={"linkedin": "leads"})
    assert "Purpose: leads_1" in made.refresh()
    assert ("leads__1", True) in made.lines("Purpose: leads__1")


def test_broken_policy_is_told_first_and_explained_by_a_click() -> None:
    problem = Problem(48, "limit[2].day", ProblemCode.OUT_OF_RANGE, {"least": 0})
    menu = shown(broken_policy=Loaded("policy.toml", None, (problem,)))
    assert menu.refresh()[0] == "The new policy has an error in line 48. Why?"
    menu.click("The new policy has an error in line 48. Why?")
    assert menu.did == ["policy/trouble"]
    menu.overview.broken_policy = None
    assert not any("The new policy" in text for text in menu.refresh())
