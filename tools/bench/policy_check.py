"""How long ``kanaltid policy check`` takes on a large policy, as a whole process."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter_ns

from tools.bench.command import ROOT, kanaltid
from tools.bench.figures import CannotMeasureError, Figure, Part, median
from tools.bench.large_policy import large_policy

LINES = 2000
NAME = f"policy check of {LINES:,} lines"
GOAL_S = 0.7


def times(count: int) -> list[float]:
    """Return the seconds of so many warm runs."""
    script = kanaltid()
    found = []
    with tempfile.TemporaryDirectory(prefix="kt-") as folder:
        file = Path(folder, "large.toml")
        file.write_text(large_policy(LINES), encoding="utf-8")
        env = os.environ | {"KANALTID_HOME": str(Path(folder, "home"))}
        for _ in range(count + 1):
            start = perf_counter_ns()
            argv = [script, "policy", "check", str(file)]
            done = subprocess.run(
                argv, env=env, cwd=ROOT, capture_output=True, text=True, check=False
            )
            found.append((perf_counter_ns() - start) / 1e9)
            if done.returncode:
                said = (done.stdout + done.stderr).strip()[:200]
                raise CannotMeasureError(f"`policy check` refuses the policy: {said}", "mend it")
    return found[1:]


def _measure(quick: bool) -> list[Figure]:
    found = times(3 if quick else 9)
    note = f"whole process, {len(found)} warm runs, {min(found):.2f} to {max(found):.2f} s"
    return [Figure(NAME, median(found), "s", GOAL_S, note)]


PART = Part("policy-check", (NAME,), _measure, 0.2)
