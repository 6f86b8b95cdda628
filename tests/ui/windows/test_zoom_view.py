"""A day that is zoomed and scrolled by keys, wheel, fingers and dragging."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_gaps, made_up_policy, made_up_spans
from tracker.i18n import Language
from tracker.model import Span
from ui.channel_colours import colour_slots
from ui.charts.zoomed_day import StretchItem, ZoomedDay
from ui.theme import Theme
from ui.time_window import CLOSEST, TimeWindow
from ui.timeline_view import view_timeline
from ui.windows.zoom_view import ZoomView

EN = Language("en")
NO_KEYS = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def made_up_day(spans: Sequence[Span] | None = None) -> ZoomedDay:
    policy = made_up_policy()
    bounds = FakeOverview().day_bounds(date(2026, 11, 23))
    view = view_timeline(
        (made_up_spans() if spans is None else spans, made_up_gaps()), bounds, NOW, policy, EN
    )
    slots, zone = colour_slots(policy.channels), ZoneInfo(policy.timezone)
    return ZoomedDay(view, TimeWindow(view.start, view.end), slots, zone, EN)


@pytest.fixture
def view(qtbot: QtBot) -> ZoomView:
    shown = ZoomView("The day", Theme())
    qtbot.addWidget(shown)
    shown.resize(800, 300)
    shown.show_day(made_up_day())
    shown.show()
    shown.setFocus()
    return shown


def stood(view: ZoomView) -> StretchItem:
    assert view.current is not None
    item = view.items[view.current]
    assert isinstance(item, StretchItem)
    return item


def wheel(view: ZoomView, x: float, angle: QPoint, keys: Qt.KeyboardModifier = NO_KEYS) -> bool:
    at = QPointF(x, 40)
    event = QWheelEvent(
        at, QPointF(view.mapToGlobal(at)), QPoint(), angle, Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    event.ignore()
    QApplication.sendEvent(view, event)
    return event.isAccepted()


def test_keys_zoom_in_and_out_and_back_to_the_whole_day(view: ZoomView) -> None:
    whole = view.window_seen
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.window_seen.length < whole.length
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.window_seen.length == whole.length
    for _step in range(40):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.window_seen.length == CLOSEST
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.is_whole


def test_wheel_zooms_about_the_pointer_and_scrolls_else(view: ZoomView) -> None:
    assert not wheel(view, 400, QPoint(0, -120)), "nothing to scroll: whoever is around may"
    about = view._scale().instant(500)
    assert wheel(view, 500, QPoint(0, 240), CONTROL)
    assert abs(view._scale().instant(500) - about) < timedelta(seconds=1)
    seen = view.window_seen
    assert wheel(view, 500, QPoint(0, -120))
    assert view.window_seen.start > seen.start
    assert view.window_seen.length == seen.length
    wheel(view, 500, QPoint(120, 0))
    assert view.window_seen == seen


def test_two_fingers_zoom(view: ZoomView) -> None:
    at = QPointF(400, 40)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, at, at,
        QPointF(view.mapToGlobal(at)), 0.25, QPointF(),
    )  # fmt: skip
    whole = view.whole.length
    QApplication.sendEvent(view, event)
    assert view.window_seen.length / whole == pytest.approx(0.8)


def test_dragging_moves_the_day_and_opens_nothing(view: ZoomView, qtbot: QtBot) -> None:
    view.zoom(0.5)
    seen = view.window_seen
    box = next(item.box for item in view.items if isinstance(item, StretchItem) and item.keys)
    at = QPoint(round(box.x + box.width / 2), round(box.y + box.height / 2))
    with qtbot.assertNotEmitted(view.asked):
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseMove(view, at + QPoint(100, 0))
        assert view.item_at(at + QPoint(100, 0)) is not None, "what was taken hold of comes along"
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at + QPoint(100, 0))
    assert view.window_seen.start < seen.start
    assert view.window_seen.length == seen.length


def test_the_whole_day_stays_whole_while_it_grows(view: ZoomView) -> None:
    view.zoom(0.5)
    view.show_whole()
    day = made_up_day()
    longer = replace(day.view, end=day.view.end + timedelta(hours=1))
    view.show_day(replace(day, view=longer))
    assert view.window_seen.end == longer.end
    view.zoom(0.5)
    seen = view.window_seen
    view.show_day(replace(day, view=replace(longer, end=longer.end + timedelta(hours=1))))
    assert view.window_seen == seen


def test_page_keys_and_shift_with_arrows_scroll(view: ZoomView) -> None:
    view.zoom(0.25)
    seen = view.window_seen
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.window_seen.start - seen.start == seen.length * 0.1
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.window_seen.start - seen.start == seen.length * 0.9
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert abs(view.window_seen.start - seen.start) < timedelta(milliseconds=1)


def all_stretches() -> list[datetime]:
    spans, gaps = made_up_spans(), made_up_gaps()
    return sorted([*(span.start for span in spans), *(gap.start for gap in gaps)])


@pytest.mark.parametrize("zooms", [0, 4, 8])
def test_arrows_walk_through_all_of_the_day_however_close(view: ZoomView, zooms: int) -> None:
    QTest.keyClick(view, Qt.Key.Key_Home)
    for _step in range(zooms):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    walked = [stood(view).start]
    for _step in range(13):
        QTest.keyClick(view, Qt.Key.Key_Right)
        walked.append(stood(view).start)
    assert walked == all_stretches()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert stood(view).start == walked[-1]
    for _step in range(13):
        QTest.keyClick(view, Qt.Key.Key_Left)
    assert stood(view).start == walked[0]


def test_up_and_down_stay_with_the_channel(view: ZoomView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Home)
    walked = []
    for _step in range(6):
        walked.append(stood(view).text)
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert all("LinkedIn" in text for text in walked)
    assert len(set(walked)) == 5


def test_what_is_stood_on_stays_when_the_day_is_shown_anew(view: ZoomView) -> None:
    QTest.keyClick(view, Qt.Key.Key_End)
    start = stood(view).start
    view.show_day(made_up_day())
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert stood(view).start == start


def test_return_and_a_click_ask_about_a_visit_but_not_about_a_gap(
    view: ZoomView, qtbot: QtBot
) -> None:
    asked: list[object] = []
    view.asked.connect(lambda keys, _at: asked.append(keys))
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Return)
    first = made_up_spans()[0]
    assert asked == [((first.device, first.seq),)]
    box = view.items[3].box
    point = QPoint(round(box.x + 2), round(box.y + box.height / 2))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
    fourth = made_up_spans()[3]
    assert asked[1:] == [((fourth.device, fourth.seq),)]
    gap = next(n for n, item in enumerate(view.items) if item.text.endswith("Paused"))
    with qtbot.assertNotEmitted(view.asked):
        view._ask(gap)


def test_several_that_are_one_from_afar_are_looked_at_closer_first(
    view: ZoomView, qtbot: QtBot
) -> None:
    first = made_up_spans()[0]
    spans = [
        replace(
            first,
            seq=number,
            start=first.start + timedelta(seconds=3 * number),
            end=first.start + timedelta(seconds=3 * number + 3),
        )
        for number in range(2)
    ]
    view.show_day(made_up_day(spans))
    with qtbot.assertNotEmitted(view.asked):
        view._ask(0)
    assert view.window_seen.length == CLOSEST
    assert len(view.items) == 2
    with qtbot.waitSignal(view.asked):
        view._ask(1)


def test_exact_words_follow_the_pointer_and_the_keys(view: ZoomView) -> None:
    told: list[str] = []
    view.pointed.connect(told.append)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert told[-1] == "08:05:00 to 08:17:00, 12 min 0 s: LinkedIn, Win leads"
    box = view.items[1].box
    QTest.mouseMove(view, QPoint(round(box.x + 1), round(box.y + 4)))
    assert told[-1] == "08:17:00 to 08:21:00, 4 min 0 s: X, Build the brand"
