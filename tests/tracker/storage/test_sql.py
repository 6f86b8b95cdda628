"""The store in a file keeps the contract, its privacy, and its word when things go wrong."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.contracts.storage_contract import (
    EVER,
    MONDAY,
    NINE,
    TUESDAY,
    StorageContract,
    bare,
    batch,
    gap,
    span,
    with_everything,
)
from tracker.errors import ErrorCode, OutsideError
from tracker.model import Device, Row
from tracker.storage import models, tidying
from tracker.storage.base import Batch, BreakMark, Storage, Stored
from tracker.storage.sql import BUSY_MS, SqlStorage, open_readonly


class TestSqlStorage(StorageContract):
    @pytest.fixture
    def make_storage(self, tmp_path: Path) -> Callable[[], Storage]:
        numbers = itertools.count()
        return lambda: SqlStorage(tmp_path / f"{next(numbers)}" / "store.db")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "100 % ö?#" / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStorage]:
    made = SqlStorage(path)
    yield made
    made.close()


def code_of(action: Callable[[], object]) -> ErrorCode:
    with pytest.raises(OutsideError) as raised:
        action()
    assert "file" in raised.value.fields
    return raised.value.code


def files(path: Path) -> list[Path]:
    return sorted(path.parent.iterdir())


def test_all_is_there_when_opened_again(path: Path) -> None:
    first = SqlStorage(path)
    first.write(batch(span(1), gap(2)))
    device = first.device
    first.close()

    again = SqlStorage(path)

    assert again.device == device
    assert bare(again.spans(*EVER)) == [span(1)]
    assert again.next_seq() == 3
    again.close()


def test_device_is_another_when_the_file_is(tmp_path: Path) -> None:
    names = set[Device]()
    for name in "ab":
        store = SqlStorage(tmp_path / name / "store.db")
        names.add(store.device)
        store.close()

    assert len(names) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_files_are_the_owners_alone_when_the_umask_is_lax(path: Path) -> None:
    before = os.umask(0)
    try:
        store = SqlStorage(path)
        store.write(batch(span(1)))
        found = files(path)
        modes = {stat.S_IMODE(file.stat().st_mode) for file in found}
        store.close()
    finally:
        os.umask(before)

    assert [file.name for file in found] == ["store.db", "store.db-shm", "store.db-wal"]
    assert modes == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_link_is_refused_when_it_stands_in_the_files_place(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to("/elsewhere")

    assert code_of(lambda: SqlStorage(path)) is ErrorCode.STORE_UNREADABLE


def test_nothing_of_a_batch_is_written_when_a_part_of_it_fails(
    store: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(batch(span(1)))
    whole = batch(span(1, 0, 9000), gap(2, 1000))
    whole.notes["alive"] = "1"
    whole.records.append(BreakMark(MONDAY, NINE, True))
    monkeypatch.setattr("tracker.storage.writing._put", fail_at_notes())

    with pytest.raises(RuntimeError):
        store.write(whole)

    assert bare(store.spans(*EVER)) == [span(1)]
    assert not store.gaps(*EVER)
    assert not store.records(*EVER)
    monkeypatch.undo()
    store.write(whole)
    assert bare(store.spans(*EVER)) == [span(1, 0, 9000)]
    assert store.note("alive") == "1"


def fail_at_notes() -> Callable[..., None]:
    from tracker.storage import models, writing

    put = writing._put

    def failing(connection: object, table: object, rows: object) -> None:
        if table is models.note:
            raise RuntimeError
        put(connection, table, rows)  # type: ignore[arg-type]

    return failing


def test_batch_has_to_wait_when_another_program_writes(store: SqlStorage, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    assert code_of(lambda: store.write(batch(span(1)))) is ErrorCode.STORE_BUSY
    assert not store.spans(*EVER)

    other.execute("ROLLBACK")
    other.close()
    store.write(batch(span(1)))
    assert bare(store.spans(*EVER)) == [span(1)]


def test_batch_has_to_wait_when_the_disk_is_full(store: SqlStorage) -> None:
    store.write(batch(span(1)))
    pages = store._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    store._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    many = batch(*(span(seq, seq * 1000) for seq in range(2, 2000)))

    assert code_of(lambda: store.write(many)) is ErrorCode.STORE_FULL
    assert bare(store.spans(*EVER)) == [span(1)]

    store._connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    store.write(many)
    assert len(store.spans(*EVER)) == 1999


@pytest.mark.parametrize("content", [b"this is no database" * 500, b"SQLite format 3\0" * 300])
def test_file_is_damaged_when_it_is_no_database(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    assert code_of(lambda: SqlStorage(path)) is ErrorCode.STORE_DAMAGED
    assert path.read_bytes() == content


def test_file_is_damaged_when_its_pages_are(path: Path) -> None:
    store = SqlStorage(path)
    store.write(batch(*(span(seq, seq * 1000) for seq in range(1, 2000))))
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))

    def read() -> None:
        with contextlib.closing(SqlStorage(path)) as damaged:
            damaged.spans(*EVER)

    assert code_of(read) is ErrorCode.STORE_DAMAGED


@pytest.mark.parametrize("column", ["source", "window", "start", "channel"])
def test_file_is_damaged_when_a_value_in_it_is_none_of_ours(path: Path, column: str) -> None:
    store = SqlStorage(path)
    store.write(batch(span(1)))
    with contextlib.closing(sqlite3.connect(path)) as other, other:
        nonsense = "CAST(x'ff' AS TEXT)" if column == "channel" else "9999999999999999"
        other.execute(f"UPDATE span SET {column} = {nonsense}")

    with pytest.raises(OutsideError) as raised:
        store.spans(date.min, date.max)

    assert raised.value.code is ErrorCode.STORE_DAMAGED
    store.close()


def test_store_is_read_until_there_is_room_when_the_disk_is_full_at_the_start(
    path: Path,
) -> None:
    store = SqlStorage(path)
    store.write(batch(span(1)))
    store.close()
    script = """
import resource, sys
from pathlib import Path
from tests.contracts.storage_contract import EVER, batch, span
from tracker.errors import OutsideError
from tracker.storage.sql import SqlStorage
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
path = Path(sys.argv[1])
try:
    SqlStorage(path)
except OutsideError as error:
    print(error.code)
store = SqlStorage(path, mends=True)
print(len(store.spans(*EVER)), store.next_seq())
try:
    store.write(batch(span(2, 5000)))
except OutsideError as error:
    print(error.code)
print(len(store.spans(*EVER)))
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
store.write(batch(span(2, 5000)))
print(len(store.spans(*EVER)), store.trouble)
SqlStorage(path).close()
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["store_full", "1", "2", "store_full", "1", "2", "None"]


def test_start_waits_when_another_program_holds_the_file(path: Path) -> None:
    SqlStorage(path).close()
    hold = (
        "import sqlite3, sys\n"
        "other = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "other.execute('PRAGMA locking_mode = EXCLUSIVE')\n"
        "other.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        assert code_of(lambda: SqlStorage(path)) is ErrorCode.STORE_BUSY
        assert other.stdin is not None
        threading.Timer(0.3, other.kill).start()

        store = SqlStorage(path, mends=True)

    store.write(batch(span(1)))
    assert store._connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == BUSY_MS
    store.close()


def test_rights_are_taken_back_when_the_files_are_our_own() -> None:
    script = """
import os, tempfile
from pathlib import Path
from tracker.storage.sql import SqlStorage
if os.getuid() == 0:  # whom no right is ever denied
    os.setgid(65534)
    os.setuid(65534)
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "data" / "store.db"
    SqlStorage(path).close()
    path.chmod(0o000)
    SqlStorage(path).close()
    path.chmod(0o444)
    store = SqlStorage(path)
    print(store.next_seq(), oct(path.stat().st_mode & 0o777))
    store.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["1", "0o600"], done.stderr


def test_disk_is_said_to_be_full_when_no_more_room_is_allowed(path: Path) -> None:
    script = """
import resource, sys
from pathlib import Path
from tests.contracts.storage_contract import EVER, batch, span
from tracker.errors import OutsideError
from tracker.storage.sql import SqlStorage
store = SqlStorage(Path(sys.argv[1]))
store.write(batch(span(1)))
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
many = batch(*(span(seq, seq * 1000) for seq in range(2, 5000)))
try:
    store.write(many)
except OutsideError as error:
    print(error.code)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
store.write(many)
print(len(store.spans(*EVER)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["store_full", "4999"]


def test_file_is_refused_when_it_is_of_a_later_version(path: Path) -> None:
    SqlStorage(path).close()
    with sqlite3.connect(path) as later:
        later.execute("UPDATE revision SET version_num = '9999'")
    later.close()
    before = path.read_bytes()

    assert code_of(lambda: SqlStorage(path)) is ErrorCode.STORE_NEWER
    assert code_of(lambda: open_readonly(path)) is ErrorCode.STORE_NEWER
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE somebody_elses (x)",
        "CREATE TABLE revision (version_num)",
        "CREATE TABLE revision AS SELECT 'three' AS version_num",
    ],
)
def test_file_is_unreadable_when_its_tables_are_not_ours(path: Path, statement: str) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute(statement)
    other.close()

    assert code_of(lambda: SqlStorage(path)) is ErrorCode.STORE_UNREADABLE


def test_reader_sees_what_is_written_when_it_was_opened_before(
    store: SqlStorage, path: Path
) -> None:
    reader = open_readonly(path)

    store.write(batch(span(1)))

    assert reader.device == store.device
    assert bare(reader.spans(*EVER)) == [span(1)]
    reader.close()


def test_reader_writes_nothing_when_asked_to(path: Path) -> None:
    SqlStorage(path).close()
    before = path.read_bytes()
    reader = open_readonly(path)

    assert code_of(lambda: reader.write(batch(span(1)))) is ErrorCode.STORE_UNREADABLE
    assert not reader.spans(*EVER)

    reader.close()
    assert path.read_bytes() == before


def test_reader_makes_no_file_when_there_is_none(path: Path) -> None:
    assert code_of(lambda: open_readonly(path)) is ErrorCode.STORE_UNREADABLE
    assert not path.parent.exists()


SECRET = "only-in-the-forgotten-days"


def traces(path: Path) -> list[str]:
    return [file.name for file in files(path) if SECRET.encode() in file.read_bytes()]


def plant(store: SqlStorage) -> None:
    """Write a day that is to be forgotten, with a word in it that stands nowhere else."""
    rows: list[Row] = [span(seq, seq * 1000, channel=SECRET) for seq in range(1, 300)]
    store.write(batch(*rows, span(300, 10**6, day=TUESDAY)))


def test_no_trace_is_left_when_days_were_forgotten(store: SqlStorage, path: Path) -> None:
    plant(store)
    assert traces(path) == ["store.db-wal"]

    store.forget(TUESDAY, TUESDAY)

    assert traces(path) == []
    assert len(store.spans(*EVER)) == 1


def test_traces_go_at_the_next_write_when_a_reader_stood_in_the_way(
    store: SqlStorage, path: Path
) -> None:
    plant(store)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM span").fetchone()
    store.forget(TUESDAY, TUESDAY)
    assert traces(path)
    reader.close()

    store.write(Batch(notes={"alive": "1"}))

    assert traces(path) == []


def test_no_file_is_left_beside_it_when_the_store_is_closed(path: Path) -> None:
    store = SqlStorage(path)
    store.write(batch(span(1)))
    store.close()

    assert files(path) == [path]


def test_span_takes_under_100_bytes_when_there_are_many(path: Path) -> None:
    count, purposes = 30_000, ("private", "varumarke", "rekrytering")
    store = SqlStorage(path)
    store.write(Batch())
    store.close()
    empty = path.stat().st_size
    store = SqlStorage(path)
    for first in range(0, count, 10_000):
        rows = (
            span(
                seq,
                seq * 41_237,
                17_345,
                day=MONDAY + timedelta(days=seq // 700),
                channel=("linkedin", "x", "youtube", "flashback")[seq % 4],
                purpose=purposes[seq % 3],
            )
            for seq in range(first + 1, first + 10_001)
        )
        store.write(batch(*rows))
    store.close()

    assert (path.stat().st_size - empty) / count < 100


KILLED = """
import sys
from datetime import timedelta
from pathlib import Path
from tests.contracts.storage_contract import batch, gap, span
from tracker.storage.sql import SqlStorage
store = SqlStorage(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(1, 10**9):
    pair = span(2 * number, number * 1000, number), gap(2 * number + 1, number * 1000, number)
    store.write(batch(*pair, span(1, 0, number)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
@pytest.mark.parametrize("after", [0, 3, 40])
def test_no_batch_is_torn_when_the_program_is_killed(path: Path, after: int) -> None:
    writer = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"ready\n"
    watching = open_readonly(path)
    while len(watching.spans(*EVER)) < after:
        assert writer.poll() is None
    writer.kill()
    writer.wait()
    writer.stdout.close()
    watching.close()

    store = SqlStorage(path)

    spans, gaps = store.spans(*EVER), store.gaps(*EVER)
    numbers = [row.seq // 2 for row in spans if row.seq > 1]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [row.seq for row in gaps] == [2 * number + 1 for number in numbers]
    if spans:
        assert spans[0].duration_ms == len(numbers)
        (totals,) = store.totals(*EVER).values()
        assert sum(totals.channels.values()) == sum(row.duration_ms for row in spans)
        assert sum(totals.gaps.values()) == sum(row.duration_ms for row in gaps)
    checked = store._connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
    assert checked == "ok"
    store.close()


def test_all_is_there_when_a_copy_of_a_running_stores_files_is_opened(
    store: SqlStorage, path: Path, tmp_path: Path
) -> None:
    store.write(batch(span(1)))
    shutil.copytree(path.parent, tmp_path / "copy")

    copy = SqlStorage(tmp_path / "copy" / "store.db")

    assert bare(copy.spans(*EVER)) == [span(1)]
    copy.close()


def test_a_kind_of_row_stands_for_every_table_when_there_are_more() -> None:
    assert {kind.value for kind in Stored} == set(models.metadata.tables)


def test_many_days_go_in_pieces_of_whole_days_when_deleted(store: SqlStorage) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(10)]
    rows = [span(n, n, day=days[n % 10], channel=f"c{n % 400}") for n in range(1, 8000)]
    store.write(batch(*rows))
    left, pieces = [*days[2:]], 0
    last: date | None = days[-1]

    while last is not None:
        last = store.delete(days[2], last)
        pieces += 1
        kept = set(store.totals(days[2], days[-1]))
        assert {row.day for row in store.spans(days[2], days[-1])} == kept
        assert kept == set(left[: len(kept)])
        for day in kept:  # none is left in part
            assert sum(store.totals(day, day)[day].channels.values()) == 1000 * len(
                store.spans(day, day)
            )
        assert last == max(kept, default=None)

    assert pieces >= 4
    assert list(store.totals(*EVER)) == days[:2]


def test_one_day_goes_at_once_when_it_is_larger_than_a_piece(store: SqlStorage) -> None:
    store.write(batch(*(span(n, n) for n in range(1, 2000)), span(2000, day=TUESDAY)))
    assert store.delete(MONDAY, MONDAY) is None
    assert [row.seq for row in store.spans(*EVER)] == [2000]


def test_everything_goes_in_pieces_when_there_is_much(store: SqlStorage) -> None:
    store.write(with_everything())
    rows = [span(n, n, day=MONDAY + timedelta(days=n % 10)) for n in range(3, 8000)]
    store.write(batch(*rows))
    assert store.erase()
    assert list(store.consents()) == []  # first of all
    assert store.spans(*EVER)
    while store.erase():
        pass
    assert not store.spans(*EVER)


def scatter(store: SqlStorage) -> None:
    """Fill pages so that they split and merge: every fourth day holds the secret."""
    chance = random.Random(4)
    seqs = list(range(1, 3000))
    chance.shuffle(seqs)
    while seqs:
        taken = [seqs.pop() for _ in range(min(len(seqs), chance.randint(1, 60)))]
        rows = [
            span(
                seq,
                seq * 1000,
                day=MONDAY + timedelta(days=seq % 40),
                channel="linkedin" if seq % 4 else SECRET + "x" * chance.randint(0, 80),
                purpose="p" * chance.randint(1, 150),
            )
            for seq in taken
        ]
        store.write(batch(*rows))


@pytest.mark.parametrize("inline_bytes", [0, 10**9])
def test_no_trace_is_left_between_rows_when_pages_had_split(
    store: SqlStorage, path: Path, monkeypatch: pytest.MonkeyPatch, inline_bytes: int
) -> None:
    monkeypatch.setattr(tidying, "INLINE_BYTES", inline_bytes)
    scatter(store)
    for day in range(0, 40, 4):
        assert store.delete(MONDAY + timedelta(days=day), MONDAY + timedelta(days=day)) is None
    store.close()  # a worker may be at it

    assert traces(path) == []
    again = SqlStorage(path)
    assert len(again.spans(*EVER)) == 2250
    again.close()


def test_no_trace_is_left_between_rows_when_days_were_forgotten(
    store: SqlStorage, path: Path
) -> None:
    scatter(store)
    store.forget(MONDAY + timedelta(days=37), MONDAY + timedelta(days=37))
    assert store.spans(*EVER)  # of the last days, between which the others stood
    assert traces(path) == []


def test_file_is_small_again_when_everything_was_erased(store: SqlStorage, path: Path) -> None:
    store.close()
    empty = path.stat().st_size
    again = SqlStorage(path)
    scatter(again)
    while again.erase():
        pass
    assert traces(path) == []
    assert path.stat().st_size == empty
    again.close()


def test_file_is_rewritten_the_next_time_when_another_program_stood_in_the_way(
    store: SqlStorage, path: Path
) -> None:
    scatter(store)
    reader = store.reader()
    last: date | None = EVER[1]
    while last is not None:
        last = store.delete(EVER[0], last)
    assert traces(path)
    assert len(reader.spans(*EVER)) == 2999  # it sees the store as it was
    reader.close()
    store.write(Batch(notes={"alive": "1"}))
    assert traces(path) == []
