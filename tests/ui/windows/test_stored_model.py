"""The table of every stored row."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.contracts.storage_contract import MONDAY, TUESDAY, batch, span, with_everything
from tests.fakes import FakeOverview
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.reports.stored_words import COLUMNS_OF
from tracker.storage.base import Batch, PolicyText, Stored, StoredRow
from tracker.storage.memory import MemoryStorage
from ui.privacy_view import EVER
from ui.windows.stored_model import AT_ONCE, LONGEST, StoredModel


class CountingStorage(MemoryStorage):
    """Counts how often rows are read."""

    read: list[tuple[date, date]]
    fails = False

    def stored(self, kind: Stored, first: date, last: date) -> list[StoredRow]:
        if self.fails:
            raise OutsideError(ErrorCode.STORE_UNREADABLE, file="x")
        self.read.append((first, last))
        return [*super().stored(kind, first, last)]

    def latest(self, kind: Stored, first: date, last: date) -> date | None:
        before, self.read = self.read, []
        found = super().latest(kind, first, last)
        self.read = before
        return found


@pytest.fixture
def storage() -> CountingStorage:
    made = CountingStorage()
    made.read = []
    return made


@pytest.fixture
def model(storage: CountingStorage) -> StoredModel:
    return StoredModel(FakeOverview(store=storage), Language("en"))


def texts(model: StoredModel, column: int) -> list[object]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


@pytest.mark.parametrize("kind", Stored)
def test_every_kind_is_a_sound_model(
    qtmodeltester: ModelTester, storage: CountingStorage, model: StoredModel, kind: Stored
) -> None:
    storage.write(with_everything())
    storage.write(with_everything(TUESDAY, 3))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show_rows(kind, *EVER)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    assert model.rowCount() == storage.counted(*EVER)[kind]
    assert model.columnCount() == len(COLUMNS_OF[kind])


def test_newest_row_comes_first(storage: CountingStorage, model: StoredModel) -> None:
    storage.write(batch(span(1), span(2, 5000), span(3, 90_000_000, day=TUESDAY)))
    model.show_rows(Stored.SPAN, *EVER)
    assert texts(model, 1) == ["2026-11-24 10:00:00", "2026-11-23 09:00:05", "2026-11-23 09:00:00"]
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(4)]
    assert heads == ["Day", "Start", "Length", "Channel"]


def test_days_are_read_only_when_they_are_scrolled_to(
    qtbot: QtBot,  # noqa: ARG001  signals need an application
    storage: CountingStorage,
    model: StoredModel,
) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(500)]
    rows = [span(n + 1, n, day=days[n // 4]) for n in range(4 * len(days))]
    storage.write(batch(*rows))
    model.show_rows(Stored.SPAN, *EVER)
    assert model.rowCount() == AT_ONCE
    assert len(storage.read) == AT_ONCE // 4
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert model.rowCount() == 2 * AT_ONCE
    assert storage.read[-1] == (days[-50], days[-50])


def test_only_chosen_days_are_shown(storage: CountingStorage, model: StoredModel) -> None:
    storage.write(batch(span(1), span(2, day=TUESDAY)))
    model.show_rows(Stored.SPAN, TUESDAY, TUESDAY)
    assert texts(model, 0) == ["2026-11-24"]
    assert not model.canFetchMore(QModelIndex())


def test_long_text_is_in_the_tool_tip(storage: CountingStorage, model: StoredModel) -> None:
    text = "schema = 1\n" + "x" * 500
    storage.write(Batch(policies={MONDAY: PolicyText("a" * 64, text)}))
    model.show_rows(Stored.POLICY_TEXT, *EVER)
    cell = model.index(0, 1)
    assert cell.data() == f"schema = 1 {'x' * (LONGEST - 11)}…"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == text
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None


def test_nothing_is_shown_when_the_store_cannot_be_read(
    storage: CountingStorage, model: StoredModel
) -> None:
    storage.write(batch(*(span(n, n, day=MONDAY + timedelta(days=n)) for n in range(1, 300))))
    model.show_rows(Stored.SPAN, *EVER)
    storage.fails = True
    model.fetchMore(QModelIndex())  # what was read stays
    assert model.rowCount() == AT_ONCE
    with pytest.raises(OutsideError):
        model.show_rows(Stored.SPAN, *EVER)
    assert model.rowCount() == 0
