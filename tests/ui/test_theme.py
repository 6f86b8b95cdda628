"""Colours that can be told apart and read, in both schemes."""

from __future__ import annotations

import itertools
import math

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from ui.channel_colours import SLOTS
from ui.charts.drawing import SHADES, Hue, Role, Shade
from ui.theme import Scheme, Theme, dress, own_palette, palette_scheme, wanted_scheme

BOTH = pytest.mark.parametrize("scheme", list(Scheme))


def luminance(colour: QColor) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@BOTH
def test_every_channel_stands_out_from_the_ground(scheme: Scheme) -> None:
    theme = Theme(scheme)
    ground = theme.colour(Role.GROUND)
    for slot in [*range(SLOTS), None]:
        assert contrast(theme.colour(Hue(slot)), ground) >= 3.0, slot


@BOTH
def test_texts_can_be_read_on_the_ground(scheme: Scheme) -> None:
    theme = Theme(scheme)
    ground = theme.colour(Role.GROUND)
    for role in (Role.TEXT, Role.DIM, Role.WARNING):
        assert contrast(theme.colour(role), ground) >= 4.5, role
    assert contrast(theme.colour(Role.LIMIT), ground) >= 3.0


@BOTH
def test_palette_texts_can_be_read_on_what_they_stand_on(scheme: Scheme) -> None:
    palette, role = own_palette(scheme), QPalette.ColorRole
    for text, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
        (role.HighlightedText, role.Highlight),
        (role.Link, role.Window),
        (role.PlaceholderText, role.Window),
    ):
        assert contrast(palette.color(text), palette.color(ground)) >= 4.5, (text, ground)
    assert palette_scheme(palette) is scheme


@BOTH
def test_a_tint_lies_between_its_colour_and_the_ground(scheme: Scheme) -> None:
    theme = Theme(scheme)
    ground = luminance(theme.colour(Role.GROUND))
    full, tint = luminance(theme.colour(Hue(4))), luminance(theme.colour(Hue(4, soft=True)))
    assert min(full, ground) < tint < max(full, ground)


@BOTH
@pytest.mark.parametrize("high_contrast", [False, True])
def test_texts_can_be_read_on_each_step_of_a_scale(scheme: Scheme, high_contrast: bool) -> None:
    theme = Theme(scheme, high_contrast=high_contrast)
    steps = [theme.colour(Shade(step)) for step in range(SHADES + 1)]
    assert steps[0] == theme.colour(Role.GROUND)
    assert len({step.name() for step in steps}) == SHADES + 1
    for step in steps:
        assert contrast(theme.colour(Role.TEXT), step) >= 4.5


def test_the_desktops_own_ground_is_used_when_it_is_known() -> None:
    own = QColor("#EFF0F1")
    assert Theme(Scheme.LIGHT, own).colour(Role.GROUND) == own


def test_nothing_stands_back_when_high_contrast_is_asked_for() -> None:
    black, white = QColor("black"), QColor("white")
    theme = Theme(Scheme.DARK, black, white, high_contrast=True)
    for role in (Role.TEXT, Role.DIM, Role.WARNING, Role.LIMIT):
        assert theme.colour(role) == white, role
    for role in (Role.GRID, Role.TRACK):
        assert contrast(theme.colour(role), black) >= 3.0, role


def test_texts_of_charts_are_the_desktops_own_when_it_has_a_palette(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = QPalette(QColor("#101010"))
    own.setColor(QPalette.ColorRole.Window, QColor("black"))
    own.setColor(QPalette.ColorRole.WindowText, QColor("white"))
    given = [own]
    monkeypatch.setattr(qapp, "palette", lambda: given[-1])
    monkeypatch.setattr(qapp, "setPalette", lambda p: given.append(p) if p != QPalette() else None)
    theme = dress(qapp, "dark")
    assert theme.colour(Role.TEXT) == QColor("white")
    assert theme.high_contrast, "black and white is what a high-contrast palette is"
    dimmed = given[-1].color(QPalette.ColorRole.PlaceholderText)
    assert dimmed == QColor("white")


@BOTH
def test_the_application_is_dressed_as_wished(qapp: QApplication, scheme: Scheme) -> None:
    before = qapp.palette()
    theme = dress(qapp, scheme.value)
    assert theme.scheme is scheme
    assert palette_scheme(qapp.palette()) is scheme
    qapp.setPalette(before)


@BOTH
@pytest.mark.parametrize("kind", [QLineEdit, QSpinBox, QComboBox, QCheckBox, QRadioButton])
def test_edges_of_controls_stand_out_from_the_ground(
    qapp: QApplication, scheme: Scheme, kind: type[QWidget]
) -> None:
    before = qapp.palette()
    # Dressed otherwise first: nothing of the other scheme is left.
    dress(qapp, Scheme.DARK.value if scheme is Scheme.LIGHT else Scheme.LIGHT.value)
    theme = dress(qapp, scheme.value)
    control = kind()
    control.resize(40, 24)
    ground = QWidget()
    control.setParent(ground)
    image = ground.grab(control.geometry()).toImage()
    seen_best = max(
        contrast(image.pixelColor(x, y), theme.colour(Role.GROUND))
        for x in range(image.width() // 2)
        for y in range(4, image.height() - 4)
    )
    qapp.setPalette(before)
    assert seen_best >= 3.0


def test_a_button_with_the_keyboard_has_a_bright_edge_on_a_dark_ground(
    qapp: QApplication,
) -> None:
    before = qapp.palette()
    theme = dress(qapp, "dark")
    button = QPushButton()
    button.ensurePolished()
    highlight = button.palette().color(QPalette.ColorRole.Highlight)
    chosen = qapp.palette().color(QPalette.ColorRole.Highlight)
    qapp.setPalette(before)
    assert contrast(highlight.darker(125), theme.colour(Role.GROUND)) >= 4.5
    assert chosen != highlight, "what is chosen in a list stays as it was"


def test_a_wish_that_is_none_counts_for_nothing(qapp: QApplication) -> None:
    assert qapp is not None
    assert wanted_scheme("purple") is wanted_scheme(None)


# Machado, Oliveira and Fernandes 2009, severity 1, on linear light.
SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanope": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranope": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanope": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen(colour: QColor, sight: str) -> tuple[float, float, float]:
    """Return a colour in OKLab as somebody with that sight sees it."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    light = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True))))
        for row in SIGHTS[sight]
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@BOTH
@pytest.mark.parametrize("sight", list(SIGHTS))
def test_channels_can_be_told_apart_whatever_the_sight(scheme: Scheme, sight: str) -> None:
    theme = Theme(scheme)
    colours = [seen(theme.colour(Hue(slot)), sight) for slot in [*range(SLOTS), None]]
    apart = min(math.dist(one, two) for one, two in itertools.combinations(colours, 2))
    assert apart >= 0.055
