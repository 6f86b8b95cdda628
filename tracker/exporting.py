"""Writes the person's own data to a file, in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tracker.errors import ErrorCode, KanaltidError
from tracker.loop import Loop
from tracker.reports.own_data import ExportProgress, own_data
from tracker.reports.writers import write_pieces
from tracker.storage.base import Storage

log = logging.getLogger(__name__)

EACH_ROWS = 2_000
"""After so many rows it is told how far it has come."""


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What is written where: the settings beside the rows, and whether a file is replaced."""

    file: Path
    settings: Mapping[str, Any] | None
    at: datetime
    force: bool = False


class _CalledOffError(Exception):
    """It was called off: what was written is removed."""


class DataExport:
    """An export under way; :meth:`cancel` calls it off, and leaves no file.

    Args:
        loop: Where it is told how far it has come.
        open_reader: Opens the store, on the thread.
        plan: What is written where.
        told: Called on the loop's thread.
    """

    def __init__(
        self,
        loop: Loop,
        open_reader: Callable[[], Storage],
        plan: ExportPlan,
        told: Callable[[ExportProgress], None],
    ) -> None:
        self._loop = loop
        self._open_reader = open_reader
        self._plan = plan
        self._told = told
        self._off = threading.Event()
        self._thread = threading.Thread(target=self._work, name="export")

    def start(self) -> DataExport:
        """Begin."""
        self._thread.start()
        return self

    def cancel(self) -> None:
        """Call it off, and wait until nothing is left of it; nothing more is told."""
        self._off.set()
        self._thread.join()

    def _work(self) -> None:
        error: KanaltidError | None = None
        self._rows = self._of_rows = 0
        try:
            write_export(self._open_reader, self._plan, self._count)
        except _CalledOffError:
            return
        except KanaltidError as found:
            error = found
        except Exception:  # the top of a worker: whoever waits must hear that it is over
            log.exception("an export failed")
            error = KanaltidError(ErrorCode.INTERNAL)
        self._tell(ExportProgress(self._rows, self._of_rows, done=True, error=error))

    def _count(self, rows: int, of_rows: int) -> None:
        if self._off.is_set():
            raise _CalledOffError
        told = rows // EACH_ROWS > self._rows // EACH_ROWS
        self._rows, self._of_rows = rows, of_rows
        if told:
            self._tell(ExportProgress(rows, of_rows))

    def _tell(self, progress: ExportProgress) -> None:
        self._loop.post(lambda: None if self._off.is_set() else self._told(progress))


def write_export(
    open_reader: Callable[[], Storage], plan: ExportPlan, count: Callable[[int, int], None]
) -> None:
    """Write the file whole or not at all, for the owner alone.

    Args:
        open_reader: Opens the store, which is closed again.
        plan: What is written where.
        count: Told how many rows are written, and how many there are.

    Raises:
        OutsideError: The store can't be read, or the file not be written.
    """
    storage = open_reader()

    def pieces() -> Iterator[bytes]:
        of_rows = sum(storage.counted(date.min, date.max).values())
        for piece in own_data(storage, plan.settings, plan.at):
            count(piece.rows, of_rows)
            yield piece.data

    try:
        write_pieces(plan.file, pieces(), force=plan.force)
    finally:
        storage.close()
