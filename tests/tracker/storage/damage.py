"""Stores with a known content, and ways to damage a file."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tests.contracts.storage_contract import EVER, MONDAY, batch, span, with_everything
from tracker.model import Row, TotalKey
from tracker.storage.sql import SqlStorage

DAYS, A_DAY = 20, 60


def fill(path: Path) -> None:
    """Write a store with rows of every kind, on some days."""
    store = SqlStorage(path)
    seq = 1
    for number in range(DAYS):
        day = MONDAY + timedelta(days=number)
        rows: list[Row] = [
            replace(span(seq + each, number * 86_400_000 + each * 2000), day=day)
            for each in range(A_DAY)
        ]
        store.write(batch(*rows))
        store.write(with_everything(day, seq + A_DAY))
        seq += A_DAY + 2
    store.close()


def flip(data: bytearray, rng: random.Random) -> bytearray:
    """Turn a few bits over."""
    for _ in range(rng.randint(1, 16)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return data


def cut(data: bytearray, rng: random.Random) -> bytearray:
    """Keep the beginning only."""
    return data[: rng.randrange(1, len(data))]


def scribble(data: bytearray, rng: random.Random) -> bytearray:
    """Write noise over a few pages, as they lie or across them."""
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(data))
        noise = rng.randbytes(min(4096, len(data) - at))
        data[at : at + len(noise)] = noise
    return data


def swap_pages(data: bytearray, rng: random.Random) -> bytearray:
    """Let a page stand in another's place, as a torn write or a lost one does."""
    here, there = (rng.randrange(len(data) // 4096) * 4096 for _ in "ab")
    data[here : here + 4096] = data[there : there + 4096]
    return data


Damage = Callable[[bytearray, random.Random], bytearray]
DAMAGES: tuple[Damage, ...] = (flip, cut, scribble, swap_pages)


def sums(store: SqlStorage) -> tuple[Counter[object], Counter[object]]:
    """Return what the days come to by their rows, and by their totals."""
    by_rows: Counter[object] = Counter()
    for each in store.spans(*EVER):
        key = TotalKey(each.channel, each.purpose, each.window, each.certain)
        by_rows[each.day, key] += each.duration_ms
    for gap in store.gaps(*EVER):
        by_rows[gap.day, gap.kind] += gap.duration_ms
    by_totals: Counter[object] = Counter()
    for day, totals in store.totals(*EVER).items():
        by_totals.update({(day, key): ms for key, ms in totals.channels.items()})
        by_totals.update({(day, kind): ms for kind, ms in totals.gaps.items()})
    return by_rows, by_totals


def read_all(store: SqlStorage) -> None:
    """Read everything that is in it."""
    for read in (store.spans, store.gaps, store.totals, store.records, store.policies):
        read(date.min, date.max)
    store.consents(), store.evaluations(), store.note("alive"), store.next_seq()


def check_sound(path: Path) -> None:
    """See that SQLite finds nothing wrong with the file."""
    with contextlib.closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []


def numbers(store: SqlStorage) -> list[int]:
    """Return the numbers of all rows."""
    rows: list[Row] = [*store.spans(*EVER), *store.gaps(*EVER)]
    return sorted(each.seq for each in rows)
