"""The machine that figures were measured on."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker.clock import LedgerClock, SystemTime


@dataclass(frozen=True, slots=True)
class Machine:
    """What a figure depends on beside the program."""

    cpu: str
    cores: int
    python: str
    system: str

    def line(self) -> str:
        """Return it as one line."""
        return f"{self.cpu}, {self.cores} cores, Python {self.python}, {self.system}"


def this_machine() -> Machine:
    """Return the machine that this runs on."""
    return Machine(
        cpu_name(Path("/proc/cpuinfo").read_text("utf-8")),
        len(os.sched_getaffinity(0)),
        platform.python_version(),
        f"{platform.system()} {platform.release()}",
    )


def cpu_name(cpuinfo: str) -> str:
    """Return the processor's name from ``/proc/cpuinfo``; some kinds have none there."""
    for line in cpuinfo.splitlines():
        key, _, value = line.partition(":")
        if key.strip() in ("model name", "Model"):
            return value.strip()
    return platform.machine()


def load() -> float:
    """Return how many processes wanted to run, on average over the last minute."""
    return os.getloadavg()[0]


def local_now() -> datetime:
    """Return the present time with the offset that holds here."""
    return LedgerClock(SystemTime()).now().astimezone()
