"""Charts are taken along: copied as picture and as table, and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from tests.made_up import made_up_policy, made_up_report
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from ui.charts.drawing import Table
from ui.charts.limits import LimitsChart
from ui.charts.taking import ChartTaking, table_text
from ui.charts.view import ChartView
from ui.day_view import view_day
from ui.theme import Theme


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    shown = ChartView("Limits, used and left today", Theme())
    qtbot.addWidget(shown)
    day = view_day(made_up_report(), made_up_policy(), Language("en"))
    shown.set_chart(LimitsChart(day.limits, Language("en")))
    shown.resize(500, shown.heightForWidth(500))
    shown.show()
    shown.setFocus()
    return shown


def taking(view: ChartView) -> ChartTaking:
    found = view.taking
    assert found is not None
    return found


def test_table_is_text_with_tabs_and_no_line_breaks_in_cells() -> None:
    assert table_text(Table(("A", "B"), (("a\nb", "1"), ("c", "")))) == "A\tB\na b\t1\nc\t"


def test_picture_has_twice_the_dots_and_a_heading(view: ChartView) -> None:
    image = taking(view).picture()
    assert image.devicePixelRatio() == 2.0
    assert image.width() > 2 * view.width()
    assert image.height() > 2 * view.height()


def test_keys_copy_the_picture_and_the_table(view: ChartView) -> None:
    clipboard = QGuiApplication.clipboard()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(view, Qt.Key.Key_C, control)
    assert clipboard.image().width() == taking(view).picture().width()
    QTest.keyClick(view, Qt.Key.Key_C, control | shift)
    lines = clipboard.text().splitlines()
    assert lines[0].split("\t")[0] == "Limit"
    assert "12 min left" in lines[1]


def test_picture_is_saved_where_it_was_asked_for(view: ChartView, tmp_path: Path) -> None:
    QTest.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = view.findChildren(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "Limits, used and left today.png"
    file = tmp_path / "limits.png"
    dialog.fileSelected.emit(str(file))
    assert QImage(str(file)).size() == taking(view).picture().size()
    dialog.reject()


def test_it_says_so_when_the_picture_cannot_be_saved(view: ChartView, tmp_path: Path) -> None:
    missing = tmp_path / "no-folder" / "limits.png"
    with pytest.raises(OutsideError) as caught:
        taking(view).save(missing)
    assert caught.value.code is ErrorCode.FILE_NOT_WRITTEN
    taking(view)._save_or_tell(missing)
    (box,) = view.findChildren(QMessageBox)
    assert str(missing) in box.text() + box.informativeText()
    box.reject()


@pytest.mark.qt_log_ignore(r"This plugin does not support ", extend=True)
def test_context_menu_offers_all_three_and_names_the_keys(view: ChartView) -> None:
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(view, QContextMenuEvent(reason, QPoint(5, 5), QPoint(5, 5)))
    (menu,) = view.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Copy the picture",
        "Copy the table as text",
        "Save the picture …",
    ]
    assert all(not action.shortcut().isEmpty() for action in menu.actions())
    QGuiApplication.clipboard().clear()
    menu.actions()[1].trigger()
    assert QGuiApplication.clipboard().text().startswith("Limit\t")
    menu.close()
