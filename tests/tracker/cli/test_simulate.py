"""``simulate``: its JSON to the letter, and what it says of a trace that is not right."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.desk import POLICY
from tests.tracker.cli.conftest import Said, Shell

Play = Callable[..., Said]
T = "2026-11-23T09:00:00+01:00"


def line(t: str, kind: str, **values: Any) -> str:
    return json.dumps({"t": f"2026-11-23T{t}+01:00", "kind": kind, **values})


def bad(**values: Any) -> str:
    return json.dumps({"t": T, **values})


@pytest.fixture
def play(shell: Shell, tmp_path: Path) -> Play:
    policy = tmp_path / "policy.toml"
    policy.write_text(POLICY, "utf-8")

    def run(lines: list[str] | bytes, *more: object) -> Said:
        trace = tmp_path / "trace.jsonl"
        trace.write_bytes(lines if isinstance(lines, bytes) else "\n".join(lines).encode())
        return shell("simulate", "--policy", policy, "--trace", trace, *more)

    return run


MORNING = [
    line("09:00:00.000", "foreground", app="discord", title="", pid=1),
    line("09:08:00.250", "foreground", app=None),
    line("09:08:30", "stop"),
    line("09:09:00", "start"),
    line("09:10:00", "end"),
]


def test_outcome_is_as_designed_when_asked_for_json(play: Play) -> None:
    found = play(MORNING, "--json").json
    assert list(found) == ["days", "weeks", "events", "states"]
    limit = {
        "id": "private",
        "channel": None,
        "used_s": 480.250,
        "allowed_s": 600,
        "left_s": 119.750,
        "extended_s": 0,
        "level": "near",
    }
    day = {
        "day": "2026-11-23",
        "policy": {"id": "test", "version": "1"},
        "device": "memory",
        "measuring": True,
        "channels": [
            {
                "id": "discord",
                "total_s": 480.250,
                "uncertain_s": 0,
                "purposes": {"private": 480.250},
            }
        ],
        "limits": [limit],
        "not_measured_s": 30,
        "paused_s": 0,
        "lifted": [],
    }
    assert found["days"] == [day]
    assert list(found["days"][0]) == list(day)
    (week,) = found["weeks"]
    assert list(week) == ["week", "from", "to", "days", "limits", "lifted"]
    assert (week["week"], week["days"][0], week["limits"]) == ("2026-W48", day, [])
    event = {
        "t": "2026-11-23T09:08:00.000+01:00",
        "limit": "private",
        "channel": None,
        "at": "80%",
        "do": "notify",
        "left_s": 120,
    }
    assert found["events"] == [event]
    assert list(found["events"][0]) == list(event)
    states = {
        "channel": 480.250,
        "other": 89.750,
        "idle": 0,
        "locked": 0,
        "asleep": 0,
        "paused": 0,
        "off_hours": 0,
        "not_measured": 0,
        "stopped": 30,
    }
    assert found["states"] == states
    assert list(found["states"]) == list(states)


def test_states_and_steps_are_told_when_a_person_reads(play: Play) -> None:
    lines = play(MORNING).out.splitlines()
    assert lines[0] == "channel       480.250 s"
    assert lines[-1] == "2026-11-23T09:08:00.000+01:00  private  80% notify  120.000 s"


def test_nothing_comes_out_when_the_trace_is_empty(play: Play) -> None:
    found = play(b"\n\n", "--json").json
    assert (found["days"], found["weeks"], found["events"]) == ([], [], [])
    assert set(found["states"].values()) == {0}


def test_policy_of_the_simulation_counts_when_another_is_named_before(
    play: Play, shell: Shell, tmp_path: Path
) -> None:
    play(MORNING)
    other = tmp_path / "other.toml"
    other.write_text(POLICY.replace('id = "test"', 'id = "other"', 1), "utf-8")
    trace = tmp_path / "trace.jsonl"
    found = shell("--policy", other, "simulate", "--trace", trace, "--json").json
    assert found["days"][0]["policy"]["id"] == "other"
    both = ("--policy", other, "simulate", "--policy", tmp_path / "policy.toml")
    found = shell(*both, "--trace", trace, "--json").json
    assert found["days"][0]["policy"]["id"] == "test"


def test_limits_are_those_of_the_user_when_one_is_named(play: Play, tmp_path: Path) -> None:
    groups = '[[group]]\nid = "sales"\nmembers = ["user:karin", "os-group:sales"]\n'
    text = POLICY.replace('purposes = ["private"]', 'purposes = ["private"]\ngroups = ["sales"]')
    (tmp_path / "policy.toml").write_text(text + groups, "utf-8")
    for more, count in (
        (("--user", "karin"), 1),
        (("--user", "nobody"), 0),
        (("--user", "nobody", "--os-group", "sales"), 1),
    ):
        assert len(play(MORNING, *more, "--json").json["days"][0]["limits"]) == count


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ("hello", "Line 2 of {} is no JSON object."),
        ("[]", "Line 2 of {} is no JSON object."),
        ("[" * 100_000, "Line 2 of {} is no JSON object."),
        ('{"pid": ' + "9" * 5000 + "}", "Line 2 of {} is no JSON object."),
        ('{"t": "\udcff"}', "Line 2 of {} is no JSON object."),
        (bad(kind="dance"), "Line 2 of {} is of an unknown kind: dance."),
        (bad(kind=[]), "Line 2 of {} is of an unknown kind: []."),
        (bad(), "Line 2 of {} is of an unknown kind: None."),
        ('{"kind": "lock"}', "“t” in line 2 of {} is no time of day with its offset."),
        (bad(kind="lock", t=5), "“t” in line 2 of {} is no time of day with its offset."),
        (bad(kind="lock", t=T[:19]), "“t” in line 2 of {} is no time of day with its offset."),
        (
            bad(kind="lock", t="9999-12-31T23:59:59-10:00"),
            "“t” in line 2 of {} is no time of day with its offset.",
        ),
        (
            bad(kind="idle", since="yesterday"),
            "“since” in line 2 of {} is no time of day with its offset.",
        ),
        (bad(kind="clock", to=None), "“to” in line 2 of {} has a value of the wrong type."),
        (bad(kind="idle"), "Line 2 of {} lacks “since”."),
        (bad(kind="foreground"), "Line 2 of {} lacks “app”."),
        (bad(kind="lock", app="x"), "“app” has no place in line 2 of {}."),
        (
            bad(kind="foreground", app=True),
            "“app” in line 2 of {} has a value of the wrong type.",
        ),
        (
            bad(kind="foreground", app="x", pid=1.5),
            "“pid” in line 2 of {} has a value of the wrong type.",
        ),
        (
            bad(kind="tab", browser="x", audible=1),
            "“audible” in line 2 of {} has a value of the wrong type.",
        ),
        (
            bad(kind="lock", t="2026-11-23T08:59:59.999+01:00"),
            "Line 2 of {} is earlier than the line before it.",
        ),
        (
            bad(kind="idle", since="2026-11-23T09:00:00.001+01:00"),
            "“since” in line 2 of {} is later than its “t”.",
        ),
        (
            bad(kind="purpose", id="leads"),
            "Line 2 of {}: the policy has no purpose “leads” there.",
        ),
        (
            bad(kind="purpose", id="private", channel="orkut"),
            "Line 2 of {}: the policy has no channel “orkut”.",
        ),
    ],
)
def test_fault_is_told_with_its_line_when_a_trace_is_not_right(
    play: Play, tmp_path: Path, second: str, says: str
) -> None:
    trace = [bad(kind="unlock"), second]
    said = play("\n".join(trace).encode("utf-8", "surrogateescape"))
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"{says.format(tmp_path / 'trace.jsonl')} A line is a JSON object with “t”, such as "
        "2026-11-23T09:00:00+01:00, and “kind”.\n"
    )


@pytest.mark.parametrize("name", ["missing.jsonl", ""])
def test_one_line_is_told_when_the_trace_cannot_be_read(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    said = shell("simulate", "--trace", tmp_path / name)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"{tmp_path / name} can't be read. Check that the file is there and that you may read it.\n"
    )


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing.toml", "can't be read."),
        ("broken.toml", "has an error in line 1."),
        ("a\0b", "can't be read."),
    ],
)
def test_policy_beside_the_trace_is_refused_when_it_cannot_be_used(
    play: Play, tmp_path: Path, name: str, says: str
) -> None:
    (tmp_path / "broken.toml").write_text("schema", "utf-8")
    said = play([bad(kind="policy", file=name)])
    assert (said.code, said.out) == (1, "")
    assert says in said.err
    assert said.err.startswith(str(tmp_path))


@pytest.mark.parametrize("year", [1970, 2199])
def test_trace_is_played_when_it_is_long_ago_or_far_ahead(play: Play, year: int) -> None:
    first, last = f"{year}-06-01T12:00:00+00:00", f"{year}-06-01T12:00:10+00:00"
    lines = [bad(kind="foreground", app="discord", t=first), bad(kind="end", t=last)]
    assert play(lines, "--json").json["days"][0]["channels"][0]["total_s"] == 10


def test_odd_texts_are_no_channel_when_they_are_no_words(play: Play) -> None:
    odd = ["\ud800", "\0", "x" * 100_000, "\u202e", "http://[", "http://user:@:/"]
    lines = [
        each
        for text in odd
        for each in (
            bad(kind="foreground", app=text, title=text, pid=-1),
            bad(kind="tab", browser=text, url=text),
            bad(kind="tab", browser="firefox", channel=text),
        )
    ]
    found = play([*lines, line("09:10:00", "end")], "--json").json
    assert found["states"]["other"] == 600
