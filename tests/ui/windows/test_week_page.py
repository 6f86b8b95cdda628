"""The Week page over a made-up year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tools.made_up_desk import MadeUpDesk
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.reports.day import DayReport
from ui.theme import Theme
from ui.windows.export_dialog import ExportDialog
from ui.windows.page import PageHost
from ui.windows.week_page import WeekPage


@pytest.fixture(scope="module")
def desk() -> MadeUpDesk:
    return MadeUpDesk()


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def page(qtbot: QtBot, desk: MadeUpDesk, opened: list[str]) -> WeekPage:
    host = PageHost(desk.service, desk.loop.clock.now, Language("en"), Theme, opened.append)
    made = WeekPage(host)
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.show()
    made.refresh()
    return made


def test_weeks_are_turned_over_but_not_into_the_future(page: WeekPage) -> None:
    assert page.title.text() == "Week 48, 2026"
    assert not page.later.isEnabled()
    page.earlier.click()
    assert page.title.text() == "Week 47, 2026"
    assert page.later.isEnabled()
    page.later.click()
    assert page.title.text() == "Week 48, 2026"


def test_a_week_is_opened_by_its_key(page: WeekPage) -> None:
    page.show_part("2026-W40")
    page.refresh()
    assert page.title.text() == "Week 40, 2026"
    page.show_part("2027-W01")
    page.refresh()
    assert page.title.text() == "Week 48, 2026", "none is ahead of the present one"


def test_a_click_on_a_day_opens_it(page: WeekPage, opened: list[str]) -> None:
    view = page.days.view
    box = view.items[1].box
    point = view.rect().topLeft()
    point.setX(round(box.x + box.width / 2))
    point.setY(round(box.y + box.height / 2))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
    assert opened == ["spans/2026-11-24"]


def test_a_day_is_opened_by_keys_alone(page: WeekPage, opened: list[str]) -> None:
    view = page.days.view
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [], "no day is stood on yet"
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == ["spans/2026-11-23"]


def test_days_are_shown_against_the_limit_that_is_chosen(page: WeekPage) -> None:
    names = [page.focus.itemText(at) for at in range(page.focus.count())]
    at = names.index("Social media for work")
    page.focus.setCurrentIndex(at)
    page.focus.activated.emit(at)
    assert page.focus.currentText() == "Social media for work"
    assert "work 15 min of 45 min" in page.days.view.items[0].text
    page.earlier.click()
    assert page.focus.currentText() == "Social media for work"


def test_what_was_seen_stays_when_the_store_cannot_be_read(
    page: WeekPage, desk: MadeUpDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = page.title.text()

    def refuse(_day: object) -> None:
        raise OutsideError(ErrorCode.STORE_BUSY, file="kanaltid.db")

    monkeypatch.setattr(desk.service, "week", refuse)
    page.earlier.click()
    assert page.title.text() == title
    assert len(page.days.view.items) == 7


def test_the_week_that_is_shown_can_be_exported(page: WeekPage) -> None:
    page.earlier.click()
    page.export.click()
    (dialog,) = page.window().findChildren(ExportDialog)
    assert dialog.isVisible()
    assert "47" in dialog.windowTitle()
    dialog.close()


def test_the_store_is_asked_once_while_the_page_is_seen(
    page: WeekPage, desk: MadeUpDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    week = desk.service.week

    def ask(day: date) -> tuple[DayReport, ...]:
        asked.append(day)
        return week(day)

    monkeypatch.setattr(desk.service, "week", ask)
    for _second in range(3):
        page.refresh()
    assert asked == []
    page.hide()
    page.show()
    page.refresh()
    assert len(asked) == 2, "it may have been corrected meanwhile"


def test_the_present_day_goes_on_while_the_page_is_seen(page: WeekPage, desk: MadeUpDesk) -> None:
    before = page.days.view.items[0].text
    desk.loop.advance_to(desk.loop.clock.now() + timedelta(minutes=5))
    page.refresh()
    assert page.days.view.items[0].text != before
