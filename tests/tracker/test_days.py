from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.days import DayCalendar, days_of_week, instant_of, week_of
from tracker.errors import ErrorCode, OutsideError

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ZONES = (
    "Europe/Stockholm",
    "Europe/London",
    "America/New_York",
    "America/Santiago",  # changes at midnight
    "Asia/Beirut",  # had its gap at midnight
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # half an hour
    "Pacific/Apia",  # skipped a day in 2011
    "America/St_Johns",  # once changed at 00:01
    "UTC",
)
HOUR = timedelta(hours=1)

calendars = st.builds(
    DayCalendar,
    st.sampled_from(ZONES).map(ZoneInfo),
    st.times(time(0), time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0)),
)
days = st.dates(date(2005, 1, 1), date(2035, 12, 31))
instants = st.datetimes(
    datetime.fromisoformat("2005-01-02"),
    datetime.fromisoformat("2035-12-31"),
    timezones=st.just(UTC),
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@given(calendars, days)
def test_days_tile_time_when_listed_in_order(calendar: DayCalendar, day: date) -> None:
    start, end = calendar.bounds(day)

    assert start <= end
    assert end == calendar.bounds(day + timedelta(days=1))[0]
    assert start == calendar.bounds(day - timedelta(days=1))[1]
    assert start.tzinfo is UTC


@given(calendars, instants)
def test_instant_lies_in_its_day_when_asked_afresh(
    calendar: DayCalendar, instant: datetime
) -> None:
    day = calendar.day_of(instant)

    start, end = DayCalendar(calendar.zone, calendar.day_start).bounds(day)
    assert start <= instant < end
    assert calendar.next_boundary(instant) == end


@given(calendars, days)
def test_bounds_belong_to_their_days_when_days_have_length(
    calendar: DayCalendar, day: date
) -> None:
    start, end = calendar.bounds(day)

    if start < end:
        assert calendar.day_of(start) == day
        assert calendar.day_of(end - timedelta(milliseconds=1)) == day
    assert calendar.day_of(end) > day


@given(calendars, st.lists(instants, max_size=8))
def test_answers_do_not_depend_on_what_was_asked_before(
    calendar: DayCalendar, asked: list[datetime]
) -> None:
    fresh = [DayCalendar(calendar.zone, calendar.day_start).day_of(each) for each in asked]

    assert [calendar.day_of(each) for each in asked] == fresh


@given(calendars, instants)
def test_day_starts_at_the_local_time_when_it_exists(
    calendar: DayCalendar, instant: datetime
) -> None:
    start, _ = calendar.bounds(calendar.day_of(instant))
    wall = calendar.local(start)
    day = calendar.day_of(instant)

    skipped = datetime.combine(day, calendar.day_start, calendar.zone).astimezone(UTC) != start
    assert skipped or (wall.time() == calendar.day_start and wall.date() == day)


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-03-28", 23), ("2026-03-29", 24), ("2026-10-24", 25), ("2026-10-25", 24)],
)
def test_change_falls_in_the_day_before_when_days_start_at_four(day: str, hours: int) -> None:
    start, end = DayCalendar(STOCKHOLM, time(4)).bounds(date.fromisoformat(day))

    assert end - start == hours * HOUR


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_change_falls_in_its_own_day_when_days_start_at_midnight(day: str, hours: int) -> None:
    start, end = DayCalendar(STOCKHOLM, time(0)).bounds(date.fromisoformat(day))

    assert end - start == hours * HOUR


def test_day_starts_at_the_end_of_the_gap_when_its_start_does_not_exist() -> None:
    calendar = DayCalendar(STOCKHOLM, time(2, 30))

    assert calendar.bounds(date(2026, 3, 29))[0] == utc("2026-03-29T03:00+02:00")
    assert calendar.day_of(utc("2026-03-29T01:59:59.999+01:00")) == date(2026, 3, 28)
    assert calendar.day_of(utc("2026-03-29T03:00+02:00")) == date(2026, 3, 29)


def test_day_starts_at_the_first_pass_when_its_start_comes_twice() -> None:
    calendar = DayCalendar(STOCKHOLM, time(2, 30))

    assert calendar.bounds(date(2026, 10, 25))[0] == utc("2026-10-25T02:30+02:00")
    assert calendar.day_of(utc("2026-10-25T02:10+01:00")) == date(2026, 10, 25)


def test_day_is_empty_when_the_zone_skipped_it() -> None:
    calendar = DayCalendar(ZoneInfo("Pacific/Apia"), time(0))

    start, end = calendar.bounds(date(2011, 12, 30))
    assert start == end == utc("2011-12-31T00:00+14:00")
    assert calendar.day_of(start) == date(2011, 12, 31)
    assert calendar.day_of(start - timedelta(milliseconds=1)) == date(2011, 12, 29)


def test_gap_ends_on_the_half_hour_when_clocks_move_by_one() -> None:
    zone = ZoneInfo("Australia/Lord_Howe")

    assert instant_of(zone, datetime.fromisoformat("2026-10-04T02:10")) == utc(
        "2026-10-04T02:30+11:00"
    )


def test_local_shows_the_zones_clock_when_asked() -> None:
    local = DayCalendar(STOCKHOLM, time(4)).local(utc("2026-07-01T10:00+00:00"))

    assert local.isoformat() == "2026-07-01T12:00:00+02:00"


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2026-11-23", "2026-W48"),
        ("2026-12-31", "2026-W53"),
        ("2027-01-03", "2026-W53"),
        ("2027-01-04", "2027-W01"),
        ("2024-12-30", "2025-W01"),
    ],
)
def test_week_is_the_iso_week_when_years_meet(day: str, week: str) -> None:
    assert week_of(date.fromisoformat(day)) == week
    assert DayCalendar(STOCKHOLM, time(0)).week_of(date.fromisoformat(day)) == week


@given(days)
def test_week_holds_its_days_when_asked_back(day: date) -> None:
    listed = DayCalendar(STOCKHOLM, time(0)).days_of_week(week_of(day))

    assert len(listed) == 7
    assert day in listed
    assert listed[0].weekday() == 0
    assert {week_of(each) for each in listed} == {week_of(day)}


@pytest.mark.parametrize(
    "key",
    [
        "",
        "2026-W54",
        "2025-W53",
        "2026-W00",
        "2026-W7",
        "2026W47",
        "0000-W01",
        "9999-W53",
        "٢٠٢٦-W47",
    ],
)
def test_week_is_refused_when_there_is_none(key: str) -> None:
    with pytest.raises(OutsideError) as caught:
        days_of_week(key)

    assert caught.value.code is ErrorCode.BAD_DATE
    assert caught.value.fields == {"text": key}
