"""The Privacy page: what it says, every stored row, export, deletion, pause, the place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.contracts.storage_contract import MONDAY, TUESDAY, with_everything
from tests.fakes import FakeOverview
from tests.made_up import NOW
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.policy.types import Recipient
from tracker.reports.own_data import ExportProgress
from tracker.storage.base import Stored
from ui.privacy_view import EVER
from ui.theme import Theme
from ui.windows.page import PageHost
from ui.windows.privacy_page import PrivacyPage
from ui.windows.questions import AskingBox


class Stage:
    """The page over two made-up days."""

    def __init__(self, qtbot: QtBot, **changes: Any) -> None:
        self.overview = FakeOverview(**changes)
        self.overview.store.write(with_everything(MONDAY))
        self.overview.store.write(with_everything(TUESDAY, 3))
        self.opened: list[str] = []
        host = PageHost(self.overview, lambda: NOW, Language("en"), Theme, self.opened.append)
        self.pauses = QMenu()
        self.page = PrivacyPage(host, self.pauses)
        qtbot.addWidget(self.page)
        self.page.resize(760, 700)
        self.page.refresh()
        self.show()

    def show(self) -> None:
        """Open the page; it reads the rows in the next turn."""
        self.page.show()
        QApplication.processEvents()

    def choose(self, first: date, last: date) -> None:
        table = self.page.stored
        table.all_days.setChecked(False)
        for edit, day in ((table.first, first), (table.last, last)):
            edit.setDate(QDate(day.year, day.month, day.day))

    def question(self) -> AskingBox:
        boxes = [box for box in self.page.findChildren(AskingBox) if box.isVisible()]
        assert len(boxes) == 1
        return boxes[0]

    def acts(self) -> list[object]:
        return [call[0] for call in self.overview.calls if call[0] != "store_now"]


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_what_the_employer_sees_is_told_first_and_largest(stage: Stage) -> None:
    labels = [label for label in stage.page.findChildren(QLabel) if label.isVisible()]
    assert labels[0].text() == "What your employer sees: nothing."
    largest = max(label.fontMetrics().height() for label in labels)
    assert labels[0].fontMetrics().height() == largest
    assert "You accepted version 2.1" in texts(stage.page)


def test_words_follow_when_the_policy_changes(stage: Stage) -> None:
    policy = stage.overview.policy
    monitoring = replace(policy.monitoring, recipients=(Recipient("HR", "daily_totals"),))
    stage.overview.policy = replace(policy, monitoring=monitoring)
    before = stage.page.promise.fontMetrics().height()
    stage.page.refresh()
    assert "HR: each day's totals" in stage.page.promise.text()
    assert stage.page.promise.fontMetrics().height() < before


def test_rows_are_stored_and_read_when_the_page_is_opened(stage: Stage) -> None:
    assert stage.overview.calls[0] == ("store_now",)
    assert stage.page.stored.model.rowCount() == 2
    assert stage.page.stored.number.text() == "2 rows"


def test_every_kind_can_be_chosen(stage: Stage) -> None:
    table = stage.page.stored
    kinds = [Stored(table.kind.itemData(at)) for at in range(table.kind.count())]
    assert kinds == [*Stored]
    for at, kind in enumerate(kinds):
        table.kind.setCurrentIndex(at)
        assert table.model.rowCount() == stage.overview.store.counted(*EVER)[kind] > 0


def test_only_rows_of_the_chosen_days_are_shown(stage: Stage) -> None:
    assert not stage.page.stored.first.isEnabled()
    stage.choose(TUESDAY, MONDAY)  # whichever comes first
    assert stage.page.stored.days == (MONDAY, TUESDAY)
    assert stage.page.stored.first.isEnabled()
    stage.choose(TUESDAY, TUESDAY)
    assert stage.page.stored.model.rowCount() == 1


def test_trouble_is_told_when_the_store_cannot_be_read(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise OutsideError(ErrorCode.STORE_UNREADABLE, file="x.db")

    monkeypatch.setattr(stage.overview, "counted", fail)
    stage.page.stored.reload()
    assert "x.db" in stage.page.stored.number.text()
    monkeypatch.setattr(stage.overview, "store_now", fail)
    stage.page.hide()
    stage.show()
    assert "x.db" in stage.page.trouble.text()
    assert stage.page.trouble.isVisible()
    stage.page.deletion.all_button.click()
    assert "x.db" in stage.page.deletion.said.text()


def test_everything_goes_when_that_is_confirmed(qtbot: QtBot, stage: Stage) -> None:
    stage.overview.pieces = [MONDAY, MONDAY]
    stage.page.deletion.all_button.click()
    box = stage.question()
    assert "Stretches of time: 2" in box.informativeText()
    assert "Acceptances: 2" in box.informativeText()
    box.yes_button.click()
    assert stage.page.deletion.progress.isVisible()
    assert not stage.page.deletion.all_button.isVisible()
    qtbot.waitUntil(lambda: stage.acts() == ["erase"] * 3)
    assert stage.page.deletion.said.text() == "Deleted."
    assert stage.page.stored.model.rowCount() == 0
    stage.page.refresh()
    assert stage.page.accepted.text() == "Not accepted: nothing is measured."


def test_chosen_days_go_when_that_is_confirmed(qtbot: QtBot, stage: Stage) -> None:
    assert not stage.page.deletion.days_button.isEnabled()
    stage.choose(MONDAY - timedelta(days=9), MONDAY)
    assert stage.page.deletion.days_button.isEnabled()
    stage.overview.pieces = [MONDAY - timedelta(days=1)]
    stage.page.deletion.days_button.click()
    box = stage.question()
    assert "14–23 Nov 2026" in box.informativeText()
    assert "Acceptances" not in box.informativeText()
    box.yes_button.click()
    first = MONDAY - timedelta(days=9)
    qtbot.waitUntil(lambda: len(stage.acts()) == 2)
    assert stage.overview.calls[-2:] == [
        ("delete", first, MONDAY), ("delete", first, MONDAY - timedelta(days=1)),
    ]  # fmt: skip
    assert stage.page.deletion.said.text() == "Deleted."


@pytest.mark.parametrize("answer", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_nothing_goes_when_enter_or_escape_is_pressed(
    qtbot: QtBot, stage: Stage, answer: Qt.Key
) -> None:
    stage.page.deletion.all_button.click()
    box = stage.question()
    QTest.keyClick(box, answer)
    qtbot.waitUntil(lambda: not box.isVisible())
    QApplication.processEvents()  # what an answer would set going
    assert stage.acts() == []


def test_nothing_is_asked_when_the_days_are_empty(stage: Stage) -> None:
    stage.choose(MONDAY - timedelta(days=9), MONDAY - timedelta(days=5))
    stage.page.deletion.days_button.click()
    assert not stage.page.findChildren(QMessageBox)
    assert stage.page.deletion.said.text() == "Nothing is stored of these days."


@pytest.mark.parametrize("act", ["erase", "delete"])
def test_trouble_is_told_when_it_cannot_be_deleted(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    def fail(*_args: object) -> None:
        raise OutsideError(ErrorCode.STORE_BUSY, file="x.db")

    monkeypatch.setattr(stage.overview, act, fail)
    stage.choose(MONDAY, MONDAY)
    deletion = stage.page.deletion
    (deletion.all_button if act == "erase" else deletion.days_button).click()
    stage.question().yes_button.click()
    qtbot.waitUntil(lambda: bool(deletion.said.text()))
    assert deletion.all_button.isVisible()
    assert not deletion.progress.isVisible()


def test_export_shows_how_far_it_is_and_where_it_went(stage: Stage) -> None:
    export = stage.page.export
    export.export_to(Path("/tmp/own.json"))
    assert stage.overview.calls[-1] == ("export_data", Path("/tmp/own.json"), True)
    assert export.progress.isVisible()
    assert not export.button.isVisible()
    told = stage.overview.exports[-1]
    told(ExportProgress(2000, 5000))
    assert (export.progress.value(), export.progress.maximum()) == (2000, 5000)
    told(ExportProgress(5000, 5000, done=True))
    assert export.said.text() == "5,000 rows are written to /tmp/own.json."
    assert export.button.isVisible()
    assert not export.progress.isVisible()


def test_export_can_be_cancelled_and_can_fail(stage: Stage) -> None:
    export = stage.page.export
    export.export_to(Path("/tmp/own.json"))
    export.cancel_button.click()
    assert stage.overview.calls[-1] == ("export_cancelled",)
    assert export.said.text() == "Cancelled. No file is left."
    export.export_to(Path("/tmp/own.json"))
    error = OutsideError(ErrorCode.FILE_NOT_WRITTEN, file="/tmp/own.json", reason="no room")
    stage.overview.exports[-1](ExportProgress(7, 9, done=True, error=error))
    assert "/tmp/own.json" in export.said.text()
    assert export.button.isVisible()


def test_file_is_asked_for_with_the_days_name(stage: Stage) -> None:
    stage.page.export.button.click()
    (dialog,) = stage.page.findChildren(QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert [Path(name).name for name in dialog.selectedFiles()] == ["kanaltid-2026-11-23.json"]
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.reject()
    assert stage.acts() == []


def test_pause_is_one_click_and_measuring_can_be_stopped(stage: Stage) -> None:
    page = stage.page
    assert page.pause.isVisible()
    assert page.pause.menu() is stage.pauses
    assert not page.begin.isVisible()
    stage.overview.paused = True
    page.refresh()
    page.resume.click()
    assert stage.acts() == ["resume"]
    page.stop.click()
    stage.question().yes_button.click()
    assert stage.acts() == ["resume", "withdraw"]
    page.refresh()
    assert not page.stop.isVisible()
    page.begin.click()
    assert stage.opened == ["today"]


def test_place_of_the_data_is_named(stage: Stage) -> None:
    assert stage.page.place.text() == "/home/karin/.local/share/kanaltid"


def test_every_control_can_be_reached_and_has_a_name(
    stage: Stage,
    qtbot: QtBot,  # noqa: ARG001
) -> None:
    page = stage.page
    stage.choose(MONDAY, TUESDAY)
    controls = [
        page.pause, page.stop, page.stored.kind, page.stored.all_days, page.stored.first,
        page.stored.last, page.stored.table, page.export.button, page.deletion.days_button,
        page.deletion.all_button, page.open_place,
    ]  # fmt: skip
    for control in controls:
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
        named = control.accessibleName() or getattr(control, "text", str)()
        assert named
    order: list[QWidget] = []
    widget = page.pause.nextInFocusChain()
    while widget is not None and widget is not page.pause:
        order.append(widget)
        widget = widget.nextInFocusChain()
    places = [order.index(control) for control in controls[1:]]
    assert places == sorted(places)
