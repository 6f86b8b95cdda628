"""Past weeks under another policy, in words and figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.made_up import made_up_policy, made_up_report
from tools.made_up_desk import MadeUpDesk
from tracker.i18n import Language
from tracker.limits.types import Period
from tracker.policy.catalogue import shipped_catalogue
from tracker.policy.load import load
from tracker.reports.what_if import Past, WhatIf, read_past, what_if
from tracker.reports.what_if_plan import LimitChange, changed_policy
from ui.what_if_view import (
    Changeable,
    change_of,
    changeable_limits,
    problem_lines,
    view_what_if,
)

EN = Language("en")
FIRST, LAST = date(2026, 10, 26), date(2026, 11, 22)
WORK_DAY = ("arbete", None, Period.DAY)
WORK_WEEK = ("arbete", None, Period.WEEK)


@pytest.fixture(scope="module")
def desk() -> MadeUpDesk:
    return MadeUpDesk()


@pytest.fixture(scope="module")
def past(desk: MadeUpDesk) -> Past:
    around = desk.service._around
    return read_past(
        desk.storage,
        FIRST,
        LAST,
        present=desk.service.policy,
        today=date(2026, 11, 23),
        parse=around.parse,
    )


def judged(desk: MadeUpDesk, past: Past, change: LimitChange | None = None) -> WhatIf:
    return what_if(past, changed_policy(desk.service.policy, change), desk.service.person)


def test_weeks_are_pairs_the_oldest_first(desk: MadeUpDesk, past: Past) -> None:
    view = view_what_if(past, judged(desk, past), EN, WORK_DAY)
    assert [pair.week for pair in view.weeks] == ["2026-W44", "2026-W45", "2026-W46", "2026-W47"]
    assert [pair.label for pair in view.weeks] == ["44", "45", "46", "47"]
    assert view.weeks[0].title == "Week 44, 2026"
    assert all(pair.then == pair.would_be for pair in view.weeks)
    assert view.number.endswith("as it was")


def test_a_days_allowance_is_summed_over_the_week(desk: MadeUpDesk, past: Past) -> None:
    found = judged(desk, past, LimitChange("arbete", day=20))
    view = view_what_if(past, found, EN, WORK_DAY)
    for pair in view.weeks:
        standings = [
            standing
            for each in found.days
            if each.day.isocalendar().week == int(pair.label)
            for standing in each.would_be.limits
            if (standing.limit, standing.period) == ("arbete", Period.DAY)
        ]
        assert pair.would_be is not None
        assert pair.would_be.used_ms == sum(each.used_ms for each in standings)
        over = sum(max(0, each.used_ms - 20 * 60_000) for each in standings)
        assert pair.would_be.over_ms == over
        assert pair.would_be.allowed_ms is None
    reached = sum(pair.would_be.reached for pair in view.weeks if pair.would_be)
    was = sum(pair.then.reached for pair in view.weeks if pair.then)
    assert reached > was
    assert view.number == f"{reached} days instead of {was}"
    assert view.words == "Social media for work: days on which it would be reached, of 20."


def test_a_weeks_allowance_stands_as_of_its_last_day(desk: MadeUpDesk, past: Past) -> None:
    found = judged(desk, past, LimitChange("arbete", week=30))
    view = view_what_if(past, found, EN, WORK_WEEK)
    assert view.number == "4 weeks instead of 0"
    for (_week, _then, would_be), pair in zip(found.weeks, view.weeks, strict=True):
        (standing,) = [each for each in would_be if each.limit == "arbete"]
        assert pair.would_be is not None
        assert pair.would_be.used_ms == standing.used_ms
        assert pair.would_be.allowed_ms == 30 * 60_000
        assert pair.would_be.over_ms == standing.used_ms - 30 * 60_000


def test_the_limit_that_differs_most_is_shown_first(desk: MadeUpDesk, past: Past) -> None:
    found = judged(desk, past, LimitChange("arbete", week=30))
    assert view_what_if(past, found, EN).place == WORK_WEEK
    tried = view_what_if(past, found, EN, tried="privat")
    assert tried.place is not None
    assert tried.place[0] == "privat"
    assert view_what_if(past, found, EN, tried="unheard-of").place == WORK_WEEK
    unheard = ("unheard-of", None, Period.DAY)
    assert view_what_if(past, found, EN, unheard).place == WORK_WEEK


def test_limits_go_by_names_and_never_by_ids(desk: MadeUpDesk, past: Past) -> None:
    view = view_what_if(past, judged(desk, past), EN)
    names = [name for _place, name in view.choices]
    assert "Social media for work, a day" in names
    assert "Social media for work, a week" in names
    assert "Win leads, Build the brand, LinkedIn, a day" in names
    assert not any("salj" in name for name in names)


def test_what_cannot_be_told_is_told(desk: MadeUpDesk, past: Past) -> None:
    found = judged(desk, past, LimitChange("arbete", day=20))
    doubts = view_what_if(past, found, EN).doubts
    assert any(line.startswith("Social media for work would be reached") for line in doubts)


def test_nothing_kept_is_said_so(desk: MadeUpDesk, past: Past) -> None:
    nothing = replace(past, days=(), totals={}, policies={})
    view = view_what_if(nothing, judged(desk, nothing), EN)
    assert (view.number, view.words) == ("Nothing", "Nothing is kept of these days.")
    assert not view.weeks
    assert not view.choices


def test_limits_with_minutes_can_be_changed_those_of_today_first() -> None:
    policy, report = made_up_policy(), made_up_report()
    found = changeable_limits(policy, report.limits, EN)
    assert {each.limit for each in found} == {
        limit.id for limit in policy.limits if not limit.unlimited and (limit.day or limit.week)
    }
    only = changeable_limits(policy, report.limits[-1:], EN)
    assert only[0].limit in {report.limits[-1].limit, found[0].limit}


@pytest.mark.parametrize(
    ("day", "week", "change"),
    [
        (45, 180, None),
        (30, 180, LimitChange("arbete", day=30)),
        (45, 0, LimitChange("arbete", week=0)),
        (1, 2, LimitChange("arbete", day=1, week=2)),
    ],
)
def test_only_what_is_changed_is_tried(day: int, week: int, change: LimitChange | None) -> None:
    assert change_of(Changeable("arbete", "Work", 45, 180), day, week) == change


def test_an_allowance_that_is_not_there_is_not_changed() -> None:
    assert change_of(Changeable("arbete", "Work", 45, None), 45, 7) is None


def test_errors_of_a_file_have_line_and_key() -> None:
    loaded = load(b"schema = 1\n[policy]\nid = 3\n", "p.toml", shipped_catalogue(), LAST)
    lines = problem_lines(loaded, EN)
    assert lines[0] == "p.toml has 6 errors."
    assert any(line.startswith("Line 3, policy.id: ") for line in lines)
    broken = load(b"=", "p.toml", shipped_catalogue(), LAST)
    assert problem_lines(broken, EN)[1].startswith("Line 1: ")
