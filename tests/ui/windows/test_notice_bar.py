"""The bar that tells what no daemon could show."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.made_up import NOW
from tracker.i18n import Language
from tracker.notices.buttons import Button
from tracker.notices.messages import Message, Messages
from ui.theme import Theme
from ui.windows.notice_bar import NoticeBar


def labels(bar: NoticeBar) -> list[str]:
    return [button.text() for button in bar.buttons]


def test_ways_out_are_buttons_of_the_newest_message(qtbot: QtBot) -> None:
    messages, pressed = Messages(), list[str]()
    bar = NoticeBar(messages, Language("en"), Theme())
    qtbot.addWidget(bar)
    messages.listen(bar.refresh)
    buttons = (Button("purpose:qa", "Work: Q&A"), Button("extend", "5 more min"))
    messages.put(Message("a", "X: used up.", "15 of 15 min.", NOW, buttons, pressed.append))
    bar.show()
    assert labels(bar) == ["Work: Q&&A", "5 more min"]
    kept = bar.buttons[1]
    bar.refresh()
    assert bar.buttons[1] is kept
    messages.put(Message("b", "The policy has an error", "", NOW))
    assert labels(bar) == []
    messages.dismiss("b")
    bar.buttons[1].click()
    assert pressed == ["extend"]
    assert not bar.isVisible()
    assert not messages.waiting


def test_why_is_said_and_the_message_stays_when_there_is_something_to_explain(
    qtbot: QtBot,
) -> None:
    messages, explained = Messages(), list[str]()
    bar = NoticeBar(messages, Language("en"), Theme())
    qtbot.addWidget(bar)
    messages.listen(bar.refresh)
    messages.put(Message("a", "The policy has an error.", "", NOW))
    bar.show()
    assert not bar.why_button.isVisible()
    messages.put(Message("b", "X: 1 min left.", "", NOW, explain=lambda: explained.append("x")))
    assert bar.why_button.isVisible()
    assert bar.why_button.accessibleName() == "X: 1 min left. Why?"
    bar.why_button.click()
    assert explained == ["x"]
    assert messages.waiting[0].key == "b"
