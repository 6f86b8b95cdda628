"""Simulated days with worked-out expectations, through the real service."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker.errors import OutsideError
from tracker.policy.catalogue import shipped_catalogue
from tracker.policy.load import load, load_or_raise
from tracker.policy.select import PolicyFile
from tracker.policy.types import Person, Policy
from tracker.policy_keeper import PolicyKeeper
from tracker.simulate import Simulation
from tracker.storage.memory import MemoryStorage
from tracker.trace import read_trace

TODAY = date(2026, 11, 23)
VIDEO = "https://www.youtube.com/watch?v=1"
CATALOGUE = shipped_catalogue()
HEAD = """
schema = 1
[policy]
id = "test"
version = "1"
languages = ["en"]
timezone = "Europe/Stockholm"
day_start = "04:00"
title = { en = "Test" }
[monitoring]
purpose = { en = "Test" }
legal_basis = "legitimate_interest"
dpia = "1"
consulted = { body = "Nobody" }
[[channel]]
id = "linkedin"
[[channel]]
id = "youtube"
[[channel]]
id = "discord"
"""
PRIVATE_10 = """
[[limit]]
id = "privat"
purposes = ["private"]
channels = ["*"]
shared = true
day = 10
"""
LADDER = """
[ladder.default]
steps = [{ at = "80%", do = "notify" }, { at = "100%", do = "ask" }, { at = "+5m", do = "overlay" }]
extend = { minutes = 5, per_day = 1, reason = "none" }
"""


def line(t: str, kind: str, **values: Any) -> dict[str, Any]:
    return {"t": f"2026-11-23T{t}+01:00", "kind": kind, **values}


def front(t: str, app: str | None, title: str = "") -> dict[str, Any]:
    return line(t, "foreground", app=app, title=title)


def play(
    policy: str, lines: Sequence[dict[str, Any]], folder: Path | None = None
) -> dict[str, Any]:
    data = policy.encode()
    keeper = PolicyKeeper(lambda: PolicyFile(None, data), lambda d, s: load(d, s, CATALOGUE, TODAY))

    def beside(name: str) -> Policy:
        assert folder is not None
        return load_or_raise((folder / name).read_bytes(), name, CATALOGUE, TODAY)

    simulation = Simulation(keeper, CATALOGUE, Person("karin"), beside, MemoryStorage())
    trace = "\n".join(json.dumps(each) for each in lines).encode()
    return simulation.play(read_trace(trace, "trace")).json()


def channels(outcome: dict[str, Any]) -> dict[str, dict[str, float]]:
    totals: dict[str, dict[str, float]] = {}
    for day in outcome["days"]:
        for channel in day["channels"]:
            totals[f"{day['day'][8:]} {channel['id']}"] = channel["purposes"]
    return totals


def test_states_add_up_when_a_day_has_everything() -> None:
    outcome = play(
        HEAD + PRIVATE_10 + LADDER,
        [
            front("09:00:00", "discord"),
            front("09:02:00.250", "gedit"),
            line("09:03:00", "lock"),
            line("09:04:00", "unlock"),
            line("09:05:00", "sleep"),
            line("09:06:30", "wake"),
            line("09:07:00", "pause"),
            line("09:08:00", "resume"),
            front("09:09:00", "discord"),
            line("09:15:00", "idle", since="2026-11-23T09:12:00+01:00"),
            line("09:16:00", "active"),
            line("09:17:00", "stop"),
            line("09:20:00", "start"),
            line("09:21:00", "end"),
        ],
    )
    assert outcome["states"] == {
        "channel": 120.25 + 180 + 60,
        "other": 59.75 + 60 + 30 + 60 + 60,
        "idle": 240,
        "locked": 60,
        "asleep": 90,
        "paused": 60,
        "off_hours": 0,
        "not_measured": 0,
        "stopped": 180,
    }
    day = outcome["days"][0]
    assert (day["not_measured_s"], day["paused_s"]) == (180, 60)
    assert day["limits"] == [
        {
            "id": "privat",
            "channel": None,
            "used_s": 360.25,
            "allowed_s": 600,
            "left_s": 239.75,
            "extended_s": 0,
            "level": "ok",
        }
    ]


def test_steps_come_at_their_marks_when_the_limit_fills() -> None:
    outcome = play(
        HEAD + PRIVATE_10 + LADDER,
        [
            front("09:00:00", "discord"),
            line("09:11:00", "extend", limit="privat"),
            line("09:11:30", "extend", limit="privat"),
            line("09:30:00", "end"),
        ],
    )
    assert [(e["t"][11:23], e["at"], e["do"], e["left_s"]) for e in outcome["events"]] == [
        ("09:08:00.000", "80%", "notify", 120),
        ("09:10:00.000", "100%", "ask", 0),
        ("09:15:00.000", "100%", "ask", 0),
        ("09:20:00.000", "+5m", "overlay", -300),
    ]
    assert outcome["days"][0]["limits"][0]["level"] == "over"


def test_extension_of_a_trace_is_not_taken_when_it_gives_no_reason_that_is_wanted() -> None:
    ladder = LADDER.replace('"none"', '"required"').replace("per_day = 1", "per_day = 9")
    outcome = play(
        HEAD + PRIVATE_10 + ladder,
        [
            front("09:00:00", "discord"),
            line("09:09:00", "extend", limit="privat"),
            line("09:09:30", "extend", limit="privat", reason="x" * 201),
            line("09:10:30", "extend", limit="privat", reason="A customer called"),
            line("09:12:00", "end"),
        ],
    )
    assert outcome["days"][0]["limits"][0]["extended_s"] == 300


def test_time_goes_on_as_if_nothing_was_when_the_wall_clock_is_moved() -> None:
    lines = [
        front("09:00:00", "discord"),
        line("09:02:00", "clock", to="2026-11-24T12:00:00+01:00"),
        line("09:03:00", "clock", to="2026-11-23T01:00:00+01:00"),
        front("09:05:00", "gedit"),
        line("09:06:00", "end"),
    ]
    outcome = play(HEAD + PRIVATE_10 + LADDER, lines)
    assert channels(outcome) == {"23 discord": {"private": 300}}
    assert outcome["states"]["other"] == 60


def test_day_turns_at_its_start_when_a_night_shift_works() -> None:
    outcome = play(
        HEAD + PRIVATE_10 + LADDER,
        [front("03:50:00", "discord"), line("04:20:00", "end")],
    )
    assert channels(outcome) == {"22 discord": {"private": 600}, "23 discord": {"private": 1200}}
    assert [(e["t"][11:19], e["at"]) for e in outcome["events"]] == [
        ("03:58:00", "80%"),
        ("04:08:00", "80%"),
        ("04:10:00", "100%"),
        ("04:15:00", "+5m"),
    ]


def test_audible_tab_counts_when_idle_and_titles_do_not_count_beside_it() -> None:
    outcome = play(
        HEAD,
        [
            front("09:00:00", "firefox", "Ada | LinkedIn — Mozilla Firefox"),
            line("09:01:00", "tab", browser="firefox", url=VIDEO, audible=True),
            line("09:10:00", "idle", since="2026-11-23T09:02:00+01:00"),
            line("09:20:00", "tab", browser="firefox", url=None),
            line("09:21:00", "active"),
            line("09:22:00", "tab", browser="firefox", url=VIDEO, private=True),
            line("09:25:00", "end"),
        ],
    )
    assert channels(outcome) == {"23 linkedin": {"private": 60}, "23 youtube": {"private": 1140}}
    assert outcome["days"][0]["channels"][0]["uncertain_s"] == 60
    assert outcome["states"]["idle"] == 60


def test_audible_tab_goes_idle_when_its_cap_is_reached() -> None:
    outcome = play(
        HEAD.replace("[[channel]]", "audible_cap = 5\n[[channel]]", 1),
        [
            front("09:00:00", "firefox"),
            line("09:00:00", "tab", browser="firefox", url="https://youtube.com/", audible=True),
            line("09:03:00", "idle", since="2026-11-23T09:00:00+01:00"),
            line("09:30:00", "end"),
        ],
    )
    assert channels(outcome) == {"23 youtube": {"private": 300}}


def test_policy_takes_effect_at_once_and_resets_nothing_when_it_changes(tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text(
        HEAD + PRIVATE_10.replace("day = 10", "day = 4") + LADDER, "utf-8"
    )
    outcome = play(
        HEAD + PRIVATE_10 + LADDER,
        [
            front("09:00:00", "discord"),
            line("09:05:00", "policy", file="new.toml"),
            line("09:07:00", "end"),
        ],
        tmp_path,
    )
    assert [(e["t"][11:19], e["at"]) for e in outcome["events"]] == [("09:05:00", "100%")]
    assert outcome["days"][0]["limits"][0]["used_s"] == 420


@pytest.mark.parametrize("restart", [False, True])
def test_restart_changes_nothing_when_it_takes_no_time(restart: bool) -> None:
    lines = [
        front("09:00:00", "discord"),
        line("09:02:00", "pause"),
        line("09:03:00", "resume"),
        front("09:04:00", "discord"),
        line("09:10:00", "extend", limit="privat"),
        line("09:17:00", "end"),
    ]
    if restart:
        again: list[dict[str, Any]] = []
        for each in lines[:-1]:
            t = each["t"]
            again += [each, {"t": t, "kind": "stop"}, {"t": t, "kind": "start"}]
            if each["t"][11:19] != "09:02:00":
                again.append({"t": t, "kind": "foreground", "app": "discord", "title": ""})
        lines = [*again, lines[-1]]
    else:
        lines.insert(3, front("09:03:00", "discord"))
    outcome = play(HEAD + PRIVATE_10 + LADDER, lines)
    assert channels(outcome) == {"23 discord": {"private": 960}}
    assert [(e["t"][11:19], e["at"]) for e in outcome["events"]] == [
        ("09:09:00", "80%"),
        ("09:16:00", "100%"),
    ]


def test_limit_takes_no_step_when_a_crisis_level_lifts_it() -> None:
    crisis = """
[[crisis.level]]
id = "storm"
trigger = { en = "Everybody talks" }
lifts = ["privat"]
"""
    outcome = play(
        HEAD + PRIVATE_10 + LADDER + crisis,
        [
            line("08:59:00", "crisis", level="storm"),
            front("09:00:00", "discord"),
            line("09:12:00", "crisis", level=None),
            line("09:13:00", "end"),
        ],
    )
    assert [(e["t"][11:19], e["at"]) for e in outcome["events"]] == [("09:12:00", "100%")]
    assert outcome["days"][0]["limits"][0]["used_s"] == 780


BRAND = '[[purpose]]\nid = "brand"\nname = { en = "Brand" }\n'


def test_choice_ends_at_its_instant_when_the_clock_was_moved_and_the_app_restarted() -> None:
    outcome = play(
        HEAD + BRAND,
        [
            front("09:00:00", "discord"),
            line("09:00:10", "clock", to="2026-11-23T07:00:00+01:00"),
            line("09:01:00", "purpose", id="brand", until="2026-11-23T09:03:00.250+01:00"),
            line("09:02:00", "stop"),
            line("09:02:30", "start"),
            front("09:02:40", "discord"),
            line("09:04:00", "end"),
        ],
    )
    assert channels(outcome) == {"23 discord": {"private": 60 + 59.75, "brand": 60 + 20.25}}


@pytest.mark.parametrize("until", ["2026-11-23T09:00:00+01:00", "2026-11-24T04:00:00.001+01:00"])
def test_trace_is_refused_when_a_choice_ends_before_it_or_beyond_the_day(until: str) -> None:
    with pytest.raises(OutsideError) as raised:
        play(HEAD + BRAND, [line("09:00:00", "purpose", id="brand", until=until)])
    assert raised.value.fields["reason"] == "until_wrong"
