"""How a file comes to the present tables, and what that costs."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from tests.contracts.storage_contract import EVER, batch, span
from tracker.storage import migrations, models, schema
from tracker.storage.base import Batch, PurposeChoice
from tracker.storage.connection import open_for_writing
from tracker.storage.sql import SqlStorage

Pairs = tuple[tuple[str, object], ...]

NEXT = f"{int(models.HEAD) + 1:04d}"
"""The revision of a migration that is yet to be written."""


def test_file_is_migrated_with_its_rows_when_it_is_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    SqlStorage(path).close()
    step = step_to(NEXT, "op.execute(\"INSERT INTO note VALUES ('moved', 'yes')\")")
    monkeypatch.setattr(models, "HEAD", NEXT)

    with later_migration(tmp_path, monkeypatch, step):
        store = SqlStorage(path)

    assert store.note("moved") == "yes"
    store.close()
    with contextlib.closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT version_num FROM revision").fetchall() == [(NEXT,)]


def filled(path: Path, revision: str) -> dict[str, set[Pairs]]:
    """Make a store of a revision with rows in every table, and return them by table."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrations.upgrade(connection, revision)
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'revision'"
        )
        for name in names.scalars().all():
            columns = connection.exec_driver_sql(f"PRAGMA table_info({name})").all()
            for number in range(1, 40):
                values = ", ".join(
                    "1" if column.name == "device" or (name, column.name) == ("device", "here")
                    else f"'{column.name}-{number}'" if column.type == "VARCHAR"
                    else str(number)
                    for column in columns
                )  # fmt: skip
                connection.exec_driver_sql(f"INSERT INTO {name} VALUES ({values})")
    engine.dispose()
    path.chmod(0o600)
    return content(path)


def content(path: Path) -> dict[str, set[Pairs]]:
    """Return all rows, each as pairs of a column's name and its value."""
    with contextlib.closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        names = plain.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'revision'"
        ).fetchall()
        found: dict[str, set[Pairs]] = {}
        for (name,) in names:
            rows = plain.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in rows.description]
            found[name] = {tuple(zip(columns, row, strict=True)) for row in rows}
        return found


@pytest.mark.parametrize("behind", [f"{number:04d}" for number in range(1, int(models.HEAD))])
def test_each_row_comes_through_when_the_file_is_behind(tmp_path: Path, behind: str) -> None:
    path, copy = tmp_path / "store.db", tmp_path / "copy.db"
    before = filled(path, behind)
    shutil.copy(path, copy)

    for _ in "ab":  # the second time from the copy, put back
        SqlStorage(path).close()

        after = content(path)
        assert set(after) == {table.name for table in models.metadata.sorted_tables}
        for name, rows in before.items():
            assert len(rows) == len(after[name]) == 39
            kept = {frozenset(row) for row in after[name]}
            assert all(any(set(row) <= each for each in kept) for row in rows)
        assert not any(after[name] for name in set(after) - set(before))
        shutil.copy(copy, path)
        assert content(path) == before


def test_choices_come_through_when_the_file_is_from_the_first_release(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrations.upgrade(connection, "0001")
        connection.exec_driver_sql(
            "INSERT INTO device (name, here, last_seq, rows_from) VALUES ('a', 1, 0, 0)"
        )
        connection.exec_driver_sql(
            "INSERT INTO purpose_choice (day, at, channel, purpose) VALUES (20000, 1, 'x', 'leads')"
        )
    engine.dispose()
    path.chmod(0o600)

    store = SqlStorage(path)

    day = date(1970, 1, 1) + timedelta(days=20_000)
    instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=1)
    assert store.records(*EVER) == [PurposeChoice(day, "x", "leads", instant)]
    store.close()


def test_table_may_be_made_anew_when_others_refer_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    store = SqlStorage(path)
    store.write(batch(span(1)))
    store.close()
    body = 'with op.batch_alter_table("device", recreate="always") as table:\n        pass'
    monkeypatch.setattr(models, "HEAD", NEXT)

    with later_migration(tmp_path, monkeypatch, step_to(NEXT, body)):
        store = SqlStorage(path)

    assert len(store.spans(*EVER)) == 1
    assert store._connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    store.close()


def test_file_is_as_before_when_its_migration_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    store = SqlStorage(path)
    store.write(Batch(notes={"alive": "1"}))
    store.close()
    step = step_to(NEXT, 'op.drop_table("note")\n    raise RuntimeError("half way")')
    monkeypatch.setattr(models, "HEAD", NEXT)

    with later_migration(tmp_path, monkeypatch, step), pytest.raises(RuntimeError):
        SqlStorage(path)

    monkeypatch.undo()
    again = SqlStorage(path)
    assert again.note("alive") == "1"
    again.close()


def step_to(revision: str, body: str) -> str:
    before = f"{int(revision) - 1:04d}"
    return (
        "from alembic import op\n"
        f"revision = {revision!r}\ndown_revision = {before!r}\n"
        f"branch_labels = depends_on = None\ndef upgrade():\n    {body}\n"
    )


@contextlib.contextmanager
def later_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> Iterator[None]:
    """Let Alembic see one migration more than there is."""
    folder = tmp_path / "versions"
    folder.mkdir()
    (folder / f"{NEXT}.py").write_text(step, encoding="utf-8")
    own = migrations.config_for

    def config_for(connection: Connection) -> object:
        config = own(connection)
        known = Path(migrations.__file__).parent / "versions"
        config.set_main_option("version_locations", f"{known}:{folder}")
        return config

    monkeypatch.setattr(migrations, "config_for", config_for)
    yield


def test_tables_are_made_once_when_two_programs_meet_at_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    first, second = open_for_writing(path, 0), open_for_writing(path, 0)

    schema.prepare(first, path)
    schema.prepare(second, path)

    count = second.exec_driver_sql("SELECT count(*) FROM device").scalar_one()
    assert count == 1
    first.close()
    second.close()


def test_alembic_is_not_imported_when_the_file_is_new_or_up_to_date(tmp_path: Path) -> None:
    script = (
        "import json, sys, pathlib\n"
        "from tracker.storage.sql import SqlStorage\n"
        "for _ in range(2):\n"
        "    SqlStorage(pathlib.Path(sys.argv[1])).close()\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "store.db")], capture_output=True, check=True
    )

    names = json.loads(done.stdout)
    assert "sqlalchemy" in names
    assert not {"alembic", "mako", "babel", "PySide6"} & set(names)


def test_orm_is_not_imported_when_the_store_is_used(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from tracker.storage.sql import SqlStorage\n"
        "SqlStorage(pathlib.Path(sys.argv[1])).close()\n"
        "assert 'sqlalchemy.orm' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "store.db")], check=True)


def test_create_makes_every_table_when_the_file_is_empty() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        schema.create(connection)
        rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert {*models.metadata.tables, "revision"} == set(rows.scalars())
    engine.dispose()
