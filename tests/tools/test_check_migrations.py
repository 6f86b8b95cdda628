"""Migrations and tables come to the same, and the check sees when they do not."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tools import check_migrations
from tools.check_migrations import faults
from tracker.storage import models


def test_migrations_come_to_the_tables_when_run_from_nothing() -> None:
    assert list(faults()) == []


def test_fault_is_found_when_a_table_has_no_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    more = sa.MetaData()
    for table in models.metadata.tables.values():
        table.to_metadata(more)
    sa.Table("forgotten", more, sa.Column("id", sa.Integer, primary_key=True))
    monkeypatch.setattr("tools.check_migrations.metadata", more)
    monkeypatch.setattr(models, "metadata", more)

    found = list(faults())

    assert any("forgotten" in fault and "lack" in fault for fault in found)
    assert any(fault.startswith("forgotten: ") for fault in found)


def test_fault_is_found_when_the_head_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.check_migrations.HEAD", "0000")

    assert any(fault.startswith("heads are") for fault in faults())


def test_fault_is_found_when_a_table_lies_in_its_key_in_one_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(models.note.dialect_options["sqlite"], "with_rowid", True)

    assert any(fault.startswith("note: ") for fault in faults())


def test_exit_code_is_1_when_there_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_migrations.main([]) == 0
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(check_migrations, "HEAD", "0000")

    assert check_migrations.main([]) == 1
    assert capsys.readouterr().out.startswith("heads are")
