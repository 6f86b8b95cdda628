from __future__ import annotations

import pytest

from tools.waiting import WaitedInVainError, now_ns, sleep_until, wait_until


def test_value_is_returned_when_the_condition_comes_true() -> None:
    answers = iter([0, None, "", "ready"])
    assert wait_until(lambda: next(answers), "the answer", every_s=0) == "ready"


def test_waiting_ends_with_what_was_waited_for_when_it_never_comes() -> None:
    with pytest.raises(WaitedInVainError, match=r"waited 0\.01 s for Godot"):
        wait_until(lambda: False, "Godot", within_s=0.01, every_s=0.001)


def test_error_ends_the_waiting_when_the_condition_raises_it() -> None:
    with pytest.raises(ZeroDivisionError):
        wait_until(lambda: 1 // 0, "a number")


def test_instant_has_passed_when_sleeping_is_over() -> None:
    instant = now_ns() + 2_000_000
    sleep_until(instant)
    assert now_ns() >= instant
    sleep_until(instant)
