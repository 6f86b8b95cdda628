"""The settings of the summary that is saved by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.settings import SettingsKeeper
from tracker.weekly_export import Written
from ui.typography import Type
from ui.weekly_view import view_weekly, weekly_words
from ui.windows.weekly_rows import WeeklyRows

ENGLISH = Language("en")


@pytest.fixture
def rows(qtbot: QtBot, tmp_path: Path) -> WeeklyRows:
    keeper = SettingsKeeper(tmp_path / "settings.json")
    made = WeeklyRows(Type(QGuiApplication.font()), keeper, ENGLISH)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(rows: WeeklyRows, folder: Path | None) -> None:
    (dialog,) = rows.findChildren(QFileDialog)
    if folder is not None:
        dialog.fileSelected.emit(str(folder))
    dialog.reject()


def test_it_is_off_and_asks_for_nothing_until_it_is_turned_on(rows: WeeklyRows) -> None:
    assert not rows.on.isChecked()
    assert not rows.details.isVisible()
    assert rows._settings.settings.weekly_folder is None


def test_it_is_on_only_when_a_folder_is_chosen(
    qtbot: QtBot, rows: WeeklyRows, tmp_path: Path
) -> None:
    rows.on.click()
    choose(rows, None)
    assert not rows.on.isChecked()
    qtbot.waitUntil(lambda: not rows.findChildren(QFileDialog))
    rows.on.click()
    choose(rows, tmp_path)
    assert rows.on.isChecked()
    assert rows.details.isVisible()
    assert rows.place.text() == str(tmp_path)
    rows.on.click()
    assert rows._settings.settings.weekly_folder is None
    assert not rows.details.isVisible()


def test_form_weekday_and_time_are_kept(rows: WeeklyRows, tmp_path: Path) -> None:
    rows._settings.change(weekly_folder=str(tmp_path))
    rows.refresh()
    for box, place in ((rows.form, 2), (rows.day, 4)):
        box.setCurrentIndex(place)
        box.activated.emit(place)
    rows.time.setTime(QTime(16, 30))
    now = SettingsKeeper(tmp_path / "settings.json").settings
    assert (now.weekly_form, now.weekly_day, now.weekly_minute) == ("xlsx", 4, 990)


def test_trouble_is_told_when_the_settings_cannot_be_stored(
    rows: WeeklyRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_changes: object) -> None:
        raise OutsideError(ErrorCode.FILE_NOT_WRITTEN, file="settings.json")

    monkeypatch.setattr(rows._settings, "change", refuse)
    rows._set(weekly_day=3)
    assert "settings.json could not be written" in rows.failed.text()
    assert rows.failed.isVisible()


def test_every_control_has_a_name_and_is_reached_by_keys(rows: WeeklyRows, tmp_path: Path) -> None:
    rows._settings.change(weekly_folder=str(tmp_path))
    rows.refresh()
    for widget in (rows.on, rows.place, rows.form, rows.day, rows.time):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_days_begin_with_monday_and_the_outcome_is_told_in_words(tmp_path: Path) -> None:
    assert [each.text for each in view_weekly(ENGLISH).days][:2] == ["Monday", "Tuesday"]
    file = tmp_path / "week.pdf"
    assert weekly_words(Written("2026-W47", file), ENGLISH) == (
        "The week's summary is saved",
        str(file),
    )
    error = OutsideError(ErrorCode.FILE_NOT_WRITTEN, file=str(file))
    title, text = weekly_words(Written("2026-W47", file, error), ENGLISH)
    assert title == "The week's summary could not be saved"
    assert f"{file} could not be written." in text
