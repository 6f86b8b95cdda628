"""Rows are found in pages to which no tree leads, and noise yields none."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.storage.pages import PAGE, records

VALUES = st.one_of(
    st.none(),
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=40),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=60))
def test_each_row_is_found_when_it_stands_in_a_page(
    tmp_path: Path, rows: list[tuple[int | str | None, ...]]
) -> None:
    path = tmp_path / "plain.db"
    path.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE a (k INTEGER, x, y, z, PRIMARY KEY (k)) WITHOUT ROWID")
        plain.executemany(
            "INSERT INTO a VALUES (?, ?, ?, ?)", [(k, *row) for k, row in enumerate(rows)]
        )
        plain.commit()
        stored = set(plain.execute("SELECT * FROM a"))

    assert set(records(path)) == stored


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([b"\x0a", b"\x02"]), st.binary(min_size=64, max_size=4000))
def test_nothing_goes_wrong_when_a_page_is_noise(tmp_path: Path, kind: bytes, noise: bytes) -> None:
    path = tmp_path / "noise.db"
    page = kind + b"\0\0\x01\x00" + (noise * (PAGE // len(noise) + 1))
    path.write_bytes(bytes(PAGE) + page[:PAGE] + b"a part of a page")

    for record in records(path):
        assert all(value is None or isinstance(value, int | str) for value in record)
