"""Facts that come late are put where they belong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

from tests.fakes import FakeRulebook
from tracker import facts
from tracker.classify.verdict import Verdict
from tracker.model import StateKind, Window
from tracker.situation import (
    ChoiceMade,
    DayTurned,
    Front,
    FrontSeen,
    HoursTurned,
    JudgedFact,
    Situation,
    resolve,
)
from tracker.timeline import Timeline

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
RULES = FakeRulebook()


def at(second: int) -> datetime:
    return START + timedelta(seconds=second)


def front(second: int, channel: str | None) -> FrontSeen:
    return FrontSeen(at(second), Front("firefox", Verdict(channel, "title")))


def timeline() -> Timeline:
    return Timeline(START, Situation(RULES))


def states(line: Timeline, second: int) -> list[tuple[int, str]]:
    return [
        (
            int((instant - START).total_seconds()),
            resolve(situation).channel or resolve(situation).kind,
        )
        for instant, situation in line.since(at(second))
    ]


def test_idle_reaches_back_over_other_facts_when_it_is_learnt_late() -> None:
    line = timeline()
    line.insert(front(10, "linkedin"))
    line.insert(front(50, "youtube"))
    since = line.insert(facts.Idle(at(200), since=at(20)))
    assert since == at(20)
    assert states(line, 0) == [
        (0, StateKind.OTHER),
        (10, "linkedin"),
        (20, StateKind.IDLE),
        (50, StateKind.IDLE),
    ]


def test_late_front_holds_only_until_the_next_front_when_inserted() -> None:
    line = timeline()
    line.insert(front(30, "youtube"))
    line.insert(front(10, "linkedin"))
    assert states(line, 0) == [(0, StateKind.OTHER), (10, "linkedin"), (30, "youtube")]
    assert resolve(line.now).channel == "youtube"


def test_order_of_arrival_does_not_matter_when_instants_differ() -> None:
    arrivals: tuple[JudgedFact, ...] = (
        front(10, "linkedin"),
        facts.Idle(at(90), since=at(20)),
        facts.Active(at(40)),
        facts.Lock(at(50)),
        facts.Unlock(at(60)),
    )
    outcomes = set()
    for order in permutations(arrivals):
        line = timeline()
        for fact in order:
            line.insert(fact)
        outcomes.add(tuple(states(line, 0)))
    assert len(outcomes) == 1


def test_fact_counts_from_the_start_when_it_reaches_back_before_it() -> None:
    line = timeline()
    assert line.insert(facts.Idle(at(5), since=at(-100))) == START
    assert states(line, 0) == [(0, StateKind.IDLE)]


def test_turn_comes_first_when_a_fact_has_its_instant() -> None:
    line = timeline()
    line.insert(ChoiceMade(at(60), date(2026, 11, 24), "linkedin", "leads"))
    line.insert(front(60, "linkedin"))
    line.insert(DayTurned(at(60), date(2026, 11, 24)))
    line.insert(HoursTurned(at(60), Window.WORK))
    assert resolve(line.now).purpose == "leads"
    assert states(line, 0) == [(0, StateKind.OTHER), (60, "linkedin")]


def test_past_is_out_of_reach_when_it_was_forgotten() -> None:
    line = timeline()
    line.insert(front(10, "linkedin"))
    line.insert(front(20, "youtube"))
    line.forget(at(15))
    assert line.insert(facts.Idle(at(30), since=at(0))) == at(10)
    assert states(line, 10) == [(10, StateKind.IDLE), (20, StateKind.IDLE)]


def test_situations_are_told_backwards_once_for_each_instant() -> None:
    line = timeline()
    line.insert(front(10, "linkedin"))
    line.insert(front(20, "x"))
    line.insert(front(20, "youtube"))
    told = [(instant, resolve(situation).channel) for instant, situation in line.back()]
    assert told == [(at(20), "youtube"), (at(10), "linkedin"), (at(0), None)]
