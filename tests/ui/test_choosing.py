"""The ways out of a notice, in a window."""

from __future__ import annotations

from typing import NoReturn

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.made_up import made_up_standing
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.limits.types import DueStep, Level
from tracker.notice import LimitNotice
from tracker.policy.types import Mark, MarkKind, StepKind
from ui.choosing import Choosing
from ui.windows.ask import AskWindow

NOTICE = LimitNotice(
    DueStep(
        made_up_standing("privat", 15, 15, Level.REACHED, None),
        Mark(MarkKind.SHARE, 100, "100%"),
        StepKind.NOTIFY,
    ),
    "linkedin",
    "private",
)


class Stage:
    """A choice that is open."""

    def __init__(self, qtbot: QtBot) -> None:
        self.overview = FakeOverview(choices={"linkedin": "private"})
        self.explained: list[tuple[str, str | None]] = []
        self.choosing = Choosing(
            self.overview,
            Language("en"),
            why=lambda limit, channel: self.explained.append((limit, channel)),
        )
        self.choosing.open(NOTICE)
        qtbot.addWidget(self.window)

    @property
    def window(self) -> AskWindow:
        window = self.choosing.window
        assert window is not None
        return window


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_purposes_of_the_channel_are_offered_and_the_choice_closes_it(stage: Stage) -> None:
    buttons = stage.window.panel.purpose_buttons
    assert list(buttons) == ["leads", "varumarke"]
    buttons["leads"].click()
    assert stage.overview.calls == [("choose_purpose", "leads", "linkedin", True)]
    assert stage.choosing.window is None


def test_more_time_is_taken_for_the_limit_of_the_notice(stage: Stage) -> None:
    stage.window.panel.more_button.click()
    assert stage.overview.calls == [("extend", "privat", None, "")]
    assert stage.choosing.window is None


def test_refusal_is_said_and_the_window_stays(stage: Stage) -> None:
    def refuse(*_given: object, **_named: object) -> NoReturn:
        raise OutsideError(ErrorCode.UNKNOWN_PURPOSE, purpose="leads")

    stage.overview.choose_purpose = refuse  # type: ignore[method-assign]
    stage.window.panel.purpose_buttons["leads"].click()
    assert "“Win leads”" in stage.window.panel.problem.text()
    assert stage.choosing.window is not None


def test_why_is_asked_of_the_limit_of_the_notice(stage: Stage) -> None:
    stage.window.panel.why_button.click()
    assert stage.explained == [("privat", None)]
    assert stage.window.isVisible()


@pytest.mark.parametrize("by_button", [True, False])
def test_nothing_is_chosen_when_it_is_left(stage: Stage, by_button: bool) -> None:
    if by_button:
        stage.window.panel.stop_button.click()
    else:
        stage.window.close()
    assert stage.choosing.window is None
    assert not stage.overview.calls


def test_the_newest_notice_takes_the_place_of_the_one_before(stage: Stage) -> None:
    before = stage.window
    stage.choosing.open(NOTICE)
    assert stage.window is not before
    assert not before.isVisible()
