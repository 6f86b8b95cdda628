"""The visit under way, and what waits behind an own window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.fakes import FakeRulebook
from tracker.classify.verdict import Verdict
from tracker.situation import Choice, Front, Situation
from tracker.visit import Visit, state_behind, visit_under_way

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
BASE = Situation(FakeRulebook())
LINKEDIN = replace(BASE, front=Front("linkedin", Verdict("linkedin", "app")))
DISCORD = replace(BASE, front=Front("discord", Verdict("discord", "app")))
OWN = replace(BASE, front=Front("kanaltid", Verdict(), own=True))
EDITOR = replace(BASE, front=Front("gedit", Verdict()))


def back(*situations: Situation) -> list[tuple[datetime, Situation]]:
    """Return situations a minute apart, given in order, the latest first."""
    ats = [(AT + timedelta(minutes=number), each) for number, each in enumerate(situations)]
    return ats[::-1]


def minute(number: int) -> datetime:
    return AT + timedelta(minutes=number)


def test_visit_begins_where_the_channel_came_to_the_front() -> None:
    assert visit_under_way(back(EDITOR, LINKEDIN)) == Visit("linkedin", "private", minute(1))
    assert visit_under_way(back(LINKEDIN, EDITOR)) is None
    assert visit_under_way(back(DISCORD, LINKEDIN)) == Visit("linkedin", "private", minute(1))


def test_visit_goes_on_when_an_own_window_comes_in_front() -> None:
    whole = Visit("linkedin", "private", minute(0))
    assert visit_under_way(back(LINKEDIN, OWN)) == whole
    assert visit_under_way(back(LINKEDIN, OWN, OWN, LINKEDIN)) == whole
    assert visit_under_way(back(OWN)) is None


def test_visit_ends_when_the_person_leaves_from_an_own_window() -> None:
    assert visit_under_way(back(LINKEDIN, OWN, EDITOR)) is None
    assert visit_under_way(back(LINKEDIN, EDITOR, OWN)) is None


def test_visit_begins_anew_when_it_is_for_something_else() -> None:
    leads = replace(LINKEDIN, choices={"linkedin": Choice(date(2026, 11, 23), "leads", minute(1))})
    assert visit_under_way(back(LINKEDIN, leads)) == Visit("linkedin", "leads", minute(1))


def test_channel_waits_behind_own_windows_and_idleness_only() -> None:
    waiting = state_behind(back(LINKEDIN, OWN))
    assert waiting is not None
    assert waiting.channel == "linkedin"
    assert state_behind(back(LINKEDIN, replace(LINKEDIN, idle=True))) == waiting
    assert state_behind(back(LINKEDIN, EDITOR, OWN)) is None
    assert state_behind(back(LINKEDIN, replace(OWN, locked=True))) is None
    assert state_behind(back(LINKEDIN, replace(OWN, paused=True))) is None


def test_what_waits_has_the_purpose_that_is_chosen_now() -> None:
    chosen = {"linkedin": Choice(date(2026, 11, 23), "leads", minute(1))}
    waiting = state_behind(back(LINKEDIN, replace(OWN, choices=chosen)))
    assert waiting is not None
    assert waiting.purpose == "leads"
