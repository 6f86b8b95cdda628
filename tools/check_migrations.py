"""Proves that the migrations, in order, come to the very tables that the program knows.

``python -m tools.check_migrations`` prints a line for each fault and exits with 1 where
there is one. ``--new "what changes"`` writes a migration from the difference; look it over,
and raise ``HEAD`` in ``tracker/storage/models.py``.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import sys
from collections.abc import Iterator

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from tracker.storage.migrations import config_for, upgrade
from tracker.storage.models import HEAD, metadata, revision
from tracker.storage.schema import create


def faults() -> Iterator[str]:
    """Return a line for each way in which migrations and tables differ."""
    with _empty() as connection:
        scripts = ScriptDirectory.from_config(config_for(connection))
        heads = scripts.get_heads()
        if heads != [HEAD]:
            yield f"heads are {heads}, and models.HEAD is {HEAD!r}"
        if not all(script.revision.isdecimal() for script in scripts.walk_revisions()):
            yield "revisions must be numbers that count up"
        upgrade(connection)
        context = MigrationContext.configure(connection, opts={"version_table": revision.name})
        for difference in compare_metadata(context, metadata):
            yield f"the migrations lack {difference}"
        migrated = _statements(connection)
    with _empty() as connection:
        create(connection)
        made = _statements(connection)
    # What the comparison above does not look at, such as WITHOUT ROWID.
    for name in sorted(migrated.keys() | made.keys()):
        if migrated.get(name) != made.get(name):
            yield f"{name}: migrated {migrated.get(name)!r}, made {made.get(name)!r}"


def write_migration(message: str) -> None:
    """Write a migration from the present revision to what the models say."""
    with _empty() as connection:
        upgrade(connection)
        number = f"{int(HEAD) + 1:04d}"
        command.revision(config_for(connection), message, autogenerate=True, rev_id=number)


@contextlib.contextmanager
def _empty() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _statements(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the parts of each table's and index's statement."""
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    ).all()
    return {name: _parts(sql) for name, sql in rows}


def _parts(sql: str) -> tuple[str, ...]:
    """Return a statement's head, its columns and constraints in no order, and its end."""
    head, _, rest = sql.partition("(")
    body, _, end = rest.rpartition(")")
    between = re.split(r",(?![^(]*\))", body)  # no comma inside brackets
    return (_in_one_line(head), *sorted(map(_in_one_line, between)), _in_one_line(end))


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def main(arguments: list[str]) -> int:
    """Do what the arguments say and return the exit code."""
    parser = argparse.ArgumentParser(prog="check_migrations", description=__doc__)
    parser.add_argument("--new", metavar="MESSAGE", help="write a migration from the difference")
    given = parser.parse_args(arguments)
    if given.new:
        write_migration(given.new)
        return 0
    found = list(faults())
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
