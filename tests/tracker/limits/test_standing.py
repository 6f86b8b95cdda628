from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.limits.making import (
    FRIDAY,
    KARIN,
    MINUTE,
    MONDAY,
    SECOND,
    book,
    extension,
    key,
    ladder,
    limit,
    policy,
)
from tracker.limits.engine import Rules, finite_in_break, limits_taking, standings, takes
from tracker.limits.types import Level, Period, Standing
from tracker.model import TotalKey, Window
from tracker.policy.types import Limit, Person


def rules(*limits: Limit, **more: object) -> Rules:
    return Rules(policy(*limits, **more), KARIN)  # type: ignore[arg-type]


def used(found: tuple[Standing, ...]) -> dict[tuple[str, str | None, str], int]:
    return {(each.limit, each.channel, each.period.value): each.used_ms for each in found}


def test_rows_follow_the_file_when_channels_have_their_own() -> None:
    found = standings(
        rules(
            limit("own", day=10, week=30, channels="youtube linkedin"),
            limit("shared", day=20, shared=True),
        ),
        book(),
    )

    assert [(each.limit, each.channel, each.period) for each in found] == [
        ("own", "linkedin", Period.DAY),
        ("own", "youtube", Period.DAY),
        ("own", "linkedin", Period.WEEK),
        ("own", "youtube", Period.WEEK),
        ("shared", None, Period.DAY),
    ]
    assert [each.allowed_ms for each in found] == [
        minutes * MINUTE for minutes in (10, 10, 30, 30, 20)
    ]


def test_each_channel_has_its_own_use_when_not_shared() -> None:
    found = standings(
        rules(limit("own", day=10, channels="*")), book({key("x"): 7, key("x", "leads"): 2})
    )

    assert used(found) == {
        ("own", "linkedin", "day"): 0,
        ("own", "x", "day"): 9,
        ("own", "youtube", "day"): 0,
    }


def test_limit_is_absent_when_the_person_is_in_none_of_its_groups() -> None:
    limits = (
        limit("sales", day=10, groups="sales hr", shared=True),
        limit("all", day=9, shared=True),
    )

    for_anna = standings(Rules(policy(*limits), Person("anna")), book())
    for_karin = standings(Rules(policy(*limits), KARIN), book())

    assert [each.limit for each in for_anna] == ["all"]
    assert [each.limit for each in for_karin] == ["sales", "all"]


def test_limit_is_absent_when_the_weekday_has_no_allowance() -> None:
    fridays = rules(limit("fridays", day={4: 90}, shared=True), limit("nothing", shared=True))

    assert standings(fridays, book(day=MONDAY)) == ()
    assert [each.allowed_ms for each in standings(fridays, book(day=FRIDAY))] == [90 * MINUTE]


def test_week_stands_by_itself_when_the_weekday_has_no_allowance() -> None:
    found = standings(
        rules(limit("both", day={4: 90}, week=100, shared=True)),
        book({key(): 5}, week={key(): 8}),
    )

    assert used(found) == {("both", None, "week"): 8}


@pytest.mark.parametrize("day", [None, 3])
def test_standing_has_no_bound_when_unlimited(day: int | None) -> None:
    (found,) = standings(
        rules(limit("any", day=day, unlimited=True, shared=True)),
        book({key(): 999 * MINUTE}, extensions=[extension("any")]),
    )

    assert found == Standing("any", None, Period.DAY, 999 * MINUTE, None, 0, Level.OK)
    assert found.left_ms is None


@pytest.mark.parametrize(
    ("settings", "taken"),
    [
        ({}, {"private", "leads", "break", "x", "uncertain"}),
        ({"purposes": "private"}, {"private", "break", "x", "uncertain"}),
        ({"purposes": "leads answers"}, {"leads"}),
        ({"channels": "x"}, {"x"}),
        ({"window": "work"}, {"private", "leads", "x", "uncertain"}),
        ({"window": "breaks"}, {"break"}),
        ({"window": "any"}, {"private", "leads", "break", "x", "uncertain"}),
        ({"groups": "hr"}, set()),
    ],
)
def test_limit_takes_what_it_names_when_spans_differ(
    settings: dict[str, str], taken: set[str]
) -> None:
    spans = {
        "private": key(),
        "leads": key(purpose="leads"),
        "break": key(window=Window.BREAKS),
        "x": key("x"),
        "uncertain": key(certain=False),
    }
    some = rules(limit("some", day=10, shared=True, **settings))

    assert {name for name, span in spans.items() if takes(some, "some", span)} == taken
    assert not takes(some, "other", key())


def test_channel_group_is_taken_by_its_id_when_named() -> None:
    some = rules(limit("some", day=10, channels="blogs"), channels="blogs medium")

    assert takes(some, "some", key("blogs"))
    assert not takes(some, "some", key("medium"))


def test_shared_limit_keeps_counting_when_the_policy_has_dropped_a_channel() -> None:
    found = standings(
        rules(limit("shared", day=10, shared=True), limit("own", day=10), channels="x"),
        book({key("gone"): 6, key("x"): 1}),
    )

    assert used(found) == {("shared", None, "day"): 7, ("own", "x", "day"): 1}


def test_other_limits_are_set_aside_only_for_the_spans_when_one_replaces_them() -> None:
    found = standings(
        rules(
            limit("work", day=45, shared=True),
            limit("sales", day=60, channels="linkedin", purposes="leads", replaces="work"),
        ),
        book({key(purpose="leads"): 5, key(): 3, key("x", "leads"): 1}),
    )

    assert used(found) == {("work", None, "day"): 4, ("sales", "linkedin", "day"): 5}


def test_nothing_is_set_aside_when_the_replacing_limit_is_not_the_persons() -> None:
    some = rules(
        limit("work", day=45, shared=True), limit("hr", day=60, groups="hr", replaces="work")
    )

    assert [each.id for each in limits_taking(some, key())] == ["work"]


def test_limits_are_set_aside_by_one_that_is_set_aside_itself_when_replaced_in_a_row() -> None:
    some = rules(
        limit("c", day=1),
        limit("b", day=1, replaces="c"),
        limit("a", day=1, channels="x", replaces="b"),
    )

    assert [each.id for each in limits_taking(some, key("x"))] == ["a"]
    assert [each.id for each in limits_taking(some, key("youtube"))] == ["b"]


def test_extension_counts_for_its_day_and_channel_when_taken() -> None:
    found = standings(
        rules(limit("own", day=10, week=10, channels="linkedin x")),
        book(
            {key("x"): 11 * MINUTE},
            day=FRIDAY,
            extensions=[
                extension("own", "linkedin", day=FRIDAY),
                extension("own", "linkedin", day=FRIDAY, minutes=2),
                extension("own", "linkedin", day=MONDAY),
                extension("own", day=FRIDAY),
                extension("gone", "linkedin", day=FRIDAY),
            ],
        ),
    )

    assert [(each.channel, each.extended_ms, each.left_ms) for each in found] == [
        ("linkedin", 7 * MINUTE, 17 * MINUTE),
        ("x", 0, -1 * MINUTE),
        ("linkedin", 0, 10 * MINUTE),
        ("x", 0, -1 * MINUTE),
    ]


@pytest.mark.parametrize(
    ("steps", "used_s", "level"),
    [
        (["80% notify", "100% ask"], 1_439.999, Level.OK),
        (["80% notify", "100% ask"], 1_440, Level.NEAR),
        (["80% notify", "-10m notify", "+5m ask"], 1_200, Level.NEAR),
        (["80% notify", "-10m notify", "+5m ask"], 1_199.999, Level.OK),
        (["100% ask", "+5m overlay"], 1_439.999, Level.OK),
        (["100% ask", "+5m overlay", "120% minimise"], 1_440, Level.NEAR),
        (["100% ask"], 1_799.999, Level.NEAR),
        (["100% ask"], 1_800, Level.REACHED),
        (["100% ask"], 1_859.999, Level.REACHED),
        (["100% ask"], 1_860, Level.OVER),
        (["0 ask", "-0m ask"], 1_440, Level.NEAR),
        ([], 1_440, Level.NEAR),
        ([], 1_439.999, Level.OK),
    ],
)
def test_level_follows_what_is_left_when_time_is_used(
    steps: list[str], used_s: float, level: Level
) -> None:
    half_hour = rules(limit("half", day=30, shared=True), ladders=[ladder(*steps)])

    (found,) = standings(half_hour, book({key(): round(used_s * SECOND)}))

    assert found.level is level


def test_level_is_near_by_share_when_the_policy_lacks_the_ladder() -> None:
    (found,) = standings(
        rules(limit("half", day=30, shared=True, ladder="none")), book({key(): 24 * MINUTE})
    )

    assert found.level is Level.NEAR


def test_levels_move_with_the_allowance_when_it_is_extended() -> None:
    (found,) = standings(
        rules(limit("half", day=30, shared=True)),
        book({key(): 30 * MINUTE}, extensions=[extension("half", minutes=6)]),
    )

    assert found.left_ms == 6 * MINUTE
    assert found.level is Level.NEAR


def test_limit_is_reached_from_the_start_when_nothing_is_allowed() -> None:
    (found,) = standings(rules(limit("none", day=0, shared=True)), book())

    assert found == Standing("none", None, Period.DAY, 0, 0, 0, Level.REACHED)


@pytest.mark.parametrize(
    ("settings", "days"),
    [
        ({"day": 10}, {None, MONDAY, FRIDAY}),
        ({"day": {4: 10}}, {None, FRIDAY}),
        ({"week": 10}, {None, MONDAY, FRIDAY}),
        ({"unlimited": True}, set()),
        ({"unlimited": True, "week": 10}, {None, MONDAY, FRIDAY}),
        ({"day": 10, "window": "work"}, set()),
        ({"day": 10, "window": "breaks"}, {None, MONDAY, FRIDAY}),
        ({"day": 10, "purposes": "leads"}, set()),
    ],
)
def test_break_is_measured_only_when_a_finite_limit_takes_it(
    settings: dict[str, object], days: set[object]
) -> None:
    some = rules(limit("some", **settings))  # type: ignore[arg-type]

    found = {day for day in (None, MONDAY, FRIDAY) if finite_in_break(some, "x", "private", day)}

    assert found == days


def test_break_is_not_measured_when_the_finite_limit_is_set_aside() -> None:
    some = rules(
        limit("finite", day=10),
        limit("rest", unlimited=True, window="breaks", channels="x", replaces="finite"),
    )

    assert not finite_in_break(some, "x", "private")
    assert finite_in_break(some, "linkedin", "private")


def test_sums_are_right_when_a_live_mapping_gains_and_loses_keys() -> None:
    some = rules(limit("own", day=10, week=60, channels="linkedin x"))
    day: dict[TotalKey, int] = {}
    live = book(day, week=day)

    seen = []
    for change in ({key(): 5}, {key("x"): 2}, {key(): 6}, {key("x", "leads"): 1}):
        day.update(change)
        seen.append(list(used(standings(some, live)).values()))
    del day[key("x")]
    seen.append(list(used(standings(some, live)).values()))

    assert seen == [[5, 0, 5, 0], [5, 2, 5, 2], [6, 2, 6, 2], [6, 3, 6, 3], [6, 1, 6, 1]]


def test_weeks_are_told_when_a_limit_of_the_person_has_one() -> None:
    assert rules(limit("a", day=10), limit("b", week=0)).has_weeks
    assert not rules(limit("a", day=10), limit("b", week=60, groups="hr")).has_weeks


def test_week_is_summed_up_anew_when_only_its_keys_change() -> None:
    some = rules(limit("both", day=10, week=60, shared=True))
    day, week = {key(): 5}, {key(): 5}
    standings(some, book(day, week=week))

    week[key("x")] = 7

    assert list(used(standings(some, book(day, week=week))).values()) == [5, 12]


keys = st.builds(
    TotalKey,
    st.sampled_from(["linkedin", "x", "youtube", "gone"]),
    st.sampled_from(["private", "leads", "answers"]),
    st.sampled_from(list(Window)),
    st.booleans(),
)
spans = st.lists(st.tuples(keys, st.integers(1, 40 * MINUTE)), max_size=12)
SOME = (
    limit("shared", day=20, week=60, shared=True),
    limit("own", day=10, purposes="private", window="work"),
    limit("sales", day=30, channels="linkedin", purposes="leads answers", replaces="shared"),
)
PARTS = tuple(
    limit(channel, day=20, week=60, channels=channel, shared=True)
    for channel in ("linkedin", "x", "youtube", "gone")
)


def add_up(parts: list[tuple[TotalKey, int]]) -> dict[TotalKey, int]:
    totals: dict[TotalKey, int] = {}
    for each, ms in parts:
        totals[each] = totals.get(each, 0) + ms
    return totals


@given(spans, keys, st.integers(0, MINUTE))
def test_use_never_falls_when_time_is_added(
    parts: list[tuple[TotalKey, int]], added: TotalKey, ms: int
) -> None:
    some = rules(*SOME)

    before = standings(some, book(add_up(parts)))
    after = standings(some, book(add_up([*parts, (added, ms)])))

    for one, other in zip(before, after, strict=True):
        assert one.used_ms <= other.used_ms <= one.used_ms + ms


@given(spans)
def test_shared_limit_is_the_sum_of_its_parts_when_channels_share(
    parts: list[tuple[TotalKey, int]],
) -> None:
    totals = book(add_up(parts))

    day, week = standings(rules(SOME[0]), totals)
    by_channel = standings(rules(*PARTS), totals)

    for whole in (day, week):
        own = [each.used_ms for each in by_channel if each.period is whole.period]
        assert whole.used_ms == sum(own)


@given(spans, st.randoms(use_true_random=False), st.data())
def test_standings_stay_when_spans_are_split_or_reordered(
    parts: list[tuple[TotalKey, int]],
    shuffle: Random,
    data: st.DataObject,
) -> None:
    some = rules(*SOME)
    split = []
    for each, ms in parts:
        cut = data.draw(st.integers(0, ms))
        split += [(each, cut), (each, ms - cut)]
    shuffle.shuffle(split)

    assert standings(some, book(add_up(split))) == standings(some, book(add_up(parts)))
