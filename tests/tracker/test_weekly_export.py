"""Each week by itself: when it is written, what is made up for, and who may turn it on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.summary_weeks import full_week
from tracker.clock import LedgerClock
from tracker.days import DayCalendar, days_of_week, week_of
from tracker.errors import ErrorCode
from tracker.i18n import Language
from tracker.policy.schema import policy_schema
from tracker.reports.week_facts import WeekFacts
from tracker.settings import Settings, SettingsKeeper
from tracker.storage.memory import MemoryStorage
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.weekly_export import NOTE, Making, WeeklyExport, Written, dues

ZONE = ZoneInfo("Europe/Stockholm")
CALENDAR = DayCalendar(ZONE, time(4))
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
MONDAY_8 = datetime(2026, 11, 23, 7, tzinfo=UTC)
DAY = timedelta(days=1)


class Source:
    """Tells the same week of every week."""

    calendar = CALENDAR

    def week_facts(self, day: date) -> WeekFacts:
        facts, days = full_week(), days_of_week(week_of(day))
        reports = tuple(
            replace(report, day=each) for report, each in zip(facts.days, days, strict=True)
        )
        return replace(facts, week=week_of(day), days=reports, today=days[-1])


class Office:
    """A person's settings, a folder, and a clock that goes on."""

    def __init__(self, folder: Path, now: datetime = FRIDAY) -> None:
        self.folder = folder / "weeks"
        self.folder.mkdir()
        self.settings = SettingsKeeper(folder / "settings.json")
        self.storage = MemoryStorage()
        self.told: list[Written] = []
        self.turn_on(now)

    def turn_on(self, now: datetime) -> None:
        """Start the machine."""
        source = VirtualTime(now)
        self.loop = VirtualLoop(source, LedgerClock(source))
        making = Making(lambda: Language("en"), None)
        self.export = WeeklyExport(
            self.loop, self.storage, Source(), self.settings, making=making, told=self.told.append
        ).start()

    def wish(self, **changes: object) -> None:
        wished = {"weekly_folder": str(self.folder), "weekly_form": "csv", **changes}
        self.settings.change(**wished)

    def go_to(self, instant: datetime) -> None:
        """Let time pass until an instant, which is over then."""
        self.loop.advance_to(instant + timedelta(milliseconds=1))

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "last", "upcoming"),
    [
        (at(23, 7, 59), at(16, 8), at(23, 8)),
        (at(23, 8), at(23, 8), at(30, 8)),
        (at(29, 23), at(23, 8), at(30, 8)),
    ],
)
def test_due_instants_are_told_from_the_present(
    now: datetime, last: datetime, upcoming: datetime
) -> None:
    assert dues(Settings(), CALENDAR, now) == (last, upcoming)


def test_due_instant_keeps_its_time_of_day_when_the_clocks_change() -> None:
    last, upcoming = dues(Settings(weekly_day=6), CALENDAR, at(20, 12, month=10))
    assert (last, upcoming) == (at(18, 8, month=10), at(25, 8, month=10))
    assert upcoming - last == 7 * DAY + timedelta(hours=1)


def test_week_before_is_written_at_its_instant(office: Office) -> None:
    office.wish()
    office.go_to(MONDAY_8 - timedelta(seconds=1))
    assert office.files == []
    office.go_to(MONDAY_8)
    assert office.files == ["kanaltid-2026-W47.csv"]
    assert [(each.week, each.error) for each in office.told] == [("2026-W47", None)]
    office.go_to(MONDAY_8 + 7 * DAY)
    assert office.files == ["kanaltid-2026-W47.csv", "kanaltid-2026-W48.csv"]
    content = (office.folder / office.files[0]).read_text("utf-8-sig")
    assert content.startswith("week,day,")
    assert "Malmö" not in content  # notes are never ticked by themselves


def test_missed_weeks_are_written_when_the_machine_was_off(office: Office) -> None:
    office.wish()
    office.export.stop()
    office.turn_on(MONDAY_8 + 15 * DAY)
    assert office.files == [f"kanaltid-2026-W{week}.csv" for week in (47, 48, 49)]
    office.export.stop()
    office.turn_on(MONDAY_8 + 15 * DAY)
    assert len(office.told) == 3  # and not once more


def test_no_more_than_eight_weeks_are_made_up_for(office: Office) -> None:
    office.wish()
    office.export.stop()
    office.turn_on(MONDAY_8 + 140 * DAY)
    assert len(office.files) == 8


def test_nothing_of_the_past_is_written_when_it_is_turned_on(office: Office) -> None:
    office.wish()
    office.go_to(FRIDAY + DAY)
    assert office.files == []
    office.settings.change(weekly_folder=None)
    assert not office.storage.note(NOTE)
    office.go_to(MONDAY_8 + 8 * DAY)
    office.wish()
    assert office.files == []


def test_deleted_file_is_not_written_again(office: Office) -> None:
    office.wish()
    office.go_to(MONDAY_8)
    (office.folder / "kanaltid-2026-W47.csv").unlink()
    office.export.stop()
    office.turn_on(MONDAY_8 + DAY)
    assert office.files == []


def test_existing_file_is_left_as_it_is(office: Office) -> None:
    office.wish()
    (office.folder / "kanaltid-2026-W47.csv").write_text("mine")
    office.go_to(MONDAY_8)
    assert (office.folder / "kanaltid-2026-W47.csv").read_text() == "mine"
    assert office.storage.note(NOTE) == "2026-W47"


def test_it_is_tried_again_and_told_once_when_the_folder_is_gone(office: Office) -> None:
    office.wish()
    office.folder.rmdir()
    office.go_to(MONDAY_8 + timedelta(hours=3))
    assert [each.error and each.error.code for each in office.told] == [ErrorCode.FILE_NOT_WRITTEN]
    office.folder.mkdir()
    office.go_to(MONDAY_8 + timedelta(hours=4))
    assert office.files == ["kanaltid-2026-W47.csv"]
    assert office.told[-1].error is None


def test_nothing_is_written_unless_the_person_turned_it_on(office: Office) -> None:
    office.go_to(MONDAY_8 + 30 * DAY)
    assert office.files == []
    assert Settings().weekly_folder is None


def test_policy_cannot_turn_it_on_or_address_it() -> None:
    schema = str(policy_schema()).lower()
    for word in ("folder", "weekly_folder", "weekly_form", "export"):
        assert word not in schema


def test_early_monday_waits_for_the_week_to_be_over(office: Office) -> None:
    office.wish(weekly_minute=60)  # at 1 o'clock Sunday's day goes on until 4
    office.go_to(at(23, 1))
    assert office.files == ["kanaltid-2026-W46.csv"]
    office.go_to(at(30, 1))
    assert office.files == ["kanaltid-2026-W46.csv", "kanaltid-2026-W47.csv"]
