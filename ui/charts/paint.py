"""Paints drawings: the same for windows, pictures and pages."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from ui.charts.drawing import Area, Box, Drawing, Hatch, Line, Shape, Side, Words
from ui.theme import Theme
from ui.typography import Type

_ALIGNMENT = {
    Side.START: Qt.AlignmentFlag.AlignLeft,
    Side.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Side.END: Qt.AlignmentFlag.AlignRight,
}
_ONE_LINE = Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
_HATCH_APART = 6.0


def paint(painter: QPainter, origin: QPointF, drawing: Drawing, theme: Theme, fonts: Type) -> None:
    """Paint a drawing with its top left corner at ``origin``."""
    painter.save()
    painter.translate(origin)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in drawing.shapes:
        _paint_shape(painter, shape, theme, fonts)
    painter.restore()


def rect(box: Box) -> QRectF:
    """Return the box as Qt has it."""
    return QRectF(box.x, box.y, box.width, box.height)


def _paint_shape(painter: QPainter, shape: Shape, theme: Theme, fonts: Type) -> None:
    match shape:
        case Area():
            _paint_area(painter, shape, theme)
        case Hatch():
            _paint_hatch(painter, shape, theme)
        case Line():
            _paint_line(painter, shape, theme)
        case Words():
            _paint_words(painter, shape, theme, fonts)


def _paint_area(painter: QPainter, area: Area, theme: Theme) -> None:
    frame = rect(area.box)
    painter.setBrush(theme.colour(area.ink))
    if area.outline is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        # Half the pen inside the edge, so that the box keeps its size.
        pen = QPen(theme.colour(area.outline), 1.5)
        inset = min(0.75, frame.width() / 2, frame.height() / 2)
        frame = frame.adjusted(inset, inset, -inset, -inset)
        painter.setPen(pen)
    radius = min(area.radius, frame.width() / 2, frame.height() / 2)
    painter.drawRoundedRect(frame, radius, radius)


def _paint_hatch(painter: QPainter, hatch: Hatch, theme: Theme) -> None:
    frame = rect(hatch.box)
    path = QPainterPath()
    path.addRoundedRect(frame, hatch.radius, hatch.radius)
    painter.save()
    painter.setClipPath(path)
    # Drawn line by line: a pattern brush would change with the scale of the screen.
    painter.setPen(QPen(theme.colour(hatch.ink), 1.0))
    first, last = (frame.top(), frame.bottom()) if hatch.falling else (frame.bottom(), frame.top())
    x = frame.left() - frame.height()
    # From one origin for all boxes, so that neighbours' lines meet.
    x -= x % _HATCH_APART
    while x < frame.right():
        painter.drawLine(QLineF(x, first, x + frame.height(), last))
        x += _HATCH_APART
    painter.restore()


def _paint_line(painter: QPainter, line: Line, theme: Theme) -> None:
    pen = QPen(theme.colour(line.ink), line.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if line.dashed:
        pen.setDashPattern([3.0, 3.0])
    painter.setPen(pen)
    # On the middle of a pixel: a thin line on the edge of two would be a grey one of both.
    shift = 0.5 if line.width <= 1 else 0.0
    if line.x1 == line.x2:
        x = int(line.x1) + shift
        painter.drawLine(QLineF(x, line.y1, x, line.y2))
    else:
        painter.drawLine(QLineF(line.x1, int(line.y1) + shift, line.x2, int(line.y2) + shift))


def _paint_words(painter: QPainter, words: Words, theme: Theme, fonts: Type) -> None:
    font = fonts.font(words.style)
    metrics = QFontMetricsF(font)
    frame = rect(words.box)
    text = metrics.elidedText(words.text, Qt.TextElideMode.ElideRight, frame.width() + 0.5)
    painter.setFont(font)
    painter.setPen(theme.colour(words.ink))
    flags = int(_ALIGNMENT[words.side] | Qt.AlignmentFlag.AlignVCenter | _ONE_LINE)
    painter.drawText(frame, flags, text)
