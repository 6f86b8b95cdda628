"""The summary in words: what its tables and sentences say."""

from __future__ import annotations

import pytest

from tests.summary_weeks import WEEKS, changed_week, fifty_channels, full_week
from tracker.i18n import LANGUAGES, Language
from tracker.reports.week_facts import Ticks
from tracker.summary.week import summarise
from tracker.summary.words import Cell, Part, SummaryWords, summary_words

ENGLISH = Language("en")


def made(name: str, *, most: int | None = None) -> SummaryWords:
    summary = summarise(WEEKS[name](), ENGLISH, Ticks(notes=True, results=True))
    return summary_words(summary, most=most)


def part(words: SummaryWords, heading: str) -> Part:
    return next(each for each in words.others if each.heading == heading)


@pytest.mark.parametrize("name", WEEKS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_each_row_has_a_cell_for_each_header(name: str, code: str) -> None:
    summary = summarise(WEEKS[name](), Language(code), Ticks(notes=True, results=True))
    words = summary_words(summary)
    tables = [table for each in (words.days, *words.others) for table in each.tables]
    assert tables
    for table in tables:
        assert {len(row) for row in table.rows} == {len(table.headers)}, table.caption


def test_week_in_two_years_is_called_by_its_own() -> None:
    words = made("53")
    assert words.title == "Week 53, 2026"
    assert words.dates.startswith("28 Dec")
    assert words.dates.endswith("2027")


def test_nothing_is_said_plainly_when_there_is_nothing() -> None:
    words = made("empty")
    assert (words.number, words.words) == (
        "Nothing",
        "No time in the policy's channels this week.",
    )
    headings = [each.heading for each in words.others]
    assert headings == ["Limits", "Own results", "Notes"]
    assert part(words, "Limits").paragraphs == ("Nothing was used of any limit.",)


def test_limits_say_used_allowed_and_beyond() -> None:
    words = summary_words(summarise(full_week(), ENGLISH, Ticks()))
    table = part(words, "Limits").tables[0]
    private, work = table.rows
    assert private[2] == Cell("10 min", ("of 25 min",))  # two extensions of 5
    assert work[5] == Cell("1 h 08 min", ("of 1 h 00 min", "8 min over"), strong=True)
    assert work[8].details == ("of 3 h 20 min", "1 h 10 min over")
    extended, lifted = part(words, "Extensions and lifted limits").points
    assert extended == "Tuesday, 17 November 2026: 10 min more for “Private time” (2 times)"
    assert lifted.endswith("lifted “For work”; it took no step, and counted on")


def test_both_versions_are_named_with_their_days_when_the_policy_changed() -> None:
    words = summary_words(summarise(changed_week(), ENGLISH, Ticks()))
    assert words.policy == (
        "Social media policy, version 1.0 (Mon 16, Tue 17) · "
        "Social media policy, version 2.0 (Wed 18, Thu 19, Fri 20, Sat 21, Sun 22)"
    )


def test_days_to_come_are_blank() -> None:
    rows = made("half").days.tables[0].rows
    assert [row[3].text for row in rows] == ["20 min", "17 min", *[""] * 5, "37 min"]


def test_rest_is_summed_up_when_there_is_room_for_few_rows() -> None:
    words = made("fifty", most=10)
    uses = part(words, "Channels and purposes").tables[0]
    assert len(uses.rows) == 10
    assert [cell.text for cell in uses.rows[-1][:2]] == ["91 more rows", "in all"]
    limits = part(words, "Limits")
    assert len(limits.tables[0].rows) == 10
    assert limits.tables[0].rows[0][0].text == "Private time"  # the fullest stays
    assert limits.paragraphs[0].startswith("41 more limits were used")
    whole = summary_words(summarise(fifty_channels(), ENGLISH, Ticks()))
    assert len(part(whole, "Channels and purposes").tables[0].rows) == 100
