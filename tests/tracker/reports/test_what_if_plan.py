"""A policy with other minutes for a limit."""

from __future__ import annotations

from dataclasses import replace

from tests.made_up import made_up_policy
from tracker.policy.types import DayAllowance, Limit, Policy
from tracker.reports.what_if_plan import LimitChange, changed_policy

POLICY = made_up_policy()


def limit_of(policy: Policy, limit: str) -> Limit:
    return next(each for each in policy.limits if each.id == limit)


def some_limit() -> Limit:
    return next(each for each in POLICY.limits if each.day is not None)


def test_only_the_limits_minutes_and_the_hash_change() -> None:
    limit = some_limit()
    changed = changed_policy(POLICY, LimitChange(limit.id, day=7))
    assert changed.hash != POLICY.hash
    assert limit_of(changed, limit.id).day == DayAllowance((7,) * 7)
    others = [each for each in changed.limits if each.id != limit.id]
    assert others == [each for each in POLICY.limits if each.id != limit.id]


def test_weekdays_without_an_allowance_get_none() -> None:
    limit = replace(some_limit(), day=DayAllowance((30, 20, None, None, None, None, None)), week=60)
    policy = replace(POLICY, limits=(limit,))
    changed = changed_policy(policy, LimitChange(limit.id, day=10, week=45))
    assert limit_of(changed, limit.id).day == DayAllowance((10, 10, *(None,) * 5))
    assert limit_of(changed, limit.id).week == 45


def test_no_allowance_comes_where_there_is_none() -> None:
    limit = replace(some_limit(), week=None)
    policy = replace(POLICY, limits=(limit,))
    assert changed_policy(policy, LimitChange(limit.id, week=45)) is policy


def test_policy_stays_the_same_when_nothing_changes() -> None:
    assert changed_policy(POLICY, None) is POLICY
    assert changed_policy(POLICY, LimitChange("unheard-of", day=1)) is POLICY
