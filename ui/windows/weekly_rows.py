"""The settings of the summary that is saved by itself: whether, where, as what and when."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from tracker.error_texts import describe
from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.settings import SettingsKeeper
from ui.typography import Type
from ui.weekly_view import view_weekly
from ui.windows.setting_rows import SettingRows, choice_box, show_choice
from ui.windows.texts import dim_label


class WeeklyRows(SettingRows):
    """A section of the Settings page.

    Args:
        fonts: The fonts.
        settings: What is set.
        language: The person's.
    """

    def __init__(self, fonts: Type, settings: SettingsKeeper, language: Language) -> None:
        self._view = view = view_weekly(language)
        super().__init__(fonts, view.heading)
        self._settings = settings
        self._language = language
        now = settings.settings
        self.on = QCheckBox()
        self.on.clicked.connect(self._turn)
        self.place = QLineEdit()
        self.place.setReadOnly(True)
        self.choose_button = QPushButton(view.choose)
        self.choose_button.clicked.connect(lambda _checked=False: self._choose())
        self.form = choice_box(
            view.forms, now.weekly_form, lambda value: self._set(weekly_form=value)
        )
        self.day = choice_box(view.days, now.weekly_day, lambda value: self._set(weekly_day=value))
        self.time = QTimeEdit()
        self.time.setDisplayFormat("HH:mm")
        self.time.setKeyboardTracking(False)
        self.time.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.time.timeChanged.connect(self._set_time)
        self.failed = dim_label(fonts)
        self.failed.hide()
        self._add_rows(fonts)
        self.refresh()

    def refresh(self) -> None:
        """Show what is set."""
        now = self._settings.settings
        on = now.weekly_folder is not None
        self.on.setChecked(on)
        self.details.setVisible(on)
        self.place.setText(now.weekly_folder or "")
        self.place.setCursorPosition(0)
        show_choice(self.form, now.weekly_form)
        show_choice(self.day, now.weekly_day)
        if not self.time.hasFocus():
            blocked = self.time.blockSignals(True)
            self.time.setTime(QTime(now.weekly_minute // 60, now.weekly_minute % 60))
            self.time.blockSignals(blocked)

    def _add_rows(self, fonts: Type) -> None:
        view = self._view
        self.add_check(view.on, self.on)
        self.details = SettingRows(fonts)
        where = QWidget()
        column = QVBoxLayout(where)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(fonts.unit))
        column.addWidget(self.place)
        column.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        where.setFocusProxy(self.place)
        self.details.add(view.folder, where)
        self.place.setAccessibleName(view.folder.name)
        for text, control in ((view.form, self.form), (view.day, self.day), (view.time, self.time)):
            self.details.add(text, control)
        self.add_wide(self.details)
        self.add_wide(self.failed)

    def _turn(self, on: bool) -> None:
        if on:
            self.on.setChecked(False)  # until there is a folder
            self._choose()
        else:
            self._set(weekly_folder=None)

    def _choose(self) -> None:
        start = self._settings.settings.weekly_folder or str(Path.home())
        dialog = QFileDialog(self, self._view.folder.name, start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self._set(weekly_folder=str(Path(name))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _set_time(self, at: QTime) -> None:
        self._set(weekly_minute=at.hour() * 60 + at.minute())

    def _set(self, **changes: object) -> None:
        self.failed.hide()
        try:
            self._settings.change(**changes)
        except OutsideError as error:
            text = describe(error, self._language)
            self.failed.setText(f"{text.text} {text.remedy}")
            self.failed.show()
        self.refresh()
