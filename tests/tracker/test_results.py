"""The person's own count of results, beside the time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk import HOURS, POLICY, TODAY, Desk
from tracker.errors import ErrorCode, OutsideError
from tracker.policy.types import Person
from tracker.storage.base import ResultCount

PURPOSES = """
[[purpose]]
id = "leads"
name = { en = "Leads" }
channels = ["linkedin"]
groups = ["sales"]
result = "leads"
[[purpose]]
id = "brand"
name = { en = "Brand" }
[[group]]
id = "sales"
members = ["user:karin"]
"""


def desk(tmp_path: Path, policy: str = POLICY + PURPOSES) -> Desk:
    return Desk(tmp_path, policy).start()


def test_results_add_up_over_restarts_when_they_are_counted(tmp_path: Path) -> None:
    at = desk(tmp_path)
    assert at.service.results(TODAY) == {"leads": 0}
    changes = at.changes
    at.service.count_result("leads")
    at.service.count_result("leads", 2)
    at.service.count_result("leads", -1)
    assert at.service.results(TODAY) == {"leads": 2}
    assert at.changes >= changes + 3
    at.service.stop()
    at.open()
    at.start()
    at.time.suspend(24 * 3600 * 1000)
    at.wait(1)
    tomorrow = TODAY + timedelta(days=1)
    at.service.count_result("leads")
    assert (at.service.results(TODAY), at.service.results(tomorrow)) == ({"leads": 2}, {"leads": 1})


def test_results_stay_at_zero_when_more_is_taken_back(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.service.count_result("leads", -1)
    at.service.count_result("leads", 2)
    at.service.count_result("leads", -5)
    at.service.count_result("leads")
    assert at.service.results(TODAY) == {"leads": 1}
    counts = [r.count for r in at.storage.records(TODAY, TODAY) if isinstance(r, ResultCount)]
    assert counts == [2, -2, 1]


@pytest.mark.parametrize("purpose", ["brand", "private", "nothing"])
def test_nothing_is_counted_when_the_purpose_has_no_results(tmp_path: Path, purpose: str) -> None:
    at = desk(tmp_path)
    with pytest.raises(OutsideError) as raised:
        at.service.count_result(purpose)
    assert raised.value.code is ErrorCode.NO_RESULTS


def test_nothing_is_counted_when_the_purpose_is_for_others(tmp_path: Path) -> None:
    at = Desk(tmp_path, POLICY + PURPOSES)
    at.person = Person("olle")
    at.start()
    assert at.service.results(TODAY) == {}
    with pytest.raises(OutsideError):
        at.service.count_result("leads")


def test_no_instant_outside_hours_is_kept_when_it_is_counted_there(tmp_path: Path) -> None:
    at = desk(tmp_path, POLICY + PURPOSES + HOURS)
    at.time.suspend(10 * 3600 * 1000)
    at.wait(1)
    assert at.service.run.measuring_core.situation.hours is None
    at.service.count_result("leads")
    [count] = [r for r in at.storage.records(TODAY, TODAY) if isinstance(r, ResultCount)]
    assert count.at.hour == 16  # 17:00 in Stockholm
    assert at.service.results(TODAY) == {"leads": 1}


def test_it_is_told_at_once_when_the_disk_is_full(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.storage.refuses = OutsideError(ErrorCode.STORE_FULL, file="x")  # type: ignore[attr-defined]
    at.service.count_result("leads")
    assert at.service.results(TODAY) == {"leads": 1}
