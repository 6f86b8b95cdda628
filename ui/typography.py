"""One family in three sizes and two weights, and the grid that goes with it."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF

from ui.charts.drawing import Style

_SIZES = {Style.BODY: 1.0, Style.STRONG: 1.0, Style.HEADING: 1.25, Style.NUMBER: 2.0}
_USUAL_LINE = 15.0
"""The height of a line of the usual font at 96 dpi, at which the grid is 8 px."""


class Type:
    """The fonts of the program, made from the desktop's own; measures texts for the charts."""

    def __init__(self, body: QFont) -> None:
        self._fonts = {style: _font(body, style) for style in Style}
        self._metrics = {style: QFontMetricsF(font) for style, font in self._fonts.items()}

    @property
    def unit(self) -> float:
        """The grid: 8 px where the font has its usual size."""
        return max(4.0, round(8 * self.line(Style.BODY) / _USUAL_LINE))

    def font(self, style: Style) -> QFont:
        """Return the font of a style."""
        return self._fonts[style]

    def line(self, style: Style) -> float:
        """Return the height of a line of text."""
        return float(round(self._metrics[style].height()))

    def text(self, text: str, style: Style) -> float:
        """Return the width of a text, rounded up: half a pixel short means an ellipsis."""
        return float(int(self._metrics[style].horizontalAdvance(text)) + 1)


def _font(body: QFont, style: Style) -> QFont:
    font = QFont(body)
    if body.pointSizeF() > 0:
        font.setPointSizeF(body.pointSizeF() * _SIZES[style])
    else:
        font.setPixelSize(round(body.pixelSize() * _SIZES[style]))
    if style is not Style.BODY:
        font.setWeight(QFont.Weight.DemiBold)
    # Figures of one width, so that a column of times stands still while it counts.
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
