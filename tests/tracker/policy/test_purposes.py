from __future__ import annotations

from datetime import date

from tests.tracker.policy.catalogues import small_catalogue
from tracker.policy.load import load_or_raise
from tracker.policy.purposes import default_purpose, permitted
from tracker.policy.types import Policy

LAST_DAY = date(2027, 3, 31)
HEAD = """\
schema = 1
[policy]
id = "firm"
version = "1"
languages = ["en"]
timezone = "Europe/Stockholm"
title = { en = "Policy" }
POLICY
[monitoring]
purpose = { en = "Why" }
[[channel]]
id = "linkedin"
CHANNEL
[[channel]]
id = "x"
[[purpose]]
id = "leads"
name = { en = "Leads" }
channels = ["linkedin"]
groups = ["sales"]
[[purpose]]
id = "answer"
name = { en = "Answer" }
[[purpose]]
id = "recruit"
name = { en = "Recruit" }
groups = ["hr"]
until = 2027-03-31
[[group]]
id = "sales"
members = ["user:karin"]
GROUP
[[group]]
id = "hr"
members = ["user:anders"]
default_purpose = { x = "recruit" }
"""


def policy(in_policy: str = "", in_channel: str = "", in_group: str = "") -> Policy:
    text = HEAD.replace("POLICY", in_policy).replace("CHANNEL", in_channel)
    data = text.replace("GROUP", in_group).encode()
    return load_or_raise(data, "test", small_catalogue(), date(2026, 11, 23))


def ids(groups: set[str], channel: str, day: date = LAST_DAY) -> list[str]:
    return [each.id for each in permitted(policy(), frozenset(groups), channel, day)]


def test_a_purpose_is_permitted_when_channel_group_and_day_fit() -> None:
    assert ids(set(), "linkedin") == ["answer"]
    assert ids({"sales"}, "linkedin") == ["leads", "answer"]
    assert ids({"sales"}, "x") == ["answer"]
    assert ids({"hr"}, "x") == ["answer", "recruit"]
    assert ids({"hr", "sales"}, "linkedin") == ["leads", "answer", "recruit"]


def test_a_purpose_has_ended_when_its_last_day_is_over() -> None:
    assert ids({"hr"}, "x", date(2027, 4, 1)) == ["answer"]


def test_time_is_private_when_nothing_says_otherwise() -> None:
    assert default_purpose(policy(), frozenset(), "linkedin") == "private"
    assert default_purpose(policy(), frozenset(), "unheard-of") == "private"


def test_the_closest_default_wins_when_there_are_several() -> None:
    every = policy(
        'default_purpose = "answer"',
        'default_purpose = "private"',
        'default_purpose = { linkedin = "leads" }',
    )
    assert default_purpose(every, frozenset({"sales"}), "linkedin") == "leads"
    assert default_purpose(every, frozenset(), "linkedin") == "private"
    assert default_purpose(every, frozenset(), "x") == "answer"


def test_a_default_is_passed_over_when_the_person_may_not_choose_it() -> None:
    of_channel = policy('default_purpose = "answer"', 'default_purpose = "leads"')
    assert default_purpose(of_channel, frozenset({"sales"}), "linkedin") == "leads"
    assert default_purpose(of_channel, frozenset(), "linkedin") == "answer"
    of_policy = policy('default_purpose = "leads"')
    assert default_purpose(of_policy, frozenset({"sales"}), "linkedin") == "leads"
    assert default_purpose(of_policy, frozenset({"sales"}), "x") == "private"


def test_a_default_is_passed_over_when_its_purpose_has_ended() -> None:
    hr = frozenset({"hr"})
    assert default_purpose(policy(), hr, "x", LAST_DAY) == "recruit"
    assert default_purpose(policy(), hr, "x", date(2027, 4, 1)) == "private"
    assert default_purpose(policy(), hr, "x") == "recruit"
