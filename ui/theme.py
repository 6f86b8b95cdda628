"""Colours and distances: the system's own, with the program's for channels, limits and states.

Channel colours were searched for: on their ground at least 3:1 of contrast, and apart by at
least 14 in CAM02-UCS (the grey of the others included) under normal, deuteranope,
protanope and tritanope sight.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.charts.drawing import SHADES, Ink, Role, Shade

SCHEME_VARIABLE = "KANALTID_SCHEME"


class Scheme(enum.StrEnum):
    """Dark on light, or light on dark."""

    LIGHT = "light"
    DARK = "dark"


_CHANNELS = {
    Scheme.LIGHT: ("#608DC9", "#31343C", "#945282", "#7655CC", "#BD2E19", "#4D7851", "#DC6C05"),
    Scheme.DARK: ("#7ACAFF", "#D5D6D8", "#E78FC5", "#AD74EE", "#E56045", "#2CA978", "#FED56E"),
}
_OTHERS = {Scheme.LIGHT: "#8A919A", Scheme.DARK: "#7F8891"}

_ROLES: Mapping[Scheme, Mapping[Role, str]] = {
    Scheme.LIGHT: {
        Role.TEXT: "#1B1F24",
        Role.DIM: "#59626D",
        Role.GROUND: "#FFFFFF",
        Role.GRID: "#DDE1E6",
        Role.TRACK: "#E3E7EC",
        Role.LIMIT: "#2C6A8F",
        Role.WARNING: "#9A5200",
    },
    Scheme.DARK: {
        Role.TEXT: "#E8EBEF",
        Role.DIM: "#A0A9B4",
        Role.GROUND: "#1C1F23",
        Role.GRID: "#363C44",
        Role.TRACK: "#343A42",
        Role.LIMIT: "#7DB8DA",
        Role.WARNING: "#F0B266",
    },
}

_PALETTE: Mapping[Scheme, Mapping[QPalette.ColorRole, str]] = {
    Scheme.LIGHT: {
        QPalette.ColorRole.Window: "#FFFFFF",
        QPalette.ColorRole.WindowText: "#1B1F24",
        QPalette.ColorRole.Base: "#FFFFFF",
        QPalette.ColorRole.AlternateBase: "#F4F6F8",
        QPalette.ColorRole.Text: "#1B1F24",
        QPalette.ColorRole.Button: "#F1F3F5",
        QPalette.ColorRole.ButtonText: "#1B1F24",
        QPalette.ColorRole.Light: "#FFFFFF",
        QPalette.ColorRole.Midlight: "#E9ECEF",
        QPalette.ColorRole.Mid: "#C3C9D0",
        QPalette.ColorRole.Dark: "#98A1AB",
        QPalette.ColorRole.Shadow: "#69727C",
        QPalette.ColorRole.BrightText: "#FFFFFF",
        QPalette.ColorRole.Highlight: "#2C6A8F",
        QPalette.ColorRole.HighlightedText: "#FFFFFF",
        QPalette.ColorRole.Accent: "#2C6A8F",
        QPalette.ColorRole.Link: "#1F5F86",
        QPalette.ColorRole.LinkVisited: "#6A4C93",
        QPalette.ColorRole.ToolTipBase: "#FFFFFF",
        QPalette.ColorRole.ToolTipText: "#1B1F24",
        QPalette.ColorRole.PlaceholderText: "#6B747E",
    },
    Scheme.DARK: {
        QPalette.ColorRole.Window: "#1C1F23",
        QPalette.ColorRole.WindowText: "#E8EBEF",
        QPalette.ColorRole.Base: "#1C1F23",
        QPalette.ColorRole.AlternateBase: "#24282D",
        QPalette.ColorRole.Text: "#E8EBEF",
        QPalette.ColorRole.Button: "#2B3036",
        QPalette.ColorRole.ButtonText: "#E8EBEF",
        QPalette.ColorRole.Light: "#464D55",
        QPalette.ColorRole.Midlight: "#3A4047",
        QPalette.ColorRole.Mid: "#343A41",
        QPalette.ColorRole.Dark: "#14171A",
        QPalette.ColorRole.Shadow: "#000000",
        QPalette.ColorRole.BrightText: "#FFFFFF",
        QPalette.ColorRole.Highlight: "#36759A",
        QPalette.ColorRole.HighlightedText: "#FFFFFF",
        QPalette.ColorRole.Accent: "#7DB8DA",
        QPalette.ColorRole.Link: "#8CC4E4",
        QPalette.ColorRole.LinkVisited: "#C3A9E8",
        QPalette.ColorRole.ToolTipBase: "#2B3036",
        QPalette.ColorRole.ToolTipText: "#E8EBEF",
        QPalette.ColorRole.PlaceholderText: "#8F98A2",
    },
}

_FRAMED = ("QLineEdit", "QAbstractSpinBox", "QComboBox", "QCheckBox", "QRadioButton")
_FOCUSED = (*_FRAMED, "QPushButton")
_EDGE = {Scheme.LIGHT: "#B0B7BF", Scheme.DARK: "#B4BDC7"}
"""What the style makes the edges of fields and boxes of, a good deal darker."""

_STRONGEST_SHADE = {False: 0.5, True: 0.35}
"""How much of its colour the last step of a scale has, without and with high contrast."""

_FAINT = {Scheme.LIGHT: "#8A929B", Scheme.DARK: "#737C86"}
"""Texts of what is switched off."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of charts and icons, in one scheme.

    Attributes:
        ground: What charts are painted on, where that is the desktop's own; else the program's.
        text: What texts are written in, likewise.
        high_contrast: Whether nothing may stand back: who asks for that reads no grey on grey.
    """

    scheme: Scheme = Scheme.LIGHT
    ground: QColor | None = None
    text: QColor | None = None
    high_contrast: bool = False

    def colour(self, ink: Ink) -> QColor:
        """Return the colour that an ink stands for."""
        if isinstance(ink, Role):
            return self._role(ink)
        if isinstance(ink, Shade):
            share = ink.step / SHADES * _STRONGEST_SHADE[self.high_contrast]
            return _mixed(self._role(Role.LIMIT), self._role(Role.GROUND), share)
        colours = _CHANNELS[self.scheme]
        colour = QColor(_OTHERS[self.scheme] if ink.slot is None else colours[ink.slot])
        return _mixed(colour, self.colour(Role.GROUND), 0.22) if ink.soft else colour

    def _role(self, role: Role) -> QColor:
        if role is Role.GROUND and self.ground is not None:
            return QColor(self.ground)
        if role is Role.TEXT and self.text is not None:
            return QColor(self.text)
        if self.high_contrast and role in (Role.DIM, Role.WARNING, Role.LIMIT):
            return self._role(Role.TEXT)
        if self.high_contrast and role in (Role.GRID, Role.TRACK):
            return _mixed(self._role(Role.TEXT), self._role(Role.GROUND), 0.5)
        return QColor(_ROLES[self.scheme][role])


def own_palette(scheme: Scheme) -> QPalette:
    """Return the program's palette, for where the system has none of its own."""
    palette = QPalette()
    for role, colour in _PALETTE[scheme].items():
        palette.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_FAINT[scheme]))
    return palette


def wanted_scheme(wish: str | None) -> Scheme:
    """Return the scheme that the person asked for, else the system's, else light.

    Args:
        wish: ``light`` or ``dark`` from the settings or ``KANALTID_SCHEME``; all else counts
            as none.
    """
    if wish in (Scheme.LIGHT, Scheme.DARK):
        return Scheme(wish)
    match QGuiApplication.styleHints().colorScheme():
        case Qt.ColorScheme.Dark:
            return Scheme.DARK
        case Qt.ColorScheme.Light:
            return Scheme.LIGHT
    return palette_scheme(QGuiApplication.palette())


def palette_scheme(palette: QPalette) -> Scheme:
    """Return which scheme a palette is of."""
    dark = palette.color(QPalette.ColorRole.Window).lightnessF() < 0.5
    return Scheme.DARK if dark else Scheme.LIGHT


def dress(app: QApplication, wish: str | None) -> Theme:
    """Give the application its colours, and return the theme that goes with them.

    A palette that the desktop brings is kept where it is of the wanted scheme. On plain X11
    there is none, and ``styleHints().setColorScheme()`` does nothing: the program's is set.
    """
    app.setPalette(QPalette())  # what the desktop brings, whatever was set before
    scheme = wanted_scheme(wish)
    native = app.palette() != app.style().standardPalette()
    if not native or palette_scheme(app.palette()) is not scheme:
        app.setPalette(own_palette(scheme))
        _draw_edges(app, scheme)
    shown = app.palette()
    if _wants_contrast(app):
        # What else is dimmed, by the system's own rule for placeholders, is to be read too.
        shown.setColor(
            QPalette.ColorRole.PlaceholderText, shown.color(QPalette.ColorRole.WindowText)
        )
        app.setPalette(shown)
    return Theme(
        scheme,
        shown.color(QPalette.ColorRole.Window),
        shown.color(QPalette.ColorRole.WindowText),
        _wants_contrast(app),
    )


def _draw_edges(app: QApplication, scheme: Scheme) -> None:
    """Let the edges of fields and boxes be seen, and which of them has the keyboard.

    Qt's own style darkens the window's colour for an edge, and the highlight for the focus: on
    a dark ground nobody would find an empty field, or a button that is not chosen. It takes
    both from the control's palette, where they are for nothing else.
    """
    for kind in _FOCUSED:
        palette = QPalette(app.palette())
        if kind in _FRAMED:
            palette.setColor(QPalette.ColorRole.Window, QColor(_EDGE[scheme]))
        if scheme is Scheme.DARK:
            accent = palette.color(QPalette.ColorRole.Accent)
            palette.setColor(QPalette.ColorRole.Highlight, accent)
            palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#14171A"))
        app.setPalette(palette, kind)  # type: ignore[arg-type]  # bytes only, says the stub


def _wants_contrast(app: QApplication) -> bool:
    """Return whether the desktop asks for high contrast, or its palette is of black and white."""
    hints = app.styleHints()  # held, or what it gives out is gone with it
    asked = hints.accessibility().contrastPreference()
    palette = app.palette()
    ends = {
        palette.color(QPalette.ColorRole.Window).rgb() & 0xFFFFFF,
        palette.color(QPalette.ColorRole.WindowText).rgb() & 0xFFFFFF,
    }
    return asked is Qt.ContrastPreference.HighContrast or ends == {0x000000, 0xFFFFFF}


def _mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        *(
            part * share + below * (1 - share)
            for part, below in zip(colour.getRgbF()[:3], ground.getRgbF()[:3], strict=True)  # type: ignore[index]
        )
    )
