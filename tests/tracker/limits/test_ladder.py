import pytest

from tests.tracker.limits.making import (
    AT,
    FRIDAY,
    KARIN,
    MINUTE,
    MONDAY,
    SECOND,
    USUAL,
    book,
    extension,
    key,
    ladder,
    limit,
    policy,
    step_taken,
)
from tracker.limits.engine import Rules, due, next_crossing, taken
from tracker.limits.types import Book, Level
from tracker.model import TotalKey
from tracker.policy.types import Ladder, Limit
from tracker.storage.base import StepTaken

TUESDAY = MONDAY.replace(day=24)


def rules(*limits: Limit, **more: object) -> Rules:
    return Rules(policy(*limits, **more), KARIN)  # type: ignore[arg-type]


def hour(*steps: str) -> Rules:
    """One limit of an hour that the channels share."""
    return rules(limit("hour", day=60, shared=True), ladders=[ladder(*steps)] if steps else [USUAL])


def names(some: Rules, judged: Book, counting: TotalKey | None = None) -> list[str]:
    return [f"{step.mark.text} {step.do.value}" for step in due(some, judged, counting or key())]


def after(minutes: float, **more: object) -> Book:
    return book({key(): round(minutes * MINUTE)}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (0, []),
        (47.999, []),
        (48, ["80% notify"]),
        (54.999, ["80% notify"]),
        (55, ["-5m notify"]),
        (60, ["100% ask"]),
        (64.999, ["100% ask"]),
        (65, ["+5m overlay"]),
        (600, ["+5m overlay"]),
    ],
)
def test_latest_mark_is_due_when_none_was_taken(minutes: float, expected: list[str]) -> None:
    assert names(hour(), after(minutes)) == expected


def test_nothing_is_due_when_nothing_counts() -> None:
    some = rules(limit("x", day=60, channels="x"))

    assert due(some, after(90), None) == ()
    assert due(some, after(90), key("youtube")) == ()
    assert next_crossing(some, after(90), None) is None
    assert next_crossing(some, after(90), key("youtube")) is None


def test_due_step_tells_the_standing_when_it_comes() -> None:
    (step,) = due(hour(), after(61), key())

    assert (step.standing.limit, step.standing.channel) == ("hour", None)
    assert step.standing.left_ms == -MINUTE
    assert step.standing.level is Level.OVER


def test_only_limits_that_take_the_time_are_judged_when_others_are_full() -> None:
    some = rules(limit("own", day=1, channels="*"), limit("leads", day=1, purposes="leads"))

    found = due(some, book({key(): 9 * MINUTE, key("x", "leads"): 9 * MINUTE}), key())

    assert [(step.standing.limit, step.standing.channel) for step in found] == [("own", "linkedin")]


def test_nothing_is_judged_when_the_policy_has_no_row_for_the_channel() -> None:
    assert due(rules(limit("own", day=1)), after(9), key("gone")) == ()


def test_step_comes_once_a_day_when_it_was_taken() -> None:
    judged = after(50, taken=[step_taken("hour", "80% notify")])

    assert names(hour(), judged) == []
    assert next_crossing(hour(), judged, key()) == 5 * MINUTE


@pytest.mark.parametrize(
    "record",
    [
        step_taken("hour", "80% notify", day=FRIDAY),
        step_taken("hour", "80% notify", "linkedin"),
        step_taken("other", "80% notify"),
        step_taken("hour", "80% ask"),
        step_taken("hour", "79% notify"),
        step_taken("hour", "80% notify", week=True),
    ],
)
def test_step_is_still_due_when_another_was_taken(record: StepTaken) -> None:
    assert names(hour(), after(50, taken=[record])) == ["80% notify"]


def test_earlier_marks_are_done_when_a_later_one_stood_in_for_them() -> None:
    judged = after(56, taken=[step_taken("hour", "-5m notify")])

    assert names(hour(), judged) == []
    assert next_crossing(hour(), judged, key()) == 4 * MINUTE


def test_ask_is_done_when_the_overlay_stood_in_for_it() -> None:
    over = step_taken("hour", "+5m overlay")

    assert names(hour(), after(66, taken=[over])) == ["+5m overlay"]
    assert names(hour(), after(61, taken=[over])) == []


def test_overlay_stays_due_when_it_was_taken() -> None:
    judged = after(70, taken=[step_taken("hour", "+5m overlay"), step_taken("hour", "100% ask")])

    assert names(hour(), judged) == ["+5m overlay"]
    assert next_crossing(hour(), judged, key()) is None


def test_held_step_stays_when_a_later_one_comes_once() -> None:
    some = hour("100% overlay", "+10m ask")

    assert names(some, after(70)) == ["100% overlay", "+10m ask"]
    assert names(some, after(70, taken=[step_taken("hour", "+10m ask")])) == ["100% overlay"]


def test_later_held_step_replaces_the_earlier_when_both_are_due() -> None:
    assert names(hour("100% overlay", "+5m minimise"), after(65)) == ["+5m minimise"]


def test_steps_come_together_when_they_share_a_mark() -> None:
    some = hour("100% notify", "100% overlay")

    assert names(some, after(60)) == ["100% notify", "100% overlay"]
    notified = after(60, taken=[step_taken("hour", "100% notify")])
    assert names(some, notified) == ["100% overlay"]


def test_one_of_two_notices_comes_when_their_marks_meet() -> None:
    some = rules(limit("short", day=25, shared=True))

    assert names(some, after(20)) == ["-5m notify"]
    assert names(some, after(20, taken=[step_taken("short", "-5m notify")])) == []


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["80% notify", "-10m notify"], "-10m notify"),  # 48 and 50
        (["-10m notify", "-6m notify", "-2m notify"], "-2m notify"),
        (["80% notify", "-8m ask"], "80% notify"),
        (["80% notify", "-7m notify"], "80% notify"),  # just five minutes
    ],
)
def test_notice_is_dropped_when_another_follows_within_five_minutes(
    steps: list[str], expected: str
) -> None:
    some = hour(*steps)
    distance = next(
        ms for ms in range(0, 60 * MINUTE, MINUTE) if due(some, book({key(): ms}), key())
    )

    assert names(some, book({key(): distance})) == [expected]


def test_ladder_is_climbed_from_the_start_when_its_marks_lie_before_it() -> None:
    some = rules(limit("short", day=3, shared=True), ladders=[ladder("-5m ask", "100% overlay")])

    assert names(some, after(0)) == ["-5m ask"]


def test_marks_past_the_limit_are_found_when_given_as_shares() -> None:
    some = hour("150% ask")

    assert next_crossing(some, after(62), key()) == 28 * MINUTE
    assert names(some, after(90)) == ["150% ask"]


def test_no_step_is_due_when_the_limit_is_lifted() -> None:
    judged = after(47, lifted="hour")

    assert names(hour(), after(70, lifted="hour")) == []
    assert next_crossing(hour(), judged, key()) == MINUTE
    assert next_crossing(hour(), after(50, lifted="hour"), key()) == 10 * MINUTE
    assert next_crossing(hour(), after(60.5, lifted="hour"), key()) == MINUTE // 2


@pytest.mark.parametrize("enforce", [False, True])
def test_channel_is_left_alone_when_it_is_not_certain(enforce: bool) -> None:
    some = rules(limit("hour", day=60, shared=True), enforce_titles=enforce)
    guess = key(certain=False)

    assert names(some, after(65), guess) == ["+5m overlay" if enforce else "100% ask"]
    crossing = next_crossing(some, after(62), guess)
    assert crossing == (3 * MINUTE if enforce else None)


def test_allowance_begins_anew_when_the_weekday_differs() -> None:
    some = rules(limit("short", day={0: 10, 4: 60}, shared=True))

    assert names(some, after(20)) == ["+5m overlay"]
    assert names(some, after(20, day=FRIDAY)) == []
    assert names(some, after(20, day=TUESDAY)) == []


def test_marks_move_when_the_day_is_extended() -> None:
    extended = [extension("hour", minutes=10)]
    done = [step_taken("hour", "80% notify"), step_taken("hour", "-5m notify")]

    assert names(hour(), after(57.999, extensions=extended)) == []
    assert names(hour(), after(58, extensions=extended)) == ["80% notify"]
    assert names(hour(), after(69.999, extensions=extended, taken=done)) == []
    assert names(hour(), after(70, extensions=extended, taken=done)) == ["100% ask"]


def test_marks_from_the_limit_on_are_armed_again_when_extended() -> None:
    extended = [extension("hour", minutes=10)]
    ask = step_taken("hour", "100% ask")
    again = step_taken("hour", "100% ask", extended_ms=10 * MINUTE)
    warned = step_taken("hour", "-5m notify")

    assert names(hour(), after(66, extensions=extended, taken=[ask])) == []
    assert next_crossing(hour(), after(66, extensions=extended, taken=[ask]), key()) == 4 * MINUTE
    assert names(hour(), after(70, extensions=extended, taken=[warned, ask])) == ["100% ask"]
    assert names(hour(), after(70, extensions=extended, taken=[ask, again])) == []


def test_another_channels_allowance_stays_when_one_is_extended() -> None:
    some = rules(limit("own", day=60))
    totals = {key(): 60 * MINUTE, key("x"): 60 * MINUTE}
    judged = book(totals, extensions=[extension("own", "x", minutes=60)])

    assert names(some, judged, key()) == ["100% ask"]
    assert names(some, judged, key("x")) == []


def test_week_takes_its_own_steps_when_the_day_has_room() -> None:
    some = rules(limit("both", day=60, week=100, shared=True))
    judged = book({key(): 50 * MINUTE}, week={key(): 100 * MINUTE})

    found = due(some, judged, key())

    assert [(step.standing.period.value, step.mark.text) for step in found] == [
        ("day", "80%"),
        ("week", "100%"),
    ]


def test_weeks_step_is_done_for_the_week_when_it_was_taken_on_another_day() -> None:
    some = rules(limit("week", week=100, shared=True))
    full = {key(): 100 * MINUTE}
    on_monday = step_taken("week", "100% ask", week=True)

    assert names(some, book(full, day=FRIDAY, taken=[on_monday])) == []
    next_week = book(full, day=FRIDAY.replace(month=12, day=4), taken=[on_monday])
    assert names(some, next_week) == ["100% ask"]


def test_week_stays_as_it_is_when_the_day_is_extended() -> None:
    some = rules(limit("both", day=60, week=100, shared=True))
    done = step_taken("both", "100% ask", week=True)
    judged = book(
        {key(): 60 * MINUTE},
        week={key(): 101 * MINUTE},
        extensions=[extension("both", minutes=30)],
        taken=[done],
    )

    assert names(some, judged) == []
    assert next_crossing(some, judged, key()) == 4 * MINUTE


def test_it_asks_at_once_when_nothing_is_allowed() -> None:
    some = rules(limit("none", day=0, shared=True))

    (step,) = due(some, book(), key())

    assert (step.mark.text, step.do.value, step.standing.left_ms) == ("0", "ask", 0)
    assert due(some, book(), None) == ()
    assert next_crossing(some, book(), key()) == MINUTE


@pytest.mark.parametrize(
    ("steps", "seconds", "expected"),
    [
        (["-2m notify", "100% overlay"], 29.999, []),
        (["-2m notify", "100% overlay"], 30, ["100% overlay"]),
        (["100% ask", "+5m overlay"], 299, []),
        (["100% ask", "+5m overlay"], 300, ["+5m overlay"]),
        (["80% notify", "100% notify", "+5m minimise"], 30, ["100% notify"]),
        (["100% notify", "+4m notify"], 30, []),
        (["100% notify", "+5m notify"], 30, ["100% notify"]),
        (["-0m notify"], 30, ["-0m notify"]),
        (["120% minimise"], 30, ["120% minimise"]),
        ([], 30, []),
    ],
)
def test_ladder_waits_for_half_a_minute_when_nothing_is_allowed(
    steps: list[str], seconds: float, expected: list[str]
) -> None:
    some = rules(limit("none", day=0, shared=True), ladders=[ladder(*steps)])
    judged = book({key(): round(seconds * SECOND)}, taken=[step_taken("none", "0 ask")])

    assert names(some, judged) == expected


def test_half_a_minute_is_a_crossing_when_nothing_is_allowed() -> None:
    some = rules(limit("none", day=0, shared=True), ladders=[ladder("100% overlay")])

    assert next_crossing(some, book({key(): 12 * SECOND}), key()) == 18 * SECOND


def test_it_asks_again_when_an_extension_of_nothing_is_used_up() -> None:
    some = rules(limit("none", day=0, shared=True), ladders=[ladder("-2m notify", "100% overlay")])
    asked = step_taken("none", "0 ask")
    extended = [extension("none")]

    assert names(some, after(4.9, extensions=extended, taken=[asked])) == []
    assert names(some, after(5, extensions=extended, taken=[asked])) == ["0 ask"]
    assert names(some, after(5.5, extensions=extended, taken=[asked])) == ["100% overlay"]
    assert next_crossing(some, after(1, extensions=extended), key()) == 2 * MINUTE
    assert next_crossing(some, after(3, extensions=extended), key()) == 2 * MINUTE


@pytest.mark.parametrize(
    ("minutes", "distance"),
    [(0, 48), (48, 7), (55, 5), (60, 1), (61, 4), (64.5, 0.5), (65, None)],
)
def test_next_mark_or_level_is_found_when_time_goes_on(
    minutes: float, distance: float | None
) -> None:
    expected = None if distance is None else round(distance * MINUTE)

    assert next_crossing(hour(), after(minutes), key()) == expected


def test_nearest_of_all_limits_is_found_when_several_take_the_time() -> None:
    some = rules(limit("a", day=60), limit("b", day=30, week=70, shared=True))

    assert next_crossing(some, after(20), key()) == 4 * MINUTE
    assert next_crossing(some, book({}, week={key(): 55 * MINUTE}), key()) == MINUTE
    assert next_crossing(some, after(1), key("x")) == 23 * MINUTE


def test_nothing_is_to_come_when_time_is_unlimited() -> None:
    some = rules(limit("any", unlimited=True, shared=True))

    assert due(some, after(600), key()) == ()
    assert next_crossing(some, after(600), key()) is None


def test_step_is_kept_under_its_period_when_taken() -> None:
    some = rules(limit("both", day=60, week=60), ladders=[ladder("100% ask")])
    judged = after(66, extensions=[extension("both", "linkedin")])

    records = [taken(step, judged, AT) for step in due(some, judged, key())]

    assert records == [
        StepTaken("2026-11-23", "both", "linkedin", "100%", "ask", AT, 5 * MINUTE),
        StepTaken("2026-W48", "both", "linkedin", "100%", "ask", AT, 0),
    ]
    done = after(66, extensions=[extension("both", "linkedin")], taken=records)
    assert due(some, done, key()) == ()


def test_limits_name_their_ladder_when_it_is_not_the_default() -> None:
    kind: Ladder = ladder("-1m notify", name="kind")
    some = rules(limit("hour", day=60, shared=True, ladder="kind"), ladders=[USUAL, kind])

    assert names(some, after(65)) == ["-1m notify"]
