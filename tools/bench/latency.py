"""How long it takes from a change of focus until the ledger has it."""

from __future__ import annotations

import json
import sys
from bisect import bisect_left
from collections.abc import Sequence

from tools.bench.command import POLICY
from tools.bench.figures import Figure, Part, median, quantile
from tools.bench.script import REST, Act, Script
from tools.bench.session import Stage, start_tracking
from tools.bench.truth import Done, by_outcome, by_request, by_server
from tools.desktop import VirtualDesktop
from tracker.clock import SystemTime

NAME = "focus change to ledger"
GOAL_MS = 5.0
EVERY_MS = 80
LATEST_MS = 1000
_CHANNEL = 2
"""A window whose application tells its channel; beside it the one at rest, which has none."""


def _turns(count: int) -> Script:
    windows = (_CHANNEL, REST)
    acts = [Act(500 + EVERY_MS * n, "focus", windows[n % 2]) for n in range(count)]
    return Script(tuple(acts), count, count, 0, 0)


def record(count: int) -> tuple[list[Done], list[tuple[float, str | None]]]:
    """Change the focus so many times; return the changes, and when the ledger had which channel."""
    with VirtualDesktop() as desktop, Stage(desktop) as stage:
        result = desktop.folder / "noted.json"
        argv = [sys.executable, "-m", "tools.bench.probe", str(POLICY), str(result)]
        tracker = start_tracking(desktop, argv)
        done = stage.play(_turns(count))
        tracker.terminate()
        tracker.wait(10)
        time = SystemTime()
        to_wall_ns = time.wall_ns() - time.elapsed_ns()
        noted = json.loads(result.read_text("utf-8"))
        return done, [((ns + to_wall_ns) / 1e6, channel) for ns, channel in noted]


def arrivals(
    done: Sequence[Done], noted: Sequence[tuple[float, str | None]]
) -> list[tuple[Done, float]]:
    """Return each change that the ledger came to hold, with the instant at which it did."""
    found = []
    for each in done:
        channel = "discord" if each.act.window == _CHANNEL else None
        first = bisect_left(noted, each.asked_ms, key=lambda note: note[0])
        for at, label in noted[first:]:
            if at > each.asked_ms + LATEST_MS:
                break
            if label == channel:
                found.append((each, at))
                break
    return found


def judge(done: Sequence[Done], noted: Sequence[tuple[float, str | None]]) -> list[Figure]:
    """Return the figure."""
    found = arrivals(done, noted)
    from_stamp, from_request, from_outcome = (
        [at - instant(each) for each, at in found]
        for instant in (by_server, by_request, by_outcome)
    )
    note = (
        f"p99 {quantile(from_stamp, 0.99):.1f} ms, {len(found)} of {len(done)} changes, from the X "
        f"server's stamp to the service's listener; from the request {median(from_request):.1f} "
        f"(p99 {quantile(from_request, 0.99):.1f}), openbox included; from another program's "
        f"seeing {median(from_outcome):.1f}"
    )
    return [Figure(NAME, median(from_stamp), "ms", GOAL_MS, note)]


def _measure(quick: bool) -> list[Figure]:
    return judge(*record(60 if quick else 400))


PART = Part("latency", (NAME,), _measure, 0.7)
