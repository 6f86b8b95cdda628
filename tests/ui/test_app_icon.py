"""The icon's files are the drawing's."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tracker.desktop_entry import ICON_SIZES
from ui.app_icon import app_pixmap

ICONS = Path(__file__).parents[2] / "resources" / "icons"


@pytest.mark.parametrize("size", ICON_SIZES)
def test_file_shows_what_is_drawn_at_that_size(qapp: QApplication, size: int) -> None:
    assert qapp is not None
    shipped, drawn = QImage(str(ICONS / f"kanaltid-{size}.png")), app_pixmap(size).toImage()
    assert shipped.size() == drawn.size()
    # Other versions of Qt smooth edges a little differently.
    form = QImage.Format.Format_ARGB32_Premultiplied
    one, other = (bytes(each.convertToFormat(form).constBits()) for each in (shipped, drawn))
    apart = [abs(a - b) for a, b in zip(one, other, strict=True)]
    assert sum(apart) / len(apart) < 4, "python -m tools.app_icons draws them anew"


def test_file_has_a_clear_ground() -> None:
    corner = QImage(str(ICONS / "kanaltid-48.png")).pixelColor(0, 0)
    assert corner.alpha() == 0
