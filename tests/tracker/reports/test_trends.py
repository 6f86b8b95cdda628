"""Weeks of days, each with the limits that were then in force."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.desk import POLICY, TODAY, Desk
from tracker.model import PRIVATE

LIMIT = "day = 10\n"
PURPOSE = """
[[purpose]]
id = "leads"
name = { en = "Leads" }
result = "leads"
"""
WEEK = timedelta(days=7)


def desk(tmp_path: Path, week: int = 60) -> Desk:
    return Desk(tmp_path, POLICY.replace(LIMIT, f"{LIMIT}week = {week}\n") + PURPOSE).start()


def test_weeks_hold_what_was_measured_up_to_this_instant(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("firefox", "Ada | LinkedIn — Mozilla Firefox")
    at.wait(60)
    at.service.count_result("leads", 3)
    at.wait(1.5)  # which no check has stored yet
    before, now = at.service.trend_weeks(TODAY - WEEK, TODAY)
    assert (before.monday, before.days) == (TODAY - WEEK, ())
    (day,) = now.days
    assert (day.day, sum(day.totals.values()), day.results) == (TODAY, 61_500, {"leads": 3})
    (limit,) = now.limits
    assert (limit.limit, limit.used_ms, limit.allowed_ms) == ("private", 61_500, 3_600_000)
    assert now.policy is at.service.policy


def test_each_week_is_judged_by_its_last_policy_when_the_policy_changed(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("firefox", "Ada | LinkedIn — Mozilla Firefox")
    at.wait(30)
    at.time.suspend(7 * 24 * 3600 * 1000)
    at.wait(5)
    at.time.suspend(24 * 3600 * 1000)
    at.wait(5)
    text = at.policy_file.read_text("utf-8").replace("week = 60", "week = 90")
    at.policy_file.write_text(text, "utf-8")
    at.wait(10)
    first, second = at.service.trend_weeks(TODAY, TODAY + WEEK)
    assert [each.limits[0].allowed_ms for each in (first, second)] == [3_600_000, 5_400_000]
    assert first.days[0].totals != {}
    assert {key.purpose for key in first.days[0].totals} == {PRIVATE}


def test_days_that_were_stored_are_there_when_nothing_is_measured(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("firefox", "Ada | LinkedIn — Mozilla Firefox")
    at.wait(30)
    at.service.withdraw()
    at.accept_all = False
    at.open()
    (week,) = at.service.trend_weeks(TODAY, TODAY)
    assert sum(week.days[0].totals.values()) == 30_000
