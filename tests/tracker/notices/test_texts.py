"""Notices in words, in the form that both languages share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.made_up import made_up_policy, made_up_report, made_up_standing
from tracker.i18n import Language
from tracker.limits.types import DueStep, Level, Period, Standing
from tracker.notice import GuidelineNotice, LimitNotice, StatusNotice
from tracker.notices.texts import NoticeText, notice_text
from tracker.policy.types import Guideline, Mark, MarkKind, StepKind, Text
from tracker.reports.day import DayReport

MARK = Mark(MarkKind.SHARE, 80, "80%")
LEADS_ONLY = made_up_report(
    channels=tuple(
        replace(time, purposes={"leads": time.purposes.get("leads", 0)})
        for time in made_up_report().channels
        if time.channel == "linkedin"
    )
)


def told(
    standing: Standing,
    language: str = "en",
    purpose: str = "leads",
    report: DayReport = LEADS_ONLY,
    **policy: Any,
) -> NoticeText:
    notice = LimitNotice(DueStep(standing, MARK, StepKind.NOTIFY), "linkedin", purpose)
    return notice_text(notice, made_up_policy(**policy), report, Language(language))


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        ("sv", "LinkedIn: 12 min kvar.", "48 av 60 min i dag för leads."),
        ("en", "LinkedIn: 12 min left.", "48 of 60 min for leads today."),
    ],
)
def test_near_says_what_is_left_and_what_it_was_for(language: str, title: str, body: str) -> None:
    assert told(made_up_standing(), language) == NoticeText(title, body)


PRIVATE = made_up_standing("privat", 15, 15, Level.REACHED, None)


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        ("sv", "Privat tid är slut för i dag.", "15 av 15 min."),
        ("en", "Private time is used up for today.", "15 of 15 min."),
    ],
)
def test_reached_says_what_is_used_up(language: str, title: str, body: str) -> None:
    assert told(PRIVATE, language, "private") == NoticeText(title, body)


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        ("sv", "Sociala medier i arbetet: 7 min över gränsen.", "52 av 45 min i dag."),
        ("en", "Social media for work: 7 min over the limit.", "52 of 45 min today."),
    ],
)
def test_over_says_by_how_much(language: str, title: str, body: str) -> None:
    over = made_up_standing("arbete", 52, 45, Level.OVER, None)
    assert told(over, language, "varumarke") == NoticeText(title, body)


def test_time_is_not_said_to_be_for_one_purpose_when_another_took_some_of_it() -> None:
    assert told(made_up_standing(), report=made_up_report()).body == "48 of 60 min today."


def test_a_purpose_without_a_noun_is_not_named() -> None:
    assert told(made_up_standing(), purpose="varumarke").body == "48 of 60 min today."


def test_week_is_named_when_the_allowance_is_a_weeks() -> None:
    week = replace(made_up_standing("arbete", 170, 180, Level.NEAR, None), period=Period.WEEK)
    assert told(week) == NoticeText(
        "Social media for work: 10 min left.", "2 h 50 min of 3 h 00 min this week."
    )
    used_up = replace(PRIVATE, period=Period.WEEK)
    assert told(used_up).title == "Private time is used up for this week."


def test_policy_is_said_not_to_allow_it_when_the_allowance_is_nothing() -> None:
    none = made_up_standing("privat", 0.5, 0, Level.REACHED)
    assert told(none, purpose="private") == NoticeText(
        "LinkedIn: the policy allows no private time here.", "30 s so far today."
    )


def test_private_time_of_a_channels_own_is_named_with_the_channel() -> None:
    own = made_up_standing("privat", 12, 15, Level.NEAR)
    assert told(own, purpose="private") == NoticeText(
        "LinkedIn: 3 min left.", "12 of 15 min of private time today."
    )
    reached = replace(own, used_ms=own.allowed_ms or 0, level=Level.REACHED)
    assert told(reached).title == "LinkedIn: private time is used up for today."


def test_extension_counts_as_allowed() -> None:
    extended = made_up_standing(used_min=60, extended_min=5)
    assert told(extended) == NoticeText("LinkedIn: 5 min left.", "60 of 65 min for leads today.")


def test_unlimited_time_is_told_without_a_bound() -> None:
    assert told(made_up_standing("rast", 9, None, Level.OK, None)).body == "9 min today."


@pytest.mark.parametrize("language", ["sv", "en"])
def test_trouble_says_what_is_the_matter_and_what_helps(language: str) -> None:
    text = notice_text(
        StatusNotice("catalogue_invalid", (("file", "c.toml"), ("line", "48"), ("key", "x"))),
        made_up_policy(),
        made_up_report(),
        Language(language),
    )
    assert "48" in text.body
    assert text.title
    assert "{" not in text.body


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("period", list(Period))
@pytest.mark.parametrize("limit", ["salj-linkedin", "arbete", "privat", "unknown"])
def test_no_placeholder_is_left_whatever_the_step(
    level: Level, language: str, period: Period, limit: str
) -> None:
    for channel in ("linkedin", None):
        standing = replace(made_up_standing(limit, 10, 10, level, channel), period=period)
        text = told(standing, language)
        assert "{" not in text.title + text.body
        assert text.title.endswith(".")


def test_guideline_is_told_in_the_policys_words_when_it_is_due() -> None:
    guideline = Guideline("kind", Text((("en", "Be kind."),)))
    policy = made_up_policy(guidelines=(guideline,))
    notice = GuidelineNotice("kind", "linkedin")
    text = notice_text(notice, policy, made_up_report(), Language("en"))
    assert text == NoticeText("LinkedIn: from the policy's guidelines", "Be kind.")


def test_broken_policy_is_told_with_its_line_and_what_holds_meanwhile() -> None:
    fields = (("file", "policy.toml"), ("line", "48"), ("key", "limit[2].day"))
    notice = StatusNotice("policy_invalid", fields)
    assert notice_text(notice, made_up_policy(), made_up_report(), Language("en")) == NoticeText(
        "The new policy has an error in line 48.",
        "The old one stays in force. The policy's page says what is wrong.",
    )
