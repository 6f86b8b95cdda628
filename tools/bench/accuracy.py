"""How right the totals and the spans are, against a script whose truth is known.

A change is true from the instant at which the X server made it, by the server's own stamp: what
the window manager takes before is not yet true, and what any reader takes after is its lateness.
What comes out if truth were the instant of asking, or of another program's seeing, is told too:
the stamp lies between them. What was measured is read from the store, by the program's own
command, after it has ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tools.bench.command import POLICY, ask, kanaltid
from tools.bench.figures import Figure, Part, median, quantile
from tools.bench.script import Script, write_script
from tools.bench.session import Stage, start_tracking
from tools.bench.truth import (
    Comparison,
    Done,
    Stretch,
    by_outcome,
    by_request,
    by_server,
    compare,
    idle_stretches,
    lags,
    nearest_call_ms,
    true_timeline,
)
from tools.desktop import VirtualDesktop

TOTALS, LABELS, VISITS = "error of the totals", "moments under a wrong label", "visits missed"
GOAL_PERCENT = 0.1

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Session:
    """What was done, and what was measured of it."""

    script: Script
    done: Sequence[Done]
    measured: Sequence[Stretch]


def record(script: Script) -> Session:
    """Play a script before the program."""
    with VirtualDesktop() as desktop, Stage(desktop) as stage:
        policy = ["--policy", str(POLICY)]
        tracker = start_tracking(desktop, [kanaltid(), *policy, "track", "--headless", "--accept"])
        done = stage.play(script)
        tracker.terminate()
        tracker.wait(10)
        return Session(script, done, _read(policy, done, desktop.env))


def _read(policy: list[str], done: Sequence[Done], env: Mapping[str, str]) -> list[Stretch]:
    # A day more on each side: the policy's day begins elsewhere than this machine's.
    instants = (done[0].asked_ms - DAY_MS, done[-1].asked_ms + DAY_MS)
    first, last = (
        datetime.fromtimestamp(ms / 1000).astimezone().date().isoformat() for ms in instants
    )
    rows = ask(*policy, "spans", "--from", first, "--to", last, env=env)
    return [_stretch(row) for row in rows]


def _stretch(row: Mapping[str, Any]) -> Stretch:
    start, end = (datetime.fromisoformat(row[key]).timestamp() * 1000 for key in ("start", "end"))
    return Stretch(start, end, row["channel"])


def judge(session: Session) -> list[Figure]:
    """Return the figures of a session."""
    script, done, measured = session.script, session.done, session.measured
    bounds = {
        name: compare(true_timeline(done, instant), measured)
        for name, instant in (("asked", by_request), ("seen", by_outcome))
    }
    truth = true_timeline(done, by_server)
    best = compare(truth, measured)
    delays = lags(truth, measured)
    seconds = sum(best.true_ms.values()) / 1000
    played = (
        f"{best.visits} visits ({script.short_visits} of {script.visits} planned of 0.2–3 s), "
        f"{script.retitles} title changes, {len(idle_stretches(done, by_server))} idle stretches, "
        f"{best.session_ms / 60000:.1f} min, {seconds:.0f} s of them in channels"
    )
    edges = (
        f"{best.changes} changes, measured {median(delays):.1f} ms (median) and "
        f"{quantile(delays, 0.99):.1f} ms (p99) after the truth, in whole ms"
    )
    doubt = nearest_call_ms(done)
    if doubt < 300:
        edges += f"; one silence came within {doubt:.0f} ms of the threshold"
    totals = {name: each.total_error for name, each in bounds.items()}
    labels = {name: each.wrong_share for name, each in bounds.items()}
    return [
        Figure(TOTALS, 100 * best.total_error, "%", GOAL_PERCENT, f"{played}; {_within(totals)}"),
        Figure(LABELS, 100 * best.wrong_share, "%", GOAL_PERCENT, f"{edges}; {_within(labels)}"),
        Figure(VISITS, len(best.missed), "", 0, _which(best) or played),
    ]


def _within(shares: Mapping[str, float]) -> str:
    told = [f"{100 * share:.3f} % if truth is when it was {name}" for name, share in shares.items()]
    return ", ".join(told)


def _which(comparison: Comparison) -> str:
    return ", ".join(
        f"{each.label or 'other'} for {each.length_ms:.0f} ms" for each in comparison.missed[:5]
    )


def _measure(quick: bool) -> list[Figure]:
    script = write_script(60, 3) if quick else write_script(300, 12)
    return judge(record(script))


PART = Part("accuracy", (TOTALS, LABELS, VISITS), _measure, 13)
