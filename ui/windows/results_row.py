"""The person's own counts of a day: one more, or one taken back."""

from __future__ import annotations

import contextlib
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.status import Overview
from ui.charts.drawing import Style
from ui.spans_view import ResultLine
from ui.typography import Type
from ui.windows.texts import plain_label


class ResultsRow(QWidget):
    """A line for each purpose that has results.

    Args:
        overview: Where they are counted.
        language: The person's.
        fonts: The program's.
    """

    counted = Signal()

    def __init__(self, overview: Overview, language: Language, fonts: Type) -> None:
        super().__init__()
        self._overview = overview
        self._language = language
        self._fonts = fonts
        self._shown: list[tuple[str, QLabel, QPushButton, QPushButton]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(round(fonts.unit))

    def show_results(self, results: tuple[ResultLine, ...], *, changeable: bool) -> None:
        """Show the counts of a day; only those of today can be changed."""
        if [line.purpose for line in results] != [purpose for purpose, *_ in self._shown]:
            self._make(results)
        for line, (_purpose, label, more, less) in zip(results, self._shown, strict=True):
            label.setText(line.text)
            more.setVisible(changeable)
            less.setVisible(changeable)
            less.setEnabled(line.count > 0)
        self.setVisible(bool(results))

    def _make(self, results: tuple[ResultLine, ...]) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.deleteLater()
        self._shown = [self._make_line(line) for line in results]

    def _make_line(self, line: ResultLine) -> tuple[str, QLabel, QPushButton, QPushButton]:
        _ = self._language.gettext
        label = plain_label(self._fonts, Style.BODY)
        label.setWordWrap(False)
        more = QPushButton(line.more.replace("&", "&&"))
        more.clicked.connect(partial(self._count, line.purpose, 1))
        less = QPushButton(_("Take one back"))
        less.setAccessibleName(_("{result}: take one back").format(result=line.more[3:]))
        less.clicked.connect(partial(self._count, line.purpose, -1))
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(round(self._fonts.unit))
        layout.addWidget(label)
        layout.addWidget(more)
        layout.addWidget(less)
        layout.addStretch()
        self._layout.addWidget(row)
        return line.purpose, label, more, less

    def _count(self, purpose: str, by: int, _checked: bool = False) -> None:
        # A policy that came meanwhile may have no such purpose: then its line goes.
        with contextlib.suppress(OutsideError):
            self._overview.count_result(purpose, by)
        self.counted.emit()
