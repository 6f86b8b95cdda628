"""Makes a picture of every page and window, in both languages and themes, of a made-up year.

``python -m tools.screenshots [FOLDER]`` makes them all; ``--scale 2`` as on a dense screen.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tracker.i18n import LANGUAGES, Language

SCHEMES = ("light", "dark")
SIZE = (1000, 760)
FOLDER = Path("build/screenshots")


def make_all(folder: Path, language: str, scheme: str) -> Iterator[Path]:
    """Make the pictures of one language and theme; yield each file."""
    from PySide6.QtWidgets import QApplication

    from tools.made_up_desk import MadeUpDesk
    from tools.scenes import scenes, settle
    from ui.charts.accessible import ChartAccessibility
    from ui.theme import dress
    from ui.windows.ask import AskWindow

    qt = QApplication(["kanaltid"])
    theme = dress(qt, scheme)
    accessibility = ChartAccessibility()
    accessibility.install()
    desk = MadeUpDesk()
    for scene in scenes(desk, Language(language), theme, SIZE):
        settle(qt, desk, scene.window)
        if isinstance(scene.window, AskWindow):
            scene.window.fit()
            settle(qt, desk, scene.window)
        file = folder / f"{scene.name}-{language}-{scheme}.png"
        scene.window.grab().save(str(file))
        yield file
    desk.service.stop()


def main(arguments: list[str]) -> int:
    """Do what the arguments say and return the exit code."""
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--scale", default="1", help="as on a screen of so many dots to a pixel")
    parser.add_argument("--one", nargs=2, metavar=("LANGUAGE", "SCHEME"), help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.one:
        for file in make_all(given.folder, *given.one):
            sys.stdout.write(f"{file}\n")
        return 0
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": given.scale}
    for language in LANGUAGES:
        for scheme in SCHEMES:
            # Colours and scale are a process's own.
            one = ["-m", "tools.screenshots", str(given.folder), "--one", language, scheme]
            done = subprocess.run([sys.executable, *one], env=env, check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
