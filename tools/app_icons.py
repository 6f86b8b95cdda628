"""Draws the program's icon into ``resources/icons`` in each size that desktops ask for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from tracker.desktop_entry import ICON_SIZES
from ui.app_icon import app_pixmap

FOLDER = Path(__file__).parents[1] / "resources" / "icons"


def main() -> None:
    """Write the files anew."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt = QGuiApplication(["icons"])
    for size in ICON_SIZES:
        if not app_pixmap(size).save(str(FOLDER / f"kanaltid-{size}.png")):
            sys.exit(f"{size} px could not be written")
    del qt


if __name__ == "__main__":
    main()
