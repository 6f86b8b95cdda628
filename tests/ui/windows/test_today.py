"""The Today page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_policy, made_up_report
from tracker.i18n import Language
from tracker.model import State, StateKind
from tracker.notices.messages import Message, Messages
from tracker.policy.types import Recipient
from ui.charts.view import ChartView
from ui.theme import Scheme, Theme, dress
from ui.windows.main import MainWindow
from ui.windows.page import Page, PageHost
from ui.windows.pages import page_plans
from ui.windows.today import TodayPage


class Stage:
    """The Today page in its window, over a made-up day."""

    def __init__(self, qtbot: QtBot, language: str = "en", **changes: Any) -> None:
        self.overview = FakeOverview(**changes)
        self.messages = Messages()
        self.opened: list[str] = []
        host = PageHost(self.overview, lambda: NOW, Language(language), Theme, self.opened.append)
        plans = page_plans(host.language, QMenu(), Page)
        self.window = MainWindow(plans, host, self.messages, lambda _seen: None)
        qtbot.addWidget(self.window)
        self.window.open("today")
        page = self.window.page("today")
        assert isinstance(page, TodayPage)
        self.page = page

    def refresh(self) -> None:
        self.window.refresh()

    def show(self) -> TodayPage:
        self.window.show()
        return self.page


def test_what_is_left_of_the_nearest_limit_comes_first(qtbot: QtBot) -> None:
    page = Stage(qtbot).page
    assert page.number.text() == "7 min over"
    assert page.words.text() == "Social media for work: 52 of 45 min"
    assert page.state.sentence.text() == "In front: LinkedIn, Win leads · 0:00 this visit"
    assert page.date.text() == "Monday, 23 November 2026"
    size = QFontMetricsF(page.number.font()).height()
    assert size / QFontMetricsF(page.words.font()).height() == pytest.approx(2, abs=0.2)


def test_charts_without_anything_in_them_are_not_there(qtbot: QtBot) -> None:
    stage = Stage(qtbot, report=made_up_report(limits=(), channels=()), spans=(), gaps=())
    page = stage.show()
    assert not page.limits.isVisible()
    assert not page.channels.isVisible()
    assert page.timeline.isVisible()
    assert page.number.text() == "Nothing yet"


def test_pause_and_resume_take_each_others_place(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    page = stage.show()
    assert page.pause.isVisible()
    assert not page.resume.isVisible()
    stage.overview.pause(None)
    stage.refresh()
    assert not page.pause.isVisible()
    page.resume.click()
    assert stage.overview.calls[-1] == ("resume",)


def test_trouble_is_shown_with_its_remedy_until_it_is_over(qtbot: QtBot) -> None:
    stage = Stage(qtbot, trouble=(("no_backend", {}),), state=State(StateKind.NOT_MEASURED))
    page = stage.show()
    assert page.trouble.isVisible()
    texts = [label.text() for label in page.trouble.findChildren(QLabel)]
    assert texts == [
        "Kanaltid can't see which window is in front",
        "Nothing on this desktop tells Kanaltid which window is in front.",
        "“kanaltid doctor” says what is missing and what helps.",
    ]
    stage.overview.trouble = ()
    stage.refresh()
    assert not page.trouble.isVisible()


def test_promise_is_made_only_where_it_is_true(qtbot: QtBot) -> None:
    assert Stage(qtbot).page.promise.text() == "What your employer sees: nothing."
    monitoring = made_up_policy().monitoring
    told = monitoring.__class__(monitoring.purpose, recipients=(Recipient("x", "weekly_totals"),))
    window = Stage(qtbot, policy=made_up_policy(monitoring=told)).show()
    assert not window.promise.isVisible()


def test_everything_is_reached_by_the_tab_key(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show()
    window = stage.window
    with qtbot.waitActive(window):
        window.activateWindow()
    wanted = {
        widget
        for kind in (QPushButton, QToolButton, ChartView)
        for widget in window.findChildren(kind)
        if widget.isVisible() and widget.objectName() != "qt_toolbar_ext_button"
    }
    reached: set[QWidget] = set()
    for _step in range(30):
        focus = QApplication.focusWidget()
        if focus is not None:
            reached.add(focus)
        QTest.keyClick(focus or window, Qt.Key.Key_Tab)
    assert wanted <= reached


def test_every_control_has_a_name_for_screen_readers(qtbot: QtBot) -> None:
    window = Stage(qtbot).show()
    for kind in (QPushButton, QToolButton, ChartView):
        for widget in window.findChildren(kind):
            named = widget.accessibleName() or getattr(widget, "text", str)()
            assert named, widget


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("scheme", list(Scheme))
def test_no_text_is_cut_off(
    qtbot: QtBot, qapp: QApplication, language: str, scheme: Scheme
) -> None:
    before = qapp.palette()
    dress(qapp, scheme.value)
    stage = Stage(qtbot, language, trouble=(("display_lost", {}),))
    stage.messages.put(Message("k", "LinkedIn: 12 min kvar.", "48 av 60 min i dag.", NOW))
    stage.show()
    window = stage.window
    window.bar.refresh()
    qapp.sendPostedEvents()
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text():
            needed = label.heightForWidth(label.width())
            assert label.height() >= needed, label.text()
    for button in window.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= QFontMetricsF(button.font()).horizontalAdvance(button.text())
    qapp.setPalette(before)


def test_visit_in_front_has_a_clock_while_it_counts(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(qtbot)
    since = replace(stage.overview.status(), since=NOW - timedelta(seconds=727))
    monkeypatch.setattr(FakeOverview, "status", lambda _self: since)
    page = stage.show()
    stage.refresh()
    assert page.state.sentence.text() == "In front: LinkedIn, Win leads · 12:07 this visit"
    monkeypatch.undo()
    stage.overview.state = State(StateKind.IDLE)
    stage.refresh()
    assert page.state.sentence.text() == "No input: nothing counts"


@pytest.mark.qt_log_ignore(r"This plugin does not support ", extend=True)
def test_why_each_limit_stands_where_it_does_is_offered_by_name(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    page = stage.show()
    page.why.click()
    menu = page.why_menu
    names = [action.text() for action in menu.actions()]
    assert names[0] == "LinkedIn · Win leads, Build the brand"
    assert len(names) == len(page.limits.view.items)
    menu.actions()[0].trigger()
    menu.close()
    assert stage.opened == ["why/salj-linkedin/linkedin"]


def test_a_click_on_the_day_looks_closer(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show().timeline.view.activated.emit(0)
    assert stage.opened == ["spans/timeline"]


def test_what_the_policys_trouble_is_opens_from_the_box(qtbot: QtBot) -> None:
    fields = {"file": "/p.toml", "line": 48, "key": "limit[2].day", "count": 1}
    stage = Stage(qtbot, trouble=(("policy_invalid", fields),))
    box = stage.show().trouble
    (why,) = box.findChildren(QPushButton)
    why.click()
    assert stage.opened == ["policy/trouble"]
