"""A year of weeks in words and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.made_up import MINUTE_MS, made_up_policy, made_up_standing
from tracker.i18n import Language
from tracker.limits.types import Level, Period, Standing
from tracker.model import TotalKey, Window
from tracker.reports.trends import TrendDay, TrendWeek
from ui.trends_view import TrendsView, full_weeks, view_trends
from ui.week_view import Focus

MONDAY = date(2026, 11, 23)
WEEK = timedelta(days=7)
ENGLISH = Language("en")

Minutes = Mapping[tuple[str, str], int]


def key(channel: str, purpose: str) -> TotalKey:
    return TotalKey(channel, purpose, Window.WORK, certain=True)


def trend_week(
    monday: date, minutes: Minutes, *limits: Standing, day: int = 0, leads: int = 0
) -> TrendWeek:
    """Return a week whose time lies on one of its days."""
    totals = {key(*parts): ms * MINUTE_MS for parts, ms in minutes.items()}
    results = {"leads": leads} if leads else {}
    days = (TrendDay(monday + timedelta(days=day), totals, results),) if totals or leads else ()
    return TrendWeek(monday, days, totals, made_up_policy(), limits)


def weekly(limit: str, used_min: int, allowed_min: int) -> Standing:
    standing = made_up_standing(limit, used_min, allowed_min, Level.OK, None)
    return replace(standing, period=Period.WEEK)


def weeks(*minutes: Minutes) -> list[TrendWeek]:
    """Return weeks up to the present one."""
    first = MONDAY - (len(minutes) - 1) * WEEK
    return [trend_week(first + n * WEEK, each) for n, each in enumerate(minutes)]


def view(
    year: list[TrendWeek], *, focus: Focus | None = None, first_ever: bool = False
) -> TrendsView:
    return view_trends(year, made_up_policy(), MONDAY, ENGLISH, focus=focus, first_ever=first_ever)


LEADS, PRIVATE = ("linkedin", "leads"), ("x", "private")


def test_median_week_comes_first_and_is_of_full_weeks_with_time() -> None:
    year = weeks({LEADS: 60}, {LEADS: 90, PRIVATE: 30}, {}, {LEADS: 200}, {LEADS: 999})
    headline = view(year).headline
    assert headline.number == "2 h 00 min", "of 60, 120 and 200; the present week is none yet"
    assert headline.words == (
        "in the median week, of 3 full weeks with time. Median for work 1 h 30 min, private 0 min."
    )


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (weeks({}, {}), "Your weeks will be here, and what they come to over a year."),
        (weeks({}, {LEADS: 5}), "The median week is told when the first whole week is over."),
    ],
)
def test_it_says_what_will_be_here_when_no_week_is_over(year: list[TrendWeek], words: str) -> None:
    assert view(year).headline.words == words
    assert view(year).headline.number == "Nothing yet"


def test_first_week_ever_is_no_full_one_when_it_began_in_its_middle() -> None:
    first = trend_week(MONDAY - 2 * WEEK, {LEADS: 10}, day=2)
    year = [first, *weeks({LEADS: 30}, {LEADS: 5})]
    assert len(full_weeks(year, MONDAY, first_ever=False)) == 2
    assert full_weeks(year, MONDAY, first_ever=True) == (year[1],)
    whole = [trend_week(first.monday, {LEADS: 10}), *year[1:]]
    assert len(full_weeks(whole, MONDAY, first_ever=True)) == 2


def test_work_and_private_time_stand_apart_in_each_week() -> None:
    bars = view(weeks({LEADS: 60, PRIVATE: 5}, {})).weeks
    assert (bars[0].work_ms, bars[0].private_ms) == (60 * MINUTE_MS, 5 * MINUTE_MS)
    assert (bars[1].work_ms, bars[1].private_ms) == (0, 0)
    assert (bars[0].key, bars[0].title) == ("2026-W47", "Week 47, 2026")


def test_a_week_stands_against_the_limit_that_was_then_in_force() -> None:
    year = [
        trend_week(MONDAY - 3 * WEEK, {LEADS: 60}, weekly("arbete", 60, 240)),
        trend_week(MONDAY - 2 * WEEK, {}, weekly("arbete", 0, 240)),
        trend_week(MONDAY - WEEK, {LEADS: 30}, weekly("arbete", 30, 180)),
        trend_week(MONDAY, {LEADS: 30}),
    ]
    allowed = [week.work_limit_ms for week in view(year).weeks]
    assert allowed == [240 * MINUTE_MS, 240 * MINUTE_MS, 180 * MINUTE_MS, None]
    assert {week.private_limit_ms for week in view(year).weeks} == {None}


def test_no_limit_is_drawn_when_it_takes_only_part_of_the_time() -> None:
    year = [
        trend_week(MONDAY - WEEK, {LEADS: 60}, weekly("arbete", 60, 180)),
        trend_week(MONDAY, {LEADS: 60}, weekly("arbete", 20, 180)),
    ]
    assert [week.work_limit_ms for week in view(year).weeks] == [None, None]
    chosen = view(year, focus=("arbete", None))
    assert chosen.focuses == ((("arbete", None), "Social media for work"),)
    assert [week.work_ms for week in chosen.weeks] == [60 * MINUTE_MS, 20 * MINUTE_MS]
    assert [week.work_limit_ms for week in chosen.weeks] == [180 * MINUTE_MS] * 2


def test_no_limit_is_drawn_when_nothing_of_the_year_counts_toward_it() -> None:
    (bar,) = view([trend_week(MONDAY, {PRIVATE: 5}, weekly("arbete", 0, 180))]).weeks
    assert bar.work_limit_ms is None


def test_a_focus_is_dropped_when_the_year_has_no_such_limit() -> None:
    assert view(weeks({LEADS: 5}), focus=("gone", None)).focus is None


def test_private_limits_bound_private_time_alone() -> None:
    year = [trend_week(MONDAY, {PRIVATE: 20, LEADS: 20}, weekly("privat", 20, 60))]
    (bar,) = view(year).weeks
    assert (bar.work_limit_ms, bar.private_limit_ms) == (None, 60 * MINUTE_MS)


def test_year_is_named_by_its_days_up_to_today() -> None:
    assert view(weeks({}, {})).title == "16–23 Nov 2026"
    before = view_trends(weeks({}, {}), made_up_policy(), date(2027, 12, 1), ENGLISH)
    assert before.title == "16–29 Nov 2026"
