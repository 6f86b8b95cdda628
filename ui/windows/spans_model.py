"""The visits of a day as a table; a selection stays while visits are added and grow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tracker.i18n import Language
from tracker.model import Span
from ui.spans_view import COLUMNS, SpanLine, column_names

_SIDE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class SpansModel(QAbstractTableModel):
    """The lines that the page shows, the newest first.

    Args:
        language: The person's.
        parent: Who owns it.
    """

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers = column_names(language)
        self._lines: tuple[SpanLine, ...] = ()

    @property
    def lines(self) -> tuple[SpanLine, ...]:
        """What is shown."""
        return self._lines

    def set_lines(self, lines: Sequence[SpanLine]) -> None:
        """Show other lines; only what is new or another is told."""
        old, new = self._lines, tuple(lines)
        if old == new:
            return
        added = len(new) - len(old)
        if not old or added < 0 or [x.key for x in new[added:]] != [x.key for x in old]:
            self.beginResetModel()
            self._lines = new
            self.endResetModel()
            return
        if added:
            self.beginInsertRows(_NONE, 0, added - 1)
            self._lines = (*new[:added], *old)
            self.endInsertRows()
        changed = [row for row, line in enumerate(self._lines) if line != new[row]]
        self._lines = new
        if changed:
            first, last = self.index(changed[0], 0), self.index(changed[-1], COLUMNS - 1)
            self.dataChanged.emit(first, last)

    def spans(self, rows: Sequence[int]) -> list[Span]:
        """Return the visits of these rows."""
        return [self._lines[row].span for row in rows]

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return line.spoken
        return _SIDE if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < COLUMNS:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return _SIDE if role == Qt.ItemDataRole.TextAlignmentRole else None
