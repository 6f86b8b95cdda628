"""Deadlines in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.i18n import Language
from ui.crisis_times import Times

NOW = datetime(2026, 11, 23, 13, 12, tzinfo=UTC)  # 14:12 in Stockholm
TIMES = Times(Language("en"), ZoneInfo("Europe/Stockholm"))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (15, "15 minutes"),
        (60, "1 hour"),
        (90, "90 minutes"),
        (240, "4 hours"),
        (1440, "1 day"),
        (10_080, "7 days"),
        (1500, "25 hours"),
    ],
)
def test_minutes_are_told_in_the_unit_that_they_come_out_even_in(minutes: int, words: str) -> None:
    assert TIMES.within(minutes) == words


def test_what_is_due_from_the_start_is_told_as_such() -> None:
    assert (TIMES.reply_within(0), TIMES.reply_within(30)) == (
        "First reply at once",
        "First reply within 30 minutes",
    )
    assert (TIMES.step_within(0), TIMES.step_within(30)) == ("at once", "within 30 minutes")


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (45_000, "45 s left"),
        (12 * 60_000, "12 min left"),
        (65 * 60_000, "1 h 05 min left"),
        (47 * 3_600_000, "47 h 00 min left"),
        (7 * 86_400_000 - 1, "6 days left"),
        (1, "0 s left"),
        (0, "due now"),
        (-999, "due now"),
        (-1000, "overdue by 1 s"),
        (-5 * 60_000, "overdue by 5 min"),
        (-3 * 86_400_000, "overdue by 3 days"),
    ],
)
def test_what_is_left_is_told_down_to_what_matters(ms: int, words: str) -> None:
    assert TIMES.left(NOW + timedelta(milliseconds=ms), NOW) == words


def test_day_is_named_when_the_deadline_is_on_another() -> None:
    assert TIMES.deadline(NOW + timedelta(minutes=18), NOW) == "by 14:30"
    later = TIMES.deadline(NOW + timedelta(days=7), NOW)
    assert later == "by Monday 30 November 2026, 14:12"
    assert TIMES.deadline(NOW + timedelta(hours=10), NOW) == "by Tuesday 24 November 2026, 00:12"


def test_clock_time_is_local_when_summer_time_has_ended() -> None:
    opened = datetime(2026, 10, 24, 12, tzinfo=UTC)
    end = opened + timedelta(days=1)
    assert TIMES.instant(opened) == "24 October 2026 14:00"
    assert TIMES.deadline(end, opened) == "by Sunday 25 October 2026, 13:00"
