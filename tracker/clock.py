"""Clocks: the one module that reads the machine's time.

Ledger time is an anchor plus the elapsed time, sleep included, so that moving the
wall clock neither refills nor burns an allowance.
"""

from __future__ import annotations

import ctypes
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DRIFT_NS = 2_000_000_000
"""Below this the wall clock is followed: it is how computers keep time."""


class Clock(Protocol):
    """Tells the present instant of ledger time."""

    def now(self) -> datetime:
        """Return the instant, aware, UTC, in whole milliseconds; it never goes back."""


class TimeSource(Protocol):
    """The machine's own clocks, in nanoseconds."""

    def elapsed_ns(self) -> int:
        """Return the time since boot, sleep included."""

    def awake_ns(self) -> int:
        """Return the time since boot without sleep."""

    def wall_ns(self) -> int:
        """Return what the wall clock shows, since 1970 in UTC."""

    def boot_id(self) -> str:
        """Return an id that changes with each boot."""

    def synchronised(self) -> bool:
        """Return whether the system says that its wall clock is synchronised."""


class SystemTime:
    """The clocks of Linux."""

    def elapsed_ns(self) -> int:
        """Return CLOCK_BOOTTIME."""
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)

    def awake_ns(self) -> int:
        """Return CLOCK_MONOTONIC."""
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC)

    def wall_ns(self) -> int:
        """Return CLOCK_REALTIME."""
        return time.time_ns()

    def boot_id(self) -> str:
        """Return the kernel's random boot id, or nothing where there is none."""
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        except OSError:
            return ""

    def synchronised(self) -> bool:
        """Return whether the kernel's clock state is other than TIME_ERROR (adjtimex(2))."""
        try:
            buffer = ctypes.create_string_buffer(256)  # struct timex, all zero: read only
            state: int = ctypes.CDLL(None).adjtimex(buffer)
        except (OSError, AttributeError):
            return False
        time_error = 5
        return 0 <= state < time_error


@dataclass(frozen=True, slots=True)
class Anchor:
    """An instant of ledger time, and the elapsed time of a boot that goes with it."""

    boot_id: str
    elapsed_ns: int
    instant_ns: int

    def dumps(self) -> str:
        """Return the anchor as text."""
        return json.dumps([self.boot_id, self.elapsed_ns, self.instant_ns])

    @classmethod
    def loads(cls, text: str | None) -> Anchor | None:
        """Return the anchor from its text; None where the text is none."""
        try:
            boot_id, elapsed_ns, instant_ns = json.loads(text or "")
            return cls(str(boot_id), int(elapsed_ns), int(instant_ns))
        except (ValueError, TypeError):
            return None


def instant_of_note(text: str | None) -> datetime | None:
    """Return the instant that was noted as text; None where it is none: files get damaged."""
    try:
        instant = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None


@dataclass(frozen=True, slots=True)
class ClockStep:
    """The wall clock went ahead, and ledger time followed it from ``start`` to ``end``."""

    start: datetime
    end: datetime


class LedgerClock:
    """Ledger time over a time source, by the rules of DESIGN §5, *Clock*.

    Args:
        source: The machine's clocks.
        anchor: The one that was kept; it holds where it is of the present boot.
        last: An instant that was told before; within a boot none earlier is told, and
            after it none that is earlier by a drift.
    """

    def __init__(
        self, source: TimeSource, anchor: Anchor | None = None, last: datetime | None = None
    ) -> None:
        self.source = source
        boot_id = source.boot_id()
        same_boot = anchor is not None and bool(boot_id) and anchor.boot_id == boot_id
        if anchor is None or not same_boot:
            anchor = Anchor(boot_id, source.elapsed_ns(), source.wall_ns())
        self._anchor = anchor
        self._last_ms, self._last = 0, EPOCH
        if last is not None:
            last_ms = (last - EPOCH) // timedelta(milliseconds=1)
            if same_boot or last_ms * 1_000_000 - self._ledger_ns() < DRIFT_NS:
                self._last_ms, self._last = last_ms, last

    @property
    def anchor(self) -> Anchor:
        """The anchor to keep for the next start."""
        return self._anchor

    def _ledger_ns(self) -> int:
        return self._anchor.instant_ns + self.source.elapsed_ns() - self._anchor.elapsed_ns

    def now(self) -> datetime:
        """Return the present instant; see :class:`Clock`."""
        ms = self._ledger_ns() // 1_000_000
        if ms > self._last_ms:
            self._last_ms, self._last = ms, EPOCH + timedelta(milliseconds=ms)
        return self._last

    def check(self) -> ClockStep | None:
        """Compare with the wall clock: follow drift, and a synchronised step ahead.

        Returns:
            The step that was followed, whose time nobody measured; else None. Any
            other jump is ignored until the next boot.
        """
        before = self.now()
        drift = self.source.wall_ns() - self._ledger_ns()
        if abs(drift) >= DRIFT_NS and not (drift > 0 and self.source.synchronised()):
            return None
        self._anchor = Anchor(self._anchor.boot_id, self.source.elapsed_ns(), self.source.wall_ns())
        return ClockStep(before, self.now()) if drift >= DRIFT_NS else None
