"""Messages that wait inside the app."""

from __future__ import annotations

from datetime import timedelta

from tests.made_up import NOW
from tracker.notices.messages import Message, Messages


def message(key: str, title: str = "", minutes: int = 0) -> Message:
    return Message(key, title, "", NOW + timedelta(minutes=minutes))


def test_newest_comes_first_when_several_wait() -> None:
    messages = Messages()
    for key in ("a", "b", "c"):
        messages.put(message(key))
    assert [each.key for each in messages.waiting] == ["c", "b", "a"]


def test_a_later_message_takes_the_place_of_one_of_its_key() -> None:
    messages = Messages()
    for key, title in (("a", "old"), ("b", "other"), ("a", "new")):
        messages.put(message(key, title))
    assert [(each.key, each.title) for each in messages.waiting] == [("a", "new"), ("b", "other")]


def test_each_change_is_told_once_and_dismissing_what_is_gone_is_none() -> None:
    messages = Messages()
    told: list[int] = []
    messages.listen(lambda: told.append(len(messages.waiting)))
    messages.put(message("a"))
    messages.dismiss("a")
    messages.dismiss("a")
    assert told == [1, 0]


def test_only_what_is_older_than_the_day_is_forgotten() -> None:
    messages = Messages()
    messages.put(message("yesterday", minutes=-1))
    messages.put(message("today", minutes=0))
    messages.forget_before(NOW)
    assert [each.key for each in messages.waiting] == ["today"]
