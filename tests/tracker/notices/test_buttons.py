"""The ways out that a notice offers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes import FakeOverview
from tests.made_up import made_up_policy, made_up_standing
from tracker.i18n import Language
from tracker.limits.extending import ExtendRefusal, ExtensionOffer
from tracker.limits.types import DueStep, Level, Period, Standing
from tracker.notice import LimitNotice, StatusNotice
from tracker.notices.buttons import buttons_for, purpose_of
from tracker.policy.types import ANY, Mark, MarkKind, Purpose, StepKind, Text

NO_MORE = ExtensionOffer(0, refusal=ExtendRefusal.NOT_EXTENDABLE)
PRIVATE_TIME = made_up_standing("privat", 15, 15, Level.REACHED, None)


def labels(
    standing: Standing = PRIVATE_TIME,
    channel: str = "linkedin",
    purpose: str = "private",
    *,
    overview: FakeOverview | None = None,
    can_choose: bool = True,
    can_show: bool = True,
) -> list[str]:
    step = DueStep(standing, Mark(MarkKind.SHARE, 100, "100%"), StepKind.NOTIFY)
    buttons = buttons_for(
        LimitNotice(step, channel, purpose),
        overview or FakeOverview(offered=NO_MORE),
        Language("en"),
        can_choose=can_choose,
        can_show=can_show,
    )
    return [button.label for button in buttons]


def with_purposes(count: int) -> FakeOverview:
    purposes = tuple(Purpose(f"p{n}", Text((("en", f"Purpose {n}"),))) for n in range(count))
    return FakeOverview(policy=made_up_policy(purposes=purposes), offered=NO_MORE)


def test_each_purpose_has_a_button_when_there_are_few() -> None:
    assert labels(channel="x") == ["Work: Build the brand", "Show"]
    assert labels() == ["Work: Win leads", "Work: Build the brand", "Show"]


def test_one_button_opens_the_choice_when_there_are_many_purposes() -> None:
    assert labels(overview=with_purposes(3)) == ["It is for work …", "Show"]


def test_the_first_purposes_are_offered_when_no_window_can_offer_them() -> None:
    overview = with_purposes(5)
    assert labels(overview=overview, can_choose=False, can_show=False) == [
        "Work: Purpose 0",
        "Work: Purpose 1",
        "Work: Purpose 2",
    ]


def test_no_purpose_is_offered_when_the_time_is_work_already() -> None:
    assert labels(made_up_standing(), purpose="leads") == ["Show"]


def test_no_purpose_is_offered_when_the_limit_would_take_its_time_too() -> None:
    policy = made_up_policy()
    limits = tuple(
        replace(each, purposes=(ANY,) if each.id == "privat" else each.purposes)
        for each in policy.limits
    )
    assert labels(
        overview=FakeOverview(policy=replace(policy, limits=limits), offered=NO_MORE)
    ) == ["Show"]
    limits = tuple(
        replace(each, purposes=("private", "varumarke") if each.id == "privat" else each.purposes)
        for each in policy.limits
    )
    overview = FakeOverview(policy=replace(policy, limits=limits), offered=NO_MORE)
    assert labels(overview=overview) == ["Work: Win leads", "Show"]


def test_more_time_is_offered_when_the_policy_gives_it_now() -> None:
    overview = FakeOverview(offered=ExtensionOffer(5))
    assert labels(channel="x", overview=overview) == [
        "Work: Build the brand",
        "5 more min",
        "Show",
    ]


@pytest.mark.parametrize(("can_choose", "offered"), [(True, ["5 more min …"]), (False, [])])
def test_more_time_for_a_reason_is_offered_when_a_window_can_ask_for_it(
    can_choose: bool, offered: list[str]
) -> None:
    overview = FakeOverview(offered=ExtensionOffer(5, reason="required"))
    told = labels(channel="x", overview=overview, can_choose=can_choose)
    assert [label for label in told if "more" in label] == offered


def test_no_more_time_is_offered_when_the_limit_is_the_weeks() -> None:
    overview = FakeOverview(offered=ExtensionOffer(5))
    week = replace(PRIVATE_TIME, period=Period.WEEK)
    assert "5 more min" not in labels(week, overview=overview)


@pytest.mark.parametrize(("can_show", "expected"), [(True, ["Show"]), (False, [])])
def test_only_the_day_can_be_shown_when_the_notice_is_about_the_program(
    can_show: bool, expected: list[str]
) -> None:
    notice = StatusNotice("policy_invalid")
    buttons = buttons_for(
        notice, FakeOverview(), Language("en"), can_choose=True, can_show=can_show
    )
    assert [button.label for button in buttons] == expected


def test_purpose_is_read_from_its_button_alone() -> None:
    assert purpose_of("purpose:leads") == "leads"
    assert purpose_of("show") is None
