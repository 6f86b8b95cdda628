"""``kill -9`` at hundreds of random moments: nothing is lost but the last seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

KILLS = int(os.environ.get("KANALTID_KILLS", "200"))
SEED = int(os.environ.get("KANALTID_KILLS_SEED", "7"))
ROOT = Path(__file__).parents[1]


def test_at_most_five_seconds_are_lost_when_it_is_killed_at_any_moment(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.killing", tmp_path / "home", KILLS, SEED]
    done = subprocess.run(
        list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["kills"] == KILLS
    assert found["most_lost_ms"] <= 5_000
    assert found["unclean"] > KILLS / 4  # most were hit while a store was open
    assert found["stored_ms"] > KILLS * 1_000
