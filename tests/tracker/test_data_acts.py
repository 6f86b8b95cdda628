"""What a person does with the stored data, while the service measures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.contracts.storage_contract import EVER
from tests.desk import MONDAY, POLICY, TODAY, Desk, StubbornStorage
from tracker import facts
from tracker.errors import ErrorCode, OutsideError
from tracker.model import StateKind
from tracker.paths import paths_for
from tracker.reports.own_data import ExportProgress
from tracker.storage.base import Extension, StepTaken, Stored
from tracker.storage.sql import SqlStorage

YESTERDAY = TODAY - timedelta(days=1)
WEEKLY = POLICY + '\n[[limit]]\nid = "weekly"\npurposes = ["*"]\nshared = true\nweek = 240\n'
CRISIS = """
[[crisis.level]]
id = "storm"
trigger = { en = "A storm" }
"""


def used_ms(desk: Desk, limit: str) -> int:
    return next(each.used_ms for each in desk.service.today().limits if each.limit == limit)


def stored_ms(desk: Desk, day: date = TODAY) -> int:
    desk.service.store_now()
    totals = desk.storage.totals(day, day).get(day)
    return sum(totals.channels.values()) if totals else 0


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, WEEKLY).start()


def test_present_day_counts_on_from_zero_when_it_is_deleted(desk: Desk) -> None:
    desk.front("discord")
    desk.wait(100)
    assert desk.service.delete(TODAY, TODAY) is None
    assert desk.used() == {}
    assert [*desk.storage.spans(*EVER), *desk.storage.gaps(*EVER)] == []
    desk.wait(7)
    assert desk.used() == {"discord": 7_000}
    desk.service.check()
    assert stored_ms(desk) == 7_000
    (span,) = desk.storage.spans(*EVER)
    assert span.start == MONDAY + timedelta(seconds=100)
    assert [*desk.storage.gaps(*EVER)] == []


def test_time_is_conserved_when_today_was_deleted(desk: Desk) -> None:
    desk.front("discord")
    desk.wait(100)
    desk.service.delete(TODAY, TODAY)
    desk.wait(30)
    desk.service.pause()
    desk.wait(20)
    desk.service.resume()
    now = desk.clock.now()
    desk.watcher.tell(facts.Idle(now, now - timedelta(seconds=9)))
    desk.wait(11)
    desk.service.today()
    assert desk.service.run.ledger.elapsed == {
        StateKind.CHANNEL: 30_000, StateKind.PAUSED: 20_000, StateKind.IDLE: 11_000,
    }  # fmt: skip


def test_deleted_time_does_not_come_back_when_a_late_fact_reaches_before_it(desk: Desk) -> None:
    desk.front("discord")
    desk.wait(100)
    desk.service.delete(TODAY, TODAY)
    desk.wait(10)
    now = desk.clock.now()
    desk.watcher.tell(facts.Foreground(now - timedelta(seconds=50), "gedit"))
    assert desk.used() == {}
    desk.front("discord")
    desk.wait(10)
    desk.watcher.tell(facts.Idle(desk.clock.now(), now - timedelta(seconds=60)))
    assert desk.used() == {}
    desk.service.check()
    assert stored_ms(desk) == 0


def test_what_is_seen_still_holds_when_today_was_deleted(desk: Desk) -> None:
    desk.watcher.tell(facts.Tab(desk.clock.now(), "firefox", channel="linkedin"))
    desk.front("firefox", "Mozilla Firefox")
    desk.wait(10)
    host = desk.watcher.host
    desk.service.pause()
    desk.service.delete(TODAY, TODAY)
    assert desk.watcher.host is host  # the watchers went on
    assert desk.service.status().paused
    desk.service.resume()
    desk.wait(5)
    assert desk.used() == {"linkedin": 5_000}
    desk.front("gedit")
    desk.wait(5)
    desk.front("firefox", "Mozilla Firefox")  # its tab is known still
    desk.wait(5)
    assert desk.used() == {"linkedin": 10_000}


def test_steps_and_extensions_are_had_anew_when_the_day_was_deleted(desk: Desk) -> None:
    desk.front("discord")
    desk.wait(9 * 60)
    assert len(desk.notices) == 1
    desk.service.extend("private")
    assert used_ms(desk, "weekly") == 540_000
    desk.service.check()
    kinds = {type(record) for record in desk.storage.records(*EVER)}
    assert kinds == {StepTaken, Extension}

    desk.service.delete(TODAY, TODAY)

    assert [*desk.storage.records(*EVER)] == []
    assert used_ms(desk, "private") == used_ms(desk, "weekly") == 0
    desk.wait(8 * 60 + 1)
    assert len(desk.notices) == 2
    assert desk.service.extend("private").minutes == 5


def test_no_step_is_taken_of_deleted_time_when_it_was_awaited(desk: Desk) -> None:
    desk.front("discord")
    desk.wait(7 * 60 + 50)  # ten seconds before the first mark
    desk.service.delete(TODAY, TODAY)
    desk.wait(60)
    assert desk.notices == []
    assert [*desk.storage.records(*EVER)] == []


class SlowToDelete(StubbornStorage):
    """Takes a moment to delete."""

    def __init__(self) -> None:
        super().__init__()
        self.takes: Callable[[], None] = lambda: None

    def delete(self, first: date, last: date) -> None:
        self.takes()
        super().delete(first, last)


def test_no_moment_is_lost_when_deleting_takes_time(tmp_path: Path) -> None:
    storage = SlowToDelete()
    desk = Desk(tmp_path, storage=storage).start()
    desk.front("discord")
    desk.wait(10)
    storage.takes = lambda: desk.stand_still(0.040)
    desk.service.delete(TODAY, TODAY)
    desk.wait(1)
    assert desk.used() == {"discord": 1_040}
    desk.service.check()
    assert [*desk.storage.gaps(*EVER)] == []


def test_week_follows_at_once_when_an_earlier_day_was_deleted(tmp_path: Path) -> None:
    desk = Desk(tmp_path, WEEKLY).start()
    desk.front("discord")
    desk.wait(300)
    desk.front("gedit")
    desk.service.stop()
    desk.stand_still(3 * 86_400 - 300)  # no piece of that day is held any more
    desk.open()
    desk.start()
    desk.front("discord")
    desk.wait(60)
    assert used_ms(desk, "weekly") == 360_000

    assert desk.service.delete(TODAY, TODAY) is None

    assert used_ms(desk, "weekly") == 60_000
    assert used_ms(desk, "private") == 60_000  # of the day that was kept
    desk.wait(10)
    desk.service.check()
    thursday = TODAY + timedelta(days=3)
    assert stored_ms(desk, thursday) == 70_000
    assert len(desk.service.rows(thursday)[0]) == 2
    assert not desk.storage.totals(TODAY, TODAY)


def test_choices_go_with_their_day_when_it_is_deleted(tmp_path: Path) -> None:
    policy = POLICY + '\n[[purpose]]\nid = "brand"\nname = { en = "Brand" }\nchannels = ["*"]\n'
    desk = Desk(tmp_path, policy).start()
    desk.service.choose_purpose("brand", "discord")
    desk.front("discord")
    desk.wait(10)
    desk.service.delete(YESTERDAY, YESTERDAY)
    desk.wait(10)
    (channel,) = desk.service.today().channels
    assert channel.purposes == {"brand": 20_000}
    desk.service.delete(TODAY, TODAY)
    desk.wait(10)
    (channel,) = desk.service.today().channels
    assert channel.purposes == {"private": 10_000}


def test_old_days_go_without_the_run_noticing_when_they_are_deleted(desk: Desk) -> None:
    desk.front("discord")
    desk.wait(10)
    run = desk.service.run
    desk.service.delete(date.min, YESTERDAY)
    assert desk.service.run is run
    assert desk.used() == {"discord": 10_000}
    desk.service.delete(date.min, date.max)
    assert desk.service.run is not run
    assert desk.used() == {}


def test_nothing_is_deleted_when_what_waits_cannot_be_stored(desk: Desk) -> None:
    desk.front("discord")
    desk.wait(10)
    assert isinstance(desk.storage, StubbornStorage)
    desk.storage.refuses = OutsideError(ErrorCode.STORE_FULL, file="x")
    run = desk.service.run
    with pytest.raises(OutsideError):
        desk.service.delete(TODAY, TODAY)
    assert desk.service.run is run
    assert desk.used() == {"discord": 10_000}


def test_nothing_is_measured_when_everything_was_erased_until_it_is_accepted_again(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, POLICY + CRISIS, accept_all=False).start()
    desk.service.accept("sv")
    desk.front("discord")
    desk.wait(100)
    desk.service.open_crisis("storm")
    device = desk.storage.device

    while desk.service.erase():
        pass

    assert not desk.service.status().accepted
    assert desk.service.consent() is None
    assert desk.watcher.host is None
    assert desk.service.status().crisis is None
    desk.wait(3600)
    counted = desk.storage.counted(*EVER)
    assert {kind for kind in Stored if counted[kind]} == {Stored.DEVICE}
    assert desk.storage.device != device
    desk.service.accept("en")
    desk.front("discord")
    desk.wait(5)
    assert desk.used() == {"discord": 5_000}
    desk.service.check()
    (span,) = desk.storage.stored(Stored.SPAN, *EVER)
    assert span["device"] == desk.storage.device
    assert desk.service.today().device == desk.storage.device


def test_measuring_goes_on_from_zero_when_everything_was_erased_and_is_accepted_anyhow(
    desk: Desk,
) -> None:
    desk.front("discord")
    desk.wait(100)
    while desk.service.erase():
        pass
    desk.front("discord")
    desk.wait(5)
    assert desk.used() == {"discord": 5_000}
    assert [*desk.storage.gaps(*EVER)] == []


class SlowToErase(StubbornStorage):
    """Has more to erase, so many times."""

    more = 3

    def erase(self) -> bool:
        self.more -= 1
        return bool(self.more) or super().erase()


def test_rest_is_erased_at_the_checks_when_nobody_asks_for_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path, storage=SlowToErase()).start()
    desk.front("discord")
    desk.wait(10)
    assert desk.service.erase()
    assert not desk.service.status().accepted  # nothing is measured meanwhile
    desk.wait(4)
    assert desk.storage.spans(*EVER)
    desk.wait(4)
    assert not desk.storage.spans(*EVER)
    assert desk.service.status().accepted


def test_measuring_stops_and_rows_stay_when_acceptance_is_withdrawn(tmp_path: Path) -> None:
    desk = Desk(tmp_path, accept_all=False).start()
    desk.service.accept("sv")
    consent = desk.service.consent()
    assert consent is not None
    assert (consent.version, consent.language) == ("1", "sv")
    desk.front("discord")
    desk.wait(10)
    desk.service.withdraw()
    desk.wait(100)
    assert not desk.service.status().accepted
    assert stored_ms(desk) == 10_000
    assert desk.service.consent() is None
    desk.service.accept("en")
    assert desk.service.status().accepted


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Desk]:
    """A desk over a real store, log and settings."""
    paths = paths_for({"KANALTID_HOME": str(tmp_path / "home")})
    paths.ensure()
    storage = SqlStorage(paths.database)
    desk = Desk(tmp_path, storage=storage)
    around = desk.service._around
    desk.service._around = replace(around, paths=paths)
    yield desk.start()
    desk.service.stop()
    storage.close()


def finished(desk: Desk, told: list[ExportProgress]) -> ExportProgress:
    """Let the export come to its end."""
    exporting = desk.service._exporting
    assert exporting is not None
    exporting._thread.join()
    desk.loop.settle()
    return told[-1]


def test_export_holds_what_was_measured_up_to_now_when_it_is_asked_for(
    real: Desk, tmp_path: Path
) -> None:
    settings = real.service._around.paths
    assert settings is not None
    settings.settings.write_text('{"theme": "dark"}', "utf-8")
    real.front("discord")
    real.wait(2.5)
    told: list[ExportProgress] = []
    file = tmp_path / "own.json"

    real.service.export_data(file, told.append)

    done = finished(real, told)
    assert done == ExportProgress(done.rows, done.rows, done=True)
    data = json.loads(file.read_text("utf-8"))
    assert data["settings"] == {"theme": "dark"}
    assert [span["length_ms"] for span in data["rows"]["span"]] == [2_500]
    assert datetime.fromisoformat(data["exported"]) == real.clock.now()
    assert real.service.data_place == settings.data


def test_export_is_told_to_have_failed_when_the_file_is_there(real: Desk, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text("mine", "utf-8")
    told: list[ExportProgress] = []
    real.service.export_data(file, told.append)
    error = finished(real, told).error
    assert error is not None
    assert error.code is ErrorCode.FILE_EXISTS
    assert file.read_text("utf-8") == "mine"
    real.service.export_data(file, told.append, force=True)
    assert finished(real, told).error is None
