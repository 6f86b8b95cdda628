"""The page of the day's visits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView, QToolButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.desk import POLICY, Desk
from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_spans
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.model import Source
from tracker.reports.day import DayReport
from ui.spans_view import view_spans
from ui.theme import Theme
from ui.windows.page import PageHost
from ui.windows.spans_model import SpansModel
from ui.windows.spans_page import SpansPage

DAY = date(2026, 11, 23)
EN = Language("en")


def open_page(qtbot: QtBot, **changes: Any) -> tuple[SpansPage, FakeOverview]:
    overview = FakeOverview(**changes)
    page = SpansPage(PageHost(overview, lambda: NOW, EN, Theme, lambda _page: None))
    qtbot.addWidget(page)
    page.resize(760, 620)
    page.refresh()
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.table.setFocus()
    return page, overview


def choose(page: SpansPage, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    page.table.clearSelection()
    for row in rows:
        index = page.model.index(row, 0)
        page.table.selectionModel().select(index, flags.Select | flags.Rows)


def shown(page: SpansPage, column: int) -> list[str]:
    return [str(page.model.index(row, column).data()) for row in range(page.model.rowCount())]


def offered(page: SpansPage) -> list[str]:
    page.menu.aboutToShow.emit()
    return [action.text() for action in page.menu.actions()]


def test_model_keeps_qts_rules_when_lines_come_change_and_go(
    qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    del qtbot
    model = SpansModel(EN)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    spans = made_up_spans()
    for part in (spans[:3], spans, spans[4:], (), spans):
        model.set_lines(view_spans(FakeOverview(spans=part), DAY, "", NOW, EN).lines)
        assert model.rowCount() == len(part)
        qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_one_click_corrects_all_that_are_chosen(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    assert not page.correct.isEnabled()
    choose(page, 0, 2)
    assert page.chosen.text() == "2 visits chosen, 16 min"
    assert offered(page) == ["Build the brand", "private"]
    page.menu.actions()[1].trigger()
    newest, third = overview.spans[-1], overview.spans[-3]
    device = newest.device
    assert overview.calls == [("correct", ((device, newest.seq), (device, third.seq)), "private")]
    assert (shown(page, 3)[0], shown(page, 5)[0]) == ("private", "corrected")
    assert page.told.text() == "2 visits are now for: private"
    assert [span.seq for span in page.selected()] == [newest.seq, third.seq]


def test_the_last_correction_is_taken_back_when_undone(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    before = overview.spans
    assert not page.undo.isEnabled()
    choose(page, 0)
    page.correct_to("private")
    QTest.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert overview.spans == before
    assert page.told.text() == "They are as they were."
    assert not page.undo.isEnabled()


def test_it_says_why_when_a_correction_is_refused(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    choose(page, 0)
    overview.refuses = OutsideError(ErrorCode.SPAN_GONE)
    page.correct_to("private")
    assert page.told.text().startswith("A visit that you chose has changed meanwhile")
    assert not page.undo.isEnabled()


def test_the_selection_stays_when_visits_are_added_and_grow(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    choose(page, 0, 3)
    chosen = [span.seq for span in page.selected()]
    last = overview.spans[-1]
    grown = replace(last, end=last.end + timedelta(seconds=30))
    fresh = replace(last, seq=50, start=grown.end, end=grown.end + timedelta(seconds=9))
    overview.spans = (*overview.spans[:-1], grown, replace(fresh, source=Source.APP))
    page.refresh()
    assert [span.seq for span in page.selected()] == chosen
    assert page.model.rowCount() == 13
    # And where the list is made anew.
    overview.spans = overview.spans[1:]
    page.refresh()
    assert [span.seq for span in page.selected()] == chosen


def test_channels_are_found_as_a_name_is_typed(qtbot: QtBot) -> None:
    page, _overview = open_page(qtbot)
    QTest.keyClicks(page.search, "you")
    assert set(shown(page, 2)) == {"YouTube"}
    QTest.keyClicks(page.search, "xx")
    assert page.empty.isVisible()
    assert "youxx" in page.empty.text()
    page.search.clear()
    assert page.table.isVisible()


def test_days_are_turned_by_arrows_keys_and_name(qtbot: QtBot) -> None:
    page, _overview = open_page(qtbot)
    assert not page.later.isEnabled()
    page.earlier.click()
    assert page.title.text() == "Sunday, 22 November 2026"
    assert not page.results.findChildren(QPushButton)[0].isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.title.text() == "Saturday, 21 November 2026"
    QTest.keyClick(page.table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    page.show_part("2026-11-18")
    assert page.title.text() == "Wednesday, 18 November 2026"
    page.show_part("nonsense")
    assert page.title.text() == "Monday, 23 November 2026"


def test_the_list_follows_the_day_when_it_shows_today(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    page.earlier.click()
    page.later.click()
    report: DayReport = replace(overview.report, day=DAY + timedelta(days=1))
    overview.report = report
    page.refresh()
    assert page.title.text() == "Tuesday, 24 November 2026"


@pytest.mark.qt_log_ignore(r"This plugin does not support ", extend=True)
def test_everything_is_done_by_keyboard(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.chosen.text().startswith("12 visits chosen")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.menu.isVisible()
    QTest.keyClick(page.menu, Qt.Key.Key_Down)
    QTest.keyClick(page.menu, Qt.Key.Key_Return)
    assert overview.calls[0][2] == "varumarke"
    for part in (page.earlier, page.later, page.search, page.table, page.correct, page.undo):
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_own_results_are_counted_and_taken_back(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    more, less = page.results.findChildren(QPushButton)
    assert (more.text(), less.isEnabled()) == ("+1 leads", False)
    more.click()
    more.click()
    less.click()
    assert overview.counts == {"leads": 1}
    assert page.results._shown[0][1].text() == "leads: 1"
    assert less.accessibleName() == "leads: take one back"


def test_an_empty_day_says_so_and_offers_nothing(qtbot: QtBot) -> None:
    page, _overview = open_page(qtbot, spans=())
    assert page.empty.text() == "No visits to the policy's channels on this day."
    assert page.empty.isVisible()
    for part in (page.table, page.search, page.correct, page.undo):
        assert not part.isVisible()


def test_what_was_seen_stays_when_the_store_cannot_be_read(qtbot: QtBot, monkeypatch: Any) -> None:
    page, _overview = open_page(qtbot)

    def fail(_self: object, _day: date) -> None:
        raise OutsideError(ErrorCode.STORE_BUSY, file="x")

    monkeypatch.setattr(FakeOverview, "rows", fail)
    page.refresh()
    assert page.model.rowCount() == 12


def test_every_control_has_a_name_for_screen_readers(qtbot: QtBot) -> None:
    page, _overview = open_page(qtbot)
    for kind in (QPushButton, QToolButton, QLineEdit, QTableView):
        for control in page.findChildren(kind):
            if control.isVisible():
                found = QAccessible.queryAccessibleInterface(control)
                assert found.text(QAccessible.Text.Name), control
    spoken = page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "14:10–now, 2 min, LinkedIn, Win leads, tab"


POLICY_WITH_LEADS = (
    POLICY + '[[purpose]]\nid = "leads"\nname = { en = "Win leads" }\nresult = "leads"\n'
)


def test_totals_and_limits_follow_when_the_real_service_is_corrected(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, POLICY_WITH_LEADS).start()
    for app, seconds in (("discord", 60), ("gedit", 10), ("discord", 90), ("gedit", 5)):
        desk.front(app)
        desk.wait(seconds)
    desk.front("discord")
    desk.wait(30)
    page = SpansPage(PageHost(desk.service, desk.clock.now, EN, Theme, lambda _page: None))
    qtbot.addWidget(page)
    page.refresh()
    assert shown(page, 0) == ["09:02–now", "09:01–09:02", "09:00–09:01"]
    choose(page, 0, 2)
    page.correct_to("leads")
    assert shown(page, 3) == ["Win leads", "private", "Win leads"]
    [limit] = desk.service.today().limits
    assert limit.used_ms == 90_000
    desk.wait(20)
    page.refresh()
    # What goes on is a visit of its own, as the choice says; what was chosen stays chosen.
    assert shown(page, 3) == ["private", "Win leads", "private", "Win leads"]
    assert [span.purpose for span in page.selected()] == ["leads", "leads"]
    page.undo_last()
    assert shown(page, 5) == ["", "", "", ""]
    [limit] = desk.service.today().limits
    assert limit.used_ms == 200_000
    desk.service.stop()
