"""The panel of the ladder's windows: by keyboard, by screen reader, and in little room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tracker.i18n import Language
from tracker.limits.extending import LONGEST_REASON
from tracker.watchers.base import Rect
from ui.ladder_view import LadderView, MoreWay, WorkWay
from ui.purpose_choice import PurposeOption
from ui.theme import Theme
from ui.windows.ask import AskWindow
from ui.windows.countdown import CountdownWindow
from ui.windows.overlay import Overlay

ROOM = Rect(0, 0, 800, 800)
VIEW = LadderView(
    channel="LinkedIn",
    title="Private time is used up for today.",
    used="15 of 15 min.",
    policy="The policy today: All channels, private: 15 minutes in all.",
    stop="Nothing is closed for you.",
    minimise="Minimise LinkedIn",
    work=WorkWay(
        "Is it work?",
        (
            PurposeOption("leads", "Win leads", chosen=False, note=True),
            PurposeOption("svar", "R&D", chosen=False),
        ),
        "This visit, since 14:02",
        "From now on",
        "Note for Win leads, if you like",
        "The note goes with: Win leads.",
    ),
    more=MoreWay("5 more minutes", "2 times left today", True, "Why you need it", True),
)


@pytest.fixture
def ask(qtbot: QtBot) -> AskWindow:
    return shown(qtbot, VIEW)


def shown(qtbot: QtBot, view: LadderView, *, minimises: bool = True) -> AskWindow:
    window = AskWindow(view, Language("en"), Theme(), minimises=minimises)
    qtbot.addWidget(window)
    window.stand(ROOM)
    window.show()
    window.take_keyboard()
    qtbot.waitUntil(window.panel.hasFocus)
    return window


def tab_through(window: QWidget) -> list[str]:
    """Return what the tab key comes to, by its accessible name, until it is round."""
    names: list[str] = []
    while True:
        QTest.keyClick(window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        name = QAccessible.queryAccessibleInterface(focus).text(QAccessible.Text.Name)
        if name in names or focus is window:
            return names
        names.append(name)


def test_tab_goes_to_every_way_out_and_round(ask: AskWindow) -> None:
    ask.panel.reason.setText("A customer")
    assert tab_through(ask) == [
        "Win leads",
        "R&D",
        "This visit, since 14:02",
        "Note for Win leads, if you like",
        "5 more minutes",
        "Why you need it",
        "Stop now",
        "Minimise LinkedIn",
        "Why?",
        VIEW.announcement,
    ]


def test_letters_press_nothing_when_the_keyboard_has_just_moved(
    ask: AskWindow, qtbot: QtBot
) -> None:
    with (
        qtbot.assertNotEmitted(ask.panel.chosen),
        qtbot.assertNotEmitted(ask.panel.extended),
        qtbot.assertNotEmitted(ask.panel.stopped),
    ):
        for key in (Qt.Key.Key_A, Qt.Key.Key_Space, Qt.Key.Key_Return):
            QTest.keyClick(ask.panel, key)


def test_escape_closes_the_question(ask: AskWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ask.closed):
        QTest.keyClick(ask.panel, Qt.Key.Key_Escape)


def test_note_goes_with_the_purpose(ask: AskWindow, qtbot: QtBot) -> None:
    ask.panel.note.setText(" Fair in Malmö ")
    with qtbot.waitSignal(ask.panel.chosen) as chosen:
        ask.panel.purpose_buttons["leads"].click()
    assert chosen.args == ["leads", True, "Fair in Malmö"]


def test_only_purposes_that_take_a_note_can_be_chosen_while_one_is_written(
    ask: AskWindow, qtbot: QtBot
) -> None:
    panel = ask.panel
    leads, other = panel.purpose_buttons["leads"], panel.purpose_buttons["svar"]
    assert panel.note_hint.isHidden()
    panel.note.setText("Fair in Malmö")
    assert leads.isEnabled()
    assert not other.isEnabled()
    assert panel.note_hint.text() == "The note goes with: Win leads."
    assert panel.note_hint.isVisible()
    panel.note.setText(" ")
    assert other.isEnabled()
    assert not panel.note_hint.isVisible()
    with qtbot.waitSignal(panel.chosen) as chosen:
        other.click()
    assert chosen.args == ["svar", True, ""]


def test_reason_takes_no_more_letters_than_are_kept(ask: AskWindow) -> None:
    ask.panel.reason.setText("x" * 1000)
    assert len(ask.panel.reason.text()) == LONGEST_REASON


def test_why_answers_nothing_by_itself(ask: AskWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ask.panel.asked_why), qtbot.assertNotEmitted(ask.panel.stopped):
        ask.panel.why_button.click()
    assert ask.isVisible()


def test_enter_in_the_reason_takes_more_time_once_there_is_one(
    ask: AskWindow, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(ask.panel.extended):
        QTest.keyClick(ask.panel.reason, Qt.Key.Key_Return)
    ask.panel.reason.setText("A customer")
    with qtbot.waitSignal(ask.panel.extended) as extended:
        QTest.keyClick(ask.panel.reason, Qt.Key.Key_Return)
    assert extended.args == ["A customer"]


def test_more_time_cannot_be_taken_when_it_is_used_up(qtbot: QtBot) -> None:
    assert VIEW.more is not None
    used_up = replace(VIEW.more, possible=False, reason="", reason_needed=False)
    window = shown(qtbot, replace(VIEW, more=used_up))
    assert not window.panel.more_button.isEnabled()
    window.panel.reason.setText("all the same")
    assert not window.panel.more_button.isEnabled()


def test_ways_that_the_policy_does_not_give_are_not_there(qtbot: QtBot) -> None:
    window = shown(qtbot, replace(VIEW, work=None, more=None), minimises=False)
    buttons = [button.text() for button in window.findChildren(QPushButton)]
    assert buttons == ["Stop now"]
    assert tab_through(window) == ["Stop now", "Why?", VIEW.announcement]


def test_panel_is_named_by_what_it_says(ask: AskWindow) -> None:
    panel = QAccessible.queryAccessibleInterface(ask.panel)
    assert panel.text(QAccessible.Text.Name) == VIEW.announcement
    ask.refresh(replace(VIEW, used="17 of 15 min."))
    assert panel.text(QAccessible.Text.Name).endswith("17 of 15 min.")


def test_nothing_is_scrolled_when_there_is_room(ask: AskWindow) -> None:
    assert ask.panel.height() == ask.panel.height_for(ask.panel.width())
    ask.panel.say(ask.panel.problem, "The policy refuses it. " * 12)
    ask.fit()
    QApplication.processEvents()
    assert ask.panel.height() == ask.height()


def test_purposes_are_not_cut_off_when_their_names_are_long(qtbot: QtBot) -> None:
    assert VIEW.work is not None
    name = "Answer a customer who has written to us in any of our channels"
    options = tuple(PurposeOption(str(number), name, False) for number in range(4))
    window = shown(qtbot, replace(VIEW, work=replace(VIEW.work, options=options)))
    for button in window.panel.purpose_buttons.values():
        assert button.width() >= button.sizeHint().width()


@pytest.mark.parametrize("size", [(380, 300), (120, 90), (2000, 1400)])
def test_layer_is_as_large_as_what_it_covers(qtbot: QtBot, size: tuple[int, int]) -> None:
    layer = Overlay(VIEW, Language("en"), Theme())
    qtbot.addWidget(layer)
    layer.cover(Rect(10, 20, *size))
    layer.show()
    QApplication.processEvents()
    assert layer.geometry().getRect() == (10, 20, *size)
    layer.cover(Rect(30, 40, 300, 200))
    assert layer.geometry().getRect() == (30, 40, 300, 200)


def test_scroll_bar_is_there_when_the_room_is_too_low_alone(qtbot: QtBot) -> None:
    # Left to itself, Qt keeps a bar beside which a line is broken that fits without it.
    window = shown(qtbot, VIEW)
    (scroll,) = window.findChildren(QScrollArea)
    for height, policy in (
        (200, Qt.ScrollBarPolicy.ScrollBarAsNeeded),
        (ROOM.height, Qt.ScrollBarPolicy.ScrollBarAlwaysOff),
    ):
        window.stand(Rect(0, 0, ROOM.width, height))
        QApplication.processEvents()
        assert scroll.verticalScrollBarPolicy() is policy
        assert (window.panel.height() > window.height()) is (height == 200)
    assert window.panel.size() == window.size()


def test_layer_paints_its_frame_anew_when_its_words_take_another_room(qtbot: QtBot) -> None:
    painted = QRegion()

    class Watched(Overlay):
        def paintEvent(self, event: QPaintEvent) -> None:
            nonlocal painted
            painted = painted.united(event.region())
            super().paintEvent(event)

    layer = Watched(VIEW, Language("en"), Theme())
    qtbot.addWidget(layer)
    layer.cover(Rect(10, 20, 900, 700))
    layer.show()
    QApplication.processEvents()
    layer.panel.explain_keyboard("A long line of words. " * 30, "here")
    painted = QRegion()
    layer.cover(Rect(10, 20, 900, 700))
    QApplication.processEvents()
    assert painted.contains(layer.rect().center() - QPoint(0, 340)), "above the words too"


def test_countdown_says_what_comes(qtbot: QtBot) -> None:
    window = CountdownWindow(VIEW, Language("en"), Theme(), 60)
    qtbot.addWidget(window)
    said = []
    for seconds, held in ((60, False), (1, False), (0, False), (30, True), (None, False)):
        window.show_left(seconds, held=held)
        said.append(window.panel.status.text())
    assert said == [
        "LinkedIn is minimised in 60 seconds. Nothing is closed.",
        "LinkedIn is minimised in 1 second. Nothing is closed.",
        "LinkedIn is minimised as soon as you pause. Nothing is closed.",
        "The countdown waits while you answer.",
        "",
    ]
