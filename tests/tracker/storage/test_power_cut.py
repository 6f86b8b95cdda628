"""A power cut, played with the files: what was on the disk just then is a whole store.

SQLite promises it for WAL with ``synchronous = NORMAL`` (https://sqlite.org/wal.html): the
log may lose its end, or have it torn, and what is left is the state after some commit. Only
a checkpoint writes to the file itself, and not before the log is on the disk.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.tracker.storage.damage import check_sound, flip, sums
from tracker.run import ALIVE
from tracker.storage.sql import SqlStorage

ROUNDS = int(os.environ.get("KANALTID_FAULT_ROUNDS", "8"))
APPS = ("linkedin", "discord", "editor")


@dataclass(frozen=True)
class Moment:
    """The files as they were, and what each commit up to then had come to."""

    folder: Path
    states: tuple[tuple[str | None, Counter[object]], ...]


def state(store: SqlStorage) -> tuple[str | None, Counter[object]]:
    return store.note(ALIVE), sums(store)[0]


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> list[Moment]:
    """Measure for a while and take the files at random moments."""
    folder = tmp_path_factory.mktemp("measured")
    rng = random.Random(3)
    store = SqlStorage(folder / "data" / "store.db")
    desk = Desk(folder, storage=store).start()
    states, found = [state(store)], list[Moment]()
    for number in range(10 * ROUNDS):
        desk.front(rng.choice(APPS))
        for _ in range(rng.randrange(1, 4)):
            desk.wait(4)
            states.append(state(store))
        if number % 10 == 9:
            copy = tmp_path_factory.mktemp("cut") / "data"
            shutil.copytree(folder / "data", copy)
            found.append(Moment(copy, tuple(states)))
    desk.service.stop()
    store.close()
    return found


def as_it_is(log: bytearray, rng: random.Random) -> bytearray:  # noqa: ARG001
    return log


def cut_off(log: bytearray, rng: random.Random) -> bytearray:
    return log[: rng.randrange(len(log))]


def torn(log: bytearray, rng: random.Random) -> bytearray:
    """Let sectors near the end be what they were before: nothing, or something old."""
    sectors = len(log) // 512
    for _ in range(rng.randint(1, 20)):
        here = max(1, sectors - rng.randrange(1, 120)) * 512
        old = rng.choice((bytes(512), bytes(log[512:1024])))
        log[here : here + 512] = old[: len(log) - here]
    return log


@pytest.mark.parametrize("cut", [as_it_is, cut_off, torn, flip])
def test_store_is_as_after_some_commit_when_the_log_lost_its_end(
    moments: list[Moment], tmp_path: Path, cut: Callable[[bytearray, random.Random], bytearray]
) -> None:
    for number, moment in enumerate(moments):
        for seed in range(4):
            path = put(moment, tmp_path / f"{number}-{seed}")
            log = path.with_name("store.db-wal")
            log.write_bytes(cut(bytearray(log.read_bytes()), random.Random(seed)))

            store = SqlStorage(path, mends=True)

            assert store.trouble is None
            found = state(store)
            # Of commits to which no time was added the last is meant as well.
            assert found in moment.states or not found[1]
            if cut is as_it_is:
                assert found == moment.states[-1]
            by_rows, by_totals = sums(store)
            assert by_rows == by_totals
            store.close()
            check_sound(path)


def test_nothing_is_lost_when_the_cut_falls_into_a_checkpoint(
    moments: list[Moment], tmp_path: Path
) -> None:
    for number, moment in enumerate(moments):
        path = put(moment, tmp_path / str(number))
        before, log = path.read_bytes(), path.with_name("store.db-wal")
        kept = log.read_bytes()
        plain = sqlite3.connect(path)
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        plain.close()
        after, rng = bytearray(path.read_bytes()), random.Random(number)
        for at in range(0, len(after), 512):
            if rng.random() < 0.5:  # this sector did not get there
                after[at : at + 512] = before[at : at + 512].ljust(512, b"\0")
        path.write_bytes(after)
        log.write_bytes(kept)

        store = SqlStorage(path, mends=True)

        assert store.trouble is None
        assert state(store) == moment.states[-1]
        store.close()
        check_sound(path)


def put(moment: Moment, folder: Path) -> Path:
    """Return the path of a copy without the file that is shared: memory is gone."""
    folder.mkdir(mode=0o700)
    for name in ("store.db", "store.db-wal"):
        shutil.copy(moment.folder / name, folder / name)
    return folder / "store.db"
