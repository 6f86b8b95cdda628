"""What the store costs: bytes a span, and the writing of how far the open span has come."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter_ns, process_time_ns
from zoneinfo import ZoneInfo

from tools.bench.figures import Figure, Part, median, quantile
from tracker.model import Device, Source, Span, Window
from tracker.storage.base import Batch
from tracker.storage.sql import SqlStorage

BYTES, FLUSH, WAIT = "bytes a span on disk", "processor per flush", "wait per flush"
A_DAY = 1000
_FIRST = date(2026, 1, 5)
_CHANNELS = ("linkedin", "x", "youtube", "forums")
_PURPOSES = ("private", "varumarke", "kundsvar")


def _span(device: Device, seq: int, length_ms: int = 17_345) -> Span:
    day = _FIRST + timedelta(days=seq // A_DAY)
    start = datetime(day.year, day.month, day.day, 8, tzinfo=ZoneInfo("UTC"))
    start += timedelta(milliseconds=seq % A_DAY * 41_237)
    end = start + timedelta(milliseconds=length_ms)
    channel, purpose = _CHANNELS[seq % len(_CHANNELS)], _PURPOSES[seq % len(_PURPOSES)]
    certain = seq % 2 == 0
    source = Source.APP if certain else Source.TITLE
    return Span(
        device, seq, day, start, end, channel, purpose, Window.WORK, source, certain=certain
    )


def _fill(storage: SqlStorage, count: int) -> None:
    for first in range(0, count, A_DAY):
        spans = [_span(storage.device, seq) for seq in range(first, first + A_DAY)]
        storage.write(Batch(rows={each.seq: each for each in spans}, days={spans[0].day}))


def _flush_ms(storage: SqlStorage, seq: int, rounds: int, now: Callable[[], int]) -> list[float]:
    """Return the milliseconds of writing the open span, each time a little longer."""
    found = []
    for number in range(rounds):
        span = _span(storage.device, seq, 4000 * (number + 1))
        batch = Batch({seq: span}, {span.day}, notes={"alive": str(number)})
        start = now()
        storage.write(batch)
        found.append((now() - start) / 1e6)
    return found[rounds // 10 :]


def _measure(quick: bool) -> list[Figure]:
    count, rounds = (5 * A_DAY, 60) if quick else (100 * A_DAY, 500)
    with tempfile.TemporaryDirectory(prefix="kt-") as folder:
        path = Path(folder, "data", "kanaltid.db")
        storage = SqlStorage(path)
        empty = path.stat().st_size
        _fill(storage, count)
        storage.close()
        size = path.stat().st_size - empty
        storage = SqlStorage(path)
        used = _flush_ms(storage, count - 1, rounds, process_time_ns)
        waited = _flush_ms(storage, count - 1, rounds, perf_counter_ns)
        storage.close()
    per_day = f"{A_DAY:,} spans a day"
    return [
        Figure(BYTES, size / count, "B", None, f"{count:,} spans, {per_day}, totals and indexes"),
        Figure(
            FLUSH, median(used), "ms", None,
            f"p99 {quantile(used, 0.99):.2f} ms; one span of a day of {A_DAY:,}; {_often(used)}",
        ),
        Figure(
            WAIT, median(waited), "ms", None,
            f"p99 {quantile(waited, 0.99):.2f} ms, the slowest {max(waited):.1f}; "
            f"in {os.path.realpath(tempfile.gettempdir())}",
        ),
    ]  # fmt: skip


def _often(used: list[float]) -> str:
    return f"every 4 s that is {100 * median(used) / 4000:.3f} % of a core"


PART = Part("storage", (BYTES, FLUSH, WAIT), _measure, 0.3)
