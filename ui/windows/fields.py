"""Fields and check boxes that can be seen where their ground is the window's own colour."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)


def lift_fields(within: QWidget) -> None:
    """Give fields a ground of their own where the palette has none for them.

    Fusion draws their outline darker than the window, which in a dark scheme is hardly
    there. Call it again when the colours change.
    """
    palette = QApplication.palette()
    window, base = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.Base)
    flat = window == base and window.lightnessF() < 0.5
    for kind, ground in (
        (QCheckBox, QPalette.ColorRole.Light),
        (QLineEdit, QPalette.ColorRole.Button),
        (QPlainTextEdit, QPalette.ColorRole.Button),
        (QSpinBox, QPalette.ColorRole.Button),
    ):
        for field in within.findChildren(kind):
            lifted = QPalette()
            if flat:
                lifted.setColor(QPalette.ColorRole.Base, palette.color(ground))
            field.setPalette(lifted)
