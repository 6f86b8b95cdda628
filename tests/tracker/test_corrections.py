"""Corrections laid over the states that facts make."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tracker.corrections import Correction, Corrections
from tracker.model import Source, State, StateKind, Window

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
X = State(StateKind.CHANNEL, Window.WORK, "x", "private", Source.APP)
FORUM = State(StateKind.CHANNEL, Window.WORK, "forum", "private", Source.APP)
IDLE = State(StateKind.IDLE)


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def laid(
    made: list[tuple[float, float, str, str | None]], *states: tuple[float, State]
) -> list[tuple[float, str | None, bool]]:
    corrections = Corrections()
    for start, end, channel, purpose in made:
        corrections.add(Correction(at(start), at(end), channel, purpose))
    return [
        ((instant - START) / timedelta(minutes=1), state.purpose, state.corrected)
        for instant, state in corrections.laid_over([(at(m), state) for m, state in states])
    ]


def test_only_its_stretch_is_corrected_when_the_state_holds_longer() -> None:
    assert laid([(2, 4, "x", "leads")], (0, X), (5, IDLE)) == [
        (0, "private", False), (2, "leads", True), (4, "private", False), (5, None, False),
    ]  # fmt: skip


def test_the_open_state_goes_on_uncorrected_when_the_stretch_ends() -> None:
    assert laid([(-3, 4, "x", "leads")], (0, X)) == [(0, "leads", True), (4, "private", False)]


def test_nothing_is_corrected_when_another_channel_or_none_was_there() -> None:
    made: list[tuple[float, float, str, str | None]] = [(0, 9, "x", "leads")]
    assert laid(made, (0, FORUM), (5, IDLE)) == [(0, "private", False), (5, None, False)]


def test_the_last_word_holds_when_two_overlap() -> None:
    made: list[tuple[float, float, str, str | None]] = [
        (0, 4, "x", "leads"), (2, 6, "x", "brand"), (5, 6, "x", None),
    ]  # fmt: skip
    assert laid(made, (0, X)) == [
        (0, "leads", True), (2, "brand", True), (4, "brand", True),
        (5, "private", False), (6, "private", False),
    ]  # fmt: skip


def test_nothing_is_corrected_when_it_was_let_go() -> None:
    corrections = Corrections()
    corrections.add(Correction(at(0), at(4), "x", "leads"))
    corrections.forget(at(4))
    assert corrections.laid_over([(at(0), X)]) == [(at(0), X)]
