from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model import MILLISECOND, Window, ms_between
from tracker.policy.hours import FlexUse, HoursPlan
from tracker.policy.types import FlexibleBreak, Hours, Monitoring, Policy, Range, Text
from tracker.storage.base import BreakMark

WORK, BREAKS = Window.WORK, Window.BREAKS
MINUTE = timedelta(minutes=1)
MONDAY = date(2026, 11, 23)
EMPTY = Text((("en", ""),))


def minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def span(text: str) -> Range:
    start, end = (minutes(each) for each in text.split("-"))
    return Range(start, end if end > start else end + 24 * 60)


def hours(
    week: dict[str, str], *, breaks: str = "", flexible: str = "", holidays: str = ""
) -> Hours:
    """Ranges by weekday number; a flexible break is written ``11:00-13:30/60``."""
    return Hours(
        tuple(tuple(map(span, week.get(str(day), "").split())) for day in range(7)),
        tuple(map(span, breaks.split())),
        tuple(
            FlexibleBreak(span(within), int(length))
            for within, length in (each.split("/") for each in flexible.split())
        ),
        frozenset(map(date.fromisoformat, holidays.split())),
    )


def plan(
    held: Hours | None, *, zone: str = "Europe/Stockholm", day_start: time = time(0)
) -> HoursPlan:
    policy = Policy(
        "test",
        "1",
        ("en",),
        zone,
        EMPTY,
        "hash",
        "",
        Monitoring(EMPTY),
        hours=held,
        day_start=day_start,
    )
    return HoursPlan(policy, ZoneInfo(zone))


def at(text: str, zone: str = "Europe/Stockholm") -> datetime:
    wall = datetime.fromisoformat(text)
    return (wall if wall.tzinfo else wall.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def clicks(*texts: str, day: date = MONDAY, off: bool = False) -> FlexUse:
    """Clicks such as ``+11:30`` and ``-12:00`` on a day in Stockholm."""
    marks = (BreakMark(day, at(f"{day}T{text[1:]}"), text[0] == "+") for text in texts)
    return FlexUse(day, tuple(marks), off)


def changes(
    held: HoursPlan, start: str, end: str, flexible: FlexUse | None = None
) -> Iterator[str]:
    """The window at ``start`` and each later one, as local clocks show them."""
    use = flexible or FlexUse(date.fromisoformat(start[:10]))
    instant: datetime | None = at(start)
    while instant is not None and instant < at(end):
        window = held.window_at(instant, use)
        local = instant.astimezone(ZoneInfo("Europe/Stockholm"))
        yield f"{local:%d %H:%M} {window.value if window else 'off'}"
        instant = held.next_change(instant, use)


OFFICE = hours({str(day): "08:00-17:00" for day in range(5)})
LUNCH = replace(OFFICE, flexible=(FlexibleBreak(span("11:00-13:30"), 60),))


def test_all_time_is_work_when_the_policy_has_no_hours() -> None:
    held = plan(None)

    assert held.window_at(at("2026-11-22T03:00")) is WORK
    assert held.next_change(at("2026-11-22T03:00")) is None
    assert held.break_left_ms(at("2026-11-22T03:00")) == 0


def test_no_time_is_work_when_no_day_has_hours() -> None:
    held = plan(hours({}))

    assert held.window_at(at("2026-11-23T10:00")) is None
    assert held.next_change(at("2026-11-23T10:00")) is None


@pytest.mark.parametrize(
    ("local", "window"),
    [
        ("2026-11-23T07:59:59.999", None),
        ("2026-11-23T08:00", WORK),
        ("2026-11-23T16:59:59.999", WORK),
        ("2026-11-23T17:00", None),
        ("2026-11-22T10:00", None),
    ],
)
def test_hours_hold_from_start_to_end_when_they_are_plain(
    local: str, window: Window | None
) -> None:
    assert plan(OFFICE).window_at(at(local)) is window


def test_windows_follow_each_other_when_a_week_passes() -> None:
    held = plan(hours({"0": "08:00-12:00 13:00-17:00", "4": "08:00-24:00"}, breaks="09:30-09:45"))

    assert list(changes(held, "2026-11-22T00:00", "2026-11-30T00:00")) == [
        "22 00:00 off",
        "23 08:00 work",
        "23 09:30 breaks",
        "23 09:45 work",
        "23 12:00 off",
        "23 13:00 work",
        "23 17:00 off",
        "27 08:00 work",
        "27 09:30 breaks",
        "27 09:45 work",
        "28 00:00 off",
    ]


def test_shift_belongs_to_the_date_it_starts_when_it_crosses_midnight() -> None:
    held = plan(hours({"0": "22:00-06:00"}, breaks="02:00-02:30", holidays="2026-11-24 2026-11-30"))

    assert list(changes(held, "2026-11-23T12:00", "2026-12-08T00:00")) == [
        "23 12:00 off",
        "23 22:00 work",
        "24 02:00 breaks",
        "24 02:30 work",
        "24 06:00 off",
        "07 22:00 work",
    ]


def test_nothing_changes_when_hours_of_two_dates_meet() -> None:
    held = plan(hours({"0": "08:00-24:00", "1": "00:00-12:00"}))

    assert held.next_change(at("2026-11-23T09:00")) == at("2026-11-24T12:00")


def test_hours_begin_at_midnight_when_there_were_none_before() -> None:
    held = plan(hours({"6": "00:00-06:00"}))

    assert list(changes(held, "2026-10-24T12:00", "2026-11-08T00:00")) == [
        "24 12:00 off",
        "25 00:00 work",
        "25 06:00 off",
        "01 00:00 work",
        "01 06:00 off",
    ]


def test_holidays_have_no_hours_when_they_come_in_a_row() -> None:
    held = plan(
        replace(OFFICE, holidays=frozenset(MONDAY + timedelta(days=day) for day in range(30)))
    )

    assert held.window_at(at("2026-11-23T10:00")) is None
    assert held.next_change(at("2026-11-20T18:00")) == at("2026-12-23T08:00")


def test_breaks_lie_inside_hours_when_the_day_is_short() -> None:
    held = plan(hours({"0": "08:00-12:00"}, breaks="11:30-12:30"))

    assert held.window_at(at("2026-11-23T11:59")) is BREAKS
    assert held.window_at(at("2026-11-23T12:00")) is None
    assert held.window_at(at("2026-11-24T12:00")) is None


@pytest.mark.parametrize(
    ("ranges", "real_hours"),
    [("01:00-02:30", 1), ("02:30-05:00", 2), ("02:10-02:40", 0), ("00:00-24:00", 23)],
)
def test_hours_are_cut_by_the_gap_when_clocks_go_forward(ranges: str, real_hours: int) -> None:
    held = plan(hours({"6": ranges}))
    midnight = at("2026-03-29T00:00")

    worked = sum(held.window_at(midnight + number * MINUTE) is WORK for number in range(23 * 60))

    assert worked == real_hours * 60


@pytest.mark.parametrize(
    ("ranges", "real_hours"),
    [("00:00-02:30", 2.5), ("02:30-05:00", 3.5), ("02:10-02:40", 0.5), ("00:00-24:00", 25)],
)
def test_times_are_the_first_of_two_when_clocks_go_back(ranges: str, real_hours: float) -> None:
    held = plan(hours({"6": ranges}))
    midnight = at("2026-10-25T00:00")

    worked = sum(held.window_at(midnight + number * MINUTE) is WORK for number in range(25 * 60))

    assert worked == real_hours * 60


def test_flexible_break_is_work_when_nobody_clicks() -> None:
    assert list(changes(plan(LUNCH), "2026-11-23T08:00", "2026-11-23T17:30")) == [
        "23 08:00 work",
        "23 17:00 off",
    ]


@pytest.mark.parametrize(
    ("clicked", "expected"),
    [
        (["+11:10", "-11:30"], ["11:10 breaks", "11:30 work"]),
        (["+11:10"], ["11:10 breaks", "12:10 work"]),
        (
            ["+11:10", "-11:30", "+12:00"],
            ["11:10 breaks", "11:30 work", "12:00 breaks", "12:40 work"],
        ),
        (["+13:00"], ["13:00 breaks", "13:30 work"]),
        (["+10:30"], []),
        (["+11:10", "+11:20", "-11:30"], ["11:10 breaks", "11:30 work"]),
        (["+11:00", "+12:10"], ["11:00 breaks", "12:00 work"]),
        (["-11:30", "+11:10"], ["11:10 breaks", "11:30 work"]),
        (["-11:05", "+11:10", "-11:20", "-11:30"], ["11:10 breaks", "11:20 work"]),
        (["+13:20", "+13:30"], ["13:20 breaks", "13:30 work"]),
        (["+18:00"], []),
    ],
)
def test_flexible_break_runs_from_click_to_end_when_taken(
    clicked: list[str], expected: list[str]
) -> None:
    found = list(changes(plan(LUNCH), "2026-11-23T08:00", "2026-11-23T17:00", clicks(*clicked)))

    assert found == ["23 08:00 work", *(f"23 {each}" for each in expected)]


def test_break_ends_with_the_hours_when_they_end_within() -> None:
    held = plan(hours({"0": "08:00-11:30 12:00-17:00"}, flexible="11:00-13:30/60"))

    assert list(changes(held, "2026-11-23T11:00", "2026-11-23T13:00", clicks("+11:10"))) == [
        "23 11:00 work",
        "23 11:10 breaks",
        "23 11:30 off",
        "23 12:00 work",
    ]


def test_minutes_of_the_next_break_are_used_when_ranges_overlap() -> None:
    held = plan(hours({"0": "08:00-17:00"}, flexible="11:00-12:00/30 11:45-13:00/10 12:00-15:00/5"))

    assert list(changes(held, "2026-11-23T11:00", "2026-11-23T15:00", clicks("+11:20"))) == [
        "23 11:00 work",
        "23 11:20 breaks",
        "23 12:05 work",
    ]
    assert held.break_left_ms(at("2026-11-23T11:20"), clicks("+11:20")) == 45 * 60_000


def test_break_ends_with_the_day_when_its_range_crosses_the_boundary() -> None:
    held = plan(hours({"0": "22:00-06:00"}, flexible="03:00-05:00/90"), day_start=time(4))
    use = FlexUse(MONDAY, (BreakMark(MONDAY, at("2026-11-24T03:30"), True),))

    assert held.window_at(at("2026-11-24T03:59"), use) is BREAKS
    assert held.window_at(at("2026-11-24T04:00"), use) is WORK
    tuesday = at("2026-11-24T04:00")
    assert held.break_left_ms(tuesday, use) == 60 * 60_000


def test_break_tells_what_is_left_when_asked_for() -> None:
    held = plan(LUNCH)
    use = clicks("+11:10", "-11:30", "+12:00")

    def left(local: str) -> int:
        return held.break_left_ms(at(f"2026-11-23T{local}"), use)

    assert left("10:59") == 0
    assert left("11:00") == 60 * 60_000
    assert left("11:15:30") == 54.5 * 60_000
    assert left("11:45") == 40 * 60_000
    assert left("12:10") == 30 * 60_000
    assert left("12:40") == 0
    assert held.break_left_ms(at("2026-11-24T13:00"), use) == 30 * 60_000
    assert held.break_left_ms(at("2026-11-28T12:00"), use) == 0


def test_flexible_break_goes_on_only_while_it_was_taken() -> None:
    held = plan(LUNCH)
    use = clicks("+11:10", "-11:30", "+12:00")

    def on(local: str) -> bool:
        return held.on_flexible_break(at(f"2026-11-23T{local}"), use)

    assert [on(local) for local in ("11:09", "11:10", "11:29", "11:30")] == [0, 1, 1, 0]
    assert [on(local) for local in ("12:00", "12:39", "12:40")] == [1, 1, 0]
    off = clicks("+11:10", off=True)
    assert not held.on_flexible_break(at("2026-11-23T11:20"), off)


def test_day_has_no_hours_when_the_person_is_not_working() -> None:
    held = plan(LUNCH, day_start=time(4))
    off = clicks("+11:10", off=True)

    assert held.window_at(at("2026-11-23T10:00"), off) is None
    assert held.break_left_ms(at("2026-11-23T11:20"), off) == 0
    assert held.next_change(at("2026-11-23T10:00"), off) == at("2026-11-24T08:00")
    assert held.window_at(at("2026-11-24T10:00"), off) is WORK


def test_day_off_lasts_from_boundary_to_boundary_when_there_are_no_hours() -> None:
    held = plan(None, day_start=time(4))
    off = clicks(off=True)

    assert held.next_change(at("2026-11-23T03:00"), off) == at("2026-11-23T04:00")
    assert held.window_at(at("2026-11-23T04:00"), off) is None
    assert held.next_change(at("2026-11-23T04:00"), off) == at("2026-11-24T04:00")
    assert held.next_change(at("2026-11-24T04:00"), off) is None


def test_window_is_told_anew_when_something_was_clicked() -> None:
    held = plan(LUNCH)
    noon = at("2026-11-23T12:00")

    assert held.window_at(noon, clicks()) is WORK
    assert held.window_at(noon, clicks("+11:30")) is BREAKS
    assert held.window_at(noon, clicks("+11:30", "-11:40")) is WORK
    assert held.window_at(at("2026-11-23T07:00"), clicks()) is None


def random_hours(random: Random) -> Hours:
    def ranges(most: int, longest: int) -> tuple[Range, ...]:
        starts = sorted(random.sample(range(1440), random.randint(0, most)))
        return tuple(Range(start, start + random.randint(1, longest)) for start in starts)

    return Hours(
        tuple(ranges(3, 900) for _ in range(7)),
        ranges(3, 60),
        tuple(FlexibleBreak(each, random.randint(1, 90)) for each in ranges(3, 300)),
        frozenset(
            date(2026, random.choice((3, 10)), random.randint(20, 31))
            for _ in range(random.randint(0, 4))
        ),
    )


def wall_clock_window(held: Hours, local: datetime) -> Window | None:
    """What the clock on the wall says, where it shows each time once."""

    def lies_in(ranges: tuple[Range, ...], past: int) -> bool:
        minute = past + local.hour * 60 + local.minute
        return any(each.start <= minute < each.end for each in ranges)

    today = local.date()
    inside = resting = False
    for day, past in ((today, 0), (today - timedelta(days=1), 1440)):
        if day not in held.holidays:
            inside |= lies_in(held.by_weekday[day.weekday()], past)
        resting |= lies_in(held.breaks, past)
    return (BREAKS if resting else WORK) if inside else None


zones = st.sampled_from(["Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "UTC"])
near_changes = st.sampled_from(["2026-03-27T00:00", "2026-10-23T00:00", "2026-04-03T00:00"])


@given(st.randoms(use_true_random=False), zones, near_changes, st.integers(0, 5 * 1440))
def test_windows_are_those_of_the_wall_clock_when_hours_are_random(
    random: Random, zone: str, start: str, minute: int
) -> None:
    held = random_hours(random)
    instant = at(start, zone) + minute * MINUTE
    local = instant.astimezone(ZoneInfo(zone))

    if not local.fold:
        assert plan(held, zone=zone).window_at(instant) is wall_clock_window(held, local)


@given(st.randoms(use_true_random=False), zones, near_changes, st.integers(0, 3 * 1440))
def test_window_changes_first_at_the_next_change_when_hours_are_random(
    random: Random, zone: str, start: str, minute: int
) -> None:
    instant = at(start, zone) + minute * MINUTE
    day = instant.astimezone(ZoneInfo(zone)).date()
    marks = tuple(
        BreakMark(day, instant + random.randint(-600, 600) * MINUTE, random.random() < 0.7)
        for _ in range(random.randint(0, 4))
    )
    use = FlexUse(day, marks, off=random.random() < 0.2)
    held = random_hours(random)

    change = plan(held, zone=zone).next_change(instant, use)

    other = plan(held, zone=zone)
    window = other.window_at(instant, use)
    until = instant + 1440 * MINUTE if change is None else change
    length = ms_between(instant, until)
    probes = [instant + random.randrange(length) * MILLISECOND for _ in range(8)]
    assert all(other.window_at(probe, use) is window for probe in probes)
    if change is not None:
        assert change > instant
        assert other.window_at(change - timedelta(milliseconds=1), use) is window
        assert other.window_at(change, use) is not window


def minute_by_minute(held: Hours, use: FlexUse, zone: str) -> list[bool]:
    """Whether a flexible break is on, for each minute of a day that begins at midnight."""
    start = at(f"{use.day}T00:00", zone)
    left = [each.minutes for each in held.flexible]
    on, found = False, []
    for number in range(1440):
        now = start + number * MINUTE
        for click in sorted(use.clicks, key=lambda each: each.at):
            if click.at == now:
                on = click.begins
        open_now = [
            index
            for index, each in enumerate(held.flexible)
            if left[index]
            and any(each.within.start <= number + past < each.within.end for past in (0, 1440))
        ]
        on = (
            on
            and bool(open_now)
            and wall_clock_window(held, now.astimezone(ZoneInfo(zone))) is not None
        )
        if on:
            left[open_now[0]] -= 1
        found.append(on)
    return found


@given(st.randoms(use_true_random=False), st.integers(0, 6))
def test_flexible_breaks_are_those_of_a_minute_count_when_clicks_are_random(
    random: Random, later: int
) -> None:
    held = replace(random_hours(random), breaks=())
    day = MONDAY + timedelta(days=later)
    marks = tuple(
        BreakMark(day, at(f"{day}T00:00") + minute * MINUTE, random.random() < 0.7)
        for minute in random.sample(range(1440), random.randint(1, 12))
    )
    use = FlexUse(day, marks)
    tested = plan(held)

    found = [
        tested.window_at(at(f"{day}T00:00") + number * MINUTE, use) is BREAKS
        for number in range(1440)
    ]

    assert found == minute_by_minute(held, use, "Europe/Stockholm")
