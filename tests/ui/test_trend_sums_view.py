"""Channels, purposes and own results of a year."""

from __future__ import annotations

from datetime import date

from tests.made_up import MINUTE_MS, made_up_policy
from tests.ui.test_trends_view import ENGLISH, LEADS, MONDAY, PRIVATE, WEEK, trend_week, view, weeks
from tracker.notices.names import Names
from ui.trend_sums_view import median_ms, results_by_month


def test_channels_and_purposes_have_totals_and_medians_of_full_weeks() -> None:
    year = view(weeks({LEADS: 10, PRIVATE: 60}, {LEADS: 30}, {PRIVATE: 500}))
    assert [(each.id, each.total_ms // MINUTE_MS) for each in year.channels] == [
        ("x", 560),
        ("linkedin", 40),
    ]
    medians = {each.id: each.median_ms // MINUTE_MS for each in year.channels}
    assert medians == {"x": 30, "linkedin": 20}, "a full week without it counts as none"
    assert [each.name for each in year.purposes] == ["Private", "Win leads"]


def test_results_stand_beside_the_time_of_their_month_only_where_counted() -> None:
    year = [
        trend_week(date(2026, 9, 28), {LEADS: 40}),
        trend_week(date(2026, 10, 5), {LEADS: 30, PRIVATE: 500}, leads=3),
        trend_week(date(2026, 10, 12), {LEADS: 60}, leads=9),
        trend_week(MONDAY, {LEADS: 5}, leads=1),
    ]
    rows = view(year).results
    assert [(row.month, row.counted, row.ms // MINUTE_MS) for row in rows] == [
        ("November 2026", "1 leads", 5),
        ("October 2026", "12 leads", 90),
    ]


def test_months_before_the_first_are_left_out_when_their_weeks_make_it_whole() -> None:
    year = [trend_week(date(2026, 10, 26), {}, leads=2), trend_week(MONDAY - WEEK, {}, leads=4)]
    names = Names(made_up_policy(), ENGLISH)
    assert len(results_by_month(year, date(2026, 10, 1), names)) == 2
    (row,) = results_by_month(year, date(2026, 11, 1), names)
    assert row.counted == "4 leads"


def test_results_are_none_when_they_were_taken_back() -> None:
    year = [trend_week(MONDAY, {}, leads=2), trend_week(MONDAY, {}, leads=-2)]
    assert results_by_month(year, MONDAY.replace(day=1), Names(made_up_policy(), ENGLISH)) == ()


def test_median_of_two_is_between_them() -> None:
    assert (median_ms([1000, 2000]), median_ms([])) == (1500, 0)
