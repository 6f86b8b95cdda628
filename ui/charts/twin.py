"""A chart under its heading, with its table one click away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.charts.drawing import Chart, Style, Table
from ui.charts.view import ChartView
from ui.theme import Theme
from ui.typography import Type

MOST_ROWS = 12
"""The rows that a table shows without scrolling."""

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class TableModel(QAbstractTableModel):
    """A chart's figures."""

    def __init__(self, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table

    def set_table(self, table: Table) -> None:
        """Show other figures; a selection stays where only figures changed."""
        old, self._table = self._table, table
        if len(old.rows) != len(table.rows) or old.headers != table.headers:
            self.beginResetModel()
            self.endResetModel()
        elif table.rows and old.rows != table.rows:
            last = self.index(len(table.rows) - 1, len(table.headers) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._table.headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._table.headers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._table.headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        numeric = column in self._table.numeric
        side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class ChartWithTable(QWidget):
    """A heading, a chart, and a button that puts the chart's table in its place.

    Args:
        heading: What it is about.
        description: What a screen reader says of the chart.
        switch: The button's two texts: to the table, and back to the chart.
        theme: The chart's colours.
        parent: The window.
    """

    def __init__(
        self,
        heading: str,
        description: str,
        switch: tuple[str, str],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        fonts = Type(self.font())
        self._switch = switch
        self._make_rows: Callable[[], Table] = lambda: Table((), ())
        self._fitted = (0, 0)
        self._beside: list[QToolButton] = []
        self.heading = QLabel(heading)
        self.heading.setFont(fonts.font(Style.HEADING))
        self.button = QToolButton()
        self.button.setAutoRaise(True)
        self.button.setCheckable(True)
        _make_quiet(self.button)
        self.button.toggled.connect(self._on_toggled)
        self.view = ChartView(description, theme)
        self._model = TableModel(Table((), ()), self)
        self.table = _make_table(self._model, description)
        self.table.hide()
        self._row = row = QHBoxLayout()
        row.addWidget(self.heading)
        row.addStretch()
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(round(fonts.unit))
        layout.addLayout(row)
        layout.addWidget(self.view)
        layout.addWidget(self.table)
        self._on_toggled(False)

    def set_chart(self, chart: Chart) -> None:
        """Show a chart; the table is made only while it is seen."""
        self._make_rows = chart.table
        self.view.set_chart(chart)
        if self.button.isChecked():
            self._fill_table()

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self.view.set_theme(theme)
        for button in (self.button, *self._beside):
            _make_quiet(button)

    def add_button(self, text: str) -> QToolButton:
        """Put another button before the one that switches, and return it."""
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(f"{self.heading.text()}: {text}")
        button.setAutoRaise(True)
        _make_quiet(button)
        self._beside.append(button)
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def add_beside_heading(self, *widgets: QWidget) -> None:
        """Put widgets behind the heading, in order."""
        for place, widget in enumerate(widgets, start=1):
            self._row.insertWidget(place, widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.button.isChecked():
            self._fill_table()

    def _on_toggled(self, as_table: bool) -> None:
        self.button.setText(self._switch[1 if as_table else 0])
        self.button.setAccessibleName(f"{self.heading.text()}: {self.button.text()}")
        self.view.setVisible(not as_table)
        self.table.setVisible(as_table)
        if as_table:
            self._lay_out_now()
            self._fill_table()

    def _lay_out_now(self) -> None:
        """Give the table its width at once: the heights of its rows follow from it."""
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def _fill_table(self) -> None:
        table = self._make_rows()
        self._model.set_table(table)
        fitted = (len(table.rows), self.width())
        if fitted == self._fitted:
            return  # measuring every row anew would cost more than all the rest
        self._fitted = fitted
        _share_width(self.table, table, round(Type(self.font()).unit * 2))
        self.table.resizeRowsToContents()
        rows = min(self._model.rowCount(), MOST_ROWS)
        height = self.table.horizontalHeader().sizeHint().height()
        height += sum(self.table.rowHeight(row) for row in range(rows))
        self.table.setFixedHeight(height)


def _make_table(model: TableModel, description: str) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(description)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setFrameShape(QTableView.Shape.NoFrame)
    fonts = Type(table.font())
    rows = table.verticalHeader()
    rows.hide()
    rows.setMinimumSectionSize(round(fonts.line(Style.BODY) + fonts.unit))
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    return table


def _share_width(view: QTableView, table: Table, padding: int) -> None:
    """Give each column what it needs, and the last one of words what is left."""
    header = view.horizontalHeader()
    words = [at for at in range(len(table.headers)) if at not in table.numeric]
    for at in range(len(table.headers)):
        if words and at == words[-1]:
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        else:
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
            view.resizeColumnToContents(at)
            header.resizeSection(at, header.sectionSize(at) + padding)


def _make_quiet(button: QToolButton) -> None:
    """Let a button stand back: it is a way out, not what the page is about."""
    palette = button.palette()
    dim = palette.color(QPalette.ColorRole.PlaceholderText)
    palette.setColor(QPalette.ColorRole.ButtonText, dim)
    button.setPalette(palette)
