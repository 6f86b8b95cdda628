"""How long ``kanaltid simulate`` takes for a year of somebody's days."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from random import Random
from time import perf_counter_ns
from zoneinfo import ZoneInfo

from tools.bench.command import ask
from tools.bench.figures import CannotMeasureError, Figure, Part

DAYS, VISITS = 250, 1000
NAME = f"a simulated year of {DAYS} days × {VISITS:,} visits"
GOAL_S = 20.0
_ZONE = ZoneInfo("Europe/Stockholm")
_PAGES = (
    ("firefox", "Ada Lindqvist | LinkedIn — Mozilla Firefox"),
    ("firefox", "Home / X — Mozilla Firefox"),
    ("chromium", "Så bygger du en båt - YouTube - Chromium"),
    ("chromium", "Inkorg (3) - karin@example.se - Chromium"),
    ("code", "main.py - Visual Studio Code"),
)


def trace(days: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield the lines of a trace: working days of 1,000 visits from 8 o'clock on."""
    random = Random(seed)
    day = datetime(2026, 1, 5, 8, tzinfo=_ZONE)
    done = 0
    while done < days:
        if day.weekday() < 5:
            done += 1
            yield from _day(day, random)
        day += timedelta(days=1)


def _day(start: datetime, random: Random) -> Iterator[dict[str, str]]:
    at = start
    yield {"t": at.isoformat(timespec="milliseconds"), "kind": "unlock"}
    for _ in range(VISITS):
        app, title = random.choice(_PAGES)
        t = at.isoformat(timespec="milliseconds")
        yield {"t": t, "kind": "foreground", "app": app, "title": title}
        at += timedelta(milliseconds=random.randint(200, 60_000))
    yield {"t": at.isoformat(timespec="milliseconds"), "kind": "lock"}


def _measure(quick: bool) -> list[Figure]:
    days = 25 if quick else DAYS
    policy = resources.files("resources") / "policies" / "nordisk-konsult.toml"
    with tempfile.TemporaryDirectory(prefix="kt-") as folder:
        file = Path(folder, "year.jsonl")
        lines = [*trace(days)]
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        env = os.environ | {"KANALTID_HOME": str(Path(folder, "home"))}
        options = ("--policy", str(policy), "--trace", str(file), "--user", "karin")
        start = perf_counter_ns()
        outcome = ask("simulate", *options, env=env)
        seconds = (perf_counter_ns() - start) / 1e9
    _check_conserved(lines, outcome["states"])
    steps = len(outcome["events"])
    note = f"whole process, {len(lines):,} lines, {steps} steps taken, nordisk-konsult"
    if quick:
        note += f"; {days} days in {seconds:.1f} s, times {DAYS // days}"
    return [Figure(NAME, seconds * DAYS / days, "s", GOAL_S, note)]


def _check_conserved(lines: list[dict[str, str]], states: dict[str, float]) -> None:
    first, last = (datetime.fromisoformat(line["t"]) for line in (lines[0], lines[-1]))
    elapsed = (last - first).total_seconds()
    if abs(sum(states.values()) - elapsed) > 0.001:
        raise CannotMeasureError(f"{states} do not add up to {elapsed} s", "mend the simulation")


PART = Part("year", (NAME,), _measure, 0.5)
