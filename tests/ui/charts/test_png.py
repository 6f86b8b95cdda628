"""The day as a picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_report
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from ui.charts.png import SCALE, WIDTH, day_chart_png
from ui.theme import Scheme, Theme


def write(path: Path, scheme: Scheme = Scheme.LIGHT, language: str = "en") -> QImage:
    overview = FakeOverview()
    day = overview.today().day
    day_chart_png(
        made_up_report(),
        overview.rows(day),
        path,
        policy=overview.policy,
        bounds=overview.day_bounds(day),
        now=NOW,
        language=Language(language),
        theme=Theme(scheme),
    )
    return QImage(str(path))


pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("scheme", list(Scheme))
def test_picture_is_twice_as_fine_as_the_screen_and_on_its_ground(
    tmp_path: Path, scheme: Scheme
) -> None:
    image = write(tmp_path / "day.png", scheme)
    assert image.width() == WIDTH * SCALE
    assert image.height() > 1000
    corner = QColor(image.pixel(2, 2))
    assert (corner.lightness() > 128) == (scheme is Scheme.LIGHT)


def test_picture_shows_each_channels_colour(tmp_path: Path) -> None:
    image = write(tmp_path / "day.png")
    colours = {
        QColor(image.pixel(x, y)).name().upper()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }
    assert {"#608DC9", "#31343C", "#BD2E19", "#DC6C05"} <= colours


def test_languages_give_different_pictures(tmp_path: Path) -> None:
    assert write(tmp_path / "en.png") != write(tmp_path / "sv.png", language="sv")


def test_error_says_which_file_when_it_cannot_be_written(
    tmp_path: Path, qapp: QApplication
) -> None:
    assert qapp is not None
    with pytest.raises(OutsideError) as caught:
        write(tmp_path / "missing" / "day.png")
    assert caught.value.code is ErrorCode.FILE_NOT_WRITTEN
    assert caught.value.fields["file"] == tmp_path / "missing" / "day.png"
