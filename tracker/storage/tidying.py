"""Rewrites a store's file from what is still in it, so that nothing else is left there.

SQLite overwrites what is deleted, but a row that once moved to another page may have left a
copy between the rows of the page it came from. Only writing the file anew lets go of those.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from sqlalchemy import Connection

from tracker.errors import KanaltidError
from tracker.storage.connection import open_for_writing, translated

log = logging.getLogger(__name__)

INLINE_BYTES = 2_000_000
"""A file up to this size is rewritten on the spot, in some 10 ms; a larger one by a worker."""

BUSY_MS = 5_000


class Tidier:
    """Rewrites a file, on the spot or in a thread of its own with a connection of its own.

    It never fails: what was deleted was overwritten already, and the next time comes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._worker: threading.Thread | None = None

    def tidy(self, connection: Connection) -> None:
        """Rewrite the file; ``connection`` is the caller's, and in no transaction."""
        pages, size = (
            int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
            for name in ("page_count", "page_size")
        )
        if pages * size <= INLINE_BYTES:
            _rewrite(connection, self._path)
        elif self._worker is None or not self._worker.is_alive():
            self._worker = threading.Thread(target=self._work, name="tidy")
            self._worker.start()

    def wait(self) -> None:
        """Wait until no worker is at it."""
        if self._worker is not None:
            self._worker.join()

    def _work(self) -> None:
        try:
            connection = open_for_writing(self._path, BUSY_MS)
        except KanaltidError as error:
            log.info("the store was not rewritten: %s", error.code)
            return
        try:
            _rewrite(connection, self._path)
        finally:
            connection.close()


def _rewrite(connection: Connection, path: Path) -> None:
    try:
        with translated(path):
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    except KanaltidError as error:
        # Another program reads or writes, or the disk has no room for a second copy.
        log.info("the store was not rewritten: %s", error.code)
