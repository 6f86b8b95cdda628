"""Early notices at a running service: told once, kept over a restart, and beside the ladder."""

from __future__ import annotations

from pathlib import Path

from tests.desk import POLICY, Desk
from tracker.i18n import Language
from tracker.notice import LimitNotice
from tracker.notices.texts import notice_text

LONG = POLICY.replace("day = 10", "day = 60")


def told(desk: Desk) -> list[str]:
    return [each.step.mark.text for each in desk.notices if isinstance(each, LimitNotice)]


def watch_minutes(desk: Desk, minutes: int) -> None:
    for _ in range(minutes * 60 // 4):
        desk.wait(4)


def working(folder: Path, earlier_min: int) -> Desk:
    desk = Desk(folder, LONG)
    desk.earlier_min = earlier_min
    desk.start()
    desk.front("discord")
    return desk


def test_notice_comes_before_the_policys_when_the_person_wants_it(tmp_path: Path) -> None:
    desk = working(tmp_path, 10)
    watch_minutes(desk, 37)
    assert told(desk) == []
    watch_minutes(desk, 2)
    assert told(desk) == ["early"]
    watch_minutes(desk, 23)
    assert told(desk) == ["early", "80%", "100%"]
    (step,) = [each for each in desk.notices if isinstance(each, LimitNotice)][:1]
    assert step.step.standing.used_ms == 38 * 60_000


def test_policy_is_alone_when_the_person_wants_no_earlier_notice(tmp_path: Path) -> None:
    desk = working(tmp_path, 0)
    watch_minutes(desk, 50)
    assert told(desk) == ["80%"]


def test_wish_holds_at_once_when_it_is_set_while_time_counts(tmp_path: Path) -> None:
    desk = working(tmp_path, 0)
    watch_minutes(desk, 40)
    desk.earlier_min = 10
    watch_minutes(desk, 1)
    assert told(desk) == ["early"]


def test_notice_does_not_come_again_when_the_program_starts_anew(tmp_path: Path) -> None:
    desk = working(tmp_path, 10)
    watch_minutes(desk, 39)
    desk.service.stop()
    desk.open()
    desk.start()
    desk.front("discord")
    watch_minutes(desk, 2)
    assert told(desk) == ["early"]


def test_notice_says_what_is_used_and_left(tmp_path: Path) -> None:
    desk = working(tmp_path, 10)
    watch_minutes(desk, 39)
    text = notice_text(desk.notices[0], desk.service.policy, desk.service.today(), Language("en"))
    assert "22 min left" in text.title
    assert "38 of 60 min" in text.body
