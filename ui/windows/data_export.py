"""Takes all that is stored along, in one file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.error_texts import describe
from tracker.errors import KanaltidError, OutsideError
from tracker.i18n import Language
from tracker.loop import Handle
from tracker.reports.own_data import ExportProgress
from tracker.status import Overview
from ui.charts.drawing import Style
from ui.privacy_view import export_name
from ui.typography import Type
from ui.windows.texts import plain_label


class DataExportBox(QWidget):
    """A button that asks for the file; then how far it has come, and the file's name.

    Args:
        overview: What writes it.
        language: The person's.
        today: Gives the present day.
    """

    def __init__(self, overview: Overview, language: Language, today: Callable[[], date]) -> None:
        super().__init__()
        _ = language.gettext
        self._overview = overview
        self._language = language
        self._today = today
        self._under_way: Handle | None = None
        self._file = Path()
        fonts = Type(self.font())
        self.button = QPushButton(_("Export everything …"))
        self.button.clicked.connect(lambda _checked=False: self._choose())
        self.cancel_button = QPushButton(_("Cancel"))
        self.cancel_button.clicked.connect(lambda _checked=False: self._cancel())
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Rows exported"))
        self.progress.setTextVisible(False)
        self.said = plain_label(fonts, Style.BODY)
        row = QHBoxLayout()
        row.setSpacing(round(fonts.unit))
        row.addWidget(self.button)
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel_button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(round(fonts.unit))
        layout.addLayout(row)
        layout.addWidget(self.said)
        self._show("")

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.button.text().rstrip(" …"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("JSON (*.json)")
        dialog.setDefaultSuffix("json")
        dialog.setDirectory(str(Path.home()))
        dialog.selectFile(export_name(self._today()))
        # The dialog has asked already whether a file that is there is to be replaced.
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export_to(self, file: Path) -> None:
        """Write the file; one that is there is replaced."""
        self._file = file
        self.progress.setRange(0, 0)
        try:
            self._under_way = self._overview.export_data(file, self._told, force=True)
        except OutsideError as error:
            self._fail(error)
            return
        self._show("")

    def _told(self, progress: ExportProgress) -> None:
        self.progress.setRange(0, max(1, progress.of_rows))
        self.progress.setValue(progress.rows)
        if not progress.done:
            return
        self._under_way = None
        if progress.error is not None:
            self._fail(progress.error)
            return
        form = self._language.ngettext(
            "{number} row is written to {file}.",
            "{number} rows are written to {file}.",
            progress.rows,
        )
        number = self._language.number(progress.rows)
        self._show(form.format(number=number, file=self._file))

    def _cancel(self) -> None:
        if self._under_way is not None:
            self._under_way.cancel()
            self._under_way = None
        self._show(self._language.gettext("Cancelled. No file is left."))

    def _fail(self, error: KanaltidError) -> None:
        text = describe(error, self._language)
        self._show(" ".join(part for part in (text.title, text.text, text.remedy) if part))

    def _show(self, said: str) -> None:
        running = self._under_way is not None
        self.button.setVisible(not running)
        self.progress.setVisible(running)
        self.cancel_button.setVisible(running)
        self.said.setText(said)
        self.said.setVisible(bool(said))
