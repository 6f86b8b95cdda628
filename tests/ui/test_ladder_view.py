"""What the ladder's windows say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_policy, made_up_standing
from tracker.i18n import Language
from tracker.limits.extending import ExtendRefusal, ExtensionOffer
from tracker.limits.types import DueStep, Level, Period, Standing
from tracker.notice import LimitNotice
from tracker.policy.types import Mark, MarkKind, Purpose, StepKind, Text
from tracker.visit import Visit
from ui.ladder_view import LadderView, MoreWay, view_step

PRIVATE_USED_UP = made_up_standing("privat", 15, 15, Level.REACHED, None)
EN = Language("en")


def step(do: StepKind = StepKind.ASK, standing: Standing = PRIVATE_USED_UP) -> LimitNotice:
    return LimitNotice(
        DueStep(standing, Mark(MarkKind.SHARE, 100, "100%"), do), "linkedin", "private"
    )


def view(notice: LimitNotice | None = None, **changes: object) -> LadderView:
    return view_step(notice or step(), FakeOverview(**changes), EN)  # type: ignore[arg-type]


def more(**offer: object) -> MoreWay | None:
    return view(offered=ExtensionOffer(5, **offer)).more  # type: ignore[arg-type]


def test_it_says_what_was_used_and_what_the_policy_says() -> None:
    told = view()
    assert told.title == "Private time is used up for today."
    assert told.used == "15 of 15 min."
    assert told.policy == "The policy today: All channels, private: 15 minutes in all."
    assert told.announcement == "Private time is used up for today. 15 of 15 min."


def test_it_says_that_nothing_is_closed_at_any_step() -> None:
    assert "nothing is closed for you" in view().stop
    assert "Leave LinkedIn when you are ready" in view().stop
    assert view(step(StepKind.OVERLAY)).stop == (
        "Nothing is closed for you. What you were writing in LinkedIn stays as it is."
    )


def test_work_offers_the_channels_purposes_and_the_visit_from_its_start() -> None:
    work = view(visiting=Visit("linkedin", "private", NOW - timedelta(minutes=10))).work
    assert work is not None
    assert work.question == "Is it work?"
    assert [option.id for option in work.options] == ["leads", "varumarke"]
    assert work.visit == "This visit, since 14:02"
    assert work.later == "From now on"
    assert work.note == ""


def test_visit_has_no_time_when_none_is_known() -> None:
    work = view().work
    assert work is not None
    assert work.visit == "This visit from its start"


def test_note_is_asked_for_when_a_purpose_takes_one() -> None:
    policy = made_up_policy()
    answering = Purpose("kundsvar", Text((("en", "Answer a customer"),)), note="optional")
    work = view(policy=replace(policy, purposes=(*policy.purposes, answering))).work
    assert work is not None
    assert work.note == "Note for Answer a customer, if you like"
    assert work.note_only == "The note goes with: Answer a customer."


def test_note_is_for_any_purpose_when_all_take_one() -> None:
    policy = made_up_policy()
    purposes = tuple(replace(each, note="optional") for each in policy.purposes)
    work = view(policy=replace(policy, purposes=purposes), choices={"linkedin": "private"}).work
    assert work is not None
    assert (work.note, work.note_only) == ("Note, if you like", "")


def test_other_purposes_are_offered_when_it_is_work_already() -> None:
    work = view(choices={"linkedin": "leads"}).work
    assert work is not None
    assert work.question == "Is it for something else?"
    assert [option.id for option in work.options] == ["varumarke", "private"]


def test_no_work_is_offered_when_the_policy_has_none() -> None:
    assert view(policy=made_up_policy(purposes=())).work is None


def test_more_time_says_what_is_left_of_it() -> None:
    told = more(left_today=2, left_week=1)
    assert told is not None
    assert (told.label, told.words) == (
        "5 more minutes",
        "2 times left today, 1 time left this week",
    )
    assert told.possible
    assert told.reason == ""
    unbounded = more()
    assert unbounded is not None
    assert unbounded.words == ""


def test_reason_is_asked_for_as_the_policy_wants_it() -> None:
    optional, required = more(reason="optional"), more(reason="required")
    assert optional is not None
    assert required is not None
    assert (optional.reason, optional.reason_needed) == ("Why, if you like", False)
    assert (required.reason, required.reason_needed) == ("Why you need it", True)


def test_more_time_says_so_when_it_is_used_up() -> None:
    told = more(left_today=0, reason="required", refusal=ExtendRefusal.USED_UP_TODAY)
    assert told is not None
    assert told.words == "All extra time of today is taken."
    assert not told.possible
    assert told.reason == ""
    week = more(refusal=ExtendRefusal.USED_UP_THIS_WEEK)
    assert week is not None
    assert week.words == "All extra time of this week is taken."


def test_no_more_time_is_offered_when_the_policy_gives_none_or_a_week_is_up() -> None:
    assert more(refusal=ExtendRefusal.NOT_EXTENDABLE) is None
    weekly = replace(PRIVATE_USED_UP, period=Period.WEEK)
    assert view(step(standing=weekly)).more is None


def test_policy_has_no_paragraph_when_the_limit_is_gone() -> None:
    assert view(step(standing=replace(PRIVATE_USED_UP, limit="gone"))).policy == ""
