"""What a person does at the desk, and what may be chosen there."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.desk import POLICY, TODAY, Desk
from tracker.errors import ErrorCode, OutsideError
from tracker.policy.types import Person
from tracker.reports.why import Origin
from tracker.storage.base import PurposeChoice

PURPOSES = """
[[purpose]]
id = "brand"
name = { en = "Brand" }
channels = ["*"]
[[purpose]]
id = "leads"
name = { en = "Leads" }
channels = ["linkedin"]
groups = ["sales"]
result = "leads"
note = "optional"
[[purpose]]
id = "fair"
name = { en = "Fair" }
channels = ["discord"]
until = 2026-11-23
[[group]]
id = "sales"
members = ["user:karin"]
default_purpose = { linkedin = "leads" }
"""


def desk(tmp_path: Path, policy: str = POLICY + PURPOSES, **how: object) -> Desk:
    return Desk(tmp_path, policy, **how).start()  # type: ignore[arg-type]


def offered(at: Desk, channel: str) -> list[str]:
    return [purpose.id for purpose in at.service.purposes(channel)]


def test_purposes_are_those_of_channel_and_group_when_asked(tmp_path: Path) -> None:
    at = desk(tmp_path)
    assert offered(at, "linkedin") == ["brand", "leads"]
    assert offered(at, "discord") == ["brand", "fair"]
    assert offered(at, "myspace") == []
    at.wait(timedelta(days=1).total_seconds())
    assert offered(at, "discord") == ["brand"]


def test_purposes_follow_the_person_when_the_groups_are_others(tmp_path: Path) -> None:
    at = Desk(tmp_path, POLICY + PURPOSES)
    at.person = Person("olle")
    at.start()
    assert offered(at, "linkedin") == ["brand"]
    assert at.service.chosen("linkedin") == "private"


def test_purposes_are_known_when_nothing_is_measured_yet(tmp_path: Path) -> None:
    at = desk(tmp_path, accept_all=False)
    assert offered(at, "linkedin") == ["brand", "leads"]
    assert at.service.chosen("linkedin") == "leads"
    assert at.service.chosen("discord") == "private"


def test_the_choice_is_told_when_one_holds(tmp_path: Path) -> None:
    at = desk(tmp_path)
    assert (at.service.chosen("linkedin"), at.service.chosen("discord")) == ("leads", "private")
    at.service.choose_purpose("brand")
    assert (at.service.chosen("linkedin"), at.service.chosen("discord")) == ("brand", "brand")
    at.service.choose_purpose("private", "linkedin")
    assert (at.service.chosen("linkedin"), at.service.chosen("discord")) == ("private", "brand")
    at.wait(timedelta(days=1).total_seconds())
    assert (at.service.chosen("linkedin"), at.service.chosen("discord")) == ("leads", "private")


def purposes(at: Desk, channel: str = "discord") -> dict[str, int]:
    """Return today's seconds by purpose."""
    return {
        purpose: ms // 1000
        for each in at.service.today().channels
        if each.channel == channel
        for purpose, ms in each.purposes.items()
    }


def later(at: Desk, seconds: float) -> datetime:
    return at.clock.now() + timedelta(seconds=seconds)


def test_a_choice_ends_by_itself_when_it_was_made_until_then(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.service.choose_purpose("brand", "discord", until=later(at, 30.5))
    at.wait(60)
    assert purposes(at) == {"brand": 30, "private": 29}
    assert at.service.chosen("discord") == "private"


def test_time_after_the_end_is_the_defaults_when_it_is_noticed_late(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.service.choose_purpose("brand", "discord", until=later(at, 3))
    at.stand_still(10)
    at.service.choose_purpose("fair", "discord")
    assert purposes(at) == {"brand": 3, "private": 7}
    at.wait(5)
    assert purposes(at) == {"brand": 3, "private": 7, "fair": 5}


def test_the_choice_is_over_when_its_end_was_slept_through(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.service.choose_purpose("brand", "discord", until=later(at, 3600))
    at.wait(8)
    at.time.suspend(2 * 3600 * 1000)
    assert at.service.chosen("discord") == "private"
    at.wait(10)
    assert purposes(at) == {"brand": 8, "private": 10}


def test_a_later_choice_holds_on_when_the_end_of_an_earlier_comes(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.service.choose_purpose("brand", until=later(at, 20))
    at.wait(10)
    at.service.choose_purpose("fair", "discord", visit=True)
    at.wait(50)
    # The visit that "fair" covers began with the choice before it.
    assert purposes(at) == {"fair": 60}
    assert at.service.chosen("linkedin") == "leads"


def test_a_choice_until_then_holds_over_a_restart_when_it_has_not_come(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.service.choose_purpose("fair", "discord")
    at.service.choose_purpose("brand", until=later(at, 60))
    at.wait(20)
    at.service.stop()
    at.open()
    at.start()
    at.front("discord")
    at.wait(60)
    assert purposes(at) == {"brand": 40, "private": 20}
    at.service.stop()
    at.open()
    at.start()
    # Nor does the choice before it come back.
    assert at.service.chosen("discord") == "private"


@pytest.mark.parametrize(
    ("seconds", "reason"), [(0, "past"), (-60, "past"), (24 * 3600, "beyond_day")]
)
def test_an_end_is_refused_when_it_is_past_or_beyond_the_day(
    tmp_path: Path, seconds: float, reason: str
) -> None:
    at = desk(tmp_path)
    with pytest.raises(OutsideError) as raised:
        at.service.choose_purpose("brand", until=later(at, seconds))
    assert raised.value.code is ErrorCode.BAD_TIME
    assert raised.value.fields == {"text": "09:00" if seconds >= 0 else "08:59", "reason": reason}
    assert at.service.chosen("discord") == "private"


def test_a_note_is_kept_when_the_purpose_takes_one(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.service.choose_purpose("leads", "linkedin", note="  Fair in Lund ")
    at.service.choose_purpose("leads", "linkedin", note="  ")
    at.service.stop()
    choices = [r for r in at.storage.records(TODAY, TODAY) if isinstance(r, PurposeChoice)]
    assert [each.note for each in choices] == ["Fair in Lund", None]


def test_a_note_is_refused_when_the_purpose_takes_none(tmp_path: Path) -> None:
    at = desk(tmp_path)
    for purpose in ("brand", "private"):
        with pytest.raises(OutsideError) as raised:
            at.service.choose_purpose(purpose, "discord", note="Lunch")
        assert raised.value.code is ErrorCode.NO_NOTE


def test_why_names_the_choice_only_while_it_holds(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    start = at.clock.now()
    at.service.choose_purpose("brand", "discord", until=later(at, 30))
    at.wait(60)
    origins = []
    for seconds in (29, 30):
        purposed = at.service.why(start + timedelta(seconds=seconds)).purposed
        assert purposed is not None
        origins.append((purposed.purpose, purposed.origin))
    assert origins == [("brand", Origin.CHOSEN), ("private", Origin.DEFAULT)]


def test_the_last_end_counts_when_it_is_put_off(tmp_path: Path) -> None:
    at = desk(tmp_path)
    at.front("discord")
    at.service.choose_purpose("brand", "discord", until=later(at, 20))
    at.service.choose_purpose("brand", "discord", until=later(at, 40))
    at.wait(60)
    assert purposes(at) == {"brand": 40, "private": 20}
