"""What a running process costs, as Linux counts it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_PYTHON = (sys.base_prefix + "/lib/python", sys.prefix)
"""Where Python keeps its own files, which no process maps that is no Python."""


def processor_ns(pid: int) -> int:
    """Return how long the threads of a process have run, from ``schedstat``."""
    threads = (_PROC / str(pid) / "task").glob("*/schedstat")
    return sum(int(thread.read_text("ascii").split()[0]) for thread in threads)


def threads_of(pid: int) -> int:
    """Return how many threads a process has."""
    return len(list((_PROC / str(pid) / "task").iterdir()))


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of a process, in MB of 2^20 bytes.

    Attributes:
        pss: Its own pages, and its share of those that others have too.
        alone: The same, but Python's own files in full: as if no other Python ran.
        rss: All pages in full.
    """

    pss: float
    alone: float
    rss: float


def memory_of(pid: int) -> Memory:
    """Return the memory of a process, from ``smaps_rollup`` and ``smaps``."""
    rollup = (_PROC / str(pid) / "smaps_rollup").read_text("utf-8").splitlines()
    sums = _values(rollup)
    smaps = (_PROC / str(pid) / "smaps").read_text("utf-8").splitlines()
    shared = shared_with_pythons(smaps, (sys.executable, str(Path(sys.executable).resolve())))
    pss = sums["Pss"] / 1024
    return Memory(pss, pss + shared / 1024, sums["Rss"] / 1024)


def shared_with_pythons(smaps: Iterable[str], executables: tuple[str, ...]) -> int:
    """Return how many kB of Python's files the count leaves to other processes."""
    left = 0
    counts = False
    for line in smaps:
        head = line.split(maxsplit=5)
        if not head[0].endswith(":"):
            path = head[5] if len(head) > 5 else ""
            counts = path.startswith((*_PYTHON, *executables))
        elif counts and head[0] == "Rss:":
            left += int(head[1])
        elif counts and head[0] == "Pss:":
            left -= int(head[1])
    return left


def _values(lines: Iterable[str]) -> dict[str, int]:
    rows = (line.split() for line in lines)
    return {row[0].rstrip(":"): int(row[1]) for row in rows if row[-1] == "kB"}
