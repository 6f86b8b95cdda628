"""The store in memory keeps the contract."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contracts.storage_contract import StorageContract
from tracker.storage.base import Storage
from tracker.storage.memory import MemoryStorage


class TestMemoryStorage(StorageContract):
    @pytest.fixture
    def make_storage(self) -> Callable[[], Storage]:
        return MemoryStorage
