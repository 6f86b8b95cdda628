"""Processor time of a call, as little disturbed by others as can be."""

from __future__ import annotations

import time
import timeit
from collections.abc import Callable


def seconds_of(call: Callable[[], object], repeat: int = 3) -> float:
    """Return the least processor time that ``call`` took."""
    return min(timeit.repeat(call, timer=time.process_time, number=1, repeat=repeat))
