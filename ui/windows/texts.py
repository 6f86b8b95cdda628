"""Labels in the program's styles."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QPalette
from PySide6.QtWidgets import QLabel

from ui.charts.drawing import Style
from ui.typography import Type

WIDEST = 72
"""The characters of a text column at most."""


class Label(QLabel):
    """A label whose height follows from the width that it may have.

    Qt asks for the height at the layout's width, be it more than the label's greatest.
    """

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(min(width, self.maximumWidth()))


class LinkLabel(QLabel):
    """A label whose links take the keyboard one after the other.

    Qt gives it to the label first, where nothing shows it, and leaves a label without links
    in the way.
    """

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reason = event.reason()
        if reason in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.focusNextPrevChild(reason is Qt.FocusReason.TabFocusReason)


def plain_label(fonts: Type, style: Style, text: str = "") -> QLabel:
    """Return a label that takes its text as it is, wraps it, and lets it be copied."""
    label = Label(text)
    label.setFont(fonts.font(style))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def dim_label(fonts: Type, text: str = "") -> QLabel:
    """Return a label for what is beside the point."""
    label = plain_label(fonts, Style.BODY, text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def text_column(fonts: Type) -> int:
    """Return the width of a column of text."""
    return round(fonts.text("n" * WIDEST, Style.BODY))
