"""Takes a chart along: its picture and its table to the clipboard, its picture to a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from tracker.error_texts import describe
from tracker.errors import ErrorCode, OutsideError
from ui.charts.drawing import Box, Chart, Role, Sheet, Style, Table, Words, column
from ui.theme import Theme
from ui.typography import Type

COPY_TABLE = QKeySequence("Ctrl+Shift+C")
_UNSAFE = '<>:"/\\|?*'


def table_text(table: Table) -> str:
    """Return a table as lines with tabs between the cells: what a spreadsheet takes."""
    rows = (table.headers, *table.rows)
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


class ChartTaking:
    """Copies and saves a chart.

    Args:
        chart: What is taken.
        name: What it is about: the picture's heading, and the file's name.
        width: How wide it is shown.
        theme: Its colours.
        parent: The window's part that dialogs belong to.
    """

    def __init__(
        self, chart: Chart, name: str, width: float, theme: Theme, parent: QWidget
    ) -> None:
        self._chart = chart
        self._name = name
        self._width = width
        self._theme = theme
        self._parent = parent

    def picture(self) -> QImage:
        """Return the chart under its name, at twice the usual resolution."""
        from ui.charts.png import picture

        fonts = Type(self._parent.font())
        head = Sheet()
        line = fonts.line(Style.HEADING)
        head.add(Words(Box(0, 0, self._width, line), self._name, Role.TEXT, Style.HEADING))
        parts = [head.finish(self._width, line), self._chart.lay_out(self._width, fonts)]
        drawing = column(parts, fonts.unit * 1.5, self._width)
        return picture(drawing, fonts.unit * 2, self._theme, fonts)

    def copy_picture(self) -> None:
        """Copy the picture."""
        QGuiApplication.clipboard().setImage(self.picture())

    def copy_table(self) -> None:
        """Copy the figures as text."""
        QGuiApplication.clipboard().setText(table_text(self._chart.table()))

    def ask_where_to_save(self) -> QFileDialog:
        """Ask for a file, and save the picture there."""
        _ = self._chart.language.gettext
        dialog = QFileDialog(self._parent, _("Save the picture"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PNG (*.png)")
        dialog.setDefaultSuffix("png")
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        dialog.setDirectory(QStandardPaths.writableLocation(pictures) or str(Path.home()))
        dialog.selectFile("".join(c for c in self._name if c not in _UNSAFE) + ".png")
        # The dialog has asked already whether a file that is there is to be replaced.
        dialog.fileSelected.connect(lambda name: self._save_or_tell(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def save(self, file: Path) -> None:
        """Save the picture.

        Raises:
            OutsideError: FILE_NOT_WRITTEN where it can't be.
        """
        if not self.picture().save(str(file), "PNG"):  # type: ignore[call-overload]
            raise OutsideError(ErrorCode.FILE_NOT_WRITTEN, file=file)

    def _save_or_tell(self, file: Path) -> None:
        try:
            self.save(file)
        except OutsideError as error:
            told = describe(error, self._chart.language)
            box = QMessageBox(QMessageBox.Icon.Warning, told.title, told.title)
            box.setInformativeText(f"{told.text} {told.remedy}".strip())
            box.setParent(self._parent, box.windowFlags())
            box.finished.connect(box.deleteLater)
            box.open()

    def menu(self) -> QMenu:
        """Return the menu of all that; it goes when it is closed."""
        _ = self._chart.language.gettext
        menu = QMenu(self._parent)
        copy = menu.addAction(_("Copy the picture"))
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.triggered.connect(lambda _checked=False: self.copy_picture())
        table = menu.addAction(_("Copy the table as text"))
        table.setShortcut(COPY_TABLE)
        table.triggered.connect(lambda _checked=False: self.copy_table())
        save = menu.addAction(_("Save the picture …"))
        save.setShortcut(QKeySequence.StandardKey.Save)
        save.triggered.connect(lambda _checked=False: self.ask_where_to_save())
        menu.aboutToHide.connect(menu.deleteLater)
        return menu
