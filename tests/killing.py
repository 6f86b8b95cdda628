"""Kills the measuring service at random moments, and looks each time at what is left.

Run as a program of its own, for it forks: ``python -m tests.killing FOLDER KILLS SEED`` prints
what it found as JSON. A child measures a made-up day as fast as it can, in virtual time, with
a real store; its parent kills it and knows what was in front at each moment.
"""

from __future__ import annotations

import json
import mmap
import os
import random
import select
import signal
import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from tests.desk import MONDAY, Desk
from tests.tracker.storage.damage import check_sound, sums
from tracker.clock import EPOCH, instant_of_note
from tracker.lock import ProcessLock
from tracker.model import MILLISECOND, Row
from tracker.run import ALIVE
from tracker.storage.base import StepTaken
from tracker.storage.sql import SqlStorage, open_readonly
from tracker.virtual_loop import VirtualTime

APPS = ("linkedin", "discord", "editor")
CHANNELS = frozenset({"linkedin", "discord"})
LONGEST_LIFE_S = 0.16
EVER = (date.min, date.max)

Visit = tuple[datetime, datetime, str]


class SharedTime(VirtualTime):
    """Virtual time that another process can read, whatever becomes of this one."""

    def __init__(self, start: datetime, shared: mmap.mmap) -> None:
        super().__init__(start)
        self._shared = shared

    def move_to(self, instant: datetime) -> None:
        """Let time go on, and tell."""
        self._shared[:8] = struct.pack("q", (instant - EPOCH) // MILLISECOND)
        super().move_to(instant)


def visits(start: datetime, seed: int) -> Iterator[Visit]:
    """Yield what is in front, without end."""
    rng = random.Random(seed)
    while True:
        end = start + rng.randrange(200, 15_000) * MILLISECOND
        yield start, end, rng.choice(APPS)
        start = end


def measure(folder: Path, start: datetime, seed: int, shared: mmap.mmap) -> None:
    """Measure until killed."""
    ProcessLock(folder / "data" / "kanaltid.lock")
    store = SqlStorage(folder / "data" / "kanaltid.db", mends=True)
    assert store.trouble is None, "taken for damaged"
    desk = Desk(folder, storage=store, start=start)
    desk.time = SharedTime(start, shared)
    desk.open()
    desk.start()
    for since, until, app in visits(start, seed):
        desk.front(app)
        desk.wait((until - since).total_seconds())


def warm_up(folder: Path) -> None:
    """Let each child find all modules loaded and all statements built."""
    folder.mkdir()
    store = SqlStorage(folder / "data" / "kanaltid.db", mends=True)
    desk = Desk(folder, storage=store).start()
    desk.front(APPS[0])
    desk.wait(600)
    desk.service.stop()
    store.close()


@dataclass
class Findings:
    """What was found over all kills."""

    kills: int = 0
    most_lost_ms: int = 0
    stored_ms: int = 0
    unclean: int = 0
    true: list[Visit] = field(default_factory=list)


class Killer:
    """Starts the service, kills it, and looks at the store."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._path = folder / "data" / "kanaltid.db"
        self._rng = random.Random(seed)
        self._shared = mmap.mmap(-1, 8)
        self._now = MONDAY
        self.found = Findings()

    def kill_once(self) -> None:
        """Let it live for a moment."""
        start, seed = self._now, self._rng.randrange(1 << 30)
        self._shared[:8] = bytes(8)
        child = os.fork()
        if child == 0:
            try:
                measure(self._folder, start, seed, self._shared)
            finally:
                os._exit(3)
        # Nothing tells when: that is the point.
        select.select([], [], [], self._rng.uniform(0, LONGEST_LIFE_S))
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, "it ended by itself"
        (told,) = struct.unpack("q", self._shared[:8])
        killed = max(start, EPOCH + told * MILLISECOND)
        self.found.kills += 1
        self._look(start, killed, seed, ran=bool(told))
        self._now = killed + self._rng.randrange(0, 30_000) * MILLISECOND

    def _look(self, start: datetime, killed: datetime, seed: int, *, ran: bool) -> None:
        log = self._path.with_name("kanaltid.db-wal")
        self.found.unclean += log.exists() and log.stat().st_size > 0
        if not self._path.exists() or not self._path.stat().st_size:
            return  # killed before the first write of all
        if ran:
            self._check_time(start, killed, seed)
        if self.found.kills % 10 == 0:
            check_sound(self._path)

    def _check_time(self, start: datetime, killed: datetime, seed: int) -> None:
        store = open_readonly(self._path)
        spans, gaps = store.spans(*EVER), store.gaps(*EVER)
        steps = [each for each in store.records(*EVER) if isinstance(each, StepTaken)]
        by_rows, by_totals = sums(store)
        alive = instant_of_note(store.note(ALIVE))
        store.close()
        rows: list[Row] = sorted([*spans, *gaps], key=lambda row: row.start)
        assert all(earlier.end <= later.start for earlier, later in pairwise(rows)), "overlap"
        assert len({row.seq for row in rows}) == len(rows), "a number given twice"
        assert by_rows == by_totals, "totals are not the sums of their rows"
        told = [(each.period, each.limit, each.mark, each.extended_ms) for each in steps]
        assert len(set(told)) == len(told), "a step taken twice"

        assert alive is not None
        lost_ms = (killed - alive) // MILLISECOND
        self.found.most_lost_ms = max(self.found.most_lost_ms, lost_ms)
        self._take_in(start, alive, seed)
        truth = sum((until - since) // MILLISECOND for since, until, _channel in self.found.true)
        self.found.stored_ms = sum(span.duration_ms for span in spans)
        assert self.found.stored_ms == truth, "time was lost or credited"
        for since, until, channel in self.found.true[-50:]:
            inside = [span for span in spans if span.start < until and span.end > since]
            assert {span.channel for span in inside} == {channel}, "another channel"

    def _take_in(self, start: datetime, alive: datetime, seed: int) -> None:
        """Note what was in front of this run, as far as the store knows."""
        for since, until, app in visits(start, seed):
            if since >= alive:
                return
            if app in CHANNELS:
                self.found.true.append((since, min(until, alive), app))


def main() -> None:
    """Kill, and print what was found."""
    folder, kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    (folder / "data").mkdir(mode=0o700, parents=True)
    warm_up(folder / "warm")
    killer = Killer(folder, seed)
    began = time.perf_counter()
    for _ in range(kills):
        killer.kill_once()
    found = killer.found
    sys.stdout.write(json.dumps({
        "kills": found.kills,
        "most_lost_ms": found.most_lost_ms,
        "stored_ms": found.stored_ms,
        "unclean": found.unclean,
        "seconds": round(time.perf_counter() - began, 1),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
