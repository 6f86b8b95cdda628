"""The first start as a window: four pages, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.made_up import NOW, made_up_policy
from tests.ui.long_words import LongLanguage, cut_off
from tracker.i18n import Language
from tracker.policy.extent import Extent, extent_of
from tracker.policy.types import Person
from ui.first_start_view import Sheet, first_start
from ui.theme import Theme
from ui.windows.first_start import FirstStartWindow
from ui.windows.texts import text_column


def open_window(
    qtbot: QtBot,
    code: str | Language = "en",
    *,
    accepted: Extent | None = None,
    read_policy: Callable[[], None] | None = None,
    offer_login: bool = True,
) -> FirstStartWindow:
    language = code if isinstance(code, Language) else Language(code)
    policy = made_up_policy()
    story = first_start(policy, Person("karin"), accepted, NOW.date(), language)
    window = FirstStartWindow(
        policy, story, language, Theme(), read_policy=read_policy, offer_login=offer_login
    )
    qtbot.addWidget(window)
    window.show()
    return window


def active(qtbot: QtBot, window: FirstStartWindow) -> FirstStartWindow:
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def answers(window: FirstStartWindow) -> list[str]:
    given: list[str] = []
    window.accepted.connect(lambda: given.append("accepted"))
    window.declined.connect(lambda: given.append("declined"))
    return given


def shown_texts(window: FirstStartWindow) -> list[str]:
    labels = [each for each in window.findChildren(QLabel) if each.isVisible()]
    return [each.accessibleName() or each.text() for each in labels]


def test_pages_are_turned_forth_and_back_and_counted(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    assert window.progress.text() == "1 of 4"
    assert not window.back_button.isEnabled()
    for number in (2, 3, 4):
        QTest.mouseClick(window.next_button, Qt.MouseButton.LeftButton)
        assert window.progress.text() == f"{number} of 4"
    assert not window.next_button.isVisible()
    QTest.mouseClick(window.back_button, Qt.MouseButton.LeftButton)
    assert window.progress.text() == "3 of 4"


def test_accepting_is_offered_on_the_last_page_only_and_waits_until_it_is_stored(
    qtbot: QtBot,
) -> None:
    window = open_window(qtbot)
    given = answers(window)
    for number in range(3):
        window.turn_to(number)
        assert not window.accept_button.isVisible()
    window.turn_to(3)
    QTest.mouseClick(window.accept_button, Qt.MouseButton.LeftButton)
    assert given == ["accepted"]
    assert window.isVisible()


def test_return_goes_through_every_page_and_accepts_on_the_last(qtbot: QtBot) -> None:
    window = active(qtbot, open_window(qtbot))
    given, seen = answers(window), []
    for _ in range(4):
        assert given == []
        seen.append(window.story.sheets[window.pages.currentIndex()].sheet)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus is window.pages.currentWidget()
        QTest.keyClick(focus, Qt.Key.Key_Return)
    assert seen == [Sheet.ABOUT, Sheet.MEASURED, Sheet.POLICY, Sheet.TRAY]
    assert given == ["accepted"]


@pytest.mark.parametrize("page", [1, 3])
def test_return_presses_the_button_that_has_the_focus(qtbot: QtBot, page: int) -> None:
    read: list[bool] = []
    window = active(qtbot, open_window(qtbot, read_policy=lambda: read.append(True)))
    given = answers(window)
    window.turn_to(page)
    window.back_button.setFocus()
    QTest.keyClick(window.back_button, Qt.Key.Key_Return)
    assert window.pages.currentIndex() == page - 1
    window.turn_to(2)
    window.policy_button.setFocus()
    QTest.keyClick(window.policy_button, Qt.Key.Key_Return)
    assert (read, window.pages.currentIndex()) == ([True], 2)
    window.decline_button.setFocus()
    QTest.keyClick(window.decline_button, Qt.Key.Key_Return)
    assert given == ["declined"]


def test_held_down_return_turns_no_page(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    event = QKeyEvent(
        QEvent.Type.KeyPress,
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.NoModifier,
        text="\r",
        autorep=True,
    )
    QApplication.sendEvent(window, event)
    assert window.pages.currentIndex() == 0


@pytest.mark.parametrize(
    "act",
    [
        FirstStartWindow.close,
        lambda window: window.decline_button.click(),
        lambda window: QTest.keyClick(window, Qt.Key.Key_Escape),
    ],
    ids=["cross", "button", "escape"],
)
@pytest.mark.parametrize("page", [0, 3])
def test_not_now_is_told_once_however_it_is_said(
    qtbot: QtBot, act: Callable[[FirstStartWindow], object], page: int
) -> None:
    window = open_window(qtbot)
    window.turn_to(page)
    given = answers(window)
    act(window)
    assert given == ["declined"]
    assert not window.isVisible()


def test_policy_is_read_by_a_button_where_there_is_somewhere_to_read_it(qtbot: QtBot) -> None:
    read: list[bool] = []
    window = open_window(qtbot, read_policy=lambda: read.append(True))
    window.turn_to(2)
    assert window.policy_button.isVisible()
    QTest.mouseClick(window.policy_button, Qt.MouseButton.LeftButton)
    assert read == [True]
    assert window.pages.currentIndex() == 2
    without = open_window(qtbot)
    without.turn_to(2)
    assert not without.policy_button.isVisible()


def test_start_at_login_is_off_until_it_is_chosen(qtbot: QtBot) -> None:
    window = open_window(qtbot)
    window.turn_to(3)
    assert window.login.isVisible()
    before = window.wants_login
    QTest.keyClick(window.login, Qt.Key.Key_Space)
    assert (before, window.wants_login) == (False, True)
    without = open_window(qtbot, offer_login=False)
    without.turn_to(3)
    assert not without.login.isVisible()
    assert not without.wants_login


def test_all_is_said_in_a_column_of_72_characters(qtbot: QtBot) -> None:
    window = open_window(qtbot, "sv")
    for number, sheet in enumerate(window.story.sheets):
        window.turn_to(number)
        texts = shown_texts(window)
        assert sheet.title in texts
        for topic in sheet.topics:
            assert topic.heading in (*texts, "")
            assert set(topic.paragraphs) <= set(texts)
        assert "Inget sparas innan du godkänner." in texts
    window.turn_to(1)
    assert "Det här ser din arbetsgivare: ingenting." in shown_texts(window)
    labels = window.pages.findChildren(QLabel)
    assert max(label.width() for label in labels) <= text_column(window._fonts)


def test_one_page_is_shown_without_counting_when_a_version_measures_no_more(qtbot: QtBot) -> None:
    window = active(qtbot, open_window(qtbot, accepted=extent_of(made_up_policy(version="0"))))
    given = answers(window)
    assert not window.progress.isVisible()
    assert not window.back_button.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert given == ["accepted"]


def test_window_may_be_as_small_as_a_small_screen_and_cuts_no_button(qtbot: QtBot) -> None:
    window = open_window(qtbot, "sv")
    window.resize(400, 300)
    assert (window.width(), window.height()) == (400, 300)
    for number in range(4):
        window.turn_to(number)
        QApplication.processEvents()
        for button in (window.decline_button, window.back_button, window.accept_button):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width()


@pytest.mark.parametrize("size", [(400, 300), (800, 600)])
def test_nothing_is_cut_off_when_words_are_longer(qtbot: QtBot, size: tuple[int, int]) -> None:
    window = open_window(qtbot, LongLanguage(), read_policy=lambda: None)
    window.resize(*size)
    for number in range(4):
        window.turn_to(number)
        for _ in range(3):
            QApplication.processEvents()
        assert [*cut_off(window)] == []
        assert window.width() <= max(size[0], 430)
