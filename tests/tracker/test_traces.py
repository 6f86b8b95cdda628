"""Traces with worked-out expectations, and the same with a restart after every step.

``tests/traces/NAME.jsonl`` is a trace, ``NAME.json`` what must come of it: the time of each
day's channels and the steps taken, both whole; the states, of which those not named are 0;
and where they matter the limits (id, channel, used, left, level), the gaps (not measured,
paused), what is uncertain, the limits that a crisis lifted, and the week's limits. ``why``
says what it is about; where ``restarts`` is false, restarts would change it.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.desk import catalogue
from tracker.policy.load import load, load_or_raise
from tracker.policy.select import PolicyFile
from tracker.policy.types import Person, Policy
from tracker.policy_keeper import PolicyKeeper
from tracker.simulate import Simulation
from tracker.storage.base import Storage
from tracker.storage.memory import MemoryStorage
from tracker.storage.sql import SqlStorage
from tracker.trace import parse_instant, read_trace

TRACES = Path(__file__).parent.parent / "traces"
NAMES = sorted(path.stem for path in TRACES.glob("*.jsonl"))
JUDGED = date(2026, 11, 23)

Json = dict[str, Any]


def lines_of(name: str) -> list[Json]:
    text = (TRACES / f"{name}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def expected_of(name: str) -> Json:
    return dict(json.loads((TRACES / f"{name}.json").read_text("utf-8")))


def play(policy: str, lines: list[Json], storage: Storage | None = None) -> Json:
    data = (TRACES / policy).read_bytes()
    keeper = PolicyKeeper(
        lambda: PolicyFile(None, data), lambda d, s: load(d, s, catalogue(), JUDGED)
    )

    def beside(name: str) -> Policy:
        return load_or_raise((TRACES / name).read_bytes(), name, catalogue(), JUDGED)

    trace = "\n".join(json.dumps(line) for line in lines).encode()
    store = storage if storage is not None else MemoryStorage()
    simulation = Simulation(keeper, catalogue(), Person("karin"), beside, store)
    return dict(simulation.play(read_trace(trace, "trace")).json())


def channels(found: Json) -> Json:
    return {
        day["day"]: {each["id"]: each["purposes"] for each in day["channels"]}
        for day in found["days"]
        if day["channels"]
    }


def events(found: Json) -> list[list[Any]]:
    keys = ("t", "limit", "channel", "at", "do", "left_s")
    return [[event[key] for key in keys] for event in found["events"]]


def limits(rows: list[Json]) -> list[list[Any]]:
    return [[row[key] for key in ("id", "channel", "used_s", "left_s", "level")] for row in rows]


def lifted(found: Json) -> Json:
    by_day = {day["day"]: day["lifted"] for day in found["days"]}
    for week in found["weeks"]:
        days = [limit for day in week["days"] for limit in day["lifted"]]
        assert sorted(week["lifted"]) == sorted({*days})
    return by_day


def of_days(found: Json, wanted: Json, read: Any) -> Json:
    return {day["day"]: read(day) for day in found["days"] if day["day"] in wanted}


@pytest.mark.parametrize("name", NAMES)
def test_outcome_is_as_worked_out_when_a_trace_is_played(name: str) -> None:
    expected, lines = expected_of(name), lines_of(name)
    found = play(expected["policy"], lines)
    assert channels(found) == expected["channels"]
    assert events(found) == expected["events"]
    assert {kind: s for kind, s in found["states"].items() if s} == expected["states"]
    if wanted := expected.get("limits"):
        assert of_days(found, wanted, lambda day: limits(day["limits"])) == wanted
    if wanted := expected.get("gaps"):
        assert of_days(found, wanted, lambda d: [d["not_measured_s"], d["paused_s"]]) == wanted
    if wanted := expected.get("uncertain"):
        uncertain = of_days(
            found,
            wanted,
            lambda d: {c["id"]: c["uncertain_s"] for c in d["channels"] if c["uncertain_s"]},
        )
        assert uncertain == wanted
    if wanted := expected.get("lifted"):
        assert lifted(found) == wanted
    if wanted := expected.get("weeks"):
        assert {week["week"]: limits(week["limits"]) for week in found["weeks"]} == wanted


@pytest.mark.parametrize("name", NAMES)
def test_time_is_conserved_when_a_trace_is_played(name: str) -> None:
    lines = lines_of(name)
    found = play(expected_of(name)["policy"], lines)
    from_, to = (line["t"] for line in (lines[0], lines[-1]))
    elapsed = (parse_instant(to) - parse_instant(from_)).total_seconds()
    assert sum(found["states"].values()) == pytest.approx(elapsed, abs=1e-6)
    counted = sum(channel["total_s"] for day in found["days"] for channel in day["channels"])
    assert found["states"]["channel"] == pytest.approx(counted, abs=1e-6)


def restarted(lines: list[Json]) -> list[Json]:
    """Return the trace with a stop and a start after every line that tells something.

    After a start the sources tell anew what holds; what the person did must hold by itself.
    """
    again: list[Json] = []
    told: dict[str, Json] = {}
    running = True
    for line in lines[:-1]:
        again.append(line)
        kind = line["kind"]
        if kind in {"stop", "start"}:
            running = kind == "start"
            told.clear()
        elif kind in {"foreground", "idle", "lock", "sleep"}:
            told[kind] = line
        elif kind == "tab":
            told[f"tab {line['browser'].casefold()}"] = line
        elif kind in {"active", "unlock", "wake"}:
            told.pop("idle", None)
            told.pop({"unlock": "lock", "wake": "sleep"}.get(kind, ""), None)
        if running:
            t = {"t": line["t"]}
            again += [t | {"kind": "stop"}, t | {"kind": "start"}]
            again += [each | t for each in told.values()]
    return [*again, lines[-1]]


@pytest.mark.parametrize("kind", ["memory", "file"])
@pytest.mark.parametrize("name", [n for n in NAMES if expected_of(n).get("restarts", True)])
def test_outcome_is_the_same_when_it_is_restarted_after_every_step(
    name: str, kind: str, tmp_path: Path
) -> None:
    expected, lines = expected_of(name), lines_of(name)
    storage: Storage = MemoryStorage() if kind == "memory" else SqlStorage(tmp_path / "store.db")
    found = play(expected["policy"], restarted(lines), storage)
    storage.close()
    assert channels(found) == expected["channels"]
    assert {kind: s for kind, s in found["states"].items() if s} == expected["states"]
    # What is to hold takes hold anew after a start; what comes once comes once.
    once = [event for event in events(found) if event[4] in {"notify", "ask"}]
    assert once == [event for event in expected["events"] if event[4] in {"notify", "ask"}]
    if wanted := expected.get("gaps"):
        assert of_days(found, wanted, lambda d: [d["not_measured_s"], d["paused_s"]]) == wanted
    if wanted := expected.get("lifted"):
        assert lifted(found) == wanted
