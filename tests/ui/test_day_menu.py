"""The menu that reads like a sentence of the day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_policy, made_up_report
from tracker.i18n import Language
from tracker.notices.messages import Message
from tracker.policy.types import Text
from ui.day_menu import MOST_LINES, DayMenu, Doings, day_lines
from ui.day_view import view_day
from ui.status_view import view_status

pytestmark = pytest.mark.usefixtures("qapp")


class Shown:
    """A menu and what it did."""

    def __init__(self, overview: FakeOverview, language: str = "en") -> None:
        self.overview = overview
        self.did: list[str] = []
        self.language = Language(language)
        self.menu = DayMenu(
            overview,
            lambda: NOW,
            self.language,
            Doings(
                lambda: self.did.append("today"),
                lambda: self.did.append("first page"),
                lambda: self.did.append("quit"),
            ),
        )

    def refresh(self, *messages: Message) -> tuple[str, ...]:
        day = view_day(self.overview.today(), self.overview.policy, self.language)
        status = self.overview.status()
        view = view_status(status, day, self.overview.policy, NOW, self.language)
        self.menu.refresh(status, view, day, messages)
        return self.menu.texts()

    def click(self, text: str) -> None:
        self.find(self.menu, text).trigger()

    @classmethod
    def find(cls, menu: QMenu, text: str) -> QAction:
        for action in menu.actions():
            if action.text() == text and action.isVisible():
                return action
            submenu = action.menu()
            if isinstance(submenu, QMenu):
                for inner in submenu.actions():
                    if inner.text() == text:
                        return inner
        raise LookupError(text)


def shown(language: str = "en", **changes: Any) -> Shown:
    return Shown(FakeOverview(**changes), language)


def test_lines_say_what_is_in_front_and_what_is_left() -> None:
    assert shown().refresh() == (
        "In front: LinkedIn, Win leads",
        "LinkedIn: 51 min, 12 min left",
        "YouTube: 32 min",
        "X: 18 min",
        "Branschforumet: 45 s",
        "Social media for work: 52 of 45 min, 7 min over",
        "Private during working hours: 15 of 15 min, used up",
        "Pause",
        "Today",
        "Quit",
    )


def test_lines_are_swedish_when_the_language_is() -> None:
    texts = shown("sv").refresh()
    assert texts[0] == "Framme: LinkedIn, Få in leads"
    assert texts[1] == "LinkedIn: 51 min, 12 min kvar"
    assert texts[-3:] == ("Pausa", "I dag", "Avsluta")


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
    made.click(text)
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
    assert made.refresh() == ("Nothing is measured yet", "What is measured …", "Quit")
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
    assert made.refresh()[0] == "In front: LinkedIn, Win leads"


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
    assert texts[0] == "In front: Q&A, Win leads"


def test_long_days_are_cut() -> None:
    policy, report = made_up_policy(), made_up_report()
    many = tuple(
        report.channels[0].__class__(f"c{n}", 60_000, 0, {"private": 60_000}) for n in range(20)
    )
    lines = day_lines(
        view_day(made_up_report(channels=many), policy, Language("en")), Language("en")
    )
    assert len(lines) == MOST_LINES
    assert lines[-1] == "and more …"
