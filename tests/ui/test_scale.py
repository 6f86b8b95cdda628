"""The Today window on dense screens."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("scale", ["1", "1.5", "2"])
@pytest.mark.parametrize(("scheme", "language"), [("light", "sv"), ("dark", "en")])
def test_nothing_is_cut_off_whatever_the_scale(scale: str, scheme: str, language: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.scaled_window", scheme, language],
        env=os.environ | {"QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    said = json.loads(done.stdout)
    assert said["scale"] == float(scale)
    assert said["cut"] == []
    assert said["texts"] > 5
