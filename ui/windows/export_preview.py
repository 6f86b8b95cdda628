"""Shows what an export holds before it leaves: its pages, its rows or its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import Language
from ui.export_view import SheetView, rows_told
from ui.typography import Type

_A4_INCHES = 8.27
_LEAST_PAGE, _GREATEST_PAGE = 480, 1000
_FIGURE = re.compile(r"[\d.:]+")
_STYLE = """
body, p, td, th, li { font-size: 10pt; }
th, td { padding: 2px 8px; text-align: right; }
caption { text-align: left; }
.number { font-size: 20pt; }
"""


class ExportPreview(QStackedWidget):
    """The preview; each of its ways shows the very content of the file.

    Args:
        language: The person's.
    """

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.document().setDefaultStyleSheet(_STYLE)
        self.sheets = QTabWidget()
        self.sheets.setDocumentMode(True)
        self.paper = QScrollArea()
        self.paper.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.paper.setWidgetResizable(True)
        self._draw: Callable[[int], Sequence[QImage]] | None = None
        self._words = ""
        # Once the window stands still: a page takes some 50 ms to draw.
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.setInterval(100)
        self._fit.timeout.connect(self._fit_paper)
        for view in (self.text, self.page, self.sheets, self.paper):
            view.setAccessibleName(language.gettext("What is in the file"))
            self.addWidget(view)

    def show_text(self, text: str) -> None:
        """Show a text as it is."""
        self.text.setPlainText(text)
        self.setCurrentWidget(self.text)

    def show_page(self, page: str) -> None:
        """Show a web page."""
        self.page.setHtml(page)
        self.setCurrentWidget(self.page)

    def show_sheets(self, sheets: Sequence[SheetView]) -> None:
        """Show tables, each in a tab of its own."""
        while self.sheets.count():
            old = self.sheets.widget(0)
            self.sheets.removeTab(0)
            if old is not None:
                old.deleteLater()
        for sheet in sheets:
            self.sheets.addTab(_table(sheet), sheet.name)
        self.sheets.tabBar().setVisible(len(sheets) > 1)
        self.sheets.setAccessibleDescription(rows_told(sheets, self._language))
        self.setCurrentWidget(self.sheets)

    def show_paper(self, draw: Callable[[int], Sequence[QImage]], words: str) -> None:
        """Show pages.

        Args:
            draw: Draws them at so many dots an inch; asked again when the room changes.
            words: What a screen reader is told of them.
        """
        self._draw = draw
        self._words = words
        self.paper.setAccessibleDescription(words)
        self.setCurrentWidget(self.paper)
        self._fit_paper()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit.start()

    def _fit_paper(self) -> None:
        if self._draw is None or self.currentWidget() is not self.paper:
            return
        unit = round(Type(self.font()).unit)
        ratio = self.devicePixelRatioF()
        room = min(max(self.width() - 6 * unit, _LEAST_PAGE), _GREATEST_PAGE)
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(unit, unit, unit, unit)
        layout.setSpacing(unit * 2)
        for image in self._draw(int(room * ratio / _A4_INCHES)):
            image.setDevicePixelRatio(ratio)
            page = QLabel()
            page.setPixmap(QPixmap.fromImage(image))
            page.setFrameShape(QLabel.Shape.StyledPanel)
            layout.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        column.setAccessibleName(self._words)
        self.paper.setWidget(column)


def _table(sheet: SheetView) -> QTableWidget:
    rows = [*sheet.rows] or [()]
    # A sheet that begins with a title has no row of headers to begin with.
    head = rows.pop(0) if sum(map(bool, rows[0])) > 1 else None
    table = QTableWidget(len(rows), len(sheet.rows[0]) if sheet.rows else 0)
    table.horizontalHeader().setVisible(head is not None)
    table.setAccessibleName(sheet.name)
    table.setHorizontalHeaderLabels(list(head or ()))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.verticalHeader().setVisible(False)
    titles = []
    for place, row in enumerate(rows):
        if any(row[1:]):
            for column, text in enumerate(row):
                table.setItem(place, column, _cell(text))
        else:
            titles.append(place)
    table.resizeColumnsToContents()
    for place in titles:  # which are no columns' width
        table.setItem(place, 0, _cell("".join(rows[place])))
        table.setSpan(place, 0, 1, max(2, table.columnCount()))
    return table


def _cell(text: str) -> QTableWidgetItem:
    cell = QTableWidgetItem(text)
    if _FIGURE.fullmatch(text):
        cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return cell
