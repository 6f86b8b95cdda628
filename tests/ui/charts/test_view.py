"""The widget of a chart: keys, pointer, paint, and what screen readers are given."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.made_up import made_up_policy, made_up_report
from tracker.i18n import Language
from ui.charts.accessible import ChartAccessibility
from ui.charts.drawing import Table
from ui.charts.limits import LimitsChart
from ui.charts.twin import ChartWithTable, TableModel
from ui.charts.view import ChartView
from ui.day_view import view_day
from ui.theme import Scheme, Theme


def chart(**changes: object) -> LimitsChart:
    day = view_day(made_up_report(**changes), made_up_policy(), Language("en"))
    return LimitsChart(day.limits, Language("en"))


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    shown = ChartView("Limits today", Theme())
    qtbot.addWidget(shown)
    shown.set_chart(chart())
    shown.resize(500, shown.heightForWidth(500))
    shown.show()
    return shown


def picture(widget: ChartView) -> QImage:
    return widget.grab().toImage()


def test_arrow_keys_walk_through_the_parts_and_stop_at_the_ends(view: ChartView) -> None:
    view.setFocus()
    visited = []
    for _step in range(6):
        QTest.keyClick(view, Qt.Key.Key_Down)
        visited.append(view.current)
    assert visited == [0, 1, 2, 3, 3, 3]
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.current == 0
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current == 3
    assert view.accessibleDescription() == "Private in breaks: 9 min, no limit"


def test_ring_is_drawn_around_the_part_that_the_keys_stand_on(view: ChartView) -> None:
    view.setFocus()
    before = picture(view)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert picture(view) != before


def test_part_under_the_pointer_is_told(view: ChartView) -> None:
    assert view.item_at(QPoint(10, 5)) == 0
    assert view.item_at(QPoint(10, view.height() - 2)) == 3
    assert view.item_at(QPoint(10, 100_000)) is None
    help_event = QHelpEvent(QEvent.Type.ToolTip, QPoint(10, 5), QPoint(10, 5))
    assert view.event(help_event)


def test_keys_stand_on_a_part_that_is_there_when_the_chart_gets_shorter(view: ChartView) -> None:
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_End)
    view.set_chart(chart(limits=made_up_report().limits[:1]))
    stood_on = [view.current]
    view.set_chart(chart(limits=()))
    stood_on.append(view.current)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert [*stood_on, view.current] == [0, None, None]


def test_height_follows_from_the_contents(view: ChartView) -> None:
    tall = view.heightForWidth(500)
    view.set_chart(chart(limits=made_up_report().limits[:1]))
    assert view.heightForWidth(500) < tall / 2


def test_colours_change_with_the_theme(view: ChartView) -> None:
    light = picture(view)
    view.set_theme(Theme(Scheme.DARK))
    assert picture(view) != light


def test_nothing_is_painted_anew_when_the_chart_is_the_same(
    view: ChartView, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates: list[int] = []
    monkeypatch.setattr(view, "update", lambda: updates.append(1))
    view.set_chart(chart())
    assert not updates
    view.set_chart(chart(limits=()))
    assert updates


@pytest.fixture
def accessibility(qapp: QApplication) -> ChartAccessibility:  # noqa: ARG001
    made = ChartAccessibility()
    made.install()
    return made


@pytest.mark.usefixtures("accessibility")
def test_screen_readers_get_a_list_with_an_item_for_each_part(view: ChartView) -> None:
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.role() == QAccessible.Role.List
    assert interface.text(QAccessible.Text.Name) == "Limits today"
    assert interface.childCount() == 4
    items = [interface.child(number) for number in range(4)]
    assert [item.role() for item in items] == [QAccessible.Role.ListItem] * 4
    assert items[0].text(QAccessible.Text.Name) == (
        "LinkedIn, Win leads, Build the brand: 48 of 60 min, 12 min left"
    )
    assert items[0].rect().isValid()
    assert interface.indexOfChild(items[2]) == 2
    view.set_chart(chart(limits=made_up_report().limits[:1]))
    assert interface.childCount() == 1
    assert not items[3].isValid()
    assert not items[3].text(QAccessible.Text.Name)


def test_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = TableModel(Table(("A", "B"), (("a", "1"), ("b", "2")), frozenset({1})))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    assert model.data(model.index(1, 1)) == "2"
    alignment = model.data(model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole)
    assert alignment == Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def test_model_is_reset_only_when_rows_came_or_went(qtbot: QtBot) -> None:
    model = TableModel(Table(("A",), (("a",),)))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_table(Table(("A",), (("b",),)))
    with qtbot.waitSignal(model.modelReset):
        model.set_table(Table(("A",), (("b",), ("c",))))


def test_table_takes_the_charts_place_and_keeps_up(qtbot: QtBot) -> None:
    twin = ChartWithTable("Limits", "Limits today", ("As a table", "As a chart"), Theme())
    qtbot.addWidget(twin)
    twin.set_chart(chart())
    twin.resize(500, 300)
    twin.show()
    assert twin.view.isVisible()
    assert not twin.table.isVisible()
    QTest.keyClick(twin.button, Qt.Key.Key_Space)
    assert twin.table.isVisible()
    assert not twin.view.isVisible()
    assert twin.button.accessibleName() == "Limits: As a chart"
    model = twin.table.model()
    assert model.rowCount() == 4
    assert model.index(0, 0).data() == "LinkedIn"
    twin.set_chart(chart(limits=made_up_report().limits[1:2]))
    assert model.rowCount() == 1
    assert model.index(0, 4).data() == "7 min over"
    assert twin.table.horizontalScrollBar().maximum() == 0
