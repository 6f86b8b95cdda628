"""The table of visits: any number can be chosen; Enter or the menu key asks what they were for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.charts.drawing import Style
from ui.spans_view import COLUMNS
from ui.typography import Type
from ui.windows.spans_model import SpansModel

WIDEST = 40
"""The widest that a column is made by itself, in units of the grid."""


class SpansTable(QTableView):
    """Shows the visits.

    Args:
        model: The visits.
        name: What a screen reader calls it.
        fonts: What its rows are measured by.
    """

    asked = Signal()

    def __init__(self, model: SpansModel, name: str, fonts: Type) -> None:
        super().__init__()
        self._unit = round(fonts.unit)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(fonts.line(Style.BODY) + self._unit))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(60)
        header.setStretchLastSection(True)
        self.setMinimumHeight(round(fonts.line(Style.BODY) + self._unit) * 5)

    def fit_columns(self) -> None:
        """Give each column the room that its texts need, and a little beside them."""
        header = self.horizontalHeader()
        for column in range(COLUMNS - 1):  # the last takes what is left
            self.resizeColumnToContents(column)
            wanted = header.sectionSize(column) + self._unit
            header.resizeSection(column, min(wanted, self._unit * WIDEST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.asked.emit()
        event.accept()
