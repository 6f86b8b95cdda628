"""``why``: in words and as JSON, from the running app and from the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.desk import POLICY, Desk
from tests.tracker.cli.conftest import MORE, Shell
from tracker.cli.why import instant_of_text
from tracker.days import DayCalendar
from tracker.errors import ErrorCode, OutsideError

Answering = Callable[[Desk], list[str]]
KEYS = [
    "at", "day", "kept", "state", "reason", "window", "channel", "channel_name", "source",
    "certain", "corrected", "via", "rule", "second", "purpose", "purpose_name", "purpose_from",
    "chosen_at", "limits", "crisis", "policy", "policy_then",
]  # fmt: skip


def test_keys_are_all_there_when_asked_for_json(
    shell: Shell, morning: Desk, answer_from: Answering
) -> None:
    asked = answer_from(morning)
    found = shell("why", "9:05:20", "--json").json
    assert asked == ["why"]
    assert list(found) == KEYS
    assert found["at"] == "2026-11-23T09:05:20.000+01:00"
    assert (found["kept"], found["state"], found["channel"]) == ("memory", "channel", "linkedin")
    assert (found["via"], found["certain"], found["source"]) == ("title", False, "title")
    assert (found["purpose"], found["purpose_from"]) == ("brand", "chosen")
    assert found["purpose_name"] == {"en": "Build the brand"}
    assert found["chosen_at"] == "2026-11-23T09:05:12.480+01:00"
    assert [(row["id"], row["period"], row["used_s"]) for row in found["limits"]] == [
        ("each", "day", 7.52), ("free", "day", 7.52), ("weekly", "week", 320),
    ]  # fmt: skip
    assert found["policy"] == found["policy_then"] == {"id": "test", "version": "1"}
    assert list(shell("why", "--json").json) == KEYS


def test_words_tell_channel_rule_purpose_and_limits_when_a_person_reads(
    shell: Shell, morning: Desk, answer_from: Answering
) -> None:
    answer_from(morning)
    lines = shell("why", "09:05:20").out.splitlines()
    assert lines[:2] == ["23 November 2026 09:05:20", "Counted as LinkedIn, Build the brand."]
    assert lines[2].startswith("  Known by: the pattern ")
    assert lines[3:] == [
        "  A title is a guess: the time is shown as uncertain.",
        "  You chose the purpose at 09:05:12.",
        "It counts toward these limits, which stood so at the moment:",
        "  each [each]: 8 s of 1 h 00 min of the day, 1 h 00 min left",
        "  free [free]: 8 s, without a bound",
        "  All week [weekly]: 5 min of 4 h 00 min of the week, 3 h 55 min left",
        "The day is judged by the policy test, version 1.",
    ]


def test_row_answers_when_nothing_runs(shell: Shell, morning: Desk) -> None:
    morning.service.stop()
    found = shell("why", "2026-11-23T09:01", "--json").json
    assert (found["kept"], found["channel"], found["rule"]) == ("span", "discord", None)
    assert found["purpose_from"] == "default"
    assert found["limits"][0]["used_s"] == 60
    text = shell("why", "2026-11-23T09:01").out
    assert "Counted as Discord, private." in text
    assert "Only this is kept of the moment; the rule that decided is not." in text
    assert shell("why", "2026-11-23T08:06:00Z").out.splitlines()[1] == (
        "Not counted: Kanaltid was paused."
    )
    shell.now += timedelta(days=100)
    assert "Nothing is kept of this moment" in shell("why").out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("23:50", "“23:50” has not come yet. Ask for a moment that has passed.\n"),
        ("25:00", "“25:00” is no time. Write it as 14:05, 14:05:30 or 2026-11-23T14:05.\n"),
        ("soon", "“soon” is no time. Write it as 14:05, 14:05:30 or 2026-11-23T14:05.\n"),
    ],
)  # fmt: skip
def test_one_line_is_said_when_the_time_is_wrong(shell: Shell, text: str, said: str) -> None:
    refused = shell("why", text)
    assert (refused.code, refused.out, refused.err) == (1, "", said)


CALENDAR = DayCalendar(ZoneInfo("Europe/Stockholm"), time(4))


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("14:05", datetime(2026, 11, 23, 13, 5, tzinfo=UTC)),
        ("4:00", datetime(2026, 11, 23, 3, tzinfo=UTC)),
        ("03:59:59", datetime(2026, 11, 24, 2, 59, 59, tzinfo=UTC)),
        ("14:05:30.250", datetime(2026, 11, 23, 13, 5, 30, 250_000, tzinfo=UTC)),
        ("2026-07-01T14:05", datetime(2026, 7, 1, 12, 5, tzinfo=UTC)),
        ("2026-07-01 14:05:30", datetime(2026, 7, 1, 12, 5, 30, tzinfo=UTC)),
        ("2026-07-01T14:05-04:00", datetime(2026, 7, 1, 18, 5, tzinfo=UTC)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-03-29T02:30", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ],
)
def test_time_is_of_the_present_day_and_zone_when_it_says_no_more(
    text: str, instant: datetime
) -> None:
    assert instant_of_text(text, date(2026, 11, 23), CALENDAR) == instant


@pytest.mark.parametrize(
    "text",
    ["", ":", "1", "24:00", "9:5", "2026-11-23", "2026-13-01T00:00", "0001-01-01T00:00+14:00",
     "0001-01-01T00:00", "9999-12-31T23:59-14:00", "T14:05", "14:05 14:05", "\0",
     "\uff11\uff14:05"],
)  # fmt: skip
def test_time_is_refused_when_it_is_none(text: str) -> None:
    with pytest.raises(OutsideError) as refused:
        instant_of_text(text, date(2026, 11, 23), CALENDAR)
    assert refused.value.code is ErrorCode.BAD_TIME


CRISIS = """
[[crisis.level]]
id = "storm"
trigger = { en = "The press calls" }
lifts = ["private"]
"""


@pytest.mark.parametrize("running", [False, True])
def test_lifted_limit_is_told_when_a_crisis_level_was_open_at_the_moment(
    shell: Shell, make_desk: Callable[..., Desk], answer_from: Answering, running: bool
) -> None:
    desk = make_desk(POLICY + MORE + CRISIS)
    desk.front("discord")
    desk.wait(60)
    desk.service.open_crisis("storm")
    desk.wait(60)
    desk.service.open_crisis(None)
    desk.wait(60)
    if running:
        answer_from(desk)
    else:
        desk.service.stop()
    found = shell("why", "09:01:30", "--json").json
    assert found["crisis"] == {"id": "storm", "trigger": {"en": "The press calls"}}
    assert [(row["id"], row["lifted"]) for row in found["limits"]] == [
        ("private", True),
        ("weekly", False),
    ]
    told = "The crisis plan was open (The press calls), and lifted: private. No step came."
    assert told in shell("why", "09:01:30").out.splitlines()
    for moment in ("09:00:30", "09:02:30"):
        found = shell("why", moment, "--json").json
        assert (found["crisis"], found["limits"][0]["lifted"]) == (None, False)
        assert "crisis" not in shell("why", moment).out
