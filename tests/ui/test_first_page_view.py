"""The first page says all that DESIGN §6.1 asks for, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.made_up import made_up_policy
from tracker.i18n import Language
from tracker.policy.types import Hours, Policy, Range, Recipient
from ui.first_page_view import FirstPage, first_page


def page(language: str = "en", policy: Policy | None = None) -> FirstPage:
    return first_page(policy or made_up_policy(), Language(language))


def whole(shown: FirstPage) -> str:
    parts = [shown.title, shown.promise]
    for topic in shown.topics:
        parts += [topic.heading, *topic.paragraphs]
    return "\n".join(parts)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_question_has_an_answer_and_no_placeholder_is_left(language: str) -> None:
    shown = page(language)
    assert len(shown.topics) == 6
    assert all(topic.heading and topic.paragraphs for topic in shown.topics)
    assert "{" not in whole(shown)


def test_employer_sees_nothing_when_the_policy_names_no_recipient() -> None:
    assert page("sv").promise == "Det här ser din arbetsgivare: ingenting."
    assert page("en").promise == "What your employer sees: nothing."


def test_recipients_are_named_when_the_policy_has_some() -> None:
    policy = made_up_policy()
    told = replace(policy.monitoring, recipients=(Recipient("compliance", "weekly_totals"),))
    shown = page(policy=replace(policy, monitoring=told))
    assert "compliance: the week's totals" in shown.promise
    assert "nothing" not in shown.promise
    assert "names nobody who receives" not in whole(shown)


def test_page_says_what_why_how_long_whom_and_where_to_complain() -> None:
    text = whole(page("sv"))
    for part in (
        "LinkedIn, X, Instagram", "Visa dig din egen tid", "berättigat intresse",
        "Unionen, MBL 11 §, 11 augusti 2026", "DPIA-2026-03", "30 dagar", "400 dagar",
        "Kommunikationsansvarig, press@example.se", "Integritetsskyddsmyndigheten",
    ):  # fmt: skip
        assert part in text


def test_authority_is_the_countrys_own_when_the_zone_is_not_swedish() -> None:
    text = whole(page(policy=made_up_policy(timezone="Europe/London")))
    assert "IMY" not in text
    assert "your country's data protection authority" in text


def test_hours_are_mentioned_as_the_policy_has_them() -> None:
    hours = Hours(((Range(480, 1020),),) * 7)
    assert "within the policy's working hours only" in whole(
        page(policy=made_up_policy(hours=hours))
    )
    assert "no working hours" in whole(page())


def test_long_lists_of_channels_are_cut_with_their_number() -> None:
    policy = made_up_policy()
    many = tuple(replace(policy.channels[0], id=f"c{n}") for n in range(40))
    assert "28 more" in whole(page(policy=replace(policy, channels=many)))


def test_a_contact_that_is_not_there_is_said_so() -> None:
    policy = made_up_policy(contacts=())
    assert "names nobody" in whole(page(policy=policy))
