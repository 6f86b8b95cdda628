"""All that is stored about the person, as JSON: their own, complete, to take along.

The form, version 1, is an object with these keys:

- ``form``: ``kanaltid-data``; ``version``: 1; ``exported``: when, as an instant.
- ``settings``: the person's settings; null where none were made.
- ``crisis``: what they have open of the crisis plan (``open``), and what they closed and did
  not evaluate (``closed``): an object with ``level``, ``opened``, ``link`` and ``done``, the
  texts of the steps done; else null.
- ``rows``: an object by kind of row, in the order of :class:`tracker.storage.base.Stored`. Each
  is a list of objects by the columns' names, by day, that of the oldest day first.

Days are ``2026-11-23``, by the policy's start of day; instants are ISO 8601 in UTC with
milliseconds; lengths are whole milliseconds. It is written piece by piece, so that years of
rows take no more memory than the day with the most of them.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tracker.crisis import CLOSED, CRISIS
from tracker.errors import KanaltidError
from tracker.storage.base import LASTING, Storage, Stored, StoredRow

FORM = "kanaltid-data"
VERSION = 1
EVER = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the file, and how many of the rows are written with it."""

    data: bytes
    rows: int


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How far an export has come.

    Attributes:
        rows: Written up to now.
        of_rows: All that there were when it began.
        done: Whether it is over; no more is told after that.
        error: Why there is no file.
    """

    rows: int
    of_rows: int
    done: bool = False
    error: KanaltidError | None = None


def own_data(storage: Storage, settings: Mapping[str, Any] | None, at: datetime) -> Iterator[Piece]:
    """Yield the file piece by piece.

    Args:
        storage: Read only; best a :meth:`tracker.storage.base.Storage.reader`, so that all
            pieces are of one moment.
        settings: The person's.
        at: The present instant.

    Raises:
        OutsideError: The store can't be read.
    """
    head = {"form": FORM, "version": VERSION, "exported": _told(at), "settings": settings}
    head["crisis"] = {"open": _noted(storage, CRISIS), "closed": _noted(storage, CLOSED)}
    yield Piece(_dump(head)[:-1] + b',\n"rows": {', 0)
    rows = 0
    for number, kind in enumerate(Stored):
        yield Piece((",\n" if number else "\n").encode() + _dump(kind.value) + b": [", rows)
        comma = b"\n"
        for some in _days(storage, kind):
            lines = [_dump({name: _told(value) for name, value in row.items()}) for row in some]
            rows += len(lines)
            yield Piece(comma + b",\n".join(lines), rows)
            comma = b",\n"
        yield Piece(b"]", rows)
    yield Piece(b"}}\n", rows)


def _noted(storage: Storage, key: str) -> object:
    """Return what a note holds, as it is kept."""
    text = storage.note(key)
    with contextlib.suppress(ValueError):
        return json.loads(text) if text else None
    return text


def _days(storage: Storage, kind: Stored) -> Iterator[list[StoredRow]]:
    """Yield the rows of each day that has any; of a lasting kind, all."""
    if kind in LASTING:
        yield from filter(None, [[*storage.stored(kind, *EVER)]])
        return
    days = []
    day = storage.latest(kind, *EVER)
    while day is not None:
        days.append(day)
        day = storage.latest(kind, date.min, day - timedelta(days=1))
    for each in reversed(days):
        yield [*storage.stored(kind, each, each)]


def _told(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, date) else value


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
