"""Why a limit stands where it does, and why a moment counted, as texts to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import POLICY, Desk
from tracker.i18n import LANGUAGES, Language
from tracker.reports.why_limit import WhyLimit
from ui.reading import Reading, Section
from ui.why_view import view_limit, view_moment

EN = Language("en")
CRISIS = """
[[crisis.level]]
id = "storm"
trigger = { en = "Criticism spreads" }
lifts = ["private"]
"""
WEEK = POLICY.replace("day = 10", "day = 10\nweek = 30")
REPLACED = (
    POLICY
    + """
[[limit]]
id = "linked"
name = { en = "On LinkedIn" }
channels = ["linkedin"]
purposes = ["private"]
replaces = ["private"]
unlimited = true
"""
)


def answer(desk: Desk, limit: str = "private", channel: str | None = None) -> WhyLimit:
    why = desk.service.why_limit(limit, channel)
    assert why is not None
    return why


def used(desk: Desk, seconds: float, app: str = "Discord") -> Reading:
    desk.front(app)
    desk.wait(seconds)
    desk.front("gedit")
    desk.wait(2)
    return view_limit(answer(desk), EN)


def lines(reading: Reading, section: str) -> list[str]:
    return [line.text for block in _section(reading, section).blocks for line in block.lines]


def more(reading: Reading, section: str) -> list[str]:
    return [line.text for block in _section(reading, section).blocks for line in block.more]


def _section(reading: Reading, section: str) -> Section:
    return next(each for each in reading.sections if each.id == section)


def test_limit_says_what_counted_and_what_comes_when_time_was_used(tmp_path: Path) -> None:
    reading = used(Desk(tmp_path).start(), 120)
    assert [line.text for line in reading.facts] == ["2 of 10 min today, 8 min left."]
    assert lines(reading, "counted") == ["Discord, private: 2 min"]
    assert more(reading, "counted") == ["09:00–09:02 Discord, private"]
    assert lines(reading, "next") == ["After 6 min more, a notice tells you."]
    line = POLICY.splitlines().index("[[limit]]") + 1
    assert lines(reading, "policy") == [
        "All channels, private: 10 minutes a day in all.",
        f"Test, version 1, line {line} of the file.",
    ]


def test_limit_says_so_when_nothing_counted_yet(tmp_path: Path) -> None:
    reading = view_limit(answer(Desk(tmp_path).start()), EN)
    assert lines(reading, "counted") == ["Nothing yet."]
    assert more(reading, "counted") == []


def test_uncertain_time_is_told_when_a_title_told_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path).start()
    desk.front("firefox", "Feed | LinkedIn - Mozilla Firefox")
    desk.wait(60)
    desk.front("gedit")
    desk.wait(2)
    assert lines(view_limit(answer(desk), EN), "counted") == [
        "LinkedIn, private: 1 min, of which 1 min uncertain"
    ]


def test_extension_and_what_is_over_are_told_when_the_limit_is_passed(tmp_path: Path) -> None:
    desk = Desk(tmp_path).start()
    desk.front("Discord")
    desk.wait(540)
    desk.service.extend("private")
    reading = used(desk, 480)
    assert [line.text for line in reading.facts] == ["17 of 15 min today, 2 min over."]
    assert lines(reading, "next") == [
        "You took 5 minutes more at 09:09.",
        "Nothing more comes today.",
    ]


def test_both_standings_are_told_when_the_limit_has_a_week(tmp_path: Path) -> None:
    reading = used(Desk(tmp_path, WEEK).start(), 60)
    assert [line.text for line in reading.facts] == [
        "1 of 10 min today, 9 min left.",
        "1 of 30 min this week, 29 min left.",
    ]


def test_crisis_is_told_when_it_lifts_the_limit(tmp_path: Path) -> None:
    desk = Desk(tmp_path, POLICY + CRISIS).start()
    desk.service.open_crisis("storm")
    assert lines(used(desk, 60), "next") == [
        "The crisis plan is open, “Criticism spreads”: the time counts on, and nothing stops you."
    ]


def test_replacing_is_told_on_both_sides_when_limits_replace(tmp_path: Path) -> None:
    desk = Desk(tmp_path, REPLACED).start()
    reading = used(desk, 60, "LinkedIn")
    assert lines(reading, "counted") == ["Nothing yet."]
    assert "Where “On LinkedIn” takes the time, it stands in for this one." in lines(
        reading, "policy"
    )
    other = view_limit(answer(desk, "linked", "linkedin"), EN)
    assert other.title == "On LinkedIn"
    assert [line.text for line in other.facts] == ["1 min today, without a limit."]
    assert lines(other, "policy")[1] == (
        "Where it takes the time, it stands in for “All channels, private”."
    )


def test_moment_is_told_in_the_command_lines_words(tmp_path: Path) -> None:
    desk = Desk(tmp_path).start()
    desk.front("Discord")
    desk.wait(60)
    reading = view_moment(desk.service.why(), EN)
    assert reading.title == "23 November 2026 09:01:00"
    shown = reading.sections[0].blocks[0].lines
    assert shown[0].text == "Counted as Discord, private."
    assert not shown[0].point
    assert shown[1].text == "Known by: the program Discord."
    assert shown[1].point
    told = [line.text for line in shown if line.text.startswith("All channels")]
    assert told == ["All channels, private: 1 min of 10 min of the day, 9 min left"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_all_words_when_much_has_happened(tmp_path: Path, code: str) -> None:
    desk = Desk(tmp_path, REPLACED.replace("day = 10", "day = 10\nweek = 30") + CRISIS).start()
    desk.front("Discord")
    desk.wait(540)
    desk.service.extend("private")
    reading = view_limit(answer(desk), Language(code))
    for section in reading.sections:
        assert lines(reading, section.id)


def test_channel_is_named_when_each_has_its_own_allowance(tmp_path: Path) -> None:
    own = POLICY.replace("shared = true\n", 'channels = ["linkedin", "discord"]\n')
    desk = Desk(tmp_path, own).start()
    assert view_limit(answer(desk, "private", "discord"), EN).title == (
        "All channels, private, Discord"
    )
