"""The Trends page over a made-up year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.ui.test_trends_view import LEADS, MONDAY, WEEK, trend_week
from tools.made_up_desk import MadeUpDesk
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.reports.trends import TrendWeek
from tracker.status import Overview
from ui.charts.view import ChartView
from ui.theme import Scheme, Theme
from ui.windows.page import PageHost
from ui.windows.pieces import AT_ONCE_MS
from ui.windows.trends_page import TrendsPage


@pytest.fixture(scope="module")
def desk() -> MadeUpDesk:
    return MadeUpDesk()


@pytest.fixture
def opened() -> list[str]:
    return []


def open_page(qtbot: QtBot, overview: Overview, opened: list[str]) -> TrendsPage:
    now = FakeOverview().now
    host = PageHost(overview, lambda: now, Language("en"), Theme, opened.append)
    made = TrendsPage(host)
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.show()
    made.refresh()
    settle(qtbot, made)
    return made


def settle(qtbot: QtBot, page: TrendsPage) -> None:
    """Wait until the page has read all that it shows."""
    qtbot.waitUntil(lambda: not page.pieces.under_way)


@pytest.fixture
def page(qtbot: QtBot, desk: MadeUpDesk, opened: list[str]) -> TrendsPage:
    return open_page(qtbot, desk.service, opened)


@pytest.fixture
def overview() -> FakeOverview:
    return FakeOverview(trends=(trend_week(MONDAY - WEEK, {LEADS: 60}, leads=2), now_week(5)))


def now_week(minutes: float) -> TrendWeek:
    return trend_week(MONDAY, {LEADS: minutes})  # type: ignore[dict-item]


def click(view: ChartView, index: int) -> None:
    box = view.items[index].box
    point = view.rect().topLeft()
    point.setX(round(box.x + box.width / 2))
    point.setY(round(box.y + box.height / 2))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)


def test_median_week_and_every_chart_are_there_on_a_year(page: TrendsPage) -> None:
    assert page.number.text().endswith("min")
    assert "median week" in page.words.text()
    assert len(page.weeks.view.items) == 52
    assert len(page.calendar.view.items) == 30
    for part in (page.channels, page.purposes, page.results, page.hours):
        assert part.isVisible()
        assert part.view.items
    assert page.based_on.text().startswith("Minutes, on average of the 2")
    assert not page.no_results.isVisible()


def test_a_click_on_a_week_opens_it(page: TrendsPage, opened: list[str]) -> None:
    click(page.weeks.view, 51)
    click(page.weeks.view, 0)
    assert opened == ["week/2026-W48", "week/2025-W49"]


def test_a_week_is_opened_by_keys_alone(page: TrendsPage, opened: list[str]) -> None:
    QTest.keyClick(page.weeks.view, Qt.Key.Key_End)
    QTest.keyClick(page.weeks.view, Qt.Key.Key_Return)
    assert opened == ["week/2026-W48"]


def test_a_day_opens_its_visits_and_its_week_where_they_are_gone(
    page: TrendsPage, opened: list[str]
) -> None:
    click(page.calendar.view, 19)
    click(page.calendar.view, 27)
    assert opened == ["spans/2026-11-20"], "nothing is there of a day to come"
    page.month_before.click()
    page.month_before.click()
    assert page.calendar.heading.text() == "September 2026"
    click(page.calendar.view, 0)
    assert opened[1:] == ["week/2026-W36"]


def test_months_are_turned_over_within_the_year(page: TrendsPage) -> None:
    assert page.calendar.heading.text() == "November 2026"
    assert not page.month_after.isEnabled()
    for _ in range(20):
        page.month_before.click()
    assert page.calendar.heading.text() == "December 2025"
    assert not page.month_before.isEnabled()
    page.month_after.click()
    assert page.calendar.heading.text() == "January 2026"


def test_years_are_turned_over_but_not_past_what_is_kept(page: TrendsPage, qtbot: QtBot) -> None:
    assert not page.later.isEnabled()
    page.earlier.click()
    settle(qtbot, page)
    assert page.dates.text().startswith("2 Dec 2024")
    assert page.later.isEnabled()
    assert not page.earlier.isEnabled(), "nothing is kept before"
    assert page.calendar.heading.text() == "November 2025"
    page.later.click()
    settle(qtbot, page)
    assert page.dates.text().startswith("1 Dec 2025")


def test_weeks_are_shown_against_the_limit_that_is_chosen(page: TrendsPage, qtbot: QtBot) -> None:
    names = [page.focus.itemText(at) for at in range(page.focus.count())]
    at = names.index("Social media for work")
    page.focus.setCurrentIndex(at)
    page.focus.activated.emit(at)
    settle(qtbot, page)
    assert "of 3 h 00 min" in page.weeks.view.items[50].text
    assert page.focus.currentText() == "Social media for work"


def test_a_limit_is_chosen_while_the_year_is_still_read(page: TrendsPage, qtbot: QtBot) -> None:
    def slow() -> Iterator[None]:
        watch = QElapsedTimer()
        watch.start()
        while watch.elapsed() <= AT_ONCE_MS:
            pass
        yield
        yield

    page.pieces.begin(slow())
    assert page.pieces.under_way
    at = page.focus.findText("Social media for work")
    page.focus.setCurrentIndex(at)
    page.focus.activated.emit(at)
    settle(qtbot, page)
    assert "of 3 h 00 min" in page.weeks.view.items[50].text


def test_the_present_week_follows_when_a_minute_was_added(
    qtbot: QtBot, overview: FakeOverview, opened: list[str]
) -> None:
    page = open_page(qtbot, overview, opened)
    assert "work 5 min" in page.weeks.view.items[-1].text
    overview.trends = (overview.trends[0], now_week(6))
    page.refresh()
    settle(qtbot, page)
    assert "work 6 min" in page.weeks.view.items[-1].text


def test_what_was_corrected_meanwhile_is_read_when_the_page_is_opened_again(
    qtbot: QtBot, overview: FakeOverview, opened: list[str]
) -> None:
    page = open_page(qtbot, overview, opened)
    overview.trends = (trend_week(MONDAY - WEEK, {LEADS: 90}), overview.trends[1])
    page.refresh()
    settle(qtbot, page)
    assert "work 1 h 00 min" in page.weeks.view.items[-2].text, "the past is not read each second"
    overview.change()
    page.hide()
    page.show()
    page.refresh()
    settle(qtbot, page)
    assert "work 1 h 30 min" in page.weeks.view.items[-2].text


def test_empty_parts_say_what_will_be_here(
    qtbot: QtBot, overview: FakeOverview, opened: list[str]
) -> None:
    overview.trends = tuple(trend_week(MONDAY - n * WEEK, {}) for n in range(56, -1, -1))
    overview.spans = ()
    page = open_page(qtbot, overview, opened)
    assert page.number.text() == "Nothing yet"
    assert page.words.text() == "Your weeks will be here, and what they come to over a year."
    for part in (page.weeks, page.channels, page.purposes, page.results, page.hours):
        assert not part.isVisible()
    assert page.calendar.isVisible()
    assert page.no_results.isVisible()
    assert page.based_on.text().startswith("The hours of your weekdays will be here")


def test_what_was_seen_stays_when_the_store_cannot_be_read(
    page: TrendsPage, desk: MadeUpDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = page.number.text()

    def refuse(_first: date, _last: date) -> None:
        raise OutsideError(ErrorCode.STORE_BUSY, file="kanaltid.db")

    monkeypatch.setattr(desk.service, "trend_weeks", refuse)
    page.refresh()
    settle(qtbot, page)
    assert page.number.text() == number
    assert len(page.weeks.view.items) == 52


def test_other_colours_reach_each_chart(page: TrendsPage) -> None:
    page.set_theme(Theme(Scheme.DARK))
    for part in (page.weeks, page.calendar, page.channels, page.hours):
        assert part.view.grab().toImage().isNull() is False


def test_hours_are_of_the_days_whose_visits_are_kept(page: TrendsPage, desk: MadeUpDesk) -> None:
    keep = desk.service.policy.monitoring.keep_days.spans
    oldest = desk.service.today().day - timedelta(days=keep)
    assert min(page.hours_by_day) == oldest
