"""The first page as a window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.made_up import made_up_policy
from tracker.i18n import Language
from ui.windows.first_start import FirstStartWindow
from ui.windows.texts import text_column


def open_page(qtbot: QtBot, language: str = "en") -> FirstStartWindow:
    window = FirstStartWindow(made_up_policy(), Language(language))
    qtbot.addWidget(window)
    window.show()
    return window


def test_accepting_is_a_click_and_the_page_waits_until_it_is_stored(qtbot: QtBot) -> None:
    window = open_page(qtbot)
    with qtbot.waitSignal(window.accepted), qtbot.assertNotEmitted(window.declined):
        QTest.mouseClick(window.accept_button, Qt.MouseButton.LeftButton)
    assert window.isVisible()


def test_not_now_and_closing_both_decline_once(qtbot: QtBot) -> None:
    for act in (FirstStartWindow.close, lambda window: window.decline_button.click()):
        window = open_page(qtbot)
        answers: list[str] = []
        window.declined.connect(lambda answers=answers: answers.append("declined"))
        window.accepted.connect(lambda answers=answers: answers.append("accepted"))
        act(window)
        assert answers == ["declined"]
        assert not window.isVisible()


def test_return_accepts_nothing_while_reading(qtbot: QtBot) -> None:
    window = open_page(qtbot)
    with qtbot.waitActive(window):
        window.activateWindow()
    assert QApplication.focusWidget() is window.text
    with qtbot.assertNotEmitted(window.accepted):
        QTest.keyClick(window.text, Qt.Key.Key_Return)
    assert window.isVisible()


def test_all_topics_are_there_in_a_column_of_72_characters(qtbot: QtBot) -> None:
    window = open_page(qtbot, "sv")
    texts = [label.text() for label in window.findChildren(QLabel)]
    for topic in window.page.topics:
        assert topic.heading in texts
        assert set(topic.paragraphs) <= set(texts)
    assert "Det här ser din arbetsgivare: ingenting." in texts
    assert "Inget sparas innan du godkänner." in texts
    assert "Policy för sociala medier, version 1" in texts
    widest = max(label.width() for label in window.text.findChildren(QLabel))
    assert widest <= text_column(window._fonts)
