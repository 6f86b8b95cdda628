"""The icon's shapes, told apart without colour."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from ui.status_view import Sign
from ui.theme import Scheme
from ui.tray_icon import LEAST, SIZES, STEPS, Look, draw_icon, draw_pixmap, look_of

pytestmark = pytest.mark.usefixtures("qapp")
GROUND = {Scheme.LIGHT: QColor("#E4E6EA"), Scheme.DARK: QColor("#23272E")}


def grey(look: Look, size: int, ground: QColor) -> list[int]:
    """Return the icon on its panel, as grey values."""
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(ground)
    painter = QPainter(image)
    painter.drawPixmap(0, 0, draw_pixmap(look, size))
    painter.end()
    return [QColor(image.pixel(x, y)).lightness() for y in range(size) for x in range(size)]


def difference(one: list[int], other: list[int]) -> float:
    """Return the sum of differences in pixels that turn from one extreme to the other."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / 255


@pytest.mark.parametrize("panel", list(Scheme))
@pytest.mark.parametrize("size", SIZES)
def test_each_sign_has_a_shape_of_its_own_at_every_size(panel: Scheme, size: int) -> None:
    looks = [look_of(sign, 0.85, panel) for sign in Sign] + [look_of(Sign.MEASURING, 0, panel)]
    drawn = [grey(look, size, GROUND[panel]) for look in looks]
    for one, other in itertools.combinations(range(len(looks)), 2):
        apart = difference(drawn[one], drawn[other])
        assert apart > size * size * 0.02, (looks[one], looks[other])


@pytest.mark.parametrize("panel", list(Scheme))
@pytest.mark.parametrize("ground", list(Scheme))
@pytest.mark.parametrize("sign", list(Sign))
def test_icon_can_be_seen_even_where_the_panel_was_guessed_wrong(
    panel: Scheme, ground: Scheme, sign: Sign
) -> None:
    shown = grey(look_of(sign, 0.5, panel), 22, GROUND[ground])
    empty = GROUND[ground].lightness()
    assert max(abs(value - empty) for value in shown) > 100


def test_sector_grows_with_what_is_used() -> None:
    ink = [
        sum(255 - value for value in grey(look, 32, QColor("white")))
        for share in (0, 0.1, 0.3, 0.5, 0.9)
        for look in [look_of(Sign.MEASURING, share, Scheme.LIGHT)]
    ]
    assert ink == sorted(ink)
    assert ink[-1] > ink[0] * 1.5


def test_a_little_shows_as_something_and_nearly_all_not_as_all() -> None:
    assert look_of(Sign.MEASURING, 0, Scheme.LIGHT).step == 0
    assert look_of(Sign.MEASURING, 0.001, Scheme.LIGHT).step == LEAST
    assert look_of(Sign.NEAR, 0.999, Scheme.LIGHT).step == STEPS - 1
    assert look_of(Sign.REACHED, 1.0, Scheme.LIGHT).step == 0


def test_icon_has_every_size_that_panels_ask_for() -> None:
    icon = draw_icon(Look(Sign.MEASURING))
    assert sorted(size.width() for size in icon.availableSizes()) == list(SIZES)


@pytest.mark.parametrize("panel", list(Scheme))
def test_a_little_is_told_from_nothing_when_the_icon_is_smallest(panel: Scheme) -> None:
    ground = GROUND[panel]
    nothing = grey(look_of(Sign.MEASURING, 0, panel), SIZES[0], ground)
    little = grey(look_of(Sign.MEASURING, 0.001, panel), SIZES[0], ground)
    assert difference(nothing, little) > 4
