"""Measuring goes on, whatever becomes of the store."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk import MONDAY, TODAY, Desk
from tracker.errors import ErrorCode
from tracker.notice import StatusNotice
from tracker.run import ALIVE
from tracker.storage.base import Batch
from tracker.storage.sql import SqlStorage


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "kanaltid.db"


@pytest.fixture
def desk(tmp_path: Path, path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, storage=SqlStorage(path, mends=True))
    logging.getLogger("tracker.storage.sql").disabled = True
    yield desk
    logging.getLogger("tracker.storage.sql").disabled = False
    desk.service.stop()
    desk.storage.close()


def ruin(path: Path) -> None:
    """Overwrite all but the first page behind the program's back."""
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xdb" * (len(data) - 4096))


def test_this_runs_rows_are_written_anew_when_the_file_was_ruined_meanwhile(
    desk: Desk, path: Path
) -> None:
    desk.start()
    for app in ("linkedin", "discord", "linkedin"):
        desk.front(app)
        desk.wait(60)
    desk.wait(4)
    ruin(path)
    desk.wait(60)

    codes = [code for code, _fields in desk.service.status().trouble]
    assert codes == [ErrorCode.STORE_RECOVERED]
    assert [each.code for each in desk.notices if isinstance(each, StatusNotice)] == codes
    assert desk.used() == {"linkedin": 184_000, "discord": 60_000}
    desk.service.stop()
    spans = desk.storage.spans(TODAY, TODAY)
    assert [(span.channel, span.duration_ms) for span in spans] == [
        ("linkedin", 60_000),
        ("discord", 60_000),
        ("linkedin", 124_000),
    ]
    totals = desk.storage.totals(TODAY, TODAY)[TODAY].channels
    assert sum(totals.values()) == 244_000
    assert TODAY in desk.storage.policies(TODAY, TODAY)


def test_a_start_is_no_worse_when_a_note_is_garbled(desk: Desk) -> None:
    for note in ("", "2026-11-2", "2026-11-23T08:00:00", "\0"):
        desk.storage.write(Batch(notes={ALIVE: note, "pause": note}))
        desk.open()
        desk.start()
        desk.front("linkedin")
        desk.wait(10)
        desk.service.stop()
    assert desk.used() == {"linkedin": 40_000}
    assert desk.clock.now() - MONDAY == timedelta(seconds=40)
