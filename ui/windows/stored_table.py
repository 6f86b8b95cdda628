"""Every stored row: of which kind, of which days, and the rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tracker.error_texts import describe
from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.reports.stored_words import kind_name
from tracker.status import Overview
from tracker.storage.base import Stored
from ui.charts.drawing import Style
from ui.privacy_view import EVER, rows_text
from ui.typography import Type
from ui.windows.stored_model import StoredModel
from ui.windows.texts import dim_label

LINES = 12
"""The rows that are seen without scrolling."""


class StoredTable(QWidget):
    """Shows the rows of one kind within the chosen days, the newest first.

    Args:
        overview: Where they are read.
        language: The person's.
        today: The present day: that of the two dates at first.
    """

    days_changed = Signal()

    def __init__(self, overview: Overview, language: Language, today: date) -> None:
        super().__init__()
        _ = language.gettext
        self._overview = overview
        self._language = language
        self._fonts = Type(self.font())
        self.counted: Mapping[Stored, int] = dict.fromkeys(Stored, 0)
        self.kind = QComboBox()
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.kind.setSizeAdjustPolicy(policy)
        self.kind.setMinimumContentsLength(22)
        self.kind.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.kind.setAccessibleName(_("Kind of rows"))
        for kind in Stored:
            self.kind.addItem(kind_name(kind, language), kind)
        longest = max(
            self._fonts.text(self.kind.itemText(at), Style.BODY) for at in range(len(Stored))
        )
        self.kind.setMaximumWidth(round(longest + self._fonts.unit * 6))
        self.all_days = QCheckBox(_("All days"))
        self.all_days.setChecked(True)
        self.first, self.last = _date_edit(_("From"), today), _date_edit(_("To"), today)
        self.number = dim_label(self._fonts)
        self.model = StoredModel(overview, language, self)
        self.table = _make_table(self.model, _("Every stored row"))
        self._lay_out(_("From"), _("To"))
        self.kind.currentIndexChanged.connect(lambda _index: self.reload())
        self.all_days.toggled.connect(self._on_days)
        self.first.dateChanged.connect(self._on_days)
        self.last.dateChanged.connect(self._on_days)
        self._enable()

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last of the chosen days."""
        if self.all_days.isChecked():
            return EVER
        first, last = (_python_date(edit.date()) for edit in (self.first, self.last))
        return min(first, last), max(first, last)

    def reload(self) -> None:
        """Read the rows anew."""
        kind, days = Stored(self.kind.currentData()), self.days
        try:
            self.counted = self._overview.counted(*days)
            self.model.show_rows(kind, *days)
        except OutsideError as error:
            self.number.setText(describe(error, self._language).text)
            return
        self.number.setText(rows_text(kind, self.counted, self._language))
        # In a turn of its own: to read and to measure the rows takes long enough each.
        QTimer.singleShot(0, self, self._fit_columns)

    def _on_days(self) -> None:
        self._enable()
        self.reload()
        self.days_changed.emit()

    def _enable(self) -> None:
        for edit in (self.first, self.last):
            edit.setEnabled(not self.all_days.isChecked())

    def _fit_columns(self) -> None:
        room, unit = self.table.viewport().width(), round(self._fonts.unit)
        header = self.table.horizontalHeader()
        for column in range(self.model.columnCount()):
            self.table.resizeColumnToContents(column)
            header.resizeSection(column, min(header.sectionSize(column) + unit, room * 2 // 3))

    def _lay_out(self, first: str, last: str) -> None:
        unit = round(self._fonts.unit)
        row = QHBoxLayout()
        row.setSpacing(unit)
        for text, edit in ((first, self.first), (last, self.last)):
            label = QLabel(text)
            label.setBuddy(edit)
            row.addWidget(label)
            row.addWidget(edit)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(unit)
        layout.addWidget(self.kind)
        layout.addWidget(self.all_days, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(row)
        layout.addWidget(self.table)
        layout.addWidget(self.number)
        line = round(self._fonts.line(Style.BODY) + unit)
        self.table.verticalHeader().setDefaultSectionSize(line)
        bar = self.table.horizontalScrollBar().sizeHint().height()
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(line * LINES + header + bar + 2 * self.table.frameWidth())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)


def _python_date(found: QDate) -> date:
    return date(found.year(), found.month(), found.day())


def _date_edit(name: str, day: date) -> QDateEdit:
    edit = QDateEdit(QDate(day.year, day.month, day.day))
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setAccessibleName(name)
    edit.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return edit


def _make_table(model: StoredModel, name: str) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(name)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setResizeContentsPrecision(2 * LINES)
    return table
