"""The tray icon, drawn: a ring whose shape tells what the program is doing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from ui.charts.drawing import Role
from ui.status_view import Sign
from ui.theme import Scheme, Theme

SIZES = (16, 22, 24, 32, 48, 64)
STEPS = 24
"""The sector fills in so many steps: finer ones could not be told apart at 16 px."""

LEAST = 2
"""The least that shows as something: a single step is a shadow at 16 px."""

_INK = {Scheme.LIGHT: "#22262B", Scheme.DARK: "#F2F4F6"}

_HALO = 1 / 20
"""How far the halo reaches, as a part of the icon's size."""

_AROUND = ((-1, 0), (1, 0), (0, -1), (0, 1), (-0.7, -0.7), (0.7, -0.7), (-0.7, 0.7), (0.7, 0.7))

_TOP = 90 * 16
"""Qt counts in sixteenths of a degree, from three o'clock against the clock."""

_GAP = 36
"""Half the width of the gap at the top, in degrees."""


@dataclass(frozen=True, slots=True)
class Look:
    """What an icon looks like; two equal ones need not be drawn twice."""

    sign: Sign
    step: int = 0
    """How far the sector is filled, from 0 to ``STEPS``."""

    panel: Scheme = Scheme.LIGHT
    """What the icon stands on."""


def look_of(sign: Sign, filled: float, panel: Scheme) -> Look:
    """Return the look for how much of the nearest limit is used; a little shows as something."""
    if sign not in (Sign.MEASURING, Sign.NEAR):
        return Look(sign, 0, panel)
    step = min(STEPS - 1, round(filled * STEPS))
    return Look(sign, max(step, LEAST) if filled > 0 else 0, panel)


def draw_icon(look: Look) -> QIcon:
    """Return the icon, in each size that panels ask for."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(draw_pixmap(look, size))
    return icon


def draw_pixmap(look: Look, size: int) -> QPixmap:
    """Return the icon at one size, on nothing.

    No desktop tells what colour its panel is. Around the glyph lies a halo of the other
    scheme's ink: not to be seen where the guess was right, and an outline where it was wrong.
    """
    other = Scheme.LIGHT if look.panel is Scheme.DARK else Scheme.DARK
    halo = _draw_glyph(look, size, QColor(_INK[other]))
    glyph = _draw_glyph(look, size, None)
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    for dx, dy in _AROUND:
        painter.drawPixmap(QPointF(dx * size * _HALO, dy * size * _HALO), halo)
    painter.drawPixmap(0, 0, glyph)
    painter.end()
    return pixmap


def _draw_glyph(look: Look, size: int, ink: QColor | None) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _Glyph(painter, size, look, ink).draw()
    painter.end()
    return pixmap


class _Glyph:
    """One drawing of the icon; all lines have one weight."""

    def __init__(self, painter: QPainter, size: int, look: Look, ink: QColor | None) -> None:
        self._painter = painter
        self._look = look
        self._ink = ink or QColor(_INK[look.panel])
        self._dot_ink = ink or Theme(look.panel).colour(Role.WARNING)
        self._weight = max(1.5, size / 11)
        self._middle = size / 2
        self._radius = size / 2 - self._weight / 2 - size * _HALO

    def draw(self) -> None:
        match self._look.sign:
            case Sign.OFF:
                self._arcs([(45 + 90 * quarter - 22, 44) for quarter in range(4)])
            case Sign.BLIND:
                self._arcs([(90 + _GAP, 360 - 2 * _GAP)])
            case Sign.PAUSED:
                self._ring()
                self._bar()
            case Sign.REACHED:
                self._ring()
                self._dot()
            case Sign.NEAR:
                self._sector()
                self._ring()
                self._notch()
            case Sign.MEASURING:
                self._sector()
                self._ring()

    def _pen(self, weight: float | None = None) -> QPen:
        pen = QPen(self._ink, weight or self._weight)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def _frame(self, radius: float) -> QRectF:
        corner = self._middle - radius
        return QRectF(corner, corner, 2 * radius, 2 * radius)

    def _ring(self) -> None:
        self._painter.setPen(self._pen())
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawEllipse(self._frame(self._radius))

    def _arcs(self, arcs: list[tuple[int, int]]) -> None:
        """Draw parts of the ring, each from an angle on, in degrees."""
        self._painter.setPen(self._pen())
        for start, length in arcs:
            self._painter.drawArc(self._frame(self._radius), start * 16, length * 16)

    def _sector(self) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._ink)
        inside = self._frame(self._radius - 1.25 * self._weight)
        self._painter.drawPie(inside, _TOP, -round(360 * 16 * self._look.step / STEPS))

    def _bar(self) -> None:
        self._painter.setPen(self._pen(self._weight * 1.5))
        reach = self._radius - self._weight / 2
        self._painter.drawLine(
            QPointF(self._middle - reach, self._middle), QPointF(self._middle + reach, self._middle)
        )

    def _dot(self) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._dot_ink)
        self._painter.drawEllipse(self._frame(self._radius * 0.5))

    def _notch(self) -> None:
        """Cut a notch through ring and sector, opposite to where the sector has still to fill."""
        edge, apex = 2 * self._middle, self._middle + self._radius * 0.25
        half = self._radius * 0.5
        self._painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._ink)
        self._painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(apex, self._middle),
                    QPointF(edge, self._middle - half),
                    QPointF(edge, self._middle + half),
                ]
            )
        )
