"""The program's own icon: the same ring, in colour, for windows and the task bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

SIZES = (16, 32, 48, 64, 128)
_RING, _SECTOR = "#2C6A8F", "#4F9CC6"


def app_icon() -> QIcon:
    """Return the icon, in the sizes that window managers ask for."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(app_pixmap(size))
    return icon


def app_pixmap(size: int) -> QPixmap:
    """Return the icon at one size, as in ``resources/icons/kanaltid.svg``."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 64, size / 64)
    painter.setPen(QPen(QColor(_RING), 7))
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawEllipse(QRectF(6.5, 6.5, 51, 51))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_SECTOR))
    painter.drawPie(QRectF(14, 14, 36, 36), 90 * 16, -130 * 16)
    painter.end()
    return pixmap
