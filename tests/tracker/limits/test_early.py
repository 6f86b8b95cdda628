"""A notice that a person wants sooner comes once, before the policy's first step only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.tracker.limits.making import AT, KARIN, MINUTE, MONDAY, book, key, limit, policy
from tracker.limits.early import EARLY, due_early, next_early, taken_early
from tracker.limits.engine import due
from tracker.limits.rules import Rules
from tracker.limits.types import Level
from tracker.model import TotalKey
from tracker.policy.types import StepKind

PRIVATE = key("linkedin")


def rules(day: int = 60, **more: Any) -> Rules:
    return Rules(policy(limit("private", day, purposes="private", shared=True, **more)), KARIN)


def used(minutes: float) -> dict[TotalKey, int]:
    return {PRIVATE: round(minutes * MINUTE)}


def test_notice_is_due_that_many_minutes_before_the_ladders_first_step() -> None:
    # 80 % of 60 min are used when 12 min are left; 10 min before that it is 22 min.
    assert due_early(rules(), book(used(37.99)), PRIVATE, 10) == ()
    (step,) = due_early(rules(), book(used(38)), PRIVATE, 10)
    assert (step.standing.left_ms, step.do) == (22 * MINUTE, StepKind.NOTIFY)
    assert (step.mark.text, step.standing.level) == (EARLY, Level.OK)


def test_nothing_is_due_when_the_person_wants_nothing_or_nothing_counts() -> None:
    at = book(used(40))
    assert due_early(rules(), at, PRIVATE, 0) == due_early(rules(), at, None, 10) == ()
    assert next_early(rules(), at, PRIVATE, 0) is next_early(rules(), at, None, 10) is None
    assert due_early(rules(), at, key("linkedin", "leads"), 10) == ()


def test_policy_speaks_alone_when_its_own_first_step_is_due() -> None:
    assert due_early(rules(), book(used(48)), PRIVATE, 10) == ()
    assert next_early(rules(), book(used(48)), PRIVATE, 10) is None


def test_notice_comes_once_in_a_period() -> None:
    at = book(used(40))
    (step,) = due_early(rules(), at, PRIVATE, 10)
    taken = replace(at, taken=(taken_early(step, at, AT),))
    assert due_early(rules(), taken, PRIVATE, 10) == ()
    assert next_early(rules(), taken, PRIVATE, 10) is None
    tomorrow = replace(taken, day=MONDAY.replace(day=24))
    assert len(due_early(rules(), tomorrow, PRIVATE, 10)) == 1


def test_ladder_takes_all_its_steps_whatever_came_early() -> None:
    at = book(used(40))
    (step,) = due_early(rules(), at, PRIVATE, 10)
    came = (taken_early(step, at, AT),)
    for minutes in (48, 55, 60, 66):
        now = book(used(minutes))
        assert due(rules(), now, PRIVATE) == due(rules(), replace(now, taken=came), PRIVATE) != ()


def test_week_and_day_have_a_notice_each() -> None:
    both = rules(week=100)
    at = book(used(40), week=used(70))
    lefts = [step.standing.left_ms for step in due_early(both, at, PRIVATE, 10)]
    assert lefts == [20 * MINUTE, 30 * MINUTE]


@pytest.mark.parametrize("day", [0, 10, 12])
def test_no_notice_comes_when_the_allowance_has_no_room_for_it(day: int) -> None:
    # 12 min have their first step at 2.4 min left: 10 min earlier is 12.4 min.
    assert due_early(rules(day), book(used(1)), PRIVATE, 10) == ()
    assert next_early(rules(day), book(used(1)), PRIVATE, 10) is None


def test_no_notice_comes_when_a_crisis_lifts_the_limit_or_there_is_no_ladder() -> None:
    lifted = book(used(40), lifted="private")
    assert due_early(rules(), lifted, PRIVATE, 10) == ()
    assert next_early(rules(), lifted, PRIVATE, 10) is None
    bare = Rules(policy(limit("private", 60, purposes="private"), ladders=()), KARIN)
    assert due_early(bare, book(used(40)), PRIVATE, 10) == ()


def test_next_notice_is_awaited_as_long_as_it_takes() -> None:
    assert next_early(rules(), book(used(30)), PRIVATE, 10) == 8 * MINUTE
    assert next_early(rules(), book(used(38)), PRIVATE, 10) is None
