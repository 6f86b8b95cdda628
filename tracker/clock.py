"""Clocks: the one module that reads the machine's time.

Ledger time is an anchor plus the elapsed time, sleep included, so that moving the
wall clock neither refills nor burns an allowance.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant of ledger time."""

    def now(self) -> datetime:
        """Return the instant, aware, UTC, in whole milliseconds; it never goes back."""
