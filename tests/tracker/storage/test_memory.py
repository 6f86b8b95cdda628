"""The store in memory keeps the contract, and is quick enough for a simulated year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.contracts.storage_contract import StorageContract, span
from tracker.storage.base import Batch, Storage
from tracker.storage.memory import MemoryStorage


class TestMemoryStorage(StorageContract):
    @pytest.fixture
    def make_storage(self) -> Callable[[], Storage]:
        return MemoryStorage


def test_write_looks_at_no_other_row_when_a_day_has_thousands() -> None:
    storage = MemoryStorage()
    day = date(2026, 11, 23)
    for seq in range(1, 5001):
        storage.write(Batch(rows={seq: span(seq, seq * 1000)}, days={day}))

    (totals,) = storage.totals(day, day + timedelta(days=1)).values()

    assert sum(totals.channels.values()) == 5000 * 1000
