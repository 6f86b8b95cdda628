"""What leaves as a file: rows without instants, and no formula for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tracker.errors import ErrorCode, OutsideError
from tracker.reports.writers import COLUMNS, WRITERS, week_as_json, week_csv, write_file


def week(**purposes: float) -> dict[str, Any]:
    day = {
        "day": "2026-11-23",
        "channels": [{"id": "x", "total_s": sum(purposes.values()), "purposes": purposes}],
        "not_measured_s": 0.0,
        "paused_s": 0.0,
        "lifted": [],
    }
    return {"week": "2026-W48", "days": [day]}


def rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_each_day_channel_and_purpose_has_a_row() -> None:
    head, *found = rows(week_csv(week(private=90.001, leads=0.5)))
    assert tuple(head) == COLUMNS
    assert found == [
        ["2026-W48", "2026-11-23", "x", "private", "90.001", "1.50", ""],
        ["2026-W48", "2026-11-23", "x", "leads", "0.500", "0.01", ""],
    ]


def test_time_that_was_not_measured_has_a_row_when_there_is_some() -> None:
    form = week()
    form["days"][0] |= {"not_measured_s": 60.0, "paused_s": 1.5, "channels": []}
    assert [row[2:] for row in rows(week_csv(form))[1:]] == [
        ["not_measured", "", "60.000", "1.00", ""],
        ["paused", "", "1.500", "0.03", ""],
    ]


def test_lifted_limits_stand_in_each_row_of_their_day_when_a_crisis_lifted_some() -> None:
    form = week(private=90.0, leads=1.0)
    form["days"].append({**form["days"][0], "day": "2026-11-24", "lifted": ["=work", "private"]})
    assert [(row[1], row[-1]) for row in rows(week_csv(form))[1:]] == [
        ("2026-11-23", ""),
        ("2026-11-23", ""),
        ("2026-11-24", "'=work private"),
        ("2026-11-24", "'=work private"),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_is_no_formula_when_it_begins_like_one(start: str) -> None:
    purpose = f"{start}cmd|' /C calc'!A0"
    (row,) = rows(week_csv(week(**{purpose: 1.0})))[1:]
    assert row[3] == f"'{purpose}"


def test_text_is_one_field_when_it_holds_separators() -> None:
    purpose = 'a,"b";\nc å'
    (row,) = rows(week_csv(week(**{purpose: 1.0})))[1:]
    assert row[3] == purpose


def test_json_is_the_weeks_own_form() -> None:
    form = week(private=1.5)
    assert json.loads(week_as_json(form)) == form
    assert "å".encode() in week_as_json(week(å=1.0))


def test_content_is_written_when_nothing_is_there(tmp_path: Path) -> None:
    write_file(tmp_path / "a", b"one", force=False)
    with pytest.raises(OutsideError) as refused:
        write_file(tmp_path / "a", b"two", force=False)
    assert refused.value.code is ErrorCode.FILE_EXISTS
    write_file(tmp_path / "a", b"three", force=True)
    assert (tmp_path / "a").read_bytes() == b"three"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_file_that_came_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    real = os.fsync

    def somebody_is_quicker(descriptor: int) -> None:
        path.write_bytes(b"theirs")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", somebody_is_quicker)
    with pytest.raises(OutsideError) as refused:
        write_file(path, b"ours", force=False)
    assert refused.value.code is ErrorCode.FILE_EXISTS
    assert path.read_bytes() == b"theirs"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_every_writer_takes_an_empty_week() -> None:
    for write in WRITERS.values():
        assert write({"week": "2026-W48", "days": []})
