"""The Settings page: each change takes effect at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from tracker.autostart import StartAtLogin
from tracker.error_texts import describe
from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.settings import MOST_EARLIER_MIN, SettingsKeeper
from ui.charts.drawing import Style
from ui.settings_view import view_settings
from ui.status_view import Trouble
from ui.theme import Theme
from ui.windows.fields import lift_fields
from ui.windows.page import PageHost, ScrollPage
from ui.windows.setting_rows import SettingRows, choice_box, show_choice
from ui.windows.texts import dim_label, plain_label, text_column
from ui.windows.trouble_box import TroubleBox
from ui.windows.weekly_rows import WeeklyRows

_STEP_MIN = 5


def open_folder(folder: Path) -> bool:
    """Open a folder in the desktop's own window for folders; return whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class SettingsPage(ScrollPage):
    """Language, look, notices, start and the place of the data.

    Args:
        host: What every page is given.
        settings: What is set; whoever follows a change listens to it.
        login: The start at login.
        folder: Where the data are.
        system: The language that the system asks for.
        version: Of the program.
        show_folder: Opens a folder; returns whether that can be done here.
    """

    def __init__(
        self,
        host: PageHost,
        settings: SettingsKeeper,
        login: StartAtLogin,
        folder: Path,
        *,
        system: Language,
        version: str,
        show_folder: Callable[[Path], bool] = open_folder,
    ) -> None:
        super().__init__(host)
        self._settings = settings
        self._login = login
        self._folder = folder
        self._show_folder = show_folder
        self._failed: OutsideError | None = None
        view = self._view = view_settings(host.language, system, version)
        self.trouble = TroubleBox(host.language, host.theme())
        self.trouble.setMaximumWidth(text_column(self.fonts))
        now = settings.settings
        self.language = choice_box(
            view.languages, now.language, lambda value: self._set(language=value)
        )
        self.theme = choice_box(view.themes, now.theme, lambda value: self._set(theme=value))
        self.countdown = choice_box(
            view.countdowns, now.countdown_s, lambda value: self._set(countdown_s=value)
        )
        self.earlier = self._make_earlier(now.notices_earlier_min)
        self.login = QCheckBox()
        self.login.clicked.connect(self._set_login)
        self.weekly = WeeklyRows(self.fonts, settings, host.language)
        self._lay_out()
        self.setFocusProxy(self.language)
        lift_fields(self)
        self.refresh()

    def refresh(self) -> None:
        now = self._settings.settings
        show_choice(self.language, now.language)
        show_choice(self.theme, now.theme)
        show_choice(self.countdown, now.countdown_s)
        if not self.earlier.hasFocus():
            blocked = self.earlier.blockSignals(True)
            self.earlier.setValue(now.notices_earlier_min)
            self.earlier.blockSignals(blocked)
        # The desktop has a tool for it of its own.
        self.login.setChecked(self._login.on)
        self.weekly.refresh()
        troubles = [*self._settings.troubles, *([self._failed] if self._failed else [])]
        told = (describe(each, self.host.language) for each in troubles)
        self.trouble.show_troubles(
            tuple(Trouble(each.title, _breakable(each.text), each.remedy) for each in told)
        )

    def set_theme(self, theme: Theme) -> None:
        self.trouble.set_theme(theme)
        lift_fields(self)

    def _make_earlier(self, minutes: int) -> QSpinBox:
        box = QSpinBox()
        box.setRange(0, MOST_EARLIER_MIN)
        box.setSingleStep(_STEP_MIN)
        box.setSpecialValueText(self._view.earlier_none)
        box.setSuffix(self._view.earlier_suffix)
        box.setValue(minutes)
        # While it is typed in, 10 is not 1 for a moment.
        box.setKeyboardTracking(False)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.valueChanged.connect(lambda value: self._set(notices_earlier_min=value))
        return box

    def _set(self, **changes: object) -> None:
        # After the control has done with the choice: another language makes the page anew.
        QTimer.singleShot(0, self, lambda: self._store(**changes))

    def _store(self, **changes: object) -> None:
        self._failed = None
        try:
            self._settings.change(**changes)
        except OutsideError as error:
            self._failed = error
        self.refresh()

    def _set_login(self, on: bool) -> None:
        self._failed = None
        try:
            self._login.set(on)
        except OutsideError as error:
            self._failed = error
        self.refresh()

    def _open_folder(self) -> None:
        self.unopened.setVisible(not self._show_folder(self._folder))

    def _copy_folder(self) -> None:
        QGuiApplication.clipboard().setText(str(self._folder))

    def _lay_out(self) -> None:
        view, fonts = self._view, self.fonts

        def section(heading: str) -> SettingRows:
            rows = SettingRows(fonts, heading)
            self._add(rows)
            return rows

        self._add(self.trouble)
        look = section(view.look)
        look.add(view.language, self.language)
        look.add(view.theme, self.theme)
        limits = section(view.limits)
        limits.add(view.earlier, self.earlier)
        limits.add(view.countdown, self.countdown)
        if self._login.available:
            section(view.start).add_check(view.login, self.login)
        self._add(self.weekly)
        section(view.data).add(view.folder, self._make_folder())
        section(view.about).add_wide(plain_label(fonts, Style.BODY, view.version))
        self.column.addStretch()

    def _add(self, part: QWidget) -> None:
        # With room beside it: a layout asks what is narrower than itself for its height at
        # the wrong width.
        row = QHBoxLayout()
        row.addWidget(part, 1)
        row.addStretch()
        self.column.addLayout(row)

    def _make_folder(self) -> QWidget:
        _, unit = self.host.language.gettext, round(self.fonts.unit)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(unit)
        self.place = QLineEdit(str(self._folder))
        self.place.setReadOnly(True)
        self.place.setCursorPosition(0)
        self.place.setAccessibleName(self._view.folder.name)
        self.place.setAccessibleDescription(self._view.folder.description)
        part.setFocusProxy(self.place)
        self.open_button = QPushButton(_("Open folder"))
        self.open_button.clicked.connect(lambda _checked=False: self._open_folder())
        self.copy_button = QPushButton(_("Copy path"))
        self.copy_button.clicked.connect(lambda _checked=False: self._copy_folder())
        buttons = QHBoxLayout()
        buttons.setSpacing(unit)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.copy_button)
        buttons.addStretch()
        self.unopened = dim_label(
            self.fonts, _("This desktop opens no folders. Copy the path instead.")
        )
        self.unopened.hide()
        column.addWidget(self.place)
        column.addLayout(buttons)
        column.addWidget(self.unopened)
        return part


def _breakable(text: str) -> str:
    """Return a text in which a path may be broken into lines after each separator."""
    return text.replace("/", "/\u200b")
