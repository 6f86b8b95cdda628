"""What the service says of its policy: the version before, a broken file, a limit's why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.desk import POLICY, Desk
from tracker.errors import ErrorCode, OutsideError

SECOND = POLICY.replace('version = "1"', 'version = "2"').replace("day = 10", "day = 20")
BEFORE_DAWN = datetime(2026, 11, 23, 2, 58, tzinfo=UTC)
"""Two minutes before the day begins."""


def test_earlier_policy_is_none_when_there_never_was_another(tmp_path: Path) -> None:
    desk = Desk(tmp_path).start()
    desk.wait(60)
    assert desk.service.earlier_policy() is None


def test_earlier_policy_is_the_version_of_the_days_before_when_a_new_one_came(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, start=BEFORE_DAWN).start()
    desk.front("Discord")
    desk.wait(180)
    desk.policy_file.write_text(SECOND, "utf-8")
    desk.wait(60)
    earlier = desk.service.earlier_policy()
    assert earlier is not None
    assert (earlier.version, desk.service.policy.version) == ("1", "2")


def test_earlier_policy_is_another_version_when_only_the_text_was_touched_since(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, start=BEFORE_DAWN).start()
    desk.front("Discord")
    desk.wait(60)
    desk.policy_file.write_text(SECOND, "utf-8")
    desk.wait(30)
    assert desk.service.earlier_policy() is None  # within a day the last one counts
    desk.policy_file.write_text(POLICY, "utf-8")
    desk.wait(60)
    desk.policy_file.write_text(SECOND, "utf-8")
    desk.wait(60)
    desk.policy_file.write_text(SECOND + "\n# corrected\n", "utf-8")
    desk.wait(60)
    earlier = desk.service.earlier_policy()
    assert earlier is not None
    assert earlier.version == "1"


def test_broken_policy_is_told_with_its_errors_when_the_file_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path).start()
    desk.policy_file.write_text(POLICY.replace("day = 10", "day = -1\nweeks = 3"), "utf-8")
    desk.wait(5)
    broken = desk.service.broken_policy
    assert broken is not None
    assert {error.key for error in broken.errors} == {"limit[0].day", "limit[0].weeks"}
    assert desk.service.policy.version == "1"
    desk.policy_file.write_text(POLICY, "utf-8")
    desk.wait(5)
    assert desk.service.broken_policy is None


def test_broken_policy_is_none_when_the_file_is_gone(tmp_path: Path) -> None:
    desk = Desk(tmp_path).start()
    desk.policy_file.write_text("schema =", "utf-8")
    desk.wait(5)
    assert desk.service.broken_policy is not None
    keeper = desk.service._around.keeper

    def gone() -> None:
        raise OutsideError(ErrorCode.POLICY_UNREADABLE, file="policy.toml")

    keeper._find = gone  # type: ignore[assignment]
    desk.wait(5)
    assert desk.service.broken_policy is None


def test_limit_tells_what_counted_when_time_was_used(tmp_path: Path) -> None:
    desk = Desk(tmp_path).start()
    desk.front("Discord")
    desk.wait(120)
    desk.front("gedit")
    desk.wait(10)
    why = desk.service.why_limit("private")
    assert why is not None
    assert [(part.channel, part.purpose, part.ms) for part in why.parts] == [
        ("discord", "private", 120_000)
    ]
    assert [span.duration_ms for span in why.spans] == [120_000]
    assert why.next_step is not None
    assert (why.next_step.mark.text, why.next_step.wait_ms) == ("80%", 360_000)
    assert POLICY.splitlines()[why.line - 1] == "[[limit]]"


def test_extensions_and_later_steps_are_told_when_the_first_step_was_taken(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path).start()
    desk.front("Discord")
    desk.wait(500)
    desk.service.extend("private")
    why = desk.service.why_limit("private")
    assert why is not None
    assert [each.minutes for each in why.extensions] == [5]
    assert why.next_step is not None
    assert (why.next_step.mark.text, why.next_step.wait_ms) == ("100%", 400_000)


def test_limit_has_no_why_when_the_person_has_no_such_limit(tmp_path: Path) -> None:
    desk = Desk(tmp_path).start()
    assert desk.service.why_limit("no-such") is None
    assert desk.service.why_limit("private", "discord") is None


def test_why_of_a_limit_is_refused_when_nothing_is_measured(tmp_path: Path) -> None:
    desk = Desk(tmp_path, accept_all=False).start()
    with pytest.raises(OutsideError) as caught:
        desk.service.why_limit("private")
    assert caught.value.code is ErrorCode.NOT_ACCEPTED


def test_no_step_is_to_come_when_the_layer_is_up_already(tmp_path: Path) -> None:
    layer = POLICY.replace('do = "ask" }]', 'do = "ask" }, { at = "+1m", do = "overlay" }]')
    desk = Desk(tmp_path, layer).start()
    desk.front("Discord")
    desk.wait(650)
    before = desk.service.why_limit("private")
    assert before is not None
    assert before.next_step is not None
    assert before.next_step.wait_ms == 10_000
    desk.wait(60)
    after = desk.service.why_limit("private")
    assert after is not None
    assert after.next_step is None


def test_no_step_is_to_come_when_a_crisis_lifts_the_limit(tmp_path: Path) -> None:
    crisis = """
[[crisis.level]]
id = "storm"
trigger = { en = "Storm" }
lifts = ["private"]
"""
    desk = Desk(tmp_path, POLICY + crisis).start()
    desk.service.open_crisis("storm")
    why = desk.service.why_limit("private")
    assert why is not None
    assert (why.lifted_by, why.next_step) == ("storm", None)
