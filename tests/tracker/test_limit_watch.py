"""Which steps of the ladders hold, as the windows are told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk import MONDAY, POLICY, Desk
from tracker import facts
from tracker.errors import OutsideError
from tracker.limits.extending import ExtendRefusal, ExtensionOffer
from tracker.limits.types import Level
from tracker.storage.base import Extension

SECOND = 1000
LADDER = (
    POLICY.replace(
        'steps = [{ at = "80%", do = "notify" }, { at = "100%", do = "ask" }]',
        'steps = [{ at = "100%", do = "ask" }, { at = "+5m", do = "overlay" },'
        ' { at = "+10m", do = "minimise" }]',
    )
    + """
[[purpose]]
id = "leads"
name = { en = "Win leads" }
[[crisis.level]]
id = "storm"
trigger = { en = "Storm" }
lifts = ["private"]
"""
)


@pytest.fixture
def at(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, LADDER).start()
    desk.front("discord")
    return desk


def holding(at: Desk) -> list[str]:
    return [notice.step.do.value for notice in at.service.held()]


def stay(at: Desk, minutes: float) -> None:
    at.wait(minutes * 60)


def test_nothing_holds_when_there_is_time_left(at: Desk) -> None:
    stay(at, 9.9)
    assert holding(at) == []


def test_nothing_holds_when_nothing_is_measured_yet(tmp_path: Path) -> None:
    assert Desk(tmp_path, LADDER, accept_all=False).start().service.held() == ()


def test_each_step_holds_from_its_mark_on_with_its_standing_of_now(at: Desk) -> None:
    stay(at, 10.1)
    assert holding(at) == ["ask"]
    stay(at, 5)
    assert holding(at) == ["ask", "overlay"]
    (_, overlay) = at.service.held()
    assert (overlay.channel, overlay.purpose) == ("discord", "private")
    assert overlay.step.standing.level is Level.OVER
    stay(at, 5)
    assert holding(at) == ["ask", "minimise"]


def test_listeners_are_told_when_what_holds_changes(at: Desk) -> None:
    stay(at, 9.9)
    before = at.changes
    stay(at, 0.2)
    assert at.changes > before


def test_what_holds_ends_when_the_channel_is_left_and_comes_back_with_it(at: Desk) -> None:
    stay(at, 15.1)
    at.front("gedit")
    assert holding(at) == []
    stay(at, 1)
    at.front("discord")
    assert holding(at) == ["ask", "overlay"]
    at.front("firefox", "Ada Lovelace | LinkedIn — Mozilla Firefox")
    assert holding(at) == [], "what is not certain is not covered, and was not asked about"


def test_it_holds_on_when_an_own_window_comes_in_front(at: Desk) -> None:
    stay(at, 15.1)
    used = at.used()
    at.front("kanaltid", "Discord – Kanaltid")
    stay(at, 3)
    assert holding(at) == ["ask", "overlay"]
    assert at.used() == used, "own windows count to nothing"
    at.front("gedit")
    assert holding(at) == []


def test_nothing_is_taken_when_an_own_window_is_in_front(at: Desk) -> None:
    stay(at, 9)
    at.front("kanaltid")
    stay(at, 30)
    assert holding(at) == []
    assert at.notices == []


def test_it_ends_when_the_visit_turns_out_to_be_work(at: Desk) -> None:
    stay(at, 15.1)
    at.front("kanaltid")
    at.service.choose_purpose("leads", "discord", visit=True)
    assert holding(at) == []
    at.front("discord")
    assert holding(at) == []
    (discord,) = at.service.today().channels
    assert set(discord.purposes) == {"leads"}


def test_it_ends_when_the_time_is_for_work_from_now_on(at: Desk) -> None:
    stay(at, 15.1)
    at.front("kanaltid")
    at.service.choose_purpose("leads", "discord", visit=False)
    assert holding(at) == []
    (discord,) = at.service.today().channels
    assert set(discord.purposes) == {"private"}


def test_it_ends_when_more_time_is_taken(at: Desk) -> None:
    stay(at, 10.1)
    at.service.extend("private")
    assert holding(at) == []
    stay(at, 5)
    assert holding(at) == ["ask"]


def test_it_ends_when_a_crisis_lifts_the_limit_and_comes_back_after(at: Desk) -> None:
    stay(at, 15.1)
    at.service.open_crisis("storm")
    assert holding(at) == []
    at.service.open_crisis(None)
    assert holding(at) == ["ask", "overlay"]


def test_nothing_holds_when_measuring_is_paused(at: Desk) -> None:
    stay(at, 15.1)
    at.service.pause(None)
    assert holding(at) == []


def test_nothing_acts_on_idle_time_that_is_taken_back(at: Desk) -> None:
    stay(at, 8)
    at.watcher.idle = 11 * SECOND
    stay(at, 3)
    assert holding(at) == [], "nobody was there within the last 10 s"
    at.watcher.tell(facts.Idle(at.clock.now(), at.clock.now() - timedelta(minutes=3)))
    at.watcher.idle = 0
    at.watcher.tell(facts.Active(at.clock.now()))
    assert holding(at) == []
    assert at.notices == []
    stay(at, 2.1)
    assert holding(at) == ["ask"]


def test_what_holds_goes_when_the_tail_is_taken_back_under_its_mark(at: Desk) -> None:
    stay(at, 10.1)
    assert holding(at) == ["ask"]
    at.watcher.tell(facts.Idle(at.clock.now(), at.clock.now() - timedelta(minutes=3)))
    assert holding(at) == []


def test_it_stays_when_nobody_moves_for_a_while(at: Desk) -> None:
    stay(at, 19)
    assert holding(at) == ["ask", "overlay"]
    at.watcher.tell(facts.Idle(at.clock.now(), at.clock.now() - timedelta(minutes=3)))
    assert holding(at) == ["ask", "overlay"]


def test_no_question_is_left_from_the_day_before(at: Desk) -> None:
    stay(at, 10.1)
    at.front("gedit")
    stay(at, 24 * 60)
    at.front("discord")
    assert holding(at) == []


def test_offer_tells_what_is_left_of_the_extensions(at: Desk) -> None:
    early = ExtensionOffer(5, left_today=1, refusal=ExtendRefusal.TOO_EARLY)
    assert at.service.offer("private") == early
    stay(at, 10.1)
    assert at.service.offer("private") == ExtensionOffer(5, left_today=1)
    at.service.extend("private")
    stay(at, 5)
    used_up = ExtensionOffer(5, left_today=0, refusal=ExtendRefusal.USED_UP_TODAY)
    assert at.service.offer("private") == used_up
    assert at.service.offer("unknown").refusal is ExtendRefusal.NO_SUCH_LIMIT


def test_extension_is_refused_when_the_policy_wants_a_reason_and_gets_none(
    tmp_path: Path,
) -> None:
    at = Desk(tmp_path, POLICY.replace('reason = "none"', 'reason = "required"')).start()
    at.front("discord")
    stay(at, 9)
    for reason, why in ((" ", "reason_needed"), ("x" * 201, "reason_too_long")):
        with pytest.raises(OutsideError) as refused:
            at.service.extend("private", reason=reason)
        assert refused.value.fields["reason"] == why
    assert at.service.today().limits[0].extended_ms == 0
    assert at.service.extend("private", reason="A customer called").reason == "A customer called"
    at.service.stop()
    (kept,) = (
        each
        for each in at.storage.records(MONDAY.date(), MONDAY.date())
        if isinstance(each, Extension)
    )
    assert kept.reason == "A customer called"
