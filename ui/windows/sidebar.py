"""The main window's list of pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.charts.drawing import Style
from ui.typography import Type
from ui.windows.page import PagePlan

_PAGE = Qt.ItemDataRole.UserRole


class _Padded(QStyledItemDelegate):
    """Paints an item as the style does, with room before its text."""

    def __init__(self, room: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = room

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        text, shown.text = shown.text, ""
        style = shown.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        selected = bool(shown.state & QStyle.StateFlag.State_Selected)
        ink = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.save()
        painter.setFont(shown.font)
        place = shown.rect.adjusted(self._room, 0, -self._room, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        style.drawItemText(painter, place, int(flags), shown.palette, True, text, ink)
        focus = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
        if shown.state & focus == focus:
            # The style's own mark has the colour of what is chosen.
            painter.setPen(shown.palette.color(ink))
            painter.drawRect(shown.rect.adjusted(2, 2, -3, -3))
        painter.restore()


class Sidebar(QListWidget):
    """Names the pages; choosing one by mouse, arrows or its first letter opens it."""

    chosen = Signal(str)

    def __init__(self, plans: Sequence[PagePlan], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fonts = Type(self.font())
        unit = round(fonts.unit)
        self.setAccessibleName(name)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        for plan in plans:
            item = QListWidgetItem(plan.title)
            item.setData(_PAGE, plan.id)
            item.setSizeHint(QSize(0, unit * 4))
            self.addItem(item)
        widest = max((fonts.text(plan.title, Style.STRONG) for plan in plans), default=0.0)
        self.setItemDelegate(_Padded(unit * 3 // 2, self))
        self.setFixedWidth(round(widest) + unit * 6)
        self.setViewportMargins(unit, unit * 2, unit, unit * 2)
        self.currentItemChanged.connect(self._tell)

    def show_page(self, page: str) -> None:
        """Mark ``page`` as the one that is open; nothing is told."""
        for row in range(self.count()):
            if self.item(row).data(_PAGE) == page and self.currentRow() != row:
                blocked = self.blockSignals(True)
                self.setCurrentRow(row)
                self.blockSignals(blocked)

    def allow(self, pages: frozenset[str]) -> None:
        """Hide all pages but these."""
        for row in range(self.count()):
            self.setRowHidden(row, self.item(row).data(_PAGE) not in pages)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_PAGE))
