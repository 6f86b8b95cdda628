"""Trying again, ever more seldom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.retry import Retry

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Attempts:
    def __init__(self) -> None:
        self.loop = VirtualLoop(VirtualTime(START))
        self.tried: list[float] = []
        self.succeed_at = 0
        self.retry = Retry(self.loop, self.attempt)

    def attempt(self) -> None:
        self.tried.append((self.loop.clock.now() - START).total_seconds())
        if len(self.tried) == self.succeed_at:
            self.retry.succeeded()
        else:
            self.retry.later()

    def run(self, seconds: float) -> None:
        self.loop.advance_to(self.loop.clock.now() + timedelta(seconds=seconds))


def test_attempts_become_rarer_when_they_fail() -> None:
    attempts = Attempts()
    attempts.retry.later()
    attempts.run(130)
    assert attempts.tried == [1, 3, 7, 15, 31, 61, 91, 121]


def test_delay_is_short_again_when_an_attempt_succeeded() -> None:
    attempts = Attempts()
    attempts.succeed_at = 3
    attempts.retry.later()
    attempts.run(60)
    assert attempts.tried == [1, 3, 7]
    attempts.retry.later()
    attempts.run(2)
    assert attempts.tried[3:] == [61]


def test_nothing_is_tried_when_cancelled() -> None:
    attempts = Attempts()
    attempts.retry.later()
    attempts.retry.cancel()
    attempts.run(60)
    assert attempts.tried == []


def test_one_attempt_waits_when_asked_for_twice() -> None:
    attempts = Attempts()
    attempts.succeed_at = 1
    attempts.retry.later()
    attempts.retry.later()
    attempts.run(60)
    assert attempts.tried == [2]
