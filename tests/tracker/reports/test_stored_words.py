"""Every kind of row and every column has a name, and each value reads as it is stored."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest

from tests.contracts.storage_contract import EVER, with_everything
from tracker.i18n import Language
from tracker.limits.early import EARLY
from tracker.model import GapKind, Source, Window
from tracker.policy.types import StepKind
from tracker.reports.stored_words import (
    COLUMNS,
    COLUMNS_OF,
    KINDS,
    column_name,
    value_text,
    what_goes,
)
from tracker.storage.base import Stored
from tracker.storage.memory import MemoryStorage

ENGLISH = Language("en")
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def test_every_kind_and_column_has_a_name_when_it_is_stored() -> None:
    storage = MemoryStorage()
    storage.write(with_everything())
    assert set(KINDS) == set(COLUMNS_OF) == set(Stored)
    for kind in Stored:
        (row,) = storage.stored(kind, *EVER)
        assert sorted(row) == sorted(COLUMNS_OF[kind])
    assert {name for names in COLUMNS_OF.values() for name in names} == set(COLUMNS)
    assert column_name("length_ms", ENGLISH) == "Length"


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("length_ms", 312_480, "5 min 12 s"),
        ("ms", 3_900_999, "1 h 05 min"),
        ("extended_ms", 0, "0 min"),
        ("seq", 7, "7"),
        ("note", None, "–"),
        ("reason", "", "–"),
        ("certain", True, "yes"),
        ("corrected", False, "no"),
        ("start", datetime(2026, 11, 23, 8, 0, 7, tzinfo=UTC), "2026-11-23 09:00:07"),
        ("day", date(2026, 11, 23), "2026-11-23"),
        ("rows_from", date.min, "–"),
        ("kind", GapKind.NOT_MEASURED, "not measured"),
        ("channel", "paused", "paused"),
        ("purpose", "private", "private"),
        ("mark", EARLY, "earlier, as you chose"),
        ("mark", "80%", "80%"),
    ],
)
def test_value_reads_as_it_is_stored(column: str, value: object, text: str) -> None:
    assert value_text(column, value, ENGLISH, STOCKHOLM) == text


@pytest.mark.parametrize(
    ("column", "values"),
    [("kind", GapKind), ("window", Window), ("source", Source), ("do", StepKind)],
)
def test_programs_own_words_are_translated(column: str, values: type[StrEnum]) -> None:
    class Shouting(Language):
        def gettext(self, message: str) -> str:
            return message.upper()

    for value in values:
        assert value_text(column, value, Shouting("en"), STOCKHOLM).isupper()


def test_what_stays_is_not_named_when_only_days_go() -> None:
    counted = {**dict.fromkeys(Stored, 0), Stored.SPAN: 1_204, Stored.CONSENT: 1}
    assert what_goes(counted, ENGLISH, everything=False) == ("Stretches of time: 1,204",)
    assert what_goes(counted, ENGLISH, everything=True)[-1] == "Acceptances: 1"
