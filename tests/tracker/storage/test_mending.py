"""A damaged file is set aside, and what can be read of it goes on being there."""

from __future__ import annotations

import contextlib
import logging
import os
import random
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.contracts.storage_contract import EVER, MONDAY, bare, batch, gap, span
from tests.tracker.storage.damage import (
    A_DAY,
    DAMAGES,
    DAYS,
    Damage,
    check_sound,
    fill,
    numbers,
    read_all,
    sums,
)
from tracker.errors import ErrorCode, OutsideError
from tracker.storage import mending
from tracker.storage.base import Batch
from tracker.storage.mending import Mender
from tracker.storage.sql import SqlStorage

ROUNDS = int(os.environ.get("KANALTID_FAULT_ROUNDS", "8"))
"""How many files are damaged in each way."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "data" / "store.db"
    fill(path)
    return path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    """A copy of a filled store, to be damaged."""
    path = tmp_path / "data" / "store.db"
    path.parent.mkdir(mode=0o700)
    shutil.copy(filled, path)
    path.chmod(0o600)
    return path


@pytest.fixture(autouse=True)
def _quiet_log() -> Iterator[None]:
    """A store that is mended says so in the log."""
    log = logging.getLogger("tracker.storage.sql")
    log.disabled = True
    yield
    log.disabled = False


def mended(path: Path) -> SqlStorage:
    return SqlStorage(path, mends=True)


def reason(store: SqlStorage) -> object:
    assert store.trouble is not None
    assert store.trouble.code is ErrorCode.STORE_RECOVERED
    return store.trouble.fields["reason"]


def aside(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir() if ".damaged" in each.name)


def ended_unclean(path: Path) -> None:
    """Leave a log beside the file, as a program that was killed does."""
    path.with_name(f"{path.name}-wal").write_bytes(b"\0")


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_can_be_read_is_kept_when_a_file_is_damaged_at_random(
    filled: Path, tmp_path: Path, damage: Damage
) -> None:
    whole = filled.read_bytes()
    for seed in range(ROUNDS):
        path = tmp_path / f"{seed}" / "store.db"
        path.parent.mkdir(mode=0o700)
        path.write_bytes(damage(bytearray(whole), random.Random(seed)))
        ended_unclean(path)

        store = mended(path)
        read_all(store)
        found = numbers(store)
        assert len(found) == len(set(found)) <= DAYS * (A_DAY + 2)
        by_rows, by_totals = sums(store)
        if store.trouble is not None:  # a bit within a number breaks no form
            assert all(by_totals[key] >= ms for key, ms in by_rows.items())
        number = store.next_seq()
        store.write(batch(span(number, 10**9), gap(number + 1, 10**9 + 5000)))
        assert {number, number + 1} < {*numbers(store), 0}
        store.close()

        check_sound(path)
        assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}
        left = {each.name for each in path.parent.iterdir()} - {"store.db", *aside(path)}
        assert not left
        shutil.rmtree(path.parent)


def test_most_is_kept_when_the_file_is_cut_off_late(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 9 // 10])

    store = mended(path)

    assert len(store.spans(*EVER)) > DAYS * A_DAY * 0.75
    assert reason(store) == "part"
    store.close()


def test_all_is_kept_when_only_the_head_is_damaged(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(b"\0" * 20 + data[20:])

    store = mended(path)

    assert len(store.spans(*EVER)) == DAYS * (A_DAY + 1)
    assert len(store.consents()) == DAYS
    by_rows, by_totals = sums(store)
    assert by_rows == by_totals
    assert reason(store) == "all"
    store.close()


def test_totals_of_forgotten_days_are_kept_when_the_rest_is_mended(path: Path) -> None:
    first = SqlStorage(path)
    first.forget(MONDAY + timedelta(days=5), date(2000, 1, 1))
    before, number = first.totals(*EVER), first.next_seq()
    first.close()
    data = path.read_bytes()
    path.write_bytes(b"\xff" + data[1:])

    store = mended(path)

    assert store.totals(*EVER) == before
    assert store.next_seq() == number
    assert store.device == first.device
    store.close()


@pytest.mark.parametrize("content", [b"", b"x", b"this is no database" * 900])
def test_a_new_file_is_begun_and_told_of_when_nothing_is_readable(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)

    store = mended(path)
    store.write(batch(span(1)))

    assert reason(store) == "nothing"
    assert bare(store.spans(*EVER)) == [span(1)]
    assert [path.with_name(name).read_bytes() for name in aside(path)] == [content]
    store.close()


def test_a_folder_is_set_aside_when_it_stands_in_the_files_place(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "kept").touch()

    store = mended(path)

    assert reason(store) == "nothing"
    store.erase()
    store.close()
    assert path.is_file()
    assert (path.with_name(aside(path)[0]) / "kept").exists()  # not ours to delete


def test_log_is_read_when_the_file_beside_it_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "data" / "store.db"
    store = SqlStorage(path)
    store.write(batch(*(span(seq, seq * 1000) for seq in range(1, 200))))
    copy = tmp_path / "copy" / "store.db"
    shutil.copytree(path.parent, copy.parent)
    store.close()
    copy.write_bytes(b"")
    copy.parent.chmod(0o700)

    store = mended(copy)

    assert len(store.spans(*EVER)) == 199
    store.close()


def damage_spans(path: Path) -> None:
    """Overwrite pages with rows, behind the back of who has the file open."""
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = plain.execute("SELECT rootpage FROM sqlite_master WHERE name = 'span'").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xee" * 4096)


def test_writing_goes_on_when_damage_is_noticed_while_open(path: Path) -> None:
    store = mended(path)
    assert store.trouble is None
    damage_spans(path)

    number = store.next_seq()
    store.write(batch(span(number, 10**9)))

    assert reason(store) == "part"
    assert number in numbers(store)
    assert len(numbers(store)) > DAYS * A_DAY * 0.9
    read_all(store)
    store.close()
    check_sound(path)


def test_an_index_that_lacks_rows_is_noticed_at_the_start(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as plain:
        (root,) = plain.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'gap_day'"
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\x0a\0\0\0\0\x10\0\0" + bytes(4088))  # a leaf without a row
    with contextlib.closing(SqlStorage(path)) as store:
        assert not store.gaps(*EVER)

    store = mended(path)

    assert len(store.gaps(*EVER)) == DAYS
    assert reason(store) == "all"
    store.close()


def test_damage_is_raised_when_the_store_is_not_the_measuring_ones(path: Path) -> None:
    damage_spans(path)
    before = path.read_bytes()

    with contextlib.closing(SqlStorage(path)) as store, pytest.raises(OutsideError) as raised:
        store.spans(*EVER)

    assert raised.value.code is ErrorCode.STORE_DAMAGED
    assert (path.read_bytes(), aside(path)) == (before, [])


def test_a_later_versions_file_is_left_alone_when_it_is_damaged(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as later, later:
        later.execute("UPDATE revision SET version_num = '9999'")
    damage_spans(path)
    ended_unclean(path)

    with pytest.raises(OutsideError) as raised:
        mended(path)

    assert raised.value.code is ErrorCode.STORE_NEWER
    assert not aside(path)


def test_first_tables_are_mended_when_the_file_is_behind(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as older, older:
        for name in ("evaluation", "crisis_mark", "result_count"):
            older.execute(f"DROP TABLE {name}")
        for column in ("note", "until"):
            older.execute(f"ALTER TABLE purpose_choice DROP COLUMN {column}")
        older.execute("UPDATE revision SET version_num = '0001'")
    damage_spans(path)
    ended_unclean(path)

    store = mended(path)

    assert len(numbers(store)) > DAYS * A_DAY * 0.9
    assert len(store.records(*EVER)) >= 3 * DAYS
    store.close()


@pytest.mark.parametrize("step", ["link", "log", "name"])
def test_next_start_finishes_when_the_program_ends_in_the_middle(
    path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage_spans(path)
    ended_unclean(path)

    class Killed(BaseException):
        pass

    def die(*_of: object, **_how: object) -> None:
        raise Killed

    if step == "link":
        monkeypatch.setattr(os, "link", die)
    elif step == "log":
        monkeypatch.setattr(Path, "unlink", die)  # of the file that is shared; the log has gone
    else:
        monkeypatch.setattr(mending.Mender, "_swap", die)
    with pytest.raises(Killed):
        mended(path)
    monkeypatch.undo()
    (path.parent / "store.db.recovering-left").mkdir()

    store = mended(path)

    assert store.trouble is None  # it was told of
    assert len(numbers(store)) > DAYS * A_DAY * 0.9
    store.close()
    check_sound(path)
    assert [name for name in aside(path) if not name.endswith("-wal")] == [aside(path)[0]]
    assert not list(path.parent.glob("*.recover*"))


def test_damaged_file_stays_when_there_is_no_room_for_another(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = mended(path)
    damage_spans(path)

    def full(*_of: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(OutsideError) as raised:
        store.write(batch(span(store.next_seq())))
    assert raised.value.code is ErrorCode.STORE_FULL
    assert not aside(path)
    monkeypatch.undo()

    store.write(Batch(notes={"alive": "now"}))
    store.write(batch(span(store.next_seq())))

    assert reason(store) == "part"
    store.close()


# What was set aside goes


@pytest.fixture
def damaged(path: Path) -> SqlStorage:
    damage_spans(path)
    ended_unclean(path)
    return mended(path)


def test_what_was_set_aside_goes_when_its_oldest_day_does(damaged: SqlStorage, path: Path) -> None:
    damaged.forget(MONDAY, MONDAY)
    assert aside(path)[0] == f"store.db.damaged-{MONDAY}"

    damaged.forget(MONDAY + timedelta(days=1), MONDAY)

    assert not aside(path)
    damaged.close()


def test_what_was_set_aside_goes_a_day_later_when_its_days_are_unknown(path: Path) -> None:
    path.write_bytes(b"no database")
    store = mended(path)
    store.forget(MONDAY, MONDAY)
    assert aside(path) == [f"store.db.damaged-{MONDAY}"]

    store.forget(MONDAY + timedelta(days=1), MONDAY)

    assert not aside(path)
    store.close()


def test_what_was_set_aside_goes_when_a_person_deletes(damaged: SqlStorage, path: Path) -> None:
    damaged.delete(MONDAY, MONDAY)

    assert not aside(path)
    damaged.close()


def test_what_was_set_aside_goes_when_everything_does(path: Path) -> None:
    for _ in range(2):
        damage_spans(path)
        ended_unclean(path)
        mended(path).close()
    assert len({name.removesuffix("-wal") for name in aside(path)}) == 2

    store = SqlStorage(path)  # as the command line opens it
    while store.erase():
        pass
    store.close()

    assert [each.name for each in path.parent.iterdir()] == ["store.db"]


def test_nothing_is_cleared_up_when_it_is_not_ours(path: Path) -> None:
    other = path.with_name("store.db.damaged-by-me")
    other.touch()

    Mender(path).forget(date.max)

    assert other.exists()
