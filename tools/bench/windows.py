"""How soon the window opens, and how long any page ever freezes it, on five years of data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

from tools.bench.figures import CannotMeasureError, Figure, Part, median

OPEN = "the window opens on five years of data"
BLOCK = "longest block of the event loop, all pages"
OPEN_GOAL_MS, BLOCK_GOAL_MS = 300.0, 50.0
REST_MS = 150
BUSY, QUICK_BUSY = 8.0, 2.0
"""How many times the usual 20 visits a day there are in the data."""


def drive(busy: float, rest_ms: int = REST_MS) -> dict[str, Any]:
    """Drive through every page in a process of its own; return what it printed."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory(prefix="kt-") as folder:
        argv = [sys.executable, "-m", "tools.bench.window_drive", folder, str(busy), str(rest_ms)]
        done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no word"]
        raise CannotMeasureError(f"the drive ended with {last[0]}", "mend what failed")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def longest_blocks(drives: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return each page's longest block, of several drives the middle one, the longest first."""
    found = {}
    for page in drives[0]["pages"]:
        blocks = sorted((each["pages"][page] for each in drives), key=lambda block: block["ms"])
        found[page] = blocks[len(blocks) // 2]
    return dict(sorted(found.items(), key=lambda each: -each[1]["ms"]))


def _measure(quick: bool) -> list[Figure]:
    drives = [drive(QUICK_BUSY)] if quick else [drive(BUSY) for _ in range(3)]
    pages = longest_blocks(drives)
    worst = next(iter(pages.values()))
    each = ", ".join(f"{page} {block['ms']:.0f} ({block['act']})" for page, block in pages.items())
    opened = median([drive["open_ms"] for drive in drives])
    return [
        Figure(
            OPEN, opened, "ms", OPEN_GOAL_MS,
            "first opening on Today with its imports, up to the first paint, offscreen",
        ),
        Figure(
            BLOCK, worst["ms"], "ms", BLOCK_GOAL_MS,
            f"{worst['cpu_ms']:.0f} ms of it by the program itself; each page opened, scrolled, "
            f"followed and resized, middle of {len(drives)}; longest by page: {each}",
        ),
    ]  # fmt: skip


PART = Part("windows", (OPEN, BLOCK), _measure, 1.2)
