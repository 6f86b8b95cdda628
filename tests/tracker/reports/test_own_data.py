"""The person's own data: complete, in the documented form, and bounded."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.storage_contract import (
    EVER,
    MONDAY,
    TUESDAY,
    batch,
    batches,
    span,
    with_everything,
)
from tests.ui.crisis_plan import plan
from tracker.crisis import CrisisBook
from tracker.reports.own_data import own_data
from tracker.storage.base import Batch, Storage, Stored
from tracker.storage.memory import MemoryStorage
from tracker.storage.sql import SqlStorage

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def written(storage: Storage, settings: Mapping[str, Any] | None = None) -> Any:
    return json.loads(b"".join(piece.data for piece in own_data(storage, settings, NOW)))


def as_json(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, date) else value


def test_form_is_as_documented_when_nothing_is_stored() -> None:
    data = written(MemoryStorage())
    assert (data["form"], data["version"], data["settings"]) == ("kanaltid-data", 1, None)
    assert data["exported"] == "2026-11-23T12:00:00.000+00:00"
    assert list(data["rows"]) == [kind.value for kind in Stored]
    assert [kind for kind, rows in data["rows"].items() if rows] == ["device"]


def test_crisis_is_told_when_one_is_open_or_not_evaluated() -> None:
    storage = MemoryStorage()
    assert written(storage)["crisis"] == {"open": None, "closed": None}
    book = CrisisBook(storage, lambda: NOW, plan)
    book.open_level("storm", "https://example.com/å")
    book.set_step(0, done=True)
    crisis = {
        "level": "storm",
        "opened": "2026-11-23T12:00:00+00:00",
        "link": "https://example.com/å",
        "done": ["Only the CEO speaks."],
    }
    assert written(storage)["crisis"] == {"open": crisis, "closed": None}
    book.close()
    assert written(storage)["crisis"] == {"open": None, "closed": crisis}
    storage.write(Batch(notes={"crisis": "storm"}))  # as the first release kept it
    assert written(storage)["crisis"]["open"] == "storm"


def test_days_and_instants_are_texts_when_rows_are_told() -> None:
    storage = MemoryStorage()
    storage.write(with_everything())
    data = written(storage, {"theme": "dark"})
    assert data["settings"] == {"theme": "dark"}
    (told,) = data["rows"]["span"]
    assert (told["day"], told["start"]) == ("2026-11-23", "2026-11-23T08:00:00.001+00:00")
    assert (told["length_ms"], told["source"], told["certain"]) == (1000, "tab", True)
    (choice,) = data["rows"]["purpose_choice"]
    assert choice["note"] == "Möte i Malmö"


def test_oldest_day_comes_first_when_there_are_several() -> None:
    storage = MemoryStorage()
    storage.write(batch(span(1, day=TUESDAY), span(2, day=MONDAY)))
    assert [row["day"] for row in written(storage)["rows"]["span"]] == ["2026-11-23", "2026-11-24"]


@settings(max_examples=25)
@given(batches(), st.text())
def test_every_row_is_in_it_when_anything_is_stored(made: list[Batch], note: str) -> None:
    storage = MemoryStorage()
    for each in made:
        storage.write(each)
    storage.write(Batch(notes={"a note": note}))
    told = written(storage)["rows"]
    for kind in Stored:
        wanted = [{k: as_json(v) for k, v in row.items()} for row in storage.stored(kind, *EVER)]
        assert sorted(told[kind.value], key=str) == sorted(wanted, key=str)


def test_pieces_count_the_rows_and_are_small_when_there_are_many_days(tmp_path: Path) -> None:
    storage = SqlStorage(tmp_path / "store.db")
    for month in range(2):
        rows = [
            span(n, n, day=MONDAY + timedelta(days=n % 500))
            for n in range(month * 5000 + 1, month * 5000 + 5001)
        ]
        storage.write(batch(*rows))
    reader = storage.reader()
    of_rows = sum(reader.counted(*EVER).values())
    longest = rows_told = 0
    tracemalloc.start()
    for piece in own_data(reader, None, NOW):
        longest = max(longest, len(piece.data))
        rows_told = piece.rows
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    reader.close()
    storage.close()
    assert rows_told == of_rows > 10_000
    assert longest < 10_000
    assert peak < 2_000_000  # 10,000 rows at once are some 12 MB
