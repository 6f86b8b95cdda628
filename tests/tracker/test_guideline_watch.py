"""Guidelines at the desk: at the first use for work, after a change, then monthly."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.desk import HOURS, POLICY, Desk
from tests.tracker.quiet.fake_probe import FakeProbe
from tracker.guideline_watch import NOTE, Shown
from tracker.notice import GuidelineNotice
from tracker.quiet.base import Reason
from tracker.storage.base import Batch

WORK = """
[[purpose]]
id = "leads"
name = { en = "Win leads" }
"""
RULES = """
[[guideline]]
id = "kind"
text = { en = "Be kind." }
[[guideline]]
id = "secret"
text = { en = "Keep secrets." }
"""
FULL = POLICY.replace(
    'title = { en = "Test" }', 'title = { en = "Test" }\ndefault_purpose = "leads"'
)
FULL = FULL.replace("day = 10", "day = 900") + WORK + RULES
ONE = FULL.replace(RULES, RULES.split('[[guideline]]\nid = "secret"', maxsplit=1)[0])
CRISIS = """
[[crisis.level]]
id = "storm"
trigger = { en = "Storm" }
"""
HOUR = timedelta(hours=1).total_seconds()
DAY = 24 * HOUR


def told(desk: Desk) -> list[tuple[str, str]]:
    """Return the guidelines shown so far, with the channel in front."""
    return [
        (each.guideline, each.channel) for each in desk.notices if isinstance(each, GuidelineNotice)
    ]


def visit(desk: Desk, app: str = "Discord", seconds: float = 60) -> None:
    """Use a channel for a while, then something else."""
    desk.front(app)
    desk.wait(seconds)
    desk.front("gedit")
    desk.wait(10)


def desk_of(folder: Path, policy: str = FULL) -> Desk:
    return Desk(folder, policy).start()


def test_one_is_shown_when_a_channel_is_first_used_for_work(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    visit(desk)
    assert told(desk) == [("kind", "discord")]


def test_none_is_shown_when_the_time_is_private(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, FULL.replace('default_purpose = "leads"', ""))
    visit(desk)
    assert told(desk) == []


def test_none_is_shown_when_the_visit_is_over_in_a_moment(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    visit(desk, seconds=3)
    assert told(desk) == []


def test_never_two_in_a_row_when_several_are_due(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    visit(desk, seconds=2 * HOUR)
    assert told(desk) == [("kind", "discord")]
    desk.wait(60)
    visit(desk)
    assert told(desk) == [("kind", "discord"), ("secret", "discord")]


def test_next_one_waits_when_the_last_was_within_the_hour(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    visit(desk)
    visit(desk)
    visit(desk, "LinkedIn")
    assert len(told(desk)) == 1


def test_each_is_shown_once_when_a_month_has_not_passed(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    for _ in range(5):
        visit(desk)
        desk.wait(2 * HOUR)
    assert told(desk) == [("kind", "discord"), ("secret", "discord")]


def test_it_comes_again_when_another_channel_is_first_used(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, ONE)
    visit(desk)
    desk.wait(2 * HOUR)
    visit(desk, "LinkedIn")
    desk.wait(2 * HOUR)
    visit(desk, "LinkedIn")
    assert told(desk) == [("kind", "discord"), ("kind", "linkedin")]


def test_it_comes_again_when_its_words_have_changed(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, ONE)
    visit(desk)
    desk.policy_file.write_text(ONE.replace("Be kind.", "Be very kind."), "utf-8")
    desk.wait(2 * HOUR)
    visit(desk)
    desk.wait(2 * HOUR)
    visit(desk)
    assert told(desk) == [("kind", "discord")] * 2


def test_it_comes_again_when_a_month_has_passed(tmp_path: Path) -> None:
    long_ago = datetime(2026, 11, 1, tzinfo=UTC)
    desk = Desk(tmp_path, ONE)
    desk.start()
    visit(desk)
    kept = Shown.loads(desk.storage.note(NOTE))
    kept.guidelines["kind"] = (kept.guidelines["kind"][0], long_ago - timedelta(days=29))
    desk.service.stop()
    desk.storage.write(Batch(notes={NOTE: kept.dumps()}))
    desk.open()
    desk.start()
    visit(desk)
    assert told(desk) == [("kind", "discord")] * 2


def test_it_is_not_shown_anew_when_the_program_was_restarted(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, ONE)
    visit(desk)
    desk.service.stop()
    desk.wait(3 * HOUR)
    desk.open()
    desk.start()
    visit(desk)
    assert told(desk) == [("kind", "discord")]


def test_none_is_shown_when_a_crisis_is_open(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, FULL + CRISIS)
    desk.service.open_crisis("storm")
    visit(desk)
    assert told(desk) == []


def test_it_waits_for_the_end_when_the_person_is_in_a_call(tmp_path: Path) -> None:
    probe = FakeProbe(Reason.CALL)
    desk = Desk(tmp_path, FULL, quiet=probe).start()
    visit(desk)
    assert told(desk) == []
    probe.reasons = frozenset()
    visit(desk)
    assert told(desk) == [("kind", "discord")]


def test_nothing_is_shown_or_noted_when_it_is_outside_hours(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FULL + HOURS, start=datetime(2026, 11, 22, 10, tzinfo=UTC)).start()
    visit(desk)
    assert told(desk) == []
    assert desk.storage.note(NOTE) is None


def test_nothing_is_shown_when_nothing_is_checked_as_in_a_simulation(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FULL)
    desk.service._around = replace(desk.service._around, checked=False)
    desk.start()
    visit(desk)
    assert told(desk) == []


@pytest.mark.parametrize(
    "text", [None, "", "{", "[]", '{"guidelines": {"a": 1}}', '{"channels": 3}']
)
def test_nothing_was_shown_when_the_note_cannot_be_read(text: str | None) -> None:
    assert Shown.loads(text) == Shown()


def test_note_says_the_same_when_it_is_read_back() -> None:
    shown = Shown({"kind": ("abc", datetime(2026, 11, 23, tzinfo=UTC))}, {"x", "linkedin"})
    assert Shown.loads(shown.dumps()) == shown
    assert "Be kind" not in json.dumps(shown.dumps())
