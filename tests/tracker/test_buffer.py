"""What waits to be written, while the store refuses and when it takes it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.desk import StubbornStorage
from tracker.buffer import PATIENCE, WriteBuffer
from tracker.errors import ErrorCode, OutsideError
from tracker.model import Device, Source, Span, Window
from tracker.storage.base import PolicyText, PurposeChoice

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = NINE.date()
FULL = OutsideError(ErrorCode.STORE_FULL, file="x")


class Shelf:
    """A buffer, its store, and the policy in force."""

    def __init__(self) -> None:
        self.storage = StubbornStorage()
        self.policy = PolicyText("one", "the first")
        self.buffer = WriteBuffer(self.storage, lambda: self.policy)

    def trouble(self) -> OutsideError | None:
        return self.buffer.trouble

    def put(self, seq: int, seconds: int) -> None:
        end = NINE.replace(second=seconds)
        self.buffer.batch.rows[seq] = Span(
            Device("memory"), seq, DAY, NINE, end, "x", "private", Window.WORK, Source.APP, True
        )
        self.buffer.batch.days.add(DAY)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_all_that_waited_is_written_when_the_store_takes_it_again(shelf: Shelf) -> None:
    shelf.storage.refuses = FULL
    shelf.put(1, 10)
    choice = PurposeChoice(DAY, "x", "brand", NINE)
    shelf.buffer.record(choice)
    shelf.buffer.note("alive", "then")
    assert not shelf.buffer.flush()
    assert shelf.trouble() is FULL
    shelf.put(1, 14)  # the open row has grown meanwhile
    assert not shelf.buffer.flush()
    assert shelf.storage.spans(DAY, DAY) == []
    shelf.storage.refuses = None
    assert shelf.buffer.flush()
    assert shelf.trouble() is None
    assert [span.duration_ms for span in shelf.storage.spans(DAY, DAY)] == [14_000]
    assert shelf.storage.records(DAY, DAY) == [choice]
    assert shelf.storage.note("alive") == "then"
    assert shelf.storage.policies(DAY, DAY) == {DAY: shelf.policy}
    assert not shelf.buffer.batch


def test_nothing_is_written_when_nothing_waits(shelf: Shelf) -> None:
    shelf.storage.refuses = FULL
    assert shelf.buffer.flush()
    shelf.storage.refuses = None
    shelf.buffer.note("alive", "then")
    assert shelf.buffer.flush()
    shelf.storage.refuses = FULL
    shelf.buffer.note("alive", "then")  # it says so already
    assert shelf.buffer.flush()
    shelf.buffer.note("alive", "now")
    assert not shelf.buffer.flush()


def test_day_is_judged_by_the_last_policy_when_it_changed(shelf: Shelf) -> None:
    shelf.put(1, 10)
    shelf.buffer.flush()
    shelf.policy = PolicyText("two", "the second")
    shelf.buffer.keep_policy(DAY)
    shelf.buffer.flush()
    assert shelf.storage.policies(DAY, DAY) == {DAY: PolicyText("two", "the second")}
    shelf.storage.refuses = FULL
    shelf.buffer.keep_policy(DAY)  # it is kept already
    assert shelf.buffer.flush()


def test_trouble_is_told_only_when_the_store_is_busy_for_long(shelf: Shelf) -> None:
    shelf.storage.refuses = OutsideError(ErrorCode.STORE_BUSY, file="x")
    shelf.put(1, 10)
    told = []
    for _time in range(PATIENCE):
        assert not shelf.buffer.flush()
        told.append(shelf.trouble())
    assert told == [None] * (PATIENCE - 1) + [shelf.storage.refuses]
    shelf.storage.refuses = None
    assert shelf.buffer.flush()
    assert shelf.trouble() is None
    shelf.storage.refuses = OutsideError(ErrorCode.STORE_BUSY, file="x")
    shelf.put(1, 14)
    assert not shelf.buffer.flush()
    assert shelf.trouble() is None
