"""The export of a week: what is shown is what is saved, copied and mailed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QTableWidget
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.made_up import NOW
from tests.summary_weeks import MONDAY, SECRET_NOTE, WEEKS, full_week
from tests.ui.test_mailing import make_mailer
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.reports.week_facts import WeekFacts
from tracker.summary.forms import Form
from ui.theme import Theme
from ui.windows.export_dialog import ExportDialog
from ui.windows.page import PageHost


class Stage:
    """The dialog over a made-up week."""

    def __init__(self, qtbot: QtBot, facts: WeekFacts, monkeypatch: pytest.MonkeyPatch) -> None:
        self.overview = FakeOverview()
        self.asked: list[object] = []

        def week_facts(day: object) -> WeekFacts:
            self.asked.append(day)
            return facts

        monkeypatch.setattr(self.overview, "week_facts", week_facts)
        host = PageHost(self.overview, lambda: NOW, Language("en"), Theme, lambda _page: None)
        self.dialog = ExportDialog(host, MONDAY)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(self.dialog)
        self.dialog.show()

    def choose(self, form: Form) -> None:
        self.dialog.form.setCurrentIndex(self.dialog.form.findData(form))


@pytest.fixture
def stage(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Stage:
    return Stage(qtbot, full_week(), monkeypatch)


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("name", ["full", "empty", "fifty"])
def test_what_is_saved_is_what_was_shown(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, form: Form
) -> None:
    stage = Stage(qtbot, WEEKS[name](), monkeypatch)
    stage.choose(form)
    shown = stage.dialog._make()
    file = tmp_path / f"week.{form.value}"
    stage.dialog.save_to(file)
    if form is Form.PDF:  # which is given an id of its own each time
        assert len(file.read_bytes()) == len(shown)
    else:
        assert file.read_bytes() == shown
    assert len(shown) > 50
    assert stage.dialog.said.text() == f"Saved: {file}"


def test_week_is_named_and_paper_comes_first(stage: Stage) -> None:
    dialog = stage.dialog
    assert stage.asked == [MONDAY]
    assert dialog.windowTitle() == "Export: Week 47, 2026"
    room = dialog.screen().availableSize()
    assert dialog.height() <= room.height()
    assert dialog.width() <= room.width()
    assert dialog.chosen is Form.PDF
    assert dialog.preview.currentWidget() is dialog.preview.paper
    column = dialog.preview.paper.widget()
    assert column is not None
    pages = column.findChildren(QLabel)
    assert len(pages) == 1
    assert all(page.pixmap().width() <= dialog.preview.width() for page in pages)
    assert "5 h 18 min" in dialog.preview.paper.accessibleDescription()


def test_each_form_has_its_preview(stage: Stage) -> None:
    preview = stage.dialog.preview
    stage.choose(Form.HTML)
    assert preview.currentWidget() is preview.page
    assert "1 h 08 min" in preview.page.toPlainText()
    stage.choose(Form.XLSX)
    assert preview.currentWidget() is preview.sheets
    assert preview.sheets.count() == 4
    stage.choose(Form.CSV)
    table = preview.sheets.widget(0)
    assert isinstance(table, QTableWidget)
    assert preview.sheets.count() == 1
    assert table.model().headerData(0, Qt.Orientation.Horizontal) == "week"
    stage.choose(Form.JSON)
    assert json.loads(preview.text.toPlainText())["week"] == "2026-W47"


def test_notes_are_in_the_preview_and_the_file_only_when_ticked(
    stage: Stage, tmp_path: Path
) -> None:
    dialog = stage.dialog
    stage.choose(Form.JSON)
    assert SECRET_NOTE not in dialog.preview.text.toPlainText()
    QTest.keyClick(dialog.notes, Qt.Key.Key_Space)
    assert SECRET_NOTE in dialog.preview.text.toPlainText()
    dialog.save_to(tmp_path / "week.json")
    assert SECRET_NOTE in (tmp_path / "week.json").read_text("utf-8")
    dialog.notes.setChecked(False)
    assert SECRET_NOTE not in dialog.preview.text.toPlainText()


def test_ticks_are_off_when_there_is_nothing_to_tick(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = Stage(qtbot, WEEKS["empty"](), monkeypatch).dialog
    assert not dialog.notes.isEnabled()
    assert not dialog.results.isEnabled()


def test_texts_can_be_copied_and_pictures_not(stage: Stage) -> None:
    dialog = stage.dialog
    assert not dialog.copy_button.isVisible()
    stage.choose(Form.CSV)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text().startswith("week,day,channel")
    assert dialog.said.text() == "Copied."


def test_dialog_offers_a_name_and_saves_what_is_chosen(stage: Stage, tmp_path: Path) -> None:
    stage.choose(Form.XLSX)
    stage.dialog.save_button.click()
    (asking,) = stage.dialog.findChildren(QFileDialog)
    assert Path(asking.selectedFiles()[0]).name == "kanaltid-2026-W47.xlsx"
    asking.fileSelected.emit(str(tmp_path / "mine.xlsx"))
    asking.reject()
    assert (tmp_path / "mine.xlsx").read_bytes().startswith(b"PK")


def test_trouble_is_told_when_the_file_cannot_be_written(stage: Stage, tmp_path: Path) -> None:
    stage.dialog.save_to(tmp_path / "missing" / "week.pdf")
    assert "could not be written" in stage.dialog.said.text()
    assert list(tmp_path.glob("*.pdf")) == []


def test_trouble_is_told_when_the_week_cannot_be_read(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    overview = FakeOverview()

    def fail(_day: object) -> Any:
        raise OutsideError(ErrorCode.STORE_UNREADABLE, file="x.db")

    monkeypatch.setattr(overview, "week_facts", fail)
    host = PageHost(overview, lambda: NOW, Language("en"), Theme, lambda _page: None)
    dialog = ExportDialog(host, MONDAY)
    qtbot.addWidget(dialog)
    assert "x.db" in dialog.said.text()
    assert not dialog.save_button.isEnabled()


def test_mail_has_the_saved_file_when_the_desktop_can(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    make_mailer(tmp_path)
    dialog = Stage(qtbot, full_week(), monkeypatch).dialog
    dialog.mail_button.click()
    (asking,) = dialog.findChildren(QFileDialog)  # it is saved where the person says, first
    file = tmp_path / "week.pdf"
    asking.fileSelected.emit(str(file))
    asking.reject()
    qtbot.waitUntil(lambda: "Your mail program has the file" in dialog.said.text())
    assert (tmp_path / "asked").read_text().splitlines()[-1] == str(file)
    assert file.read_bytes().startswith(b"%PDF-")


def test_mail_is_off_and_says_why_when_the_desktop_cannot(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    dialog = Stage(qtbot, full_week(), monkeypatch).dialog
    assert not dialog.mail_button.isEnabled()
    assert "attach it yourself" in dialog.mail_words.text()


def test_every_control_has_a_name_and_is_reached_by_keys(stage: Stage) -> None:
    dialog = stage.dialog
    stage.choose(Form.CSV)
    for widget in (dialog.form, dialog.notes, dialog.results, dialog.save_button):
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert dialog.form.accessibleName() == "Form of the file"
    assert dialog.preview.sheets.accessibleName() == "What is in the file"
