"""Long work in pieces."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QElapsedTimer
from pytestqt.qtbot import QtBot

from tracker.errors import ErrorCode, OutsideError
from ui.windows.pieces import AT_ONCE_MS, Pieces


def busy(ms: int) -> None:
    watch = QElapsedTimer()
    watch.start()
    while watch.elapsed() < ms:
        pass


@pytest.fixture
def pieces(qtbot: QtBot) -> Pieces:  # noqa: ARG001
    return Pieces()


def test_short_work_is_done_at_once(pieces: Pieces) -> None:
    done: list[int] = []

    def work() -> Iterator[None]:
        for number in range(3):
            done.append(number)
            yield

    pieces.begin(work())
    assert done == [0, 1, 2]
    assert not pieces.under_way


def test_long_work_lets_the_window_live_between_its_pieces(pieces: Pieces, qtbot: QtBot) -> None:
    done: list[int] = []

    def work() -> Iterator[None]:
        for number in range(4):
            busy(AT_ONCE_MS + 1)
            done.append(number)
            yield

    with qtbot.waitSignal(pieces.finished):
        pieces.begin(work())
        assert done == [0]
        assert pieces.under_way
    assert done == [0, 1, 2, 3]


def test_other_work_takes_the_place_of_what_goes_on(pieces: Pieces, qtbot: QtBot) -> None:
    done: list[str] = []

    def work(name: str) -> Iterator[None]:
        for _ in range(2):
            busy(AT_ONCE_MS + 1)
            done.append(name)
            yield

    with qtbot.waitSignal(pieces.finished):
        pieces.begin(work("first"))
        pieces.begin(work("second"))
    assert done == ["first", "second", "second"]


def test_work_ends_when_the_store_cannot_be_read(pieces: Pieces) -> None:
    def work() -> Iterator[None]:
        yield
        raise OutsideError(ErrorCode.STORE_BUSY, file="kanaltid.db")

    pieces.begin(work())
    assert not pieces.under_way
