"""Brings the tables of a file to the present revision."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, insert

from tracker.errors import ErrorCode, OutsideError
from tracker.storage import models, writing
from tracker.storage.connection import transaction


def prepare(connection: Connection, path: Path) -> None:
    """Make the tables where there are none, and migrate older ones.

    Raises:
        OutsideError: The tables are of a later revision (``STORE_NEWER``) or not ours.
    """
    if _revision(connection, path) == models.HEAD:
        return
    # A table that is made anew is gone for a moment while others refer to it, and the
    # switch has no effect inside a transaction (https://sqlite.org/lang_altertable.html).
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    with transaction(connection):
        # Asked again under the lock: two programs may have met at an old or empty file.
        found = _revision(connection, path)
        if found is None:
            create(connection)
            writing.add_device(connection, os.urandom(8).hex())
        elif found != models.HEAD:
            # Costs a tenth of a second and 12 MB, hence only where it is needed.
            from tracker.storage.migrations import upgrade

            upgrade(connection)
    connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def check(connection: Connection, path: Path) -> None:
    """Check that the tables are of the present revision; changes nothing.

    Raises:
        OutsideError: They are not.
    """
    if _revision(connection, path) != models.HEAD:
        raise OutsideError(ErrorCode.STORE_UNREADABLE, file=str(path))


def create(connection: Connection) -> None:
    """Make all tables.

    A test proves that this comes to the same as all migrations in order.
    """
    models.metadata.create_all(connection, checkfirst=False)
    models.revision.create(connection)
    connection.execute(insert(models.revision).values(version_num=models.HEAD))


def _revision(connection: Connection, path: Path) -> str | None:
    """Return the file's revision, None where it is empty. Plain SQL: Alembic costs too much."""
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    if not tables:
        return None
    if models.revision.name not in tables:
        raise OutsideError(ErrorCode.STORE_UNREADABLE, file=str(path))
    found = connection.exec_driver_sql("SELECT version_num FROM revision").scalar()
    if not isinstance(found, str) or not found.isdecimal():
        raise OutsideError(ErrorCode.STORE_UNREADABLE, file=str(path))
    if int(found) > int(models.HEAD):
        raise OutsideError(ErrorCode.STORE_NEWER, file=str(path))
    return found
