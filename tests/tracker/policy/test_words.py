from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.tracker.policy.catalogues import small_catalogue
from tracker.i18n import LANGUAGES, Language
from tracker.policy.load import load_or_raise
from tracker.policy.select import shipped_policy
from tracker.policy.types import DayAllowance, Limit, LimitWindow, Person, Policy, Text
from tracker.policy.words import PolicyWords, describe_policy

FRIDAY = date(2026, 11, 27)
MONDAY = date(2026, 11, 23)
SALES = frozenset({"salj"})
WORK = "All channels for “Build the brand” and “Answer a customer”"
WORK_LIMIT = "“Social media for work”"
SALES_ON_LINKEDIN = "LinkedIn for leads and “Build the brand”"
EN, SV = Language("en"), Language("sv")


def policy(name: str = "nordisk-konsult") -> Policy:
    return load_or_raise(shipped_policy(f"{name}.toml"), name, small_catalogue(), MONDAY)


def words(groups: frozenset[str] = SALES, language: Language = EN) -> PolicyWords:
    return PolicyWords(policy(), groups, language)


def allowed(limit: Limit, language: Language = EN, *, whole_week: bool = False) -> str:
    """Return how much a limit allows, without what it takes."""
    changed = replace(policy(), limits=(limit,))
    if whole_week:
        changed = replace(changed, hours=None)
    line = PolicyWords(changed, frozenset(), language).in_general()[0]
    return line.partition(": ")[2]


def limit(
    day: int | tuple[int | None, ...] | None = None,
    week: int | None = None,
    channels: tuple[str, ...] = ("x",),
    *,
    shared: bool = False,
) -> Limit:
    by_weekday = (day,) * 7 if isinstance(day, int) else day
    allowance = DayAllowance(by_weekday) if by_weekday else None
    return Limit("a", Text(()), channels=channels, day=allowance, week=week, shared=shared)


def test_limits_are_told_in_a_sentence_when_asked_in_general() -> None:
    assert words().in_general() == [
        f"{WORK}: 45 minutes a day in all, 180 a week",
        f"{SALES_ON_LINKEDIN}: 60 minutes a day, 90 on Fridays (in place of {WORK_LIMIT})",
        "All channels, private, in working time: 15 minutes a day in all",
        "All channels, private, in breaks: no limit",
        "What is not named here has no limit.",
        "If it is not enough: 5 minutes more at a time, at most 2 times a day",
    ]


def test_it_is_told_that_more_time_wants_a_reason_when_it_does() -> None:
    nordisk = policy()
    ladders = tuple(
        replace(each, extend=replace(each.extend, reason="required")) if each.extend else each
        for each in nordisk.ladders
    )
    told = PolicyWords(replace(nordisk, ladders=ladders), SALES, EN).in_general()[-1]
    assert told.endswith(", at most 2 times a day, for a reason that you give")


def test_a_limit_of_others_is_not_told_when_the_person_is_in_no_group() -> None:
    assert not [line for line in words(frozenset()).in_general() if "leads" in line]


def test_the_days_own_allowance_is_told_when_asked_for_a_day() -> None:
    assert words().on_day(FRIDAY)[1].startswith(f"{SALES_ON_LINKEDIN}: 90 min")
    assert words().on_day(MONDAY)[1].startswith(f"{SALES_ON_LINKEDIN}: 60 min")
    assert "45 minutes in all, 180 a week" in words().on_day(MONDAY)[0]


def test_nothing_is_allowed_or_measured_when_the_day_has_no_hours() -> None:
    for day in (date(2026, 11, 28), date(2026, 12, 24)):
        assert words().on_day(day) == ["No working hours: nothing is measured."]


def test_purposes_are_told_with_their_channels_when_they_may_be_chosen() -> None:
    assert words().purposes(MONDAY) == [
        "Build the brand: LinkedIn, X, Instagram and YouTube",
        "Win leads: LinkedIn",
        "Answer a customer: all channels",
        "Private: all channels",
    ]
    harrow = PolicyWords(policy("harrow"), frozenset({"hr"}), EN)
    assert harrow.purposes(MONDAY)[0] == "Approved recruitment posts: LinkedIn, until 31 March 2027"
    assert len(harrow.purposes(date(2027, 4, 1))) == 1


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (limit(1), "1 minute a day"),
        (limit(0), "not allowed"),
        (limit(week=90), "90 minutes a week"),
        (limit(week=90, channels=("x", "linkedin"), shared=True), "90 minutes a week in all"),
        (limit(week=90, channels=("*",)), "90 minutes a week each"),
        (limit(20, channels=("*",)), "20 minutes a day each"),
        (limit((60, 60, 60, 60, 0, 60, 60)), "60 minutes a day, not allowed on Fridays"),
        (limit((0, 0, 0, 30, 30, 0, 0)), "not allowed, 30 minutes on Thursdays and Fridays"),
        (limit((5, None, None, None, None, None, None)), "5 minutes on Mondays"),
        (limit((9, 9, 9, 9, None, 1, 1)), "9 minutes a day, no limit on Fridays"),
        (limit((5, 5, 5, 5, 6, 7, 7), 9), "5 minutes a day, 6 on Fridays, 9 a week"),
        (replace(limit(), unlimited=True), "no limit"),
    ],
)
def test_an_allowance_is_put_shortly_when_weekdays_differ(given: Limit, text: str) -> None:
    assert allowed(given) == text


def test_weekends_are_told_when_there_are_no_hours() -> None:
    given = limit((5, 5, 5, 5, 5, 7, 7))
    assert allowed(given) == "5 minutes a day"
    assert allowed(given, whole_week=True) == "5 minutes a day, 7 on Saturdays and Sundays"


@pytest.mark.parametrize(
    ("purposes", "text"),
    [
        (("*",), "X: "),
        (("private",), "X, private: "),
        (("leads", "private"), "X for leads and private use: "),
    ],
)
def test_purposes_are_named_when_a_limit_takes_only_some(
    purposes: tuple[str, ...], text: str
) -> None:
    given = replace(limit(1), purposes=purposes)
    changed = replace(policy(), limits=(given,))
    assert PolicyWords(changed, frozenset(), EN).in_general()[0] == text + "1 minute a day"


def test_a_replaced_limit_is_told_by_what_it_takes_when_it_has_no_name() -> None:
    first = limit(5)
    second = replace(limit(9), id="b", replaces=("a",), window=LimitWindow.WORK)
    changed = replace(policy(), limits=(first, second))
    line = PolicyWords(changed, frozenset(), EN).in_general()[1]
    assert line == "X, in working time: 9 minutes a day (in place of “X”)"


def test_it_is_told_when_there_are_no_limits() -> None:
    free = PolicyWords(replace(policy(), limits=()), SALES, EN)
    assert free.in_general() == ["There are no limits."]
    assert free.on_day(MONDAY) == ["There are no limits."]


def test_swedish_reads_as_swedish_when_asked_in_general() -> None:
    lines = words(language=SV).in_general()
    assert lines[1] == (
        "LinkedIn för leads och ”Stärka varumärket”: 60 minuter om dagen, 90 på fredagar "
        "(i stället för ”Sociala medier i arbetet”)"
    )


@pytest.mark.parametrize("name", ["nordisk-konsult", "harrow", "starter", "demo"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_shipped_policy_is_described_when_shown(name: str, code: str) -> None:
    lines = list(describe_policy(policy(name), Person("karin"), FRIDAY, Language(code)))
    assert policy(name).version in lines[0]
    assert not [line for line in lines if "{" in line or "None" in line]
    assert any("27 november 2026" in line.casefold() for line in lines)
