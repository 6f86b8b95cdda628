"""Ledger time against a wall clock that is moved in every way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tracker.clock import Anchor, ClockStep, LedgerClock, SystemTime
from tracker.virtual_loop import VirtualTime

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def moved(time: VirtualTime, by: timedelta) -> VirtualTime:
    time.move_to(datetime.fromtimestamp(time.elapsed_ns() / 1e9, UTC) + by)
    return time


def test_now_is_the_wall_clock_when_nothing_was_kept() -> None:
    assert LedgerClock(VirtualTime(START)).now() == START


def test_now_goes_on_with_elapsed_time_when_the_machine_sleeps() -> None:
    time = VirtualTime(START)
    clock = LedgerClock(time)
    time.suspend(3_600_000)
    assert clock.now() == START + HOUR
    assert time.elapsed_ns() - time.awake_ns() == 3_600_000_000_000


@pytest.mark.parametrize("jump", [-2 * HOUR, -2 * SECOND, 2 * SECOND, 24 * HOUR])
def test_jump_is_ignored_when_the_clock_is_not_synchronised(jump: timedelta) -> None:
    time = VirtualTime(START)
    clock = LedgerClock(time)
    time.set_wall(START + jump)
    assert clock.check() is None
    moved(time, HOUR)
    assert clock.check() is None
    assert clock.now() == START + HOUR


def test_step_ahead_is_followed_when_the_clock_is_synchronised() -> None:
    time = VirtualTime(START)
    clock = LedgerClock(time)
    time.trusted = True
    time.set_wall(START + HOUR)
    assert clock.check() == ClockStep(START, START + HOUR)
    assert clock.now() == START + HOUR
    assert clock.check() is None


def test_step_back_is_ignored_when_the_clock_is_synchronised() -> None:
    time = VirtualTime(START)
    clock = LedgerClock(time)
    time.trusted = True
    time.set_wall(START - HOUR)
    assert clock.check() is None
    assert clock.now() == START


@pytest.mark.parametrize("drift_ms", [-1999, -1, 1, 1999])
def test_drift_is_followed_without_going_back_when_it_is_small(drift_ms: int) -> None:
    time = VirtualTime(START)
    clock = LedgerClock(time)
    before = clock.now()
    time.set_wall(START + timedelta(milliseconds=drift_ms))
    assert clock.check() is None
    assert clock.now() >= before
    moved(time, 3 * SECOND)
    assert clock.now() == START + 3 * SECOND + timedelta(milliseconds=drift_ms)


def test_anchor_holds_when_the_boot_is_the_same() -> None:
    time = VirtualTime(START)
    kept = LedgerClock(time).anchor.dumps()
    time.set_wall(START + 24 * HOUR)
    assert LedgerClock(time, Anchor.loads(kept)).now() == START


def test_anchor_is_dropped_when_the_boot_is_another() -> None:
    kept = Anchor.loads(LedgerClock(VirtualTime(START, "before")).anchor.dumps())
    time = VirtualTime(START + HOUR, "after")
    time.set_wall(START - HOUR)
    assert LedgerClock(time, kept).now() == START - HOUR


def test_clock_does_not_go_back_when_it_starts_anew_within_a_boot() -> None:
    time = VirtualTime(START)
    time.set_wall(START - SECOND)
    first = LedgerClock(time)
    first.check()
    again = LedgerClock(time, first.anchor, last=START)
    assert again.now() == START
    moved(time, 3 * SECOND)
    assert again.now() == START + 2 * SECOND


@pytest.mark.parametrize(("ahead", "held"), [(SECOND, True), (HOUR, False)])
def test_clock_follows_the_wall_when_another_boot_is_far_behind(
    ahead: timedelta, held: bool
) -> None:
    clock = LedgerClock(VirtualTime(START), None, last=START + ahead)
    assert clock.now() == (START + ahead if held else START)


@pytest.mark.parametrize("text", [None, "", "[]", "{}", "[1,2]", '["a", "b", "c"]', "nonsense"])
def test_anchor_is_none_when_its_text_is_none(text: str | None) -> None:
    assert Anchor.loads(text) is None


def test_system_clocks_agree_when_they_are_read() -> None:
    time = SystemTime()
    awake = time.awake_ns()
    assert time.elapsed_ns() >= awake > 0
    assert abs(LedgerClock(time).now() - datetime.fromtimestamp(time.wall_ns() / 1e9, UTC)) < SECOND
    assert isinstance(time.synchronised(), bool)
