"""The starter of a company's own policy: right for any answers, or refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import ErrorCode, OutsideError
from tracker.policy import starter
from tracker.policy.catalogue import Catalogue, shipped_catalogue
from tracker.policy.load import load
from tracker.policy.select import STARTER, shipped_policy
from tracker.policy.starter import Answers, make_starter
from tracker.policy.types import Policy, Range

TODAY = date(2026, 11, 23)
ANSWERS = Answers(
    "Nordisk AB", "nordisk", ("sv", "en"), "Europe/Stockholm", ("linkedin", "x"), 15, 45
)


@cache
def catalogue() -> Catalogue:
    return shipped_catalogue()


def made(answers: Answers) -> Policy:
    """Return the policy of a starter, which has no errors."""
    loaded = load(make_starter(answers, catalogue(), TODAY).encode(), "", catalogue(), TODAY)
    assert loaded.errors == ()
    assert loaded.policy is not None
    return loaded.policy


def answers_of(texts: dict[str, str]) -> Answers:
    return Answers(
        company=starter.read_company(texts["company"]),
        id=starter.read_id(texts["id"]),
        languages=starter.read_languages(texts["languages"]),
        timezone=starter.read_timezone(texts["timezone"]),
        channels=starter.read_channels(texts["channels"], catalogue()),
        private_minutes=starter.read_minutes(texts["private"]),
        work_minutes=starter.read_minutes(texts["work"]),
        hours=starter.read_hours(texts["hours"]),
        contact=starter.read_contact(texts["contact"]),
        email=starter.read_email(texts["email"]),
    )


def test_answers_are_in_the_policy_when_it_is_loaded() -> None:
    policy = made(
        replace(
            ANSWERS,
            hours=starter.read_hours("mån-tor 08:00-12:00 13:00-17:00, fri 08:00-15:00"),
            contact="Pressansvarig",
            email="press@example.se",
        )
    )
    assert (policy.id, policy.languages, policy.timezone) == (
        "nordisk", ("sv", "en"), "Europe/Stockholm",
    )  # fmt: skip
    assert policy.title.in_language("en") == "Nordisk AB: social media policy"
    assert [each.id for each in policy.channels] == ["linkedin", "x"]
    allowed = {each.id: each.day and each.day.by_weekday[0] for each in policy.limits}
    assert allowed == {"work": 45, "private": 15}
    assert policy.hours is not None
    assert policy.hours.by_weekday[3] == (Range(480, 720), Range(780, 1020))
    assert policy.hours.by_weekday[4:] == ((Range(480, 900),), (), ())
    (contact,) = policy.contacts
    assert (contact.role.in_language("sv"), contact.email) == ("Pressansvarig", "press@example.se")
    assert policy.monitoring.contact == "comms"


def test_comments_of_the_starter_stay_when_answers_are_worked_in() -> None:
    shipped = shipped_policy(STARTER).decode()
    text = make_starter(replace(ANSWERS, channels=starter.CHANNELS), catalogue(), TODAY)
    comments = {line.partition("# ")[2] for line in shipped.splitlines()[1:] if "# " in line}
    lost = comments - {line.partition("# ")[2] for line in text.splitlines()}
    assert lost == {
        'default_purpose = "brand"             # what time here is for where nothing is chosen'
    }


@pytest.mark.parametrize("languages", [("sv",), ("en",), ("en", "sv")])
def test_only_the_languages_asked_for_are_written(languages: tuple[str, ...]) -> None:
    answers = replace(ANSWERS, languages=languages, contact="Boss")
    policy = made(answers)
    assert policy.languages == languages
    assert {code for code, _ in policy.title.by_language} == {*languages}
    assert all({c for c, _ in each.text.by_language} == {*languages} for each in policy.guidelines)


def test_purpose_of_linkedin_is_for_all_channels_when_linkedin_is_not_there() -> None:
    leads = {each.id: each for each in made(replace(ANSWERS, channels=("x",))).purposes}["leads"]
    assert leads.channels == ("*",)


@pytest.mark.parametrize(
    "company", ['A "B" \\ C', "Öl & Sånt AB", '""" = {company}', "# [hours]",
                '{ sv = "", en = "" }', "\\g<0>", "it's 100 % \U0001f600"],
)  # fmt: skip
def test_name_stays_itself_when_it_has_marks_of_toml(company: str) -> None:
    answers = replace(ANSWERS, company=starter.read_company(company), contact=company)
    policy = made(answers)
    assert policy.title.in_language("en") == f"{company}: social media policy"
    assert policy.contacts[0].role.in_language("sv") == company


@pytest.mark.parametrize(
    ("company", "short"),
    [("Nordisk Konsult AB", "nordisk-konsult-ab"), ("Ålö & Co.", "alo-co"), ("日本", "policy"),
     ("x" * 99, "x" * 64), ("---", "policy")],
)  # fmt: skip
def test_short_name_is_made_of_the_company_when_none_is_given(company: str, short: str) -> None:
    assert starter.id_of(company) == short


BAD = [
    ("company", "", "company"), ("company", "a\nb", "company"), ("company", "x" * 101, "company"),
    ("company", "\udc80", "company"), ("id", "a b", "id"), ("id", "x" * 65, "id"),
    ("id", "-", "id"), ("languages", "de", "languages"), ("languages", "", "languages"),
    ("timezone", "Mars/Base", "timezone"), ("timezone", "", "timezone"),
    ("timezone", "../etc", "timezone"), ("timezone", "Europe", "timezone"),
    ("channels", "linkedin, fazebook", "channels"), ("channels", " , ", "channels"),
    ("private", "-1", "minutes"), ("work", "1441", "minutes"), ("work", "1.5", "minutes"),
    ("hours", "always", "hours"), ("hours", "mon", "hours"), ("hours", "mon 8-17", "hours"),
    ("hours", "mon 08:00-17:00, mon-fri 08:00-17:00", "hours"), ("hours", ",", "hours"),
    ("hours", "mon 08:00-12:00 11:00-17:00", "hours"), ("hours", "mon 08:00-25:00", "hours"),
    ("contact", "a\tb\x7f", "contact"), ("email", "nobody", "email"), ("email", "a@b c", "email"),
]  # fmt: skip
GOOD = {
    "company": "Nordisk AB", "id": "nordisk", "languages": "sv,en", "timezone": "Europe/Stockholm",
    "channels": "linkedin", "private": "15", "work": "45", "hours": "", "contact": "", "email": "",
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "reason"), BAD)
def test_answer_is_refused_when_it_makes_no_policy(name: str, text: str, reason: str) -> None:
    with pytest.raises(OutsideError) as refused:
        make_starter(answers_of({**GOOD, name: text}), catalogue(), TODAY)
    assert refused.value.code is ErrorCode.BAD_ANSWER
    assert refused.value.fields["reason"] == reason


KNOWN = {
    "company": ["Å", "a \"b\" \\u00e9 # c", "\u200b"],
    "id": ["å-1", "9.x_"],
    "languages": ["sv", "en , SV"],
    "timezone": ["UTC", "Asia/Tokyo"],
    "channels": ["x, blogs", "Reddit"],
    "private": ["0", " 1440 "],
    "work": ["90"],
    "hours": ["mon-fri 08:00-17:00", "sat-mon 22:00-06:00", "lör 00:00-24:00, sön 22:00-06:00",
              "mon 20:00-06:00, tue 05:00-09:00", "sun-sat 08:00-24:00"],
    "contact": ["Chef", "\\"],
    "email": ["å@b.se", "a\"\\@b"],
}  # fmt: skip
USUAL = st.fixed_dictionaries(
    {name: st.sampled_from([good, *KNOWN[name]]) for name, good in GOOD.items()}
)
UNUSUAL = st.dictionaries(
    st.sampled_from([*GOOD]),
    st.text(st.characters(codec="utf-8"), max_size=40) | st.text(max_size=8),
    max_size=2,
)


@settings(max_examples=150, deadline=None)
@given(USUAL, UNUSUAL)
def test_starter_loads_or_is_refused_whatever_is_answered(
    usual: dict[str, str], unusual: dict[str, str]
) -> None:
    policy, refusal = None, None
    try:
        policy = made(answers_of(usual | unusual))
    except OutsideError as error:
        refusal = error
    if policy is None:
        assert refusal is not None
        assert refusal.code is ErrorCode.BAD_ANSWER
        assert refusal.fields["reason"]
        assert unusual or "tue" in usual["hours"] or "sön" in usual["hours"]
        return
    answers = answers_of(usual | unusual)
    assert policy.title.in_language(policy.languages[0]).startswith(answers.company)
    assert policy.id == answers.id
    assert tuple(each.id for each in policy.channels) == answers.channels
