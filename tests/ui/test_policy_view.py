"""The policy as a text to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.desk import catalogue
from tracker.i18n import LANGUAGES, Language
from tracker.policy.load import Loaded, load, load_or_raise
from tracker.policy.select import shipped_policy
from tracker.policy.types import Guideline, Person, Policy, Text
from ui.policy_view import view_policy
from ui.reading import Block, Reading

DAY = date(2026, 11, 23)
EN = Language("en")
KARIN = Person("karin")
NAMES = ("nordisk-konsult", "harrow", "starter", "demo")


def policy(name: str = "nordisk-konsult", *changes: tuple[str, str]) -> Policy:
    text = shipped_policy(f"{name}.toml").decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load_or_raise(text.encode(), name, catalogue(), DAY)


def view(of: Policy, earlier: Policy | None = None, person: Person = KARIN) -> Reading:
    return view_policy(of, earlier, person, DAY, EN)


def block(reading: Reading, section: str, title: str = "") -> Block:
    blocks = next(each.blocks for each in reading.sections if each.id == section)
    return next(each for each in blocks if each.title == title or not title)


def texts(of: Block) -> list[str]:
    return [line.text for line in of.lines]


def test_head_says_version_dates_and_approval_when_the_policy_has_them() -> None:
    assert [line.text for line in view(policy()).facts] == [
        "Version 2.1, in force from 1 September 2026",
        "Approved by: Ledningsgruppen, § 14",
        "To be reviewed by 1 September 2027",
        "Applies to all employees and hired consultants.",
    ]


def test_passed_review_is_said_when_nobody_reviewed_it() -> None:
    old = replace(policy(), review_by=date(2026, 1, 1))
    assert "Was to be reviewed by 1 January 2026" in [line.text for line in view(old).facts]


def test_what_is_allowed_is_told_for_the_persons_groups() -> None:
    sales = "LinkedIn for leads and “Build the brand”: 60 minutes a day, 90 on Fridays"
    mine = texts(block(view(policy()), "allowed"))
    assert any(line.startswith(sales) for line in mine)
    others = texts(block(view(policy(), person=Person("olle")), "allowed"))
    assert not any(line.startswith(sales) for line in others)


def test_channel_says_in_plain_words_what_counts_when_it_has_rules() -> None:
    forum = block(view(policy()), "channels", "Trade forum")
    assert texts(forum) == ["Forum. For work: Answer a customer"]
    assert forum.more_title == "What counts as Trade forum"
    assert [line.text for line in forum.more] == [
        "Addresses: forum.example.se, example.se/forum",
        "Browser windows whose title names it: a guess, counted as uncertain",
    ]


def test_installed_site_is_told_by_words_when_its_program_has_a_number() -> None:
    programs = block(view(policy()), "channels", "LinkedIn").more[1].text
    assert programs == (
        "Programs: LinkedIn, LinkedIn.exe, com.linkedin.LinkedIn, the site installed as an app"
    )


def test_purpose_says_who_approved_it_and_until_when() -> None:
    changed = policy(
        "nordisk-konsult",
        ('note = "optional"', 'approver = "vd"\nuntil = 2026-12-31\nreset_after = 1'),
    )
    assert texts(block(view(changed), "purposes", "Answer a customer")) == [
        "All channels",
        "Approved by: CEO",
        "Until 31 December 2026",
        "Ends by itself after 1 minute without use.",
    ]


def test_guideline_has_its_examples_and_its_link_in_full() -> None:
    def text(words: str) -> Text:
        return Text((("en", words),))

    guideline = Guideline(
        "kind", text("Be kind"), "work", "GDPR", text("Thank"), text("Shout"), "https://a.example/b"
    )
    lines = block(view(replace(policy(), guidelines=(guideline,))), "guidelines").lines
    assert [(line.text, line.url) for line in lines] == [
        ("When you work in a channel. By: GDPR", ""),
        ("Do: Thank", ""),
        ("Don't: Shout", ""),
        ("https://a.example/b", "https://a.example/b"),
    ]


def test_contact_has_mail_and_telephone_and_who_stands_in() -> None:
    lines = block(view(policy()), "contacts", "Head of communications").lines
    assert [(line.text, line.url) for line in lines] == [
        ("press@example.se", "mailto:press@example.se"),
        ("+46 8 123 45 67", "tel:+4681234567"),
        ("When nobody answers: CEO", ""),
    ]


def test_changes_come_first_when_an_earlier_version_is_known() -> None:
    earlier = policy(
        "nordisk-konsult", ('version = "2.1"', 'version = "2.0"'), ("day = 15", "day = 20")
    )
    section = view(policy(), earlier).sections[0]
    assert section.heading == "What has changed since version 2.0"
    assert texts(section.blocks[0]) == [
        "Private during working hours: 20 minutes a day in all before, 15 minutes a day in all now."
    ]
    same = replace(policy(), version="2.0")
    assert texts(view(policy(), same).sections[0].blocks[0]) == ["Nothing that concerns you."]
    assert view(policy()).sections[0].id == "allowed"


def test_errors_come_first_when_a_later_file_is_broken() -> None:
    data = shipped_policy("nordisk-konsult.toml").replace(b"day = 15", b"day = -1")
    broken: Loaded = load(data, "/etc/policy.toml", catalogue(), DAY)
    section = view_policy(policy(), None, KARIN, DAY, EN, broken=broken).sections[0]
    assert section.heading == "The new policy has errors"
    line = data.decode().splitlines().index("day = -1") + 1
    assert texts(section.blocks[0]) == [
        "/etc/policy.toml has 1 error. The policy below stays in force until it is corrected.",
        f"Line {line}, limit[2].day: This is too little: 0 is the least.",
    ]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_policy_can_be_read_in_each_language(name: str, code: str) -> None:
    reading = view_policy(policy(name), None, KARIN, DAY, Language(code))
    ids = [section.id for section in reading.sections]
    assert ids[:2] == ["allowed", "channels"]
    assert reading.title
    assert all(section.blocks for section in reading.sections)
