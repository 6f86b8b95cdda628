"""Rows of settings: a label that belongs to its control, and what there is to know of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.charts.drawing import Style
from ui.settings_view import Choice, SettingText
from ui.typography import Type
from ui.windows.reading_view import Heading
from ui.windows.texts import dim_label, plain_label, text_column


class SettingRows(QWidget):
    """A section of settings, one under the other: label, control, what there is to know.

    Labels stand above their controls, so that long ones find room in a narrow window.

    Args:
        fonts: The fonts.
        heading: What the section is about; none of a part of a section.
    """

    def __init__(self, fonts: Type, heading: str = "") -> None:
        super().__init__()
        self._fonts = fonts
        unit = round(fonts.unit)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(unit * 2)
        if heading:
            self._column.addWidget(Heading(fonts, Style.HEADING, heading))
        self.setMaximumWidth(text_column(fonts))

    def add(self, text: SettingText, control: QWidget) -> None:
        """Add a control, with its label above and its description beneath."""
        label = plain_label(self._fonts, Style.BODY, text.name)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        label.setBuddy(control)
        self._put(text, control, label)

    def add_check(self, text: SettingText, control: QCheckBox) -> None:
        """Add a check box, which says by itself what it is."""
        control.setText(text.name)
        self._put(text, control)

    def add_wide(self, part: QWidget) -> None:
        """Add something that is no setting."""
        self._column.addWidget(part)

    def _put(self, text: SettingText, control: QWidget, label: QLabel | None = None) -> None:
        control.setAccessibleName(text.name)
        control.setAccessibleDescription(text.description)
        row = QVBoxLayout()
        row.setSpacing(round(self._fonts.unit) // 2)
        if label is not None:
            row.addWidget(label)
        narrow = isinstance(control, QComboBox | QAbstractSpinBox | QCheckBox)
        align = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0)
        row.addWidget(control, 0, align)
        if text.description:
            row.addWidget(dim_label(self._fonts, text.description))
        self._column.addLayout(row)


def choice_box(
    choices: Sequence[Choice], value: object, chosen: Callable[[object], None]
) -> QComboBox:
    """Return a box of choices that tells the value of the one that the person chose."""
    box = QComboBox()
    for choice in choices:
        box.addItem(choice.text, choice.value)
    show_choice(box, value)
    box.activated.connect(lambda place: chosen(box.itemData(place)))
    # A wheel that was meant to scroll the page must not change what it passes over.
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return box


def show_choice(box: QComboBox, value: object) -> None:
    """Show a value as the chosen one; nothing is told."""
    for place in range(box.count()):
        if box.itemData(place) == value and type(box.itemData(place)) is type(value):
            box.setCurrentIndex(place)
