"""The Settings page: what is chosen holds at once, and what can't be stored is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.made_up import NOW
from tests.ui.long_words import LongLanguage, cut_off
from tracker.autostart import StartAtLogin
from tracker.i18n import Language
from tracker.settings import Settings, SettingsKeeper
from ui.theme import Scheme, Theme, own_palette
from ui.windows.fields import lift_fields
from ui.windows.page import PageHost
from ui.windows.settings_page import SettingsPage


class Stage:
    def __init__(
        self, qtbot: QtBot, folder: Path, text: str = "", language: Language | None = None
    ) -> None:
        self.path = folder / "config" / "settings.json"
        if text:
            self.path.parent.mkdir()
            self.path.write_text(text, "utf-8")
        self.settings = SettingsKeeper(self.path)
        self.told: list[Settings] = []
        self.settings.listen(self.told.append)
        self.login = StartAtLogin(
            {"HOME": str(folder), "XDG_CONFIG_DIRS": str(folder / "etc")}, ("/k",)
        )
        self.opened: list[Path] = []
        self.opens = True
        language = language or Language("en")
        host = PageHost(FakeOverview(), lambda: NOW, language, Theme, lambda _page: None)
        self.page = SettingsPage(
            host,
            self.settings,
            self.login,
            Path("/home/karin/kanaltid"),
            system=Language("sv"),
            version="1.2.3",
            show_folder=self.show_folder,
        )
        qtbot.addWidget(self.page)
        self.page.show()

    def show_folder(self, folder: Path) -> bool:
        self.opened.append(folder)
        return self.opens

    def choose(self, box: QComboBox, text: str) -> None:
        """Choose by the keyboard, as a person does."""
        box.setFocus()
        place = box.findText(text)
        assert place >= 0, [box.itemText(each) for each in range(box.count())]
        key = Qt.Key.Key_Down if place > box.currentIndex() else Qt.Key.Key_Up
        for _ in range(abs(place - box.currentIndex())):
            QTest.keyClick(box, key)
        QApplication.processEvents()

    def stored(self) -> dict[str, Any]:
        values: dict[str, Any] = json.loads(self.path.read_text("utf-8"))
        return values


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Stage:
    return Stage(qtbot, tmp_path)


def troubles(page: SettingsPage) -> list[str]:
    labels = page.trouble.findChildren(QLabel)
    return [each.text().replace("\u200b", "") for each in labels if each.isVisible()]


def test_usual_settings_are_shown_when_nothing_was_set(stage: Stage) -> None:
    page = stage.page
    assert page.language.currentText() == "As the system: Svenska"
    assert page.theme.currentText() == "As the system"
    assert page.earlier.text() == "None"
    assert page.countdown.currentText() == "20 s"
    assert not page.login.isChecked()
    assert page.place.text() == "/home/karin/kanaltid"
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert "Kanaltid 1.2.3. Free software under the MIT licence." in texts
    assert troubles(page) == []
    assert not stage.path.exists()


def test_choices_hold_at_once_and_are_stored(stage: Stage) -> None:
    stage.choose(stage.page.language, "Svenska")
    stage.choose(stage.page.theme, "Dark")
    stage.choose(stage.page.countdown, "Never by itself")
    assert stage.settings.settings == Settings("sv", "dark", 0, None)
    assert stage.stored() == {"language": "sv", "theme": "dark", "countdown_s": None}
    assert [each.theme for each in stage.told][-2:] == ["dark", "dark"]


def test_all_countdowns_are_offered(stage: Stage) -> None:
    box = stage.page.countdown
    texts = [box.itemText(place) for place in range(box.count())]
    assert texts == ["20 s", "60 s", "2 min", "Never by itself"]


def test_earlier_notice_is_set_by_arrows_in_steps_and_never_goes_later(stage: Stage) -> None:
    box = stage.page.earlier
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Up)
    QTest.keyClick(box, Qt.Key.Key_Up)
    QApplication.processEvents()
    assert box.text() == "10 min earlier"
    assert stage.settings.settings.notices_earlier_min == 10
    assert (box.minimum(), box.maximum()) == (0, 30)


def test_number_counts_when_it_is_typed_to_its_end(stage: Stage) -> None:
    box = stage.page.earlier
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "15")
    QApplication.processEvents()
    assert stage.told == []
    QTest.keyClick(box, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert [each.notices_earlier_min for each in stage.told] == [15]


def test_wheel_over_a_control_changes_nothing_while_it_lacks_focus(stage: Stage) -> None:
    for control in (stage.page.countdown, stage.page.earlier):
        policy = control.focusPolicy()
        assert policy == Qt.FocusPolicy.StrongFocus


def test_start_at_login_is_switched_and_follows_the_desktops_own_tool(stage: Stage) -> None:
    page = stage.page
    QTest.keyClick(page.login, Qt.Key.Key_Space)
    assert stage.login.path.exists()
    stage.login.set(False)
    page.refresh()
    assert not page.login.isChecked()


def test_trouble_is_told_and_the_switch_goes_back_when_login_can_not_be_stored(
    stage: Stage, tmp_path: Path
) -> None:
    (tmp_path / ".config").touch()
    QTest.keyClick(stage.page.login, Qt.Key.Key_Space)
    assert not stage.page.login.isChecked()
    assert "kanaltid.desktop" in " ".join(troubles(stage.page))


def test_choice_goes_back_and_trouble_is_told_when_it_can_not_be_stored(
    stage: Stage, tmp_path: Path
) -> None:
    (tmp_path / "config").touch()
    stage.choose(stage.page.theme, "Dark")
    assert stage.page.theme.currentText() == "As the system"
    assert troubles(stage.page) != []
    assert stage.told == []


def test_wrong_value_is_told_until_it_is_chosen_anew(qtbot: QtBot, tmp_path: Path) -> None:
    stage = Stage(qtbot, tmp_path, '{"theme": "blue"}')
    assert "“theme”" in " ".join(troubles(stage.page))
    stage.choose(stage.page.theme, "Light")
    assert troubles(stage.page) == []


def test_folder_is_opened_and_its_path_copied(stage: Stage) -> None:
    page = stage.page
    QTest.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    assert stage.opened == [Path("/home/karin/kanaltid")]
    assert not page.unopened.isVisible()
    QTest.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "/home/karin/kanaltid"


def test_person_is_told_when_the_desktop_opens_no_folder(stage: Stage) -> None:
    stage.opens = False
    QTest.mouseClick(stage.page.open_button, Qt.MouseButton.LeftButton)
    assert stage.page.unopened.isVisible()


@pytest.mark.parametrize("width", [352, 700])
def test_nothing_is_cut_off_in_a_narrow_window_when_words_are_longer(
    qtbot: QtBot, tmp_path: Path, width: int
) -> None:
    stage = Stage(qtbot, tmp_path, '{"theme": "blue"}', LongLanguage())
    stage.opens = False
    stage.page.open_button.click()
    stage.page.resize(width, 500)
    for _ in range(3):
        QApplication.processEvents()
    # A path is one word to who looks for cut ones, and is broken where it may be.
    assert [text for text in cut_off(stage.page) if "\u200b" not in text] == []
    view = stage.page.content.parentWidget()
    assert view is not None
    assert stage.page.content.width() == view.width()
    assert stage.page.content.minimumSizeHint().width() <= view.width()


def test_every_control_has_a_name_and_can_be_reached_by_tab(stage: Stage) -> None:
    page = stage.page
    controls: list[QWidget] = [
        page.language, page.theme, page.earlier, page.countdown, page.login, page.weekly.on,
        page.place, page.open_button, page.copy_button,
    ]  # fmt: skip
    for control in controls:
        text = control.text() if isinstance(control, QAbstractButton) else ""
        assert control.accessibleName() or text
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    buddies = {label.buddy() for label in page.findChildren(QLabel)}
    assert {page.language, page.theme, page.earlier, page.countdown} <= buddies
    page.language.setFocus()
    reached: list[QWidget | None] = [QApplication.focusWidget()]
    for _ in controls[1:]:
        page.focusNextChild()
        reached.append(QApplication.focusWidget())
    assert reached == controls


def test_fields_stand_out_when_the_palette_gives_them_the_windows_colour(
    qtbot: QtBot, qapp: QApplication
) -> None:
    before = qapp.palette()
    fields: list[QWidget] = [QCheckBox(), QLineEdit(), QSpinBox()]
    holder = QWidget()
    qtbot.addWidget(holder)
    for field in fields:
        field.setParent(holder)
    try:
        for scheme, lifted in ((Scheme.DARK, True), (Scheme.LIGHT, False)):
            qapp.setPalette(own_palette(scheme))
            lift_fields(holder)
            usual = own_palette(scheme).color(QPalette.ColorRole.Base)
            for field in fields:
                base = field.palette().color(QPalette.ColorRole.Base)
                assert (base != usual) is lifted
    finally:
        qapp.setPalette(before)
