"""The Today window."""

from __future__ import annotations

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
from ui.day_view import view_day
from ui.status_view import view_status
from ui.theme import Scheme, Theme, dress
from ui.windows.today import TodayWindow


class Stage:
    """A Today window over a made-up day."""

    def __init__(self, qtbot: QtBot, language: str = "en", **changes: Any) -> None:
        self.overview = FakeOverview(**changes)
        self.language = Language(language)
        self.messages = Messages()
        self.seen: list[bool] = []
        self.window = TodayWindow(
            self.overview,
            self.messages,
            QMenu(),
            now=lambda: NOW,
            language=self.language,
            theme=Theme(),
            seen=self.seen.append,
        )
        qtbot.addWidget(self.window)
        self.refresh()

    def refresh(self) -> None:
        policy = self.overview.policy
        day = view_day(self.overview.today(), policy, self.language)
        status = self.overview.status()
        view = view_status(status, day, policy, NOW, self.language)
        self.window.refresh(view, day, accepted=status.accepted, paused=status.paused)

    def show(self) -> TodayWindow:
        self.window.show()
        return self.window


def test_what_is_left_of_the_nearest_limit_comes_first(qtbot: QtBot) -> None:
    window = Stage(qtbot).window
    assert window.number.text() == "7 min over"
    assert window.words.text() == "Social media for work: 52 of 45 min"
    assert window.state.sentence.text() == "In front: LinkedIn, Win leads"
    assert window.date.text() == "Monday, 23 November 2026"
    size = QFontMetricsF(window.number.font()).height()
    assert size / QFontMetricsF(window.words.font()).height() == pytest.approx(2, abs=0.2)


def test_charts_without_anything_in_them_are_not_there(qtbot: QtBot) -> None:
    stage = Stage(qtbot, report=made_up_report(limits=(), channels=()), spans=(), gaps=())
    window = stage.show()
    assert not window.limits.isVisible()
    assert not window.channels.isVisible()
    assert window.timeline.isVisible()
    assert window.number.text() == "Nothing yet"


def test_pause_and_resume_take_each_others_place(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    window = stage.show()
    assert window.pause.isVisible()
    assert not window.resume.isVisible()
    stage.overview.pause(None)
    stage.refresh()
    assert not window.pause.isVisible()
    window.resume.click()
    assert stage.overview.calls[-1] == ("resume",)


def test_trouble_is_shown_with_its_remedy_until_it_is_over(qtbot: QtBot) -> None:
    stage = Stage(qtbot, trouble=(("no_backend", {}),), state=State(StateKind.NOT_MEASURED))
    window = stage.show()
    assert window.trouble.isVisible()
    texts = [label.text() for label in window.trouble.findChildren(QLabel)]
    assert texts == [
        "Kanaltid can't see which window is in front",
        "Nothing on this desktop tells Kanaltid which window is in front.",
        "“kanaltid doctor” says what is missing and what helps.",
    ]
    stage.overview.trouble = ()
    stage.refresh()
    assert not window.trouble.isVisible()


def test_message_waits_in_a_bar_until_it_is_dismissed(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    window = stage.show()
    assert not window.bar.isVisible()
    stage.messages.put(Message("k", "LinkedIn: 12 min left.", "48 of 60 min today.", NOW))
    window.bar.refresh()
    assert window.bar.isVisible()
    assert window.bar.title.text() == "LinkedIn: 12 min left."
    QTest.mouseClick(window.bar.dismiss_button, Qt.MouseButton.LeftButton)
    window.bar.refresh()
    assert not stage.messages.waiting
    assert not window.bar.isVisible()


def test_promise_is_made_only_where_it_is_true(qtbot: QtBot) -> None:
    assert Stage(qtbot).window.promise.text() == "What your employer sees: nothing."
    monitoring = made_up_policy().monitoring
    told = monitoring.__class__(monitoring.purpose, recipients=(Recipient("x", "weekly_totals"),))
    window = Stage(qtbot, policy=made_up_policy(monitoring=told)).show()
    assert not window.promise.isVisible()


def test_window_says_when_it_can_be_seen(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show()
    stage.window.close()
    assert stage.seen == [True, False]


def test_escape_closes_it(qtbot: QtBot) -> None:
    window = Stage(qtbot).show()
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_everything_is_reached_by_the_tab_key(qtbot: QtBot) -> None:
    window = Stage(qtbot).show()
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
    window = stage.show()
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
