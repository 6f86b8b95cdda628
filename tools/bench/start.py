"""How long it takes from starting the program until its icon is in the tray."""

from __future__ import annotations

import subprocess
import sys

from tools import processes
from tools.bench.app import TrayWatch, accept, app_argv, require_app
from tools.bench.figures import Figure, Part, median
from tools.desktop import VirtualDesktop
from tools.waiting import now_ns

NAME = "start to tray icon"
GOAL_S = 0.8


def starts(count: int) -> list[float]:
    """Return the seconds of so many warm starts, each from before the exec to the icon docked."""
    require_app()
    found = []
    with VirtualDesktop() as desktop, TrayWatch(desktop) as tray:
        accept(desktop)
        for _ in range(count + 1):
            start_ns = now_ns()
            app = desktop.spawn(app_argv())
            found.append((tray.wait_for_icon(app) - start_ns) / 1e9)
            processes.stop(app)
            tray.wait_until_empty()
    return found[1:]  # the first reads the files from disk


def yardstick(code: str, count: int) -> float:
    """Return the seconds that Python takes to start, run ``code`` and end."""
    found = []
    for _ in range(count):
        start_ns = now_ns()
        subprocess.run([sys.executable, "-c", code], check=True)
        found.append((now_ns() - start_ns) / 1e9)
    return median(found)


def _measure(quick: bool) -> list[Figure]:
    count = 3 if quick else 9
    found = starts(count)
    qt = yardstick("import PySide6.QtWidgets", count)
    note = (
        f"{len(found)} warm starts, {min(found):.2f} to {max(found):.2f} s, to an icon visible in "
        f"trayer; Python and the import of Qt alone take {qt:.2f} s here"
    )
    return [Figure(NAME, median(found), "s", GOAL_S, note)]


PART = Part("start", (NAME,), _measure, 0.3)
