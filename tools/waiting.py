"""Waiting for what other processes do: by condition, never for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 20.0
"""How long a part may take on a busy machine before it counts as broken."""


class WaitedInVainError(AssertionError):
    """Something that had to happen did not, within the time it was given."""


def now_ns() -> int:
    """Return nanoseconds since boot, sleep included: the time that scripted truth is told in."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME)


def wait_until(
    condition: Callable[[], T], what: str, *, within_s: float = PATIENCE_S, every_s: float = 0.01
) -> T:
    """Return the condition's value as soon as it is true.

    Args:
        condition: Asked again and again; what it raises ends the waiting.
        what: Completes "waited 20 s for …" where it stays false.
        within_s: How long to wait.
        every_s: The pause between two questions.

    Raises:
        WaitedInVainError: The condition was false all that time.
    """
    deadline = now_ns() + int(within_s * 1e9)
    while not (value := condition()):
        if now_ns() > deadline:
            raise WaitedInVainError(f"waited {within_s:g} s for {what}")
        time.sleep(every_s)
    return value


def sleep_until(instant_ns: int) -> None:
    """Return at ``instant_ns`` of :func:`now_ns`; at once where that has passed."""
    while (left_ns := instant_ns - now_ns()) > 0:
        time.sleep(left_ns / 1e9)
