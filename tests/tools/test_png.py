from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tools.png import write_png


def test_colours_are_in_their_places_when_another_program_reads_the_file(tmp_path: Path) -> None:
    blue, green, red = bytes([255, 0, 0, 0]), bytes([0, 255, 0, 0]), bytes([0, 0, 255, 0])
    path = tmp_path / "flag.png"
    write_png(path, 3, 2, blue + green + red + red + green + blue)
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (3, 2)
    names = [[picture.pixelColor(x, y).name() for x in range(3)] for y in range(2)]
    assert names == [["#0000ff", "#00ff00", "#ff0000"], ["#ff0000", "#00ff00", "#0000ff"]]


def test_nothing_is_written_when_pixels_are_missing(tmp_path: Path) -> None:
    path = tmp_path / "half.png"
    with pytest.raises(ValueError, match="3 bytes are no 1 × 1 pixels"):
        write_png(path, 1, 1, b"\0\0\0")
    assert not path.exists()
