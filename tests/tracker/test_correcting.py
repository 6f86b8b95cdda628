"""Visits corrected afterwards: totals and limits follow, and nothing undoes it but the person."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.desk import HOURS, POLICY, TODAY, Desk
from tracker import facts
from tracker.errors import ErrorCode, OutsideError
from tracker.model import Device, Span
from tracker.storage.base import Batch
from tracker.storage.sql import SqlStorage

PURPOSES = """
[[purpose]]
id = "brand"
name = { en = "Brand" }
channels = ["discord"]
[[purpose]]
id = "fair"
name = { en = "Fair" }
channels = ["*"]
until = 2026-11-23
[[limit]]
id = "week"
purposes = ["brand"]
shared = true
week = 600
"""
FIREFOX = ("firefox", "Ada | LinkedIn — Mozilla Firefox")
EVER = (date(2020, 1, 1), date(2030, 1, 1))


def desk(tmp_path: Path, policy: str = POLICY + PURPOSES, **how: object) -> Desk:
    return Desk(tmp_path, policy, **how).start()  # type: ignore[arg-type]


def spans(at: Desk, day: date = TODAY) -> tuple[Span, ...]:
    return at.service.rows(day)[0]


def told(at: Desk, day: date = TODAY) -> list[tuple[str, int, bool]]:
    """Return purpose, seconds and mark of each span of a day."""
    return [(each.purpose, each.duration_ms // 1000, each.corrected) for each in spans(at, day)]


def used(at: Desk) -> dict[str, int]:
    return {each.limit: each.used_ms // 1000 for each in at.service.today().limits}


def correct(at: Desk, purpose: str, *chosen: Span) -> tuple[Span, ...]:
    return at.service.correct([(each.device, each.seq) for each in chosen], purpose)


def visits(at: Desk, *seconds: float) -> None:
    """Make visits of so many seconds, each followed by 10 s of something else."""
    for each in seconds:
        at.front("discord")
        at.wait(each)
        at.front("gedit")
        at.wait(10)


def restart(at: Desk) -> None:
    at.service.stop()
    at.open()
    at.start()


def sleep(at: Desk, days: int) -> None:
    at.time.suspend(days * 24 * 3600 * 1000)
    at.wait(1)


def check_sums(at: Desk) -> None:
    """See that the store's totals are the sums of its spans, by purpose."""
    sums: dict[tuple[date, str], int] = {}
    for span in at.storage.spans(*EVER):
        key = (span.day, span.purpose)
        sums[key] = sums.get(key, 0) + span.duration_ms
    kept: dict[tuple[date, str], int] = {}
    for day, totals in at.storage.totals(*EVER).items():
        for key_, ms in totals.channels.items():
            kept[day, key_.purpose] = kept.get((day, key_.purpose), 0) + ms
    assert kept == sums


def test_totals_and_limits_follow_at_once_when_a_visit_is_corrected(tmp_path: Path) -> None:
    at = desk(tmp_path)
    visits(at, 20, 30)
    changes = at.changes
    correct(at, "brand", spans(at)[0])
    assert told(at) == [("brand", 20, True), ("private", 30, False)]
    assert used(at) == {"private": 30, "week": 20}
    assert at.changes > changes
    check_sums(at)


def test_many_visits_are_corrected_when_they_are_of_several_days_and_runs(tmp_path: Path) -> None:
    at = desk(tmp_path)
    visits(at, 20)
    restart(at)
    visits(at, 30)
    sleep(at, 1)
    visits(at, 40)
    tuesday = TODAY + timedelta(days=1)
    correct(at, "brand", *spans(at), *spans(at, tuesday))
    assert told(at) == [("brand", 20, True), ("brand", 30, True)]
    assert told(at, tuesday) == [("brand", 40, True)]
    assert used(at) == {"private": 0, "week": 90}
    restart(at)
    assert used(at) == {"private": 0, "week": 90}
    check_sums(at)


def test_a_day_of_long_ago_is_corrected_when_it_is_still_kept(tmp_path: Path) -> None:
    at = desk(tmp_path)
    visits(at, 20)
    sleep(at, 20)
    correct(at, "brand", *spans(at))
    assert told(at) == [("brand", 20, True)]
    assert used(at) == {"private": 0, "week": 0}
    [report] = [day for day in at.service.week(TODAY) if day.day == TODAY]
    assert [each.purposes for each in report.channels] == [{"brand": 20_000}]
    sleep(at, 20)
    with pytest.raises(OutsideError) as raised:
        at.service.correct([(at.storage.device, 1)], "private")
    assert raised.value.code is ErrorCode.SPAN_GONE


def test_the_open_visit_is_corrected_up_to_now_when_it_is_chosen(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(20)
    correct(at, "brand", spans(at)[0])
    at.wait(30)
    assert told(at) == [("brand", 20, True), ("private", 30, False)]
    assert used(at) == {"private": 30, "week": 20}


def test_nothing_is_changed_when_one_of_many_may_not_be_for_it(tmp_path: Path) -> None:
    at = desk(tmp_path)
    visits(at, 20)
    at.front(*FIREFOX)
    at.wait(10)
    for purpose in ("brand", "nothing"):
        with pytest.raises(OutsideError) as raised:
            correct(at, purpose, *spans(at))
        assert raised.value.code is ErrorCode.UNKNOWN_PURPOSE
    assert told(at) == [("private", 20, False), ("private", 10, False)]


def test_the_days_own_purposes_may_be_chosen_when_they_have_ended_since(tmp_path: Path) -> None:
    at = desk(tmp_path)
    visits(at, 20)
    sleep(at, 1)
    visits(at, 30)
    tuesday = TODAY + timedelta(days=1)
    assert [each.id for each in at.service.purposes("discord", TODAY)] == ["brand", "fair"]
    correct(at, "fair", *spans(at))
    with pytest.raises(OutsideError):
        correct(at, "fair", *spans(at, tuesday))
    assert told(at) == [("fair", 20, True)]


@pytest.mark.parametrize("key", [(Device("other"), 1), (Device("memory"), 99)])
def test_nothing_is_changed_when_a_visit_is_not_there(
    tmp_path: Path, key: tuple[Device, int]
) -> None:
    at = desk(tmp_path)
    visits(at, 20)
    with pytest.raises(OutsideError) as raised:
        at.service.correct([(spans(at)[0].device, spans(at)[0].seq), key], "brand")
    assert raised.value.code is ErrorCode.SPAN_GONE
    assert told(at) == [("private", 20, False)]


def test_idle_time_is_taken_back_when_the_visit_was_corrected(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(100)
    correct(at, "brand", spans(at)[0])
    at.wait(20)
    at.watcher.tell(facts.Idle(at.clock.now(), at.clock.now() - timedelta(seconds=80)))
    assert told(at) == [("brand", 40, True)]
    at.wait(5)
    at.watcher.tell(facts.Active(at.clock.now()))
    at.wait(10)
    at.service.stop()
    # What is idle no more was not corrected either: facts alone say what it was.
    assert told_by_store(at) == [("brand", 40, True), ("private", 10, False)]
    check_sums(at)


def told_by_store(at: Desk) -> list[tuple[str, int, bool]]:
    return [
        (each.purpose, each.duration_ms // 1000, each.corrected) for each in at.storage.spans(*EVER)
    ]


def test_idle_time_of_an_earlier_run_is_taken_back_when_it_was_corrected(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(100)
    restart(at)
    correct(at, "brand", spans(at)[0])
    at.watcher.tell(facts.Idle(at.clock.now(), at.clock.now() - timedelta(seconds=30)))
    assert told(at) == [("brand", 70, True)]
    assert used(at) == {"private": 0, "week": 70}
    at.service.stop()
    check_sums(at)


def test_the_correction_holds_when_a_tab_is_told_late(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front(*FIREFOX)
    at.wait(10)
    correct(at, "fair", spans(at)[0])
    late = at.clock.now() - timedelta(seconds=9)
    at.watcher.tell(facts.Tab(late, "firefox", "https://www.linkedin.com/feed/"))
    at.wait(10)
    assert told(at) == [("fair", 1, True), ("fair", 9, True), ("private", 10, False)]


def test_only_time_in_its_channel_is_corrected_when_another_was_in_front(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front(*FIREFOX)
    at.wait(10)
    correct(at, "fair", spans(at)[0])
    at.watcher.tell(facts.Foreground(at.clock.now() - timedelta(seconds=4), "discord"))
    assert told(at) == [("fair", 6, True), ("private", 4, False)]


def test_a_later_choice_leaves_it_alone_when_it_covers_the_visit(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(20)
    correct(at, "brand", spans(at)[0])
    at.wait(10)
    at.service.choose_purpose("fair", "discord", visit=True)
    at.wait(10)
    assert told(at) == [("brand", 20, True), ("fair", 20, False)]


def test_visits_are_as_before_when_the_correction_is_taken_back(tmp_path: Path) -> None:
    at = desk(tmp_path)
    visits(at, 20)
    restart(at)
    visits(at, 30)
    at.front("discord")
    at.wait(40)
    before = told(at)
    first = correct(at, "fair", spans(at)[0])
    all_ = correct(at, "brand", *spans(at))
    at.service.restore(all_)
    assert told(at)[0] == ("fair", 20, True)
    at.service.restore(first)
    assert told(at) == before
    at.watcher.tell(facts.Foreground(at.clock.now() - timedelta(seconds=5), "gedit"))
    assert told(at) == [*before[:2], ("private", 35, False)]
    at.service.stop()
    check_sums(at)


def test_the_rest_is_corrected_when_a_visit_is_for_it_already(tmp_path: Path) -> None:
    at = desk(tmp_path)
    visits(at, 20, 30)
    correct(at, "brand", spans(at)[0])
    before = correct(at, "brand", *spans(at))
    assert [each.duration_ms for each in before] == [30_000]


def test_a_past_day_is_judged_by_its_own_policy_when_it_is_corrected(tmp_path: Path) -> None:
    at = desk(tmp_path)
    visits(at, 20)
    sleep(at, 1)
    text = (POLICY + PURPOSES).replace('version = "1"', 'version = "2"')
    at.policy_file.write_text(text, "utf-8")
    at.wait(5)
    correct(at, "brand", *spans(at))
    assert at.service.day(TODAY).policy_version == "1"
    assert at.service.today().policy_version == "2"


def test_it_is_stored_with_the_rest_when_the_disk_has_room_again(tmp_path: Path) -> None:
    at = desk(tmp_path)
    visits(at, 20)
    at.storage.refuses = OutsideError(ErrorCode.STORE_FULL, file="x")  # type: ignore[attr-defined]
    correct(at, "brand", *spans(at))
    assert told(at) == [("brand", 20, True)]
    assert [each.purpose for each in at.storage.spans(*EVER)] == ["private"]
    at.storage.refuses = None  # type: ignore[attr-defined]
    at.wait(4)
    assert [each.purpose for each in at.storage.spans(*EVER)] == ["brand"]


def test_a_visit_is_corrected_outside_hours_when_it_was_inside(tmp_path: Path) -> None:
    at = desk(tmp_path, POLICY + PURPOSES + HOURS)
    visits(at, 20)
    evening = datetime(2026, 11, 23, 20, tzinfo=ZoneInfo("Europe/Stockholm"))
    at.time.suspend((evening - at.clock.now()) // timedelta(milliseconds=1))
    at.wait(1)
    correct(at, "brand", *spans(at))
    restart(at)
    assert told(at) == [("brand", 20, True)]


def test_all_is_written_at_once_when_many_are_corrected(tmp_path: Path) -> None:
    storage = SqlStorage(tmp_path / "kanaltid.db")
    at = desk(tmp_path, storage=storage)
    visits(at, 20, 30, 40)
    at.service.check()
    batches: list[Batch] = []
    write = storage.write

    def note(batch: Batch) -> None:
        batches.append(batch)
        write(batch)

    storage.write = note  # type: ignore[method-assign]
    correct(at, "brand", *spans(at))
    rows = [{*batch.rows} for batch in batches if batch.rows]
    assert rows == [{each.seq for each in spans(at)}]
    restart(at)
    assert told(at) == [("brand", 20, True), ("brand", 30, True), ("brand", 40, True)]
    assert used(at) == {"private": 0, "week": 90}
    at.service.stop()
    storage.close()


def test_a_visit_can_be_corrected_when_it_has_just_begun(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.wait(1)
    correct(at, "brand", *spans(at))
    assert told(at) == [("brand", 1, True)]
