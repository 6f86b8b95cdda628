"""The present moment in words and by its sign."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_report, made_up_standing
from tracker.i18n import Language
from tracker.limits.types import Level
from tracker.model import State, StateKind
from ui.day_view import view_day
from ui.status_view import Sign, StatusView, view_status


def view(language: str = "en", **changes: Any) -> StatusView:
    overview = FakeOverview(**changes)
    spoken = Language(language)
    day = view_day(overview.today(), overview.policy, spoken)
    return view_status(overview.status(), day, overview.policy, NOW, spoken)


def day_with(level: Level, used: float = 5) -> Any:
    return made_up_report(limits=(made_up_standing("privat", used, 10, level, None),))


@pytest.mark.parametrize(
    ("level", "sign"),
    [
        (Level.OK, Sign.MEASURING),
        (Level.NEAR, Sign.NEAR),
        (Level.REACHED, Sign.REACHED),
        (Level.OVER, Sign.REACHED),
    ],
)
def test_sign_is_the_furthest_limits(level: Level, sign: Sign) -> None:
    assert view(report=day_with(level)).sign is sign


def test_sign_says_nothing_of_a_limit_that_was_not_touched() -> None:
    assert view(report=day_with(Level.REACHED, used=0)).sign is Sign.MEASURING


def test_pause_blindness_and_rest_come_before_limits() -> None:
    assert view(paused=True).sign is Sign.PAUSED
    assert view(accepted=False).sign is Sign.OFF
    assert view(state=State(StateKind.OFF_HOURS)).sign is Sign.OFF
    assert view(state=State(StateKind.NOT_MEASURED)).sign is Sign.BLIND
    assert view(backend=None).sign is Sign.BLIND


def test_filled_is_the_used_share_of_the_nearest_limit() -> None:
    assert view(report=day_with(Level.OK)).filled == 0.5
    assert view(report=day_with(Level.OVER, used=20)).filled == 1.0
    assert view(report=made_up_report(limits=())).filled == 0.0


@pytest.mark.parametrize("kind", list(StateKind))
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_state_has_a_sentence(kind: StateKind, language: str) -> None:
    text = view(language, state=State(kind, channel="x", purpose="private")).sentence
    assert text
    assert "{" not in text


def test_channel_and_purpose_are_named_when_one_is_in_front() -> None:
    assert view("sv").sentence == "Framme: LinkedIn, Få in leads"
    assert view().sentence == "In front: LinkedIn, Win leads"


@pytest.mark.parametrize(
    ("until", "swedish", "english"),
    [
        (None, "Pausad", "Paused"),
        (datetime(2026, 11, 23, 13, 30, tzinfo=UTC), "Pausad till 14:30", "Paused until 14:30"),
        (
            datetime(2026, 11, 24, 3, tzinfo=UTC),
            "Pausad till 04:00 i morgon",
            "Paused until 04:00 tomorrow",
        ),
        (
            NOW + timedelta(days=3),
            "Pausad till 14:12 den 26 november 2026",
            "Paused until 14:12 on 26 November 2026",
        ),
    ],
)
def test_pause_says_until_when_by_the_policys_clock(
    until: datetime | None, swedish: str, english: str
) -> None:
    assert view("sv", paused=True, paused_until=until).sentence == swedish
    assert view("en", paused=True, paused_until=until).sentence == english


def test_trouble_comes_with_its_remedy() -> None:
    (trouble,) = view(trouble=(("no_backend", {}),)).troubles
    assert trouble.title
    assert trouble.text
    assert trouble.remedy
