"""The timeline on the page of visits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollBar, QToolButton
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.made_up import NOW
from tracker.i18n import Language
from ui.theme import Theme
from ui.windows.page import PageHost
from ui.windows.spans_page import SpansPage


def open_page(qtbot: QtBot, **changes: Any) -> tuple[SpansPage, FakeOverview]:
    overview = FakeOverview(**changes)
    host = PageHost(overview, lambda: NOW, Language("en"), Theme, lambda _page: None)
    page = SpansPage(host)
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show_part("timeline")
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.timeline.view.setFocus()
    return page, overview


def test_list_and_timeline_take_each_others_place(qtbot: QtBot) -> None:
    page, _overview = open_page(qtbot)
    assert page.timeline.isVisible()
    assert not page.table.isVisible()
    page.as_list.click()
    assert page.table.isVisible()
    page.as_timeline.click()
    assert page.timeline.isVisible()


def test_a_day_is_opened_as_a_timeline_by_its_key(qtbot: QtBot) -> None:
    page, _overview = open_page(qtbot)
    page.show_part("2026-11-18/timeline")
    assert page.title.text() == "Wednesday, 18 November 2026"
    assert page.timeline.isVisible()


@pytest.mark.qt_log_ignore(r"This plugin does not support ", extend=True)
def test_purpose_is_corrected_in_place_and_taken_back_by_keys(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    before = overview.spans
    view = page.timeline.view
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert page.menu.isVisible()
    assert page.chosen.text() == "1 visit chosen, 12 min"
    QTest.keyClick(page.menu, Qt.Key.Key_Up)
    QTest.keyClick(page.menu, Qt.Key.Key_Return)
    first = before[0]
    assert overview.calls == [("correct", ((first.device, first.seq),), "private")]
    assert "LinkedIn, private" in view.items[0].text
    assert page.told.text() == "1 visit is now for: private"
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert overview.spans == before
    assert "LinkedIn, Win leads" in view.items[0].text


@pytest.mark.qt_log_ignore(r"This plugin does not support ", extend=True)
def test_what_is_chosen_holds_for_list_and_timeline(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    QTest.keyClick(page.timeline.view, Qt.Key.Key_Home)
    first = overview.spans[0]
    page._ask_about(((first.device, first.seq),), page.pos())
    page.menu.close()
    page.as_list.click()
    assert [span.seq for span in page.selected()] == [first.seq]
    day = page.timeline.view._day
    assert day is not None
    assert day.chosen == {(first.device, first.seq)}


def test_a_channel_is_found_and_its_visits_are_stepped_through(qtbot: QtBot) -> None:
    page, _overview = open_page(qtbot)
    QTest.keyClicks(page.search, "you")
    told = []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F3, Qt.Key.Key_F3, Qt.Key.Key_F3):
        QTest.keyClick(page.search, key)
        told.append(page.timeline.told.text())
    assert all("YouTube" in text for text in told)
    assert len(set(told)) == 4
    QTest.keyClick(page.search, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert page.timeline.told.text() == told[2]
    page.search.clear()
    assert len({item.text for item in page.timeline.view.items}) == 14


def test_scroll_bar_and_words_follow_the_window(qtbot: QtBot) -> None:
    page, _overview = open_page(qtbot)
    part = page.timeline
    assert part.seen.text() == "08:00–15:00"
    assert part.bar.maximum() == 0
    assert not part.whole.isEnabled()
    part.closer.click()
    part.closer.click()
    assert part.bar.maximum() > 0
    seen = part.view.window_seen
    part.bar.setValue(part.bar.maximum())
    assert part.view.window_seen.end == part.view.whole.end
    part.bar.setValue(0)
    assert part.view.window_seen.start == part.view.whole.start
    assert abs(part.view.window_seen.length - seen.length) < timedelta(milliseconds=2)
    while part.view.window_seen.length > timedelta(minutes=10):
        part.closer.click()
    assert part.seen.text().count(":") == 4
    part.whole.click()
    assert part.seen.text() == "08:00–15:00"


def test_window_stays_while_the_day_grows_and_goes_with_another_day(qtbot: QtBot) -> None:
    page, _overview = open_page(qtbot)
    page.timeline.closer.click()
    seen = page.timeline.view.window_seen
    page.refresh()
    assert page.timeline.view.window_seen == seen
    page.earlier.click()
    assert page.timeline.view.is_whole


def test_gaps_are_seen_when_there_are_no_visits(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot, spans=())
    assert page.timeline.isVisible()
    assert len(page.timeline.view.items) == 2
    overview.gaps = ()
    page.refresh()
    assert page.empty.isVisible()


def test_every_control_has_a_name_for_screen_readers(qtbot: QtBot) -> None:
    page, _overview = open_page(qtbot)
    for kind in (QToolButton, QScrollBar):
        for control in page.timeline.findChildren(kind):
            if control.isVisible():
                assert control.accessibleName()
    assert page.timeline.view.accessibleName()
