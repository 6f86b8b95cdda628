"""What a person does at the desk, and what may be chosen there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.desk import POLICY, Desk
from tracker.policy.types import Person

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
