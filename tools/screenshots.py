"""Makes a picture of every page and window, in both languages and themes, of a made-up year.

``python -m tools.screenshots [FOLDER]`` makes them all; ``--scale 2`` as on a dense screen.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.i18n import LANGUAGES, Language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from ui.theme import Theme
    from ui.windows.page import Page, PageHost

SCHEMES = ("light", "dark")
SIZE = (1000, 760)
FOLDER = Path("build/screenshots")


@dataclass(frozen=True)
class Stage:
    """What scenes are made with."""

    qt: QApplication
    host: PageHost
    theme: Theme


Scene = Callable[[Stage], "Iterator[tuple[str, QWidget]]"]
"""Yields windows by the names of their pictures; each is let go when the next is asked for."""


def _settings(host: PageHost) -> Page:
    from tracker.autostart import StartAtLogin
    from tracker.settings import SettingsKeeper
    from ui.windows.settings_page import SettingsPage

    home = Path("/home/karin")
    login = StartAtLogin({"HOME": str(home)})
    keeper = SettingsKeeper(home / ".config/kanaltid/settings.json")
    data = home / ".local/share/kanaltid"
    return SettingsPage(host, keeper, login, data, system=host.language, version="1.0")


def pages(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Yield the main window on each of its pages."""
    from PySide6.QtWidgets import QMenu

    from tracker.notices.messages import Messages
    from ui.windows.main import MainWindow
    from ui.windows.pages import page_plans

    plans = page_plans(stage.host.language, QMenu(), _settings)
    window = MainWindow(plans, stage.host, Messages(), lambda _seen: None)
    window.show()
    window.resize(*SIZE)
    for plan in plans:
        window.open(plan.id)
        yield plan.id, window


SCENES: tuple[Scene, ...] = (pages,)


def make_all(folder: Path, language: str, scheme: str) -> Iterator[Path]:
    """Make the pictures of one language and theme; yield each file."""
    from PySide6.QtWidgets import QApplication

    from tools.made_up_desk import MadeUpDesk
    from ui.charts.accessible import ChartAccessibility
    from ui.theme import dress
    from ui.windows.page import PageHost

    qt = QApplication(["kanaltid"])
    theme = dress(qt, scheme)
    accessibility = ChartAccessibility()
    accessibility.install()
    desk = MadeUpDesk()
    host = PageHost(
        desk.service,
        desk.loop.clock.now,
        Language(language),
        lambda: theme,
        lambda _page: None,
    )
    for scene in SCENES:
        for name, widget in scene(Stage(qt, host, theme)):
            # Twice: what is laid out anew in the first round is painted in the second.
            for _ in range(2):
                qt.processEvents()
            file = folder / f"{name}-{language}-{scheme}.png"
            widget.grab().save(str(file))
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
