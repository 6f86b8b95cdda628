"""A week in words and figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.made_up import MINUTE_MS, made_up_policy, made_up_report, made_up_standing
from tracker.i18n import Language
from tracker.limits.types import Level, Period
from tracker.policy.types import Hours, Range
from tracker.reports.day import ChannelTime, DayReport
from ui.week_view import Focus, WeekView, view_week

MONDAY = date(2026, 11, 23)
LINKEDIN = ChannelTime(
    "linkedin",
    50 * MINUTE_MS,
    0,
    {"leads": 30 * MINUTE_MS, "varumarke": 8 * MINUTE_MS, "private": 12 * MINUTE_MS},
    5 * MINUTE_MS,
    {"salj-linkedin": 38 * MINUTE_MS, "privat": 7 * MINUTE_MS},
)


def empty(day: date) -> DayReport:
    return made_up_report(day=day, channels=(), limits=(), not_measured_ms=0, paused_ms=0)


def week(*days: DayReport, today: date = MONDAY, focus: Focus | None = None) -> WeekView:
    """Return the view of a week that begins with these days."""
    seven = [*days, *(empty(MONDAY + timedelta(days=n)) for n in range(len(days), 7))]
    before = [empty(MONDAY - timedelta(days=n)) for n in range(7, 0, -1)]
    return view_week(seven, before, made_up_policy(), today, Language("en"), focus=focus)


def monday(**changes: object) -> DayReport:
    report = made_up_report(
        channels=(LINKEDIN,),
        limits=(
            made_up_standing(used_min=38),
            made_up_standing("privat", 7, 15, Level.OK, None),
        ),
    )
    return replace(report, **changes)  # type: ignore[arg-type]


def test_work_and_private_time_stand_apart() -> None:
    column = week(monday()).columns[0]
    assert (column.work_ms, column.private_ms) == (38 * MINUTE_MS, 12 * MINUTE_MS)
    assert column.breaks_ms == 5 * MINUTE_MS
    assert column.label == "Mon 23"
    assert column.title == "Monday, 23 November 2026"


def test_a_bar_stands_against_a_limit_only_when_the_limit_takes_just_that_time() -> None:
    column = week(monday()).columns[0]
    assert column.private_limit_ms == 15 * MINUTE_MS
    assert column.work_limit_ms is None, "each channel has its own"
    other = monday(limits=(made_up_standing("privat", 9, 15, Level.OK, None),))
    assert week(other).columns[0].private_limit_ms is None


def test_only_a_limits_own_time_is_shown_when_it_is_chosen() -> None:
    focus = ("salj-linkedin", "linkedin")
    view = week(monday(), focus=focus)
    assert view.focus == focus
    column = view.columns[0]
    assert (column.work_ms, column.private_ms) == (38 * MINUTE_MS, 0)
    assert column.work_limit_ms == 60 * MINUTE_MS
    assert view.headline.number == "50 min", "the headline speaks of the whole week"
    private = week(monday(), focus=("privat", None)).columns[0]
    assert (private.work_ms, private.private_ms) == (0, 7 * MINUTE_MS)


def test_a_limit_that_nobody_used_is_no_choice() -> None:
    view = week(monday(), focus=("arbete", None))
    assert view.focus is None
    assert [key for key, _name in view.focuses] == [("salj-linkedin", "linkedin"), ("privat", None)]
    assert view.focuses[0][1] == "LinkedIn · Win leads, Build the brand"


def test_extensions_raise_the_days_limit() -> None:
    more = made_up_standing("privat", 7, 15, Level.OK, None, extended_min=5)
    column = week(monday(limits=(more,))).columns[0]
    assert column.private_limit_ms == 20 * MINUTE_MS


def test_days_to_come_have_no_limit_yet() -> None:
    tuesday = monday(day=MONDAY + timedelta(days=1))
    assert week(monday(), tuesday).columns[1].private_limit_ms is None
    later = week(monday(), tuesday, today=MONDAY + timedelta(days=2))
    assert later.columns[1].private_limit_ms == 15 * MINUTE_MS


def test_days_without_hours_have_no_limit() -> None:
    hours = Hours(((Range(480, 1020),),) * 5 + ((), ()), holidays=frozenset({MONDAY}))
    limits = (made_up_standing("privat", 0, 15, Level.OK, None),)
    days = [empty(MONDAY + timedelta(days=n)) for n in range(7)]
    days = [replace(day, limits=limits) for day in days]
    policy, later = made_up_policy(hours=hours), MONDAY + timedelta(days=30)
    view = view_week(days, days, policy, later, Language("en"))
    bounds = [column.private_limit_ms for column in view.columns]
    assert bounds == [None, *[15 * MINUTE_MS] * 4, None, None]


def test_what_was_not_seen_and_what_was_lifted_is_said() -> None:
    report = monday(not_measured_ms=38 * MINUTE_MS, paused_ms=MINUTE_MS, lifted=("arbete",))
    assert week(report).columns[0].remarks == (
        "not measured 38 min",
        "paused 1 min",
        "lifted in a crisis: Social media for work",
    )


@pytest.mark.parametrize(
    ("today", "number"), [(MONDAY, "Nothing yet"), (date(2027, 1, 1), "Nothing")]
)
def test_an_empty_week_says_so(today: date, number: str) -> None:
    view = week(today=today)
    assert view.headline.number == number
    assert view.headline.words == "No time in the policy's channels this week."
    assert view.title == "Week 48, 2026"


def test_the_weeks_own_limit_comes_first() -> None:
    of_week = replace(made_up_standing("arbete", 52, 180, Level.OK, None), period=Period.WEEK)
    view = week(monday(limits=(of_week,)))
    assert (view.headline.number, view.headline.words) == (
        "2 h 08 min left",
        "Social media for work: 52 min of 3 h 00 min",
    )
    assert [limit.limit for limit in view.limits] == ["arbete"]


def test_the_most_used_channel_is_named_first() -> None:
    x = ChannelTime("x", 70 * MINUTE_MS, 0, {"varumarke": 70 * MINUTE_MS})
    assert week(monday(channels=(LINKEDIN, x))).channels == (("x", "X"), ("linkedin", "LinkedIn"))
