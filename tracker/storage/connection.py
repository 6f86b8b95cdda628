"""One connection to the database file: how it is opened, and what its errors mean."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from tracker.errors import ErrorCode, InternalError, OutsideError
from tracker.paths import FILE_MODE, ensure, touch_private
from tracker.storage import models

_MEANINGS = {
    sqlite3.SQLITE_BUSY: ErrorCode.STORE_BUSY,
    sqlite3.SQLITE_LOCKED: ErrorCode.STORE_BUSY,
    sqlite3.SQLITE_PROTOCOL: ErrorCode.STORE_BUSY,
    sqlite3.SQLITE_FULL: ErrorCode.STORE_FULL,
    sqlite3.SQLITE_AUTH: ErrorCode.STORE_UNREADABLE,
    sqlite3.SQLITE_CANTOPEN: ErrorCode.STORE_UNREADABLE,
    sqlite3.SQLITE_CORRUPT: ErrorCode.STORE_DAMAGED,
    sqlite3.SQLITE_IOERR: ErrorCode.STORE_UNREADABLE,
    sqlite3.SQLITE_NOTADB: ErrorCode.STORE_DAMAGED,
    sqlite3.SQLITE_PERM: ErrorCode.STORE_UNREADABLE,
    sqlite3.SQLITE_READONLY: ErrorCode.STORE_UNREADABLE,
}
"""By SQLite's primary result codes (https://sqlite.org/rescode.html)."""

_MAY_BE_FULL = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_PROBE = 1 << 16
_FULLY_CHECKED_PAGES = 6000

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    # What is deleted is overwritten, and nothing spills into files of their own.
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    # A crash of the program loses nothing. A power cut loses what the system had not yet put
    # on the disk, on Linux some 35 s; at worst all since the last checkpoint, at 4 MB of log.
    "PRAGMA synchronous = NORMAL",
)


def open_for_writing(path: Path, busy_ms: int) -> Connection:
    """Open the file, made where it is missing, for the owner alone.

    Raises:
        OutsideError: The folder or the file can't be used.
    """
    ensure(path.parent)
    try:
        for suffix in ("", "-wal", "-shm"):
            _take_back(path.with_name(path.name + suffix))
        # SQLite gives the files beside it the same mode.
        touch_private(path)
    except OSError as error:
        raise OutsideError(ErrorCode.STORE_UNREADABLE, file=str(path)) from error
    connection = _connect(path, "rw", busy_ms)
    with closed_on_error(connection), translated(path):
        # Readers and the writer do not wait for each other. The mode stays with the file.
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    return connection


def _take_back(file: Path) -> None:
    """Give the owner the right to read and write a file of their own again."""
    if sys.platform == "win32" or not file.exists():
        return
    found = file.lstat()
    mine = stat.S_ISREG(found.st_mode) and found.st_uid == os.getuid()
    if mine and stat.S_IMODE(found.st_mode) & FILE_MODE != FILE_MODE:
        file.chmod(FILE_MODE)


def open_for_reading(path: Path, busy_ms: int) -> Connection:
    """Open a file that is there; the connection can write nothing.

    Raises:
        OutsideError: There is no such file or it can't be read.
    """
    return _connect(path, "ro", busy_ms)


def open_unchanging(path: Path) -> Connection:
    """Open a file that nobody writes to, and make none beside it; nothing can be written.

    For a disk that takes nothing: else even reading makes files of SQLite's own.

    Raises:
        OutsideError: It can't be read.
    """
    return _connect(path, "ro&immutable=1", 0)


def _connect(path: Path, mode: str, busy_ms: int) -> Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, timeout=busy_ms / 1000),
        poolclass=NullPool,
        hide_parameters=True,
    )
    with translated(path):
        # Transactions are begun by name, so that each writing one is IMMEDIATE: one that
        # has read first would fail at its first write instead of waiting its turn.
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        with closed_on_error(connection):
            for pragma in _PRAGMAS:
                connection.exec_driver_sql(pragma)
    return connection


@contextmanager
def closed_on_error(connection: Connection) -> Iterator[None]:
    """Close the connection where the body fails."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Write all of the body or, where it or the commit fails, nothing of it."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        # A full disk may have rolled it back already.
        if is_in_transaction(connection):
            connection.exec_driver_sql("ROLLBACK")
        raise


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Let all reads of the body see one and the same state."""
    connection.exec_driver_sql("BEGIN")
    try:
        yield
    finally:
        if is_in_transaction(connection):
            connection.exec_driver_sql("ROLLBACK")


def is_in_transaction(connection: Connection) -> bool:
    """Tell whether SQLite has a transaction open."""
    driver = connection.connection.driver_connection
    return isinstance(driver, sqlite3.Connection) and driver.in_transaction


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the library's errors into ours."""
    try:
        yield
    except models.NotAValueError as error:
        raise OutsideError(ErrorCode.STORE_DAMAGED, file=str(path)) from error
    except DBAPIError as error:
        # The extended codes carry the primary one in their lowest byte.
        number = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        code = _MEANINGS.get(number)
        if "Could not decode" in str(error.orig):  # the driver's own: it has no number
            code = ErrorCode.STORE_DAMAGED
        if code is None:
            raise InternalError(ErrorCode.INTERNAL) from error
        if number in _MAY_BE_FULL and _is_full(path):
            code = ErrorCode.STORE_FULL
        raise OutsideError(code, file=str(path)) from error


def is_sound(connection: Connection) -> bool:
    """Tell whether SQLite finds nothing wrong with how the file is built.

    A long file is not asked whether its indexes tell of all its rows: that takes thrice as
    long, some 10 ms a megabyte.
    """
    try:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        check = "integrity_check" if pages <= _FULLY_CHECKED_PAGES else "quick_check"
        found = connection.exec_driver_sql(f"PRAGMA {check}(1)").scalars().all()
    except DBAPIError:
        return False
    return found == ["ok"]


def _is_full(path: Path) -> bool:
    """Tell whether there is no room, or no more allowed to this user, where the file grows.

    SQLite knows a full disk only by ENOSPC; a quota that is used up is to it an error like
    a broken disk. It may also fail to make the files beside it, and say only that.
    """
    try:
        files = (path, path.with_name(f"{path.name}-wal"))
        end = max((file.stat().st_size for file in files if file.is_file()), default=0)
        with tempfile.TemporaryFile(dir=path.parent, buffering=0) as file:
            # Past the end of what is there, for a bound on the size of single files.
            os.pwrite(file.fileno(), bytes(_PROBE), end)
    except OSError as error:
        return error.errno in _FULL
    return False
