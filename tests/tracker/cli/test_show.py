"""``today``, ``week`` and ``spans``: to the letter for scripts, and in words for people."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.desk import POLICY, Desk
from tests.tracker.cli.conftest import MORE, Shell

SPANS = ["spans", "--from", "2026-11-23", "--to", "2026-11-23", "--json"]


def limit(id_: str, used: float, allowed: float | None, channel: str | None = None) -> Any:
    return {
        "id": id_,
        "channel": channel,
        "used_s": used,
        "allowed_s": allowed,
        "left_s": None if allowed is None else round(allowed - used, 3),
        "extended_s": 0,
        "level": "ok",
    }


def expected_day(device: str, *, measuring: bool) -> Any:
    return {
        "day": "2026-11-23",
        "policy": {"id": "test", "version": "1"},
        "device": device,
        "measuring": measuring,
        "channels": [
            {"id": "linkedin", "total_s": 40, "uncertain_s": 40, "purposes": {"brand": 40}},
            {
                "id": "discord",
                "total_s": 312.480,
                "uncertain_s": 0,
                "purposes": {"private": 312.480},
            },
        ],
        "limits": [
            limit("private", 312.480, 600),
            limit("each", 40, 3600, "linkedin"),
            limit("each", 0, 3600, "discord"),
            limit("free", 40, None),
        ],
        "not_measured_s": 100,
        "paused_s": 60,
        "lifted": [],
    }


def order_of(value: Any) -> Any:
    """Return the keys of a JSON value in their order, all the way down."""
    if isinstance(value, dict):
        return [(key, order_of(inner)) for key, inner in value.items()]
    return [order_of(each) for each in value] if isinstance(value, list) else None


def test_day_is_as_designed_when_read_from_the_store(shell: Shell, morning: Desk) -> None:
    morning.service.stop()
    found = shell("today", "--json").json
    wanted = expected_day(morning.storage.device, measuring=False)
    assert found == wanted
    assert order_of(found) == order_of(wanted)


def test_day_is_the_same_when_the_running_app_answers(
    shell: Shell, morning: Desk, answer_from: Callable[[Desk], list[str]]
) -> None:
    asked = answer_from(morning)
    found = shell("today", "--json").json
    assert found == expected_day(morning.storage.device, measuring=True)
    assert asked == ["today"]


def test_numbers_have_at_most_three_decimals_when_printed(shell: Shell, morning: Desk) -> None:
    morning.service.stop()
    numbers = re.findall(r"\d+\.\d+", shell("today", "--json").out)
    assert "312.48" in numbers
    assert all(len(number.partition(".")[2]) <= 3 for number in numbers)


@pytest.mark.parametrize("running", [False, True])
@pytest.mark.parametrize("key", [[], ["2026-W48"]])
def test_week_is_as_designed_when_asked_for(
    shell: Shell,
    morning: Desk,
    answer_from: Callable[[Desk], list[str]],
    running: bool,
    key: list[str],
) -> None:
    if running:
        answer_from(morning)
    else:
        morning.service.stop()
    found = shell("week", *key, "--json").json
    assert list(found) == ["week", "from", "to", "days", "limits", "lifted"]
    assert (found["week"], found["from"], found["to"]) == ("2026-W48", "2026-11-23", "2026-11-29")
    assert [day["day"] for day in found["days"]] == [f"2026-11-{n}" for n in range(23, 30)]
    assert found["days"][0] == expected_day(morning.storage.device, measuring=running)
    empty = found["days"][1]
    assert (empty["channels"], empty["not_measured_s"], empty["measuring"]) == ([], 0, False)
    assert found["limits"] == [limit("weekly", 352.480, 14_400)]


def test_week_is_empty_when_nothing_was_measured_in_it(shell: Shell, morning: Desk) -> None:
    morning.service.stop()
    found = shell("week", "2026-W47", "--json").json
    assert (found["from"], found["to"]) == ("2026-11-16", "2026-11-22")
    assert all(day["channels"] == [] for day in found["days"])
    assert found["limits"] == [limit("weekly", 0, 14_400)]


@pytest.mark.parametrize("running", [False, True])
def test_spans_are_as_designed_when_listed(
    shell: Shell, morning: Desk, answer_from: Callable[[Desk], list[str]], running: bool
) -> None:
    if running:
        answer_from(morning)
    else:
        morning.service.stop()
    device = str(morning.storage.device)
    wanted = [
        {
            "start": "2026-11-23T09:00:00.000+01:00",
            "end": "2026-11-23T09:05:12.480+01:00",
            "channel": "discord",
            "purpose": "private",
            "device": device,
            "source": "app",
            "certain": True,
            "corrected": False,
        },
        {
            "start": "2026-11-23T09:05:12.480+01:00",
            "end": "2026-11-23T09:05:52.480+01:00",
            "channel": "linkedin",
            "purpose": "brand",
            "device": device,
            "source": "title",
            "certain": False,
            "corrected": False,
        },
    ]
    found = shell(*SPANS).json
    assert found == wanted
    assert order_of(found) == order_of(wanted)
    for first, last, count in (
        ("0001-01-01", "9999-12-31", 2),
        ("2026-11-24", "9999-12-31", 0),
        ("0001-01-01", "2026-11-22", 0),
        ("2026-11-24", "2026-11-22", 0),
    ):
        assert len(shell("spans", "--from", first, "--to", last, "--json").json) == count


def test_open_span_is_listed_when_the_running_app_answers(
    shell: Shell, morning: Desk, answer_from: Callable[[Desk], list[str]]
) -> None:
    answer_from(morning)
    morning.front("discord")
    morning.wait(1.5)  # no check has come yet
    assert shell(*SPANS).json[-1]["end"] == "2026-11-23T09:08:41.500+01:00"
    assert shell("today", "--json").json["channels"][1]["total_s"] == 313.980


def test_day_has_its_own_offset_when_clocks_have_changed(
    shell: Shell, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk(start=datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    desk.front("discord")
    desk.wait(3600)
    desk.service.stop()
    rows = shell("spans", "--from", "2026-10-24", "--to", "2026-10-24", "--json").json
    assert [(row["start"], row["end"]) for row in rows] == [
        ("2026-10-25T02:30:00.000+02:00", "2026-10-25T02:30:00.000+01:00")
    ]


def test_nothing_is_shown_when_nothing_was_ever_measured(shell: Shell) -> None:
    found = shell("today", "--json").json
    assert (found["channels"], found["measuring"]) == ([], False)
    assert found["policy"]["id"] == "starter"
    assert shell(*SPANS).json == []
    assert shell(*SPANS[:-1]).out == "No time in the policy's channels.\n"
    assert len(shell("week", "--json").json["days"]) == 7
    assert not shell.paths.data.exists()  # looking leaves nothing behind


def test_people_read_names_and_durations(shell: Shell, morning: Desk) -> None:
    morning.service.stop()
    assert shell("today").out.splitlines() == [
        "23 November 2026",
        "LinkedIn   40 s  Build the brand 40 s",
        "Discord   5 min         private 5 min",
        "",
        "Private                        5 min of 10 min       5 min left",
        "Build the brand, LinkedIn   40 s of 1 h 00 min      59 min left",
        "Build the brand, Discord   0 min of 1 h 00 min  1 h 00 min left",
        "Not measured: 2 min",
        "Paused: 1 min",
    ]
    text = shell("spans", "--from", "2026-11-23", "--to", "2026-11-23").out
    assert text.splitlines() == [
        "2026-11-23 09:00:00–09:05:12  discord  private  app",
        "2026-11-23 09:05:12–09:05:52  linkedin  brand  title ?",
    ]
    assert shell("week").out.startswith("week 48, 2026\n\n23 November 2026\nLinkedIn")
    assert "All week" in shell("week").out


CRISIS = """
[[crisis.level]]
id = "storm"
trigger = { en = "The press calls" }
lifts = ["weekly", "private"]
"""


@pytest.mark.parametrize("running", [False, True])
def test_lifted_limits_are_told_when_a_crisis_level_was_open(
    shell: Shell,
    make_desk: Callable[..., Desk],
    answer_from: Callable[[Desk], list[str]],
    running: bool,
) -> None:
    desk = make_desk(POLICY + MORE + CRISIS)
    desk.service.open_crisis("storm")
    desk.wait(60)
    desk.service.open_crisis(None)
    if running:
        answer_from(desk)
    else:
        desk.service.stop()
    week = shell("week", "--json").json
    assert shell("today", "--json").json["lifted"] == ["private", "weekly"]
    assert [day["lifted"] for day in week["days"]] == [["private", "weekly"], *[[]] * 6]
    assert week["lifted"] == ["private", "weekly"]
    told = [
        "The crisis plan lifted “Private” (23 November 2026): it took no step, and counted on.",
        "The crisis plan lifted “All week” (23 November 2026): it took no step, and counted on.",
    ]
    assert [line for line in shell("today").out.splitlines() if "crisis" in line] == told
    assert shell("week").out.splitlines()[-2:] == told


@pytest.mark.parametrize(
    "arguments",
    [
        ("week", "2026-W54"),
        ("week", "2026-W00"),
        ("week", "2026-47"),
        ("week", ""),
        ("week", "0000-W01"),
        ("week", "9999-W52"),
        ("week", "\uff12026-W47"),
        ("spans", "--from", "2026-13-01", "--to", "2026-12-01"),
        ("spans", "--from", "2026-02-29", "--to", "2026-12-01"),
        ("spans", "--from", "20261101", "--to", "2026-12-01"),
        ("spans", "--from", "2026-11-01", "--to", "2026-W48-1"),
        ("spans", "--from", "2026-11-01", "--to", "tomorrow"),
        ("export", "--week", "W47", "--format", "csv", "--output", "never"),
    ],
)
def test_date_is_refused_when_it_is_none(shell: Shell, arguments: tuple[str, ...]) -> None:
    said = shell(*arguments)
    assert (said.code, said.out) == (1, "")
    assert re.fullmatch(
        r"“.*” is no date or week\. Write a date as 2026-11-23 and a week as 2026-W48\.\n",
        said.err,
    )
