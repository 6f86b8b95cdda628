"""An export beside the measuring: told on the loop's thread, and gone when it is called off."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.contracts.storage_contract import MONDAY, batch, span, with_everything
from tracker import exporting
from tracker.clock import LedgerClock
from tracker.errors import ErrorCode, OutsideError
from tracker.exporting import DataExport, ExportPlan
from tracker.reports.own_data import ExportProgress
from tracker.storage.base import Storage, Stored
from tracker.storage.memory import MemoryStorage
from tracker.virtual_loop import VirtualLoop, VirtualTime

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Stage:
    """An export of some rows, and what is told of it."""

    def __init__(self, folder: Path, open_reader: Callable[[], Storage] | None = None) -> None:
        self.file = folder / "own.json"
        self.storage = MemoryStorage()
        self.storage.write(with_everything())
        rows = (span(n, n, day=MONDAY + timedelta(days=n % 30)) for n in range(3, 600))
        self.storage.write(batch(*rows))
        time = VirtualTime(NOW)
        self.loop = VirtualLoop(time, LedgerClock(time))
        self.told: list[tuple[ExportProgress, threading.Thread]] = []
        plan = ExportPlan(self.file, None, NOW)
        self.export = DataExport(self.loop, open_reader or self.storage.reader, plan, self._tell)

    def _tell(self, progress: ExportProgress) -> None:
        self.told.append((progress, threading.current_thread()))

    def finish(self) -> list[ExportProgress]:
        self.export._thread.join()
        self.loop.settle()
        return [progress for progress, _thread in self.told]


def test_progress_is_told_on_the_loops_thread_when_there_is_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "EACH_ROWS", 100)
    stage = Stage(tmp_path)
    stage.export.start()
    told = stage.finish()
    assert {thread for _progress, thread in stage.told} == {threading.main_thread()}
    rows = [progress.rows for progress in told]
    assert rows == sorted(rows)
    assert len(told) >= 6
    assert [progress.done for progress in told] == [False] * (len(told) - 1) + [True]
    assert told[-1].rows == told[-1].of_rows == told[0].of_rows > 600
    assert stat.S_IMODE(stage.file.stat().st_mode) == 0o600


def test_no_file_is_left_and_nothing_told_when_it_is_called_off(tmp_path: Path) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def open_reader() -> Storage:
        reached.set()
        go_on.wait(10)
        return stage.storage

    stage = Stage(tmp_path, open_reader)
    stage.export.start()
    reached.wait(10)
    stage.export._off.set()  # as cancel does, before it waits
    go_on.set()
    stage.export.cancel()
    assert stage.finish() == []
    assert [*tmp_path.iterdir()] == []


def test_error_is_told_and_no_file_left_when_the_store_cannot_be_read(tmp_path: Path) -> None:
    class Failing(MemoryStorage):
        def stored(self, *_args: object) -> list[dict[str, int]]:
            raise OutsideError(ErrorCode.STORE_UNREADABLE, file="x")

    stage = Stage(tmp_path, Failing)
    stage.export.start()
    (done,) = stage.finish()
    assert done.done
    assert done.error is not None
    assert done.error.code is ErrorCode.STORE_UNREADABLE
    assert [*tmp_path.iterdir()] == []


@pytest.mark.expects_log("an export failed")
def test_it_is_told_to_be_over_when_there_is_a_bug(tmp_path: Path) -> None:
    class Buggy(MemoryStorage):
        def counted(self, *_args: object) -> dict[Stored, int]:
            raise RuntimeError

    stage = Stage(tmp_path, Buggy)
    stage.export.start()
    (done,) = stage.finish()
    assert done.error is not None
    assert done.error.code is ErrorCode.INTERNAL
    assert [*tmp_path.iterdir()] == []
