"""What counts as measuring more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.made_up import made_up_policy
from tracker.policy.extent import Extent, More, Widening, extent_of, widenings
from tracker.policy.types import Hours, KeepDays, Match, Policy, Range, Recipient

TODAY = date(2026, 11, 23)
MORNING = ((Range(480, 720),),) * 5 + ((), ())


def monitored(**changes: Any) -> Policy:
    policy = made_up_policy()
    return replace(policy, monitoring=replace(policy.monitoring, **changes))


def kinds(before: Policy, after: Policy) -> list[More]:
    return [each.more for each in widenings(extent_of(before), extent_of(after), TODAY)]


def hours(**changes: Any) -> Policy:
    return made_up_policy(hours=replace(Hours(MORNING), **changes))


def with_first_channel(**changes: Any) -> Policy:
    policy = made_up_policy()
    first = replace(policy.channels[0], **changes)
    return replace(policy, channels=(first, *policy.channels[1:]))


def test_extent_comes_back_as_it_was_when_it_was_kept() -> None:
    extent = extent_of(hours(holidays=frozenset({date(2026, 12, 24)})))
    assert Extent.loads(extent.dumps()) == extent


@pytest.mark.parametrize("text", [None, "", "{", "[]", "1", '{"id": "x"}'])
def test_nothing_is_read_when_what_was_kept_is_no_extent(text: str | None) -> None:
    assert Extent.loads(text) is None


def test_same_policy_measures_no_more_whatever_else_it_says() -> None:
    other = made_up_policy(version="2", approved_by="Else", limits=(), purposes=())
    assert kinds(made_up_policy(), other) == []


def test_channels_that_came_are_named_and_those_that_went_are_not() -> None:
    policy = made_up_policy()
    fewer = replace(policy, channels=policy.channels[1:])
    assert widenings(extent_of(fewer), extent_of(policy), TODAY) == (
        Widening(More.CHANNELS, ("linkedin",)),
    )
    assert kinds(policy, fewer) == []


def test_channel_is_wider_when_more_matches_or_less_is_excluded() -> None:
    host = made_up_policy().channels[0].match[0]
    more = with_first_channel(match=(host, Match(app="linkedin")))
    excluding = with_first_channel(exclude=(Match(host="linkedin.example", path="/learning"),))
    assert kinds(made_up_policy(), more) == [More.RULES]
    assert kinds(excluding, made_up_policy()) == [More.RULES]
    assert kinds(made_up_policy(), excluding) == []


def test_hours_are_longer_when_any_minute_came_or_there_are_none_any_more() -> None:
    late = hours(by_weekday=(*MORNING[:4], (Range(480, 721),), (), ()))
    assert kinds(hours(), late) == [More.HOURS]
    assert kinds(late, hours()) == []
    assert kinds(hours(), made_up_policy()) == [More.HOURS]
    assert kinds(made_up_policy(), hours()) == []


def test_holiday_that_is_worked_matters_when_it_is_to_come_on_a_working_day() -> None:
    for day, more in (
        (date(2026, 12, 24), [More.HOLIDAYS]),
        (date(2026, 11, 2), []),
        (date(2026, 12, 26), []),
    ):
        assert kinds(hours(holidays=frozenset({day})), hours()) == more


def test_recipients_are_told_when_they_come_or_see_something_else() -> None:
    chief = monitored(recipients=(Recipient("chief", "weekly_totals"),))
    daily = monitored(recipients=(Recipient("chief", "daily_totals"),))
    assert kinds(made_up_policy(), chief) == [More.RECIPIENTS]
    assert kinds(chief, daily) == [More.RECIPIENTS]
    assert kinds(chief, made_up_policy()) == []


@pytest.mark.parametrize(
    ("changes", "widening"),
    [
        ({"keep_days": KeepDays(31, 400)}, Widening(More.SPANS, before=30, after=31)),
        ({"keep_days": KeepDays(30, 500)}, Widening(More.TOTALS, before=400, after=500)),
        ({"idle_after": 240}, Widening(More.IDLE, before=180, after=240)),
        ({"audible_cap": 121}, Widening(More.AUDIBLE, before=120, after=121)),
    ],
)
def test_what_grew_is_said_with_both_numbers(changes: dict[str, Any], widening: Widening) -> None:
    before, after = extent_of(made_up_policy()), extent_of(monitored(**changes))
    assert widenings(before, after, TODAY) == (widening,)
    assert widenings(after, before, TODAY) == ()
