"""Past days under another policy: what carries over, and each thing that can't be told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.desk import HOURS, POLICY, catalogue
from tracker.i18n import Language
from tracker.limits.types import Level
from tracker.model import DayTotals, Device, GapKind, TotalKey, Window
from tracker.policy.load import load_or_raise
from tracker.policy.types import Person, Policy
from tracker.reports.doubts import DoubtCode
from tracker.reports.what_if import Past, WhatIf, read_past, what_if
from tracker.reports.what_if_texts import WhatIfWords
from tracker.storage.base import Batch, Extension, PolicyText
from tracker.storage.memory import MemoryStorage

MINUTE = 60_000
MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
SATURDAY = date(2026, 11, 28)
TODAY = date(2026, 12, 1)
KARIN = Person("karin", frozenset({"sales"}))
PURPOSE = """
[[purpose]]
id = "leads"
name = { en = "Win leads" }
channels = ["discord"]
"""
FLEXIBLE = 'breaks = [{ within = "11:00-13:30", minutes = 60 }]'
FIXED = 'breaks = ["12:00-13:00"]'


def policy(text: str) -> Policy:
    return load_or_raise(text.encode(), "test", catalogue(), TODAY)


def time_in(
    channel: str = "discord",
    purpose: str = "private",
    minutes: int = 12,
    window: Window = Window.WORK,
) -> DayTotals:
    return DayTotals(
        {TotalKey(channel, purpose, window, certain=True): minutes * MINUTE},
        {GapKind.PAUSED: MINUTE},
    )


def past(old: str = POLICY, day: date = MONDAY, *totals: DayTotals, **changes: Any) -> Past:
    sums: dict[TotalKey, int] = {}
    for each in totals or (time_in(),):
        sums |= each.channels
    how: dict[str, Any] = {
        "device": Device("test"),
        "days": (day,),
        "totals": {day: DayTotals(sums, {GapKind.PAUSED: MINUTE})},
        "extensions": (),
        "policies": {day: policy(old)},
        "present": policy(POLICY),
        "records_from": MONDAY,
    }
    return Past(**how | changes)


def doubts(found: WhatIf) -> list[tuple[str, dict[str, Any]]]:
    return [(doubt.code.value, dict(doubt.fields)) for doubt, _ in found.doubts]


def codes(found: WhatIf) -> list[str]:
    return [code for code, _ in doubts(found)]


def used(found: WhatIf, day: int = 0) -> dict[str, int]:
    return {row.limit: row.used_ms // MINUTE for row in found.days[day].would_be.limits}


def test_day_is_judged_by_both_policies_when_a_limit_is_narrower() -> None:
    new = policy(POLICY.replace("day = 10", "day = 20").replace('"1"', '"2"'))
    found = what_if(past(), new, KARIN)
    (day,) = found.days
    (was,), (would_be,) = day.then.limits, day.would_be.limits
    assert (was.used_ms, was.allowed_ms, was.left_ms, was.level) == (
        12 * MINUTE, 10 * MINUTE, -2 * MINUTE, Level.OVER,
    )  # fmt: skip
    assert (would_be.used_ms, would_be.allowed_ms, would_be.left_ms, would_be.level) == (
        12 * MINUTE, 20 * MINUTE, 8 * MINUTE, Level.OK,
    )  # fmt: skip
    assert (day.then.policy_version, day.would_be.policy_version) == ("1", "2")
    assert (day.would_be.measuring, day.would_be.paused_ms) == (False, MINUTE)
    assert found.doubts == ()


def test_nothing_is_in_doubt_when_the_policy_is_the_same() -> None:
    found = what_if(past(), policy(POLICY), KARIN)
    assert found.days[0].then == found.days[0].would_be
    assert found.doubts == ()


def test_moment_is_in_doubt_when_a_limit_would_be_reached() -> None:
    found = what_if(past(), policy(POLICY.replace("day = 10", "day = 5")), KARIN)
    assert doubts(found) == [("moment_unknown", {"limit": "private", "channel": None})]


def test_week_is_judged_when_the_policy_has_weeks() -> None:
    new = policy(POLICY.replace("day = 10", "week = 60"))
    two = past(
        days=(MONDAY, TUESDAY),
        totals={MONDAY: time_in(minutes=20), TUESDAY: time_in(minutes=45)},
        policies={MONDAY: policy(POLICY), TUESDAY: policy(POLICY)},
    )
    found = what_if(two, new, KARIN)
    ((week, then, (would_be,)),) = found.weeks
    assert (week, then, would_be.used_ms) == ("2026-W48", (), 65 * MINUTE)
    assert would_be.level is Level.OVER


def test_channels_are_in_doubt_when_the_policies_name_others() -> None:
    new = POLICY.replace('"discord"', '"reddit"')
    both = (time_in("linkedin", minutes=3), time_in("discord", minutes=7))
    found = what_if(past(POLICY, MONDAY, *both), policy(new), KARIN)
    assert [each.channel for each in found.days[0].would_be.channels] == ["linkedin"]
    assert used(found) == {"private": 3}
    assert doubts(found) == [
        ("channel_not_kept", {"channel": "reddit"}),
        ("channel_not_named", {"channel": "discord"}),
    ]


def test_time_counts_as_the_wider_channel_when_the_new_policy_names_a_kind() -> None:
    old = POLICY.replace('"discord"', '"tumblr"')
    new = POLICY.replace('"discord"', '"blogs"')
    found = what_if(past(old, MONDAY, time_in("tumblr")), policy(new), KARIN)
    assert used(found) == {"private": 12}
    assert doubts(found) == [
        ("channel_not_kept", {"channel": "blogs"}),
        ("channel_counted_as", {"channel": "tumblr", "counted_as": "blogs"}),
        ("moment_unknown", {"limit": "private", "channel": None}),
    ]
    found = what_if(past(new, MONDAY, time_in("blogs")), policy(old), KARIN)
    assert used(found) == {"private": 0}
    assert doubts(found) == [
        ("channel_kept_in_another", {"channel": "tumblr", "kept_as": "blogs"}),
        ("channel_not_named", {"channel": "blogs"}),
    ]


def test_channel_stands_apart_when_a_kind_is_named_beside_it() -> None:
    old = POLICY.replace('"discord"', '"tumblr"')
    new = old + '[[channel]]\nid = "blogs"\n'
    found = what_if(past(old, MONDAY, time_in("tumblr", minutes=3)), policy(new), KARIN)
    assert used(found) == {"private": 3}
    assert doubts(found) == [("channel_not_kept", {"channel": "blogs"})]


def test_limit_is_not_reached_when_it_allows_nothing_and_nothing_was_used() -> None:
    new = POLICY.replace('purposes = ["private"]', 'purposes = ["leads"]') + PURPOSE
    found = what_if(past(), policy(new.replace("day = 10", "day = 0")), KARIN)
    assert found.days[0].would_be.limits[0].level is Level.REACHED
    assert found.doubts == ()
    assert WhatIfWords(past(), found, Language("en")).summary().endswith("would be reached: 0.")


def test_channel_is_in_doubt_when_it_is_told_by_other_rules() -> None:
    new = POLICY.replace('id = "discord"', 'id = "discord"\nexclude = [{ host = "d.example" }]')
    found = what_if(past(POLICY, MONDAY, time_in(minutes=3)), policy(new), KARIN)
    assert doubts(found) == [("channel_rules_differ", {"channel": "discord"})]


def test_purposes_are_in_doubt_when_they_could_not_be_chosen_or_are_by_default() -> None:
    old = POLICY + PURPOSE
    new = POLICY.replace('id = "discord"', 'id = "discord"\ndefault_purpose = "leads"') + PURPOSE
    spent = (time_in(minutes=3), time_in("linkedin", "leads", 4))
    found = what_if(past(old, MONDAY, *spent), policy(new), KARIN)
    assert used(found) == {"private": 3}
    assert doubts(found) == [
        (
            "default_purpose_differs",
            {"channel": "discord", "was": "private", "would_be": "leads"},
        ),
        ("purpose_not_permitted", {"channel": "linkedin", "purpose": "leads"}),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (HOURS, HOURS.replace("17:00", "18:00"), ["hours_longer"]),
        (HOURS, HOURS.replace("17:00", "16:00"), ["hours_shorter"]),
        ("", HOURS, ["hours_shorter", "breaks_differ"]),
        (HOURS, HOURS.replace("12:00", "11:30"), ["breaks_differ"]),
        (HOURS, HOURS.replace(FIXED, FLEXIBLE), ["breaks_differ"]),
        (HOURS, HOURS, []),
    ],
)
def test_hours_are_in_doubt_when_they_differ(old: str, new: str, expected: list[str]) -> None:
    little = time_in(minutes=3)
    text = POLICY.replace("day = 10", "day = 11")
    found = what_if(past(POLICY + old, MONDAY, little), policy(text + new), KARIN)
    assert codes(found) == expected
    assert used(found) == {"private": 3}


def test_nothing_counts_when_the_new_policy_has_no_hours_that_day() -> None:
    found = what_if(past(POLICY, SATURDAY), policy(POLICY + HOURS), KARIN)
    (day,) = found.days
    assert (day.then.paused_ms, day.would_be.paused_ms) == (MINUTE, 0)
    assert (used(found), day.would_be.channels, found.doubts) == ({"private": 0}, (), ())


@pytest.mark.parametrize("breaks", [FIXED, FLEXIBLE])
def test_breaks_are_in_doubt_when_the_old_policy_kept_no_time_in_them(breaks: str) -> None:
    working = 'window = "work"\nday = 10'
    hours = HOURS.replace(FIXED, breaks)
    old = POLICY.replace("day = 10", working) + hours
    found = what_if(past(old, MONDAY, time_in(minutes=3)), policy(POLICY + hours), KARIN)
    assert doubts(found) == [
        ("break_time_not_kept", {"channel": "linkedin"}),
        ("break_time_not_kept", {"channel": "discord"}),
    ]


def test_time_in_breaks_goes_where_the_new_policy_puts_it() -> None:
    old, resting = POLICY + HOURS, time_in(minutes=3, window=Window.BREAKS)
    working = POLICY.replace("day = 10", 'window = "work"\nday = 10')
    kept = past(old, MONDAY, resting)
    assert what_if(kept, policy(working + HOURS), KARIN).days[0].would_be.channels == ()
    without_breaks = HOURS.replace(FIXED, "")
    assert used(what_if(kept, policy(working + without_breaks), KARIN)) == {"private": 3}


@pytest.mark.parametrize(
    ("hours", "change", "expected"),
    [
        ("", ('day_start = "04:00"', 'day_start = "03:00"'), ["day_differs"]),
        ("", ("Europe/Stockholm", "America/New_York"), ["day_differs"]),
        (HOURS, ('day_start = "04:00"', 'day_start = "03:00"'), []),
        (HOURS, ("Europe/Stockholm", "Europe/Paris"), []),
        (
            HOURS,
            ("Europe/Stockholm", "Europe/Helsinki"),
            ["hours_longer", "hours_shorter", "breaks_differ"],
        ),
    ],
)
def test_day_is_in_doubt_when_zone_or_start_move_measured_time(
    hours: str, change: tuple[str, str], expected: list[str]
) -> None:
    kept = past(POLICY + hours, MONDAY, time_in(minutes=3))
    assert codes(what_if(kept, policy(POLICY.replace(*change) + hours), KARIN)) == expected


def test_measuring_is_in_doubt_when_it_differs() -> None:
    new = POLICY.replace("[[channel]]", "idle_after = 60\naudible_cap = 30\n[[channel]]", 1)
    found = what_if(past(POLICY, MONDAY, time_in(minutes=3)), policy(new), KARIN)
    assert doubts(found) == [
        ("idle_after_differs", {"was_s": 180, "would_be_s": 60}),
        ("audible_cap_differs", {"was_min": 120, "would_be_min": 30}),
    ]


EXTENSION = Extension(MONDAY, "private", None, datetime(2026, 11, 23, 9, tzinfo=UTC), 5)


@pytest.mark.parametrize(
    ("change", "extended", "expected"),
    [
        (("day = 10", "day = 20"), 5, []),
        (
            ("minutes = 5", "minutes = 3"),
            5,
            [
                (
                    "extension_differs",
                    {"limit": "private", "channel": None, "was_min": 5, "would_be_min": 3},
                )
            ],
        ),
        (
            ("extend = { minutes = 5, per_day = 1, reason", "# {"),
            0,
            [("extension_left_out", {"limit": "private", "channel": None})],
        ),
    ],
)
def test_extension_counts_as_taken_when_the_new_policy_has_any(
    change: tuple[str, str], extended: int, expected: list[Any]
) -> None:
    kept = past(POLICY, MONDAY, time_in(minutes=3), extensions=(EXTENSION,))
    found = what_if(kept, policy(POLICY.replace(*change)), KARIN)
    (row,) = found.days[0].would_be.limits
    assert row.extended_ms == extended * MINUTE
    assert doubts(found) == expected


def test_extensions_are_in_doubt_when_they_are_deleted_by_now() -> None:
    kept = past(POLICY, MONDAY, time_in(minutes=3), records_from=TUESDAY)
    assert codes(what_if(kept, policy(POLICY + HOURS), KARIN))[-1] == "extensions_not_kept"


def test_store_is_read_for_the_days_asked_for_and_their_weeks() -> None:
    storage = MemoryStorage()
    texts = {
        MONDAY: PolicyText(policy(POLICY).hash, POLICY),
        TUESDAY: PolicyText("gone", "schema = 0"),
    }
    storage.write(Batch(policies=texts, records=[EXTENSION]))
    known = {policy(POLICY).hash: policy(POLICY)}
    kept = read_past(
        storage,
        TUESDAY,
        date.max,
        present=policy(POLICY),
        today=TODAY,
        parse=lambda text: known.get(text.hash),
    )
    assert (kept.days, kept.extensions, kept.records_from) == (
        (TUESDAY,),
        (EXTENSION,),
        date(2026, 11, 1),
    )
    assert codes(what_if(kept, policy(POLICY + PURPOSE), KARIN)) == ["policy_not_kept"]
    nothing = read_past(
        storage,
        date.min,
        date.min,
        present=policy(POLICY),
        today=TODAY,
        parse=lambda text: known.get(text.hash),
    )
    assert what_if(nothing, policy(POLICY), KARIN).days == ()


def test_a_version_is_read_once_when_it_held_for_many_days() -> None:
    storage = MemoryStorage()
    text, old = PolicyText(policy(POLICY).hash, POLICY), PolicyText("old", POLICY)
    days = [MONDAY + timedelta(days=number) for number in range(5)]
    storage.write(Batch(policies=dict.fromkeys(days, text) | {days[2]: old}))
    read: list[str] = []

    def parse(found: PolicyText) -> Policy:
        read.append(found.hash)
        return policy(found.text)

    kept = read_past(storage, MONDAY, days[-1], present=policy(POLICY), today=days[-1], parse=parse)
    assert sorted(kept.policies) == days
    assert sorted(read) == sorted({text.hash, "old"})


@pytest.mark.parametrize("code", ["en", "sv"])
def test_each_doubt_has_words_when_it_comes_up(code: str) -> None:
    from tracker.reports import what_if_texts

    assert set(what_if_texts._DOUBTS) == set(DoubtCode)
    new = POLICY.replace('"discord"', '"reddit"').replace("day = 10", "day = 2")
    both = past(POLICY, MONDAY, time_in("linkedin"), time_in("discord"))
    words = WhatIfWords(both, what_if(both, policy(new), KARIN), Language(code))
    lines = list(words.doubts())
    assert len(lines) == 3
    assert all(line.endswith(" (1 day)" if code == "en" else " (1 dag)") for line in lines)
    assert "Reddit" in lines[0]
    assert "private" in lines[2]
    ((_day, (row,)),) = words.days()
    over = ("14 min over", "10 min over") if code == "en" else ("14 min över", "10 min över")
    assert row[1].endswith(over[0])
    assert row[2].endswith(over[1])
