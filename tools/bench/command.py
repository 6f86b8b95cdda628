"""The program that is measured, as people start it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.bench.figures import CannotMeasureError

ROOT = Path(__file__).parents[2]
POLICY = Path(__file__).with_name("policy.toml")


def kanaltid() -> str:
    """Return the path of the console script beside this interpreter.

    Raises:
        CannotMeasureError: It is not installed there.
    """
    script = Path(sys.executable).with_name("kanaltid")
    if not script.exists():
        raise CannotMeasureError(f"there is no {script.name} beside {sys.executable}")
    return str(script)


def ask(*arguments: str, env: Mapping[str, str]) -> Any:
    """Run a command of the program that answers in JSON, and return the answer.

    Raises:
        CannotMeasureError: It fails; with what it says.
    """
    done = subprocess.run(
        [kanaltid(), *arguments, "--json"],
        env=dict(env),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        command = " ".join(("kanaltid", *arguments[:2]))
        raise CannotMeasureError(f"`{command}` fails: {done.stderr.strip()}", "mend the command")
    return json.loads(done.stdout)
