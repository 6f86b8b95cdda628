"""``simulate --history``: one's own past days under another policy."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk import POLICY, Desk
from tests.tracker.cli.conftest import MORE, Shell

NEW = POLICY.replace("day = 10", "day = 5").replace('version = "1"', 'version = "2"')


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Another policy, and nothing of it is in force."""
    file = tmp_path / "new.toml"
    file.write_text(NEW + '[[channel]]\nid = "reddit"\n', "utf-8")
    return file


@pytest.fixture
def later(shell: Shell, morning: Desk) -> Shell:
    """The day after the morning at the desk; the program is not running."""
    morning.service.stop()
    shell.now += timedelta(days=1)
    return shell


def test_past_day_is_shown_by_both_policies_when_asked_for_json(later: Shell, new: Path) -> None:
    today = later("today", "--json").json
    assert today["channels"] == []
    found = later("simulate", "--history", "--policy", new, "--json").json
    assert list(found) == ["policy", "days", "weeks", "doubts"]
    assert found["policy"] == {"id": "test", "version": "2"}
    (day,) = found["days"]
    assert list(day) == ["day", "then", "would_be"]
    assert list(day["then"]) == list(day["would_be"]) == list(today)
    assert (day["then"]["measuring"], day["would_be"]["measuring"]) == (False, False)
    assert (day["then"]["policy"]["version"], day["would_be"]["policy"]["version"]) == ("1", "2")
    was = next(row for row in day["then"]["limits"] if row["id"] == "private")
    (would_be,) = day["would_be"]["limits"]
    assert (was["allowed_s"], was["left_s"], was["level"]) == (600, 287.52, "ok")
    assert would_be == {
        "id": "private",
        "channel": None,
        "used_s": 312.480,
        "allowed_s": 300,
        "left_s": -12.480,
        "extended_s": 0,
        "level": "reached",
    }
    assert [(week["week"], len(week["then"])) for week in found["weeks"]] == [("2026-W48", 1)]
    on = ["2026-11-23"]
    assert found["doubts"] == [
        {"code": "channel_not_kept", "channel": "reddit", "days": on},
        {"code": "purpose_not_permitted", "channel": "linkedin", "purpose": "brand", "days": on},
        {"code": "moment_unknown", "limit": "private", "channel": None, "days": on},
    ]


def test_policy_is_taken_from_either_place_when_it_is_named(later: Shell, new: Path) -> None:
    one = later("simulate", "--history", "--policy", new, "--json").json
    assert later("--policy", new, "simulate", "--history", "--json").json == one


def test_result_is_said_in_words_when_people_ask(later: Shell, new: Path) -> None:
    said = later("simulate", "--history", "--policy", new)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "1 day. Days on which a limit was reached: 0; would be reached: 1."
    assert lines[2] == "Monday, 23 November 2026"
    assert re.split(r"\s{2,}", lines[4]) == [
        "Private",
        "5 min of 10 min",
        "5 min of 5 min, 12 s over",
    ]
    assert (
        "  Reddit: the old policy did not name it, so nothing was measured there. (1 day)" in lines
    )
    assert "  LinkedIn: Build the brand could not be chosen there;" in said.out


def test_present_day_is_judged_only_when_it_is_named(
    shell: Shell, morning: Desk, new: Path
) -> None:
    morning.service.stop()
    call = ("simulate", "--history", "--policy", new)
    assert shell(*call).out == "Nothing is kept of these days.\n"
    assert shell(*call, "--json").json["days"] == []
    days = shell(*call, "--to", "2026-11-23", "--json").json["days"]
    assert [day["day"] for day in days] == ["2026-11-23"]
    assert shell(*call, "--from", "2026-11-24", "--to", "9999-12-31", "--json").json["days"] == []


def test_day_is_judged_by_the_policy_of_its_time_when_that_changed(
    make_desk: Callable[..., Desk], shell: Shell, new: Path
) -> None:
    desk = make_desk()
    desk.front("discord")
    desk.wait(100)
    desk.service.stop()
    changed = (POLICY + MORE).replace("day = 10", "day = 1")
    desk.policy_file.write_text(changed.replace('version = "1"', 'version = "1.1"'), "utf-8")
    shell.now += timedelta(days=1)
    (day,) = shell("simulate", "--history", "--policy", new, "--json").json["days"]
    assert day["then"]["policy"]["version"] == "1"
    assert day["then"]["limits"][0]["allowed_s"] == 600


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--history"],
        ["--history", "--policy", "NEW", "--trace", "t.jsonl"],
        ["--policy", "NEW"],
        ["--trace", "t.jsonl", "--from", "2026-11-23"],
        ["--history", "--policy", "NEW", "--from", "2026-11-24", "--to", "2026-11-23"],
    ],
)
def test_usage_is_wrong_when_options_do_not_go_together(
    shell: Shell, new: Path, options: list[str]
) -> None:
    said = shell("simulate", *(str(new) if each == "NEW" else each for each in options))
    assert (said.code, said.out) == (2, "")
    assert "Usage: kanaltid simulate" in said.err


def test_what_is_wrong_is_said_when_a_policy_or_a_date_is(shell: Shell, new: Path) -> None:
    wrong = shell("simulate", "--history", "--policy", new, "--from", "yesterday")
    assert (wrong.code, wrong.out) == (1, "")
    new.write_text(NEW.replace("day = 5", 'day = "five"'), "utf-8")
    broken = shell("simulate", "--history", "--policy", new)
    assert (broken.code, broken.out) == (1, "")
    assert "has an error in line 23" in broken.err
