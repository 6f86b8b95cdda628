"""Every stored row of a kind, the newest day first: a day is read when it is scrolled to."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.reports.stored_words import COLUMNS_OF, column_name, value_text
from tracker.status import Overview
from tracker.storage.base import LASTING, Stored

AT_ONCE = 100
"""The rows that are read at once, about: a day is read whole."""

LONGEST = 160
"""The characters that a cell shows at most; the rest is in its tool tip."""

_SIDE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class StoredModel(QAbstractTableModel):
    """The rows of a kind within some days.

    Args:
        overview: Where they are read.
        language: The person's.
        parent: Who owns it.
    """

    def __init__(
        self, overview: Overview, language: Language, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._overview = overview
        self._language = language
        self._kind = Stored.SPAN
        self._first = date.max
        self._next: date | None = None
        self._rows: list[tuple[str, ...]] = []

    def show_rows(self, kind: Stored, first: date, last: date) -> None:
        """Show the rows of a kind within some days.

        Raises:
            OutsideError: They can't be read; then there are none.
        """
        self.beginResetModel()
        self._kind, self._first, self._next = kind, first, None
        self._rows = []
        try:
            if kind in LASTING:
                self._rows = self._read(first, last)
        finally:
            self.endResetModel()
        # Only now: who hears of the reset may ask for more at once.
        if kind not in LASTING:
            self._next = self._overview.latest(kind, first, last)
        if self._next is not None:
            self._fetch()

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802  Qt's name
        return not parent.isValid() and self._next is not None

    def fetchMore(self, parent: Index) -> None:  # noqa: N802  Qt's name
        if self.canFetchMore(parent):
            # Where the store can't be read any more, what was read stays.
            with contextlib.suppress(OutsideError):
                self._fetch()

    def _fetch(self) -> None:
        found: list[tuple[str, ...]] = []
        while self._next is not None and len(found) < AT_ONCE:
            day, self._next = self._next, None
            found += reversed(self._read(day, day))
            self._next = self._overview.latest(self._kind, self._first, day - timedelta(days=1))
        rows = len(self._rows)
        self.beginInsertRows(_NONE, rows, rows + len(found) - 1)
        self._rows += found
        self.endInsertRows()

    def _read(self, first: date, last: date) -> list[tuple[str, ...]]:
        zone, names = ZoneInfo(self._overview.policy.timezone), COLUMNS_OF[self._kind]
        return [
            tuple(value_text(name, row[name], self._language, zone) for name in names)
            for row in self._overview.stored(self._kind, first, last)
        ]

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(COLUMNS_OF[self._kind])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        text = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            line = " ".join(text.split())
            return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
        if role == Qt.ItemDataRole.ToolTipRole and (len(text) > LONGEST or "\n" in text):
            return text
        return _SIDE if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        names = COLUMNS_OF[self._kind]
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(names):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return column_name(names[section], self._language)
        return _SIDE if role == Qt.ItemDataRole.TextAlignmentRole else None
