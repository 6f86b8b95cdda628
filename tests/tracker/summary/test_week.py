"""The summary of a week: its names, its sums, and what stays out of it."""

from __future__ import annotations

import pytest

from tests.summary_weeks import (
    SECRET_NOTE,
    WEEKS,
    changed_week,
    empty_week,
    fifty_channels,
    full_week,
    half_week,
)
from tracker.i18n import Language
from tracker.limits.types import Level
from tracker.reports.week_facts import Ticks
from tracker.summary.week import WeekSummary, summarise

ENGLISH = Language("en")
MINUTE = 60_000


def made(name: str, *, notes: bool = False, results: bool = False) -> WeekSummary:
    return summarise(WEEKS[name](), ENGLISH, Ticks(notes, results))


@pytest.mark.parametrize("name", WEEKS)
def test_every_millisecond_is_told_once(name: str) -> None:
    facts = WEEKS[name]()
    summary = summarise(facts, ENGLISH, Ticks())
    measured = sum(ms for d in facts.days for c in d.channels for ms in c.purposes.values())
    assert summary.work_ms + summary.private_ms == measured
    assert sum(each.ms for each in summary.uses) == measured
    assert len(summary.days) == 7


@pytest.mark.parametrize(("name", "minutes"), [("25 hours", 180), ("23 hours", 120)])
def test_night_has_its_true_length_when_the_clocks_change(name: str, minutes: int) -> None:
    saturday = made(name).days[5]
    assert saturday.private_ms == minutes * MINUTE


def test_days_are_judged_by_their_own_version_when_the_policy_changes() -> None:
    summary = summarise(changed_week(), ENGLISH, Ticks())
    assert [(each.version, len(each.days)) for each in summary.policies] == [("1.0", 2), ("2.0", 5)]
    private = next(row for row in summary.limits if row.name == "Private time")
    allowed = [use.allowed_ms for use in private.days if use is not None]
    assert allowed == [15 * MINUTE] * 2 + [30 * MINUTE] * 5
    assert [use.level for use in private.days if use is not None][:3] == [
        *(Level.OVER, Level.OVER),
        Level.OK,
    ]
    # A channel that only the first version knows has its name all the same.
    assert "Site 02 & <co>" in {use.channel_name for use in summary.uses}


def test_days_to_come_have_no_limits_yet() -> None:
    summary = summarise(half_week(), ENGLISH, Ticks())
    assert [day.to_come for day in summary.days] == [False, False, *[True] * 5]
    assert all(use is None for row in summary.limits for use in row.days[2:])
    assert [len(each.days) for each in summary.policies] == [2]


def test_extensions_lifts_and_gaps_are_told_with_their_days() -> None:
    summary = summarise(full_week(), ENGLISH, Ticks())
    (extension,) = summary.extensions
    assert (extension.limit_name, extension.minutes, extension.times) == ("Private time", 10, 2)
    tuesday, wednesday = summary.days[1:3]
    assert tuesday.lifted == ("For work",)
    assert (tuesday.not_measured_ms, wednesday.paused_ms) == (38 * MINUTE, 15 * MINUTE)


def test_notes_and_results_stay_out_unless_ticked() -> None:
    facts = full_week()
    plain = summarise(facts, ENGLISH, Ticks())
    assert (plain.notes, plain.results) == (None, None)
    assert SECRET_NOTE not in repr(plain)
    ticked = summarise(facts, ENGLISH, Ticks(notes=True, results=True))
    assert ticked.notes is not None
    assert [(n.about, n.text) for n in ticked.notes] == [
        ("Private time", "Väntade på kund"),
        ("Win leads", SECRET_NOTE),
    ]
    assert ticked.results is not None
    assert [(row.word, row.days) for row in ticked.results] == [("leads", (0, 2, 0, 1, 0, 0, 0))]


def test_rows_are_whole_when_there_are_fifty_channels_or_nothing() -> None:
    assert len(summarise(fifty_channels(), ENGLISH, Ticks()).uses) == 100
    empty = summarise(empty_week(), ENGLISH, Ticks(notes=True, results=True))
    assert (empty.uses, empty.notes, empty.results, empty.extensions) == ((), (), (), ())
