"""The policies that ship with Kanaltid: the two references, the starter, the demonstration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from typing import get_args

import pytest
from pydantic import BaseModel

from tracker.policy.catalogue import shipped_catalogue
from tracker.policy.forms import WEEKDAYS
from tracker.policy.load import load
from tracker.policy.select import shipped_policy
from tracker.policy.shape import PolicyFile
from tracker.policy.types import (
    Channel,
    ChannelKind,
    Consulted,
    DayAllowance,
    Extend,
    FlexibleBreak,
    KeepDays,
    Ladder,
    Limit,
    LimitWindow,
    Mark,
    MarkKind,
    Match,
    Policy,
    Range,
    Recipient,
    Step,
    StepKind,
)

TODAY = date(2026, 11, 23)


def reference(name: str) -> Policy:
    result = load(shipped_policy(name), name, shipped_catalogue(), TODAY)
    assert (result.errors, result.warnings) == ((), ())
    assert result.policy is not None
    return result.policy


def limit(policy: Policy, given: str) -> Limit:
    (found,) = [each for each in policy.limits if each.id == given]
    return found


def channel(policy: Policy, given: str) -> Channel:
    (found,) = [each for each in policy.channels if each.id == given]
    return found


def test_the_swedish_reference_policy_loads_when_the_catalogue_is_shipped_policy() -> None:
    policy = reference("nordisk-konsult.toml")
    assert (policy.id, policy.version, policy.languages) == ("nordisk-konsult", "2.1", ("sv", "en"))
    assert policy.effective_from == date(2026, 9, 1)
    assert policy.review_by == date(2027, 9, 1)
    assert policy.approved_by == "Ledningsgruppen, § 14"
    assert (policy.timezone, policy.day_start) == ("Europe/Stockholm", time(4))
    assert policy.title.in_language("en") == "Social media policy"
    assert policy.title.in_language("fi") == "Policy för sociala medier"
    assert policy.monitoring.consulted == Consulted("Unionen", "MBL 11 §", date(2026, 8, 11))
    assert policy.monitoring.keep_days == KeepDays(30, 400)
    assert policy.monitoring.recipients == ()
    assert (policy.monitoring.idle_after, policy.monitoring.audible_cap) == (180, 120)
    assert policy.text.encode() == shipped_policy("nordisk-konsult.toml")
    assert [each.id for each in policy.purposes] == ["varumarke", "leads", "kundsvar"]
    assert policy.purposes[1].result == "leads"
    assert policy.groups[0].members == ("os-group:sales", "user:karin")
    assert policy.groups[0].default_purpose == (("linkedin", "leads"),)
    assert policy.contacts[0].backup == "vd"
    assert policy.crisis_levels[1].lifts == ("arbete", "salj-linkedin")
    assert policy.crisis_steps[2].within == 10_080
    assert policy.guidelines[0].example_do is not None
    assert policy.guidelines[0].applies == "work"


def test_the_swedish_hours_are_as_written_when_loaded() -> None:
    hours = reference("nordisk-konsult.toml").hours
    assert hours is not None
    assert hours.by_weekday == ((Range(480, 1020),),) * 5 + ((), ())
    assert hours.breaks == ()
    assert hours.flexible == (FlexibleBreak(Range(660, 810), 60),)
    assert date(2026, 12, 24) in hours.holidays


def test_the_swedish_limits_are_as_written_when_loaded() -> None:
    policy = reference("nordisk-konsult.toml")
    work = limit(policy, "arbete")
    assert work.shared
    assert (work.day, work.week) == (DayAllowance((45,) * 7), 180)
    assert work.purposes == ("varumarke", "kundsvar")
    sales = limit(policy, "salj-linkedin")
    assert sales.day == DayAllowance((60, 60, 60, 60, 90, 60, 60))
    assert (sales.groups, sales.replaces) == (("salj",), ("arbete",))
    assert sales.name.in_language("sv") == ""
    assert limit(policy, "privat").window is LimitWindow.WORK
    rest = limit(policy, "rast")
    assert (rest.unlimited, rest.day, rest.week) == (True, None, None)
    assert policy.ladders == (
        Ladder(
            "default",
            (
                Step(Mark(MarkKind.SHARE, 80, "80%"), StepKind.NOTIFY),
                Step(Mark(MarkKind.BEFORE, 5, "-5m"), StepKind.NOTIFY),
                Step(Mark(MarkKind.SHARE, 100, "100%"), StepKind.ASK),
                Step(Mark(MarkKind.AFTER, 5, "+5m"), StepKind.OVERLAY),
            ),
            Extend(minutes=5, per_day=2, reason="optional"),
        ),
    )


def test_the_swedish_channels_hold_the_catalogue_when_loaded() -> None:
    policy = reference("nordisk-konsult.toml")
    linkedin = channel(policy, "linkedin")
    assert Match(host="linkedin.com") in linkedin.match
    assert (linkedin.name.in_language("sv"), linkedin.group) == ("LinkedIn", False)
    blogs = channel(policy, "blogs")
    assert (blogs.group, blogs.kind) == (True, ChannelKind.BLOG)
    assert blogs.name.in_language("sv") == "Bloggar"
    assert {"wordpress.com", "medium.com"} <= {match.host for match in blogs.match}
    trade = channel(policy, "branschforum")
    assert trade.match == (
        Match(host="forum.example.se"),
        Match(host="example.se", path="/forum"),
        Match(title="Branschforumet"),
    )


def test_the_english_reference_policy_loads_when_the_catalogue_is_shipped_policy() -> None:
    policy = reference("harrow.toml")
    assert (policy.id, policy.version, policy.languages) == ("harrow", "7", ("en",))
    assert policy.day_start == time(0)
    assert policy.monitoring.keep_days == KeepDays(7, 365)
    assert policy.monitoring.recipients == (Recipient("compliance", "weekly_totals"),)
    assert policy.hours is not None
    assert policy.hours.by_weekday[0] == (Range(510, 1050),)
    assert policy.hours.breaks == (Range(750, 810),)
    other = channel(policy, "other")
    assert other.exclude == (
        Match(host="developers.facebook.com"),
        Match(host="x.com", path="/harrow"),
    )
    assert limit(policy, "no-private").day == DayAllowance((0,) * 7)
    assert limit(policy, "breaks").window is LimitWindow.BREAKS
    assert policy.purposes[0].until == date(2027, 3, 31)
    assert policy.ladders[0].extend == Extend(minutes=5, per_week=1, reason="optional")
    assert policy.crisis_steps[1].who is None


@pytest.mark.parametrize("name", ["starter.toml", "demo.toml"])
def test_a_shipped_policy_is_right_when_loaded_with_the_shipped_catalogue(name: str) -> None:
    result = load(shipped_policy(name), name, shipped_catalogue(), TODAY)
    assert result.errors == ()
    assert result.policy is not None
    assert result.policy.hours is None
    assert {each.id for each in result.policy.channels} == {
        *("linkedin", "x", "instagram", "facebook", "youtube", "blogs", "forums"),
    }
    assert {"sv", "en"} == {*result.policy.languages}


def test_the_starter_shows_every_key_when_its_comments_are_taken_away() -> None:
    # These two can't stand beside what the file says in their place.
    comment = re.compile(r"# (?!unlimited|replaces)(?=\[|[\w-]+ = )")
    lines = [
        comment.sub("", line, count=1)
        for line in shipped_policy("starter.toml").decode().splitlines()
    ]
    result = load("\n".join(lines).encode(), "starter", shipped_catalogue(), TODAY)
    assert (result.errors, result.warnings) == ((), ())
    assert result.policy is not None
    assert result.policy.hours is not None
    assert result.policy.channels[-1].id == "trade-forum"
    named = {key for key in _keys(PolicyFile) if re.search(rf"\b{key}\b", "\n".join(lines))}
    assert _keys(PolicyFile) - named == {*WEEKDAYS} - named


def _keys(model: type[BaseModel]) -> set[str]:
    """Return the names of all keys that a file may have."""
    inner = {name for table in _tables(model) for name in _keys(table)}
    return inner | {field.alias or name for name, field in model.model_fields.items()}


def _tables(annotation: object) -> Iterator[type[BaseModel]]:
    annotations = (
        [field.annotation for field in annotation.model_fields.values()]
        if isinstance(annotation, type) and issubclass(annotation, BaseModel)
        else get_args(annotation)
    )
    for each in annotations:
        if isinstance(each, type) and issubclass(each, BaseModel):
            yield each
        else:
            yield from _tables(each)
