"""The words of the Privacy page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.made_up import made_up_policy
from tracker.i18n import Language
from tracker.policy.types import Policy, Recipient
from tracker.storage.base import Consent, Stored
from ui.privacy_view import (
    PrivacyView,
    ask_days,
    ask_everything,
    ask_withdraw,
    export_name,
    rows_text,
    view_privacy,
)

ENGLISH = Language("en")
CONSENT = Consent("made-up", "1", "sv", datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
COUNTED = {**dict.fromkeys(Stored, 0), Stored.SPAN: 1_204, Stored.DEVICE: 1}


def view(
    policy: Policy, consent: Consent | None = CONSENT, *, accepted: bool = True
) -> PrivacyView:
    return view_privacy(policy, consent, ENGLISH, accepted=accepted)


def with_recipients(*recipients: Recipient) -> Policy:
    policy = made_up_policy()
    return replace(policy, monitoring=replace(policy.monitoring, recipients=recipients))


def test_employer_sees_nothing_when_there_are_no_recipients() -> None:
    found = view(with_recipients())
    assert found.nothing
    assert found.promise == "What your employer sees: nothing."


def test_recipients_are_named_when_there_are_any() -> None:
    found = view(with_recipients(Recipient("HR", "weekly_totals")))
    assert not found.nothing
    assert "HR: the week's totals" in found.promise


def test_all_that_a_person_must_know_is_there() -> None:
    policy = made_up_policy()
    text = "\n".join(
        line for topic in view(policy).topics for line in (topic.heading, *topic.paragraphs)
    )
    for heading in (
        "What is measured", "Why", "How long", "Who receives it", "Whom to ask", "Your rights",
    ):  # fmt: skip
        assert heading in text
    for fact in (
        "LinkedIn", "legitimate interest", "DPIA-2026-03", "Unionen", "30 days", "400 days",
        "Head of communications", "press@example.se", "complain", "imy.se",
    ):  # fmt: skip
        assert fact in text


@pytest.mark.parametrize(
    ("consent", "accepted", "text"),
    [
        (CONSENT, True, "You accepted version 1 on 23 November 2026, in Swedish."),
        (
            replace(CONSENT, language="xx"),
            True,
            "You accepted version 1 on 23 November 2026, xx.",
        ),
        (CONSENT, False, "Not accepted: nothing is measured."),
        (None, True, "Accepted when Kanaltid was started."),
    ],
)
def test_acceptance_is_told(consent: Consent | None, accepted: bool, text: str) -> None:
    assert view(made_up_policy(), consent, accepted=accepted).accepted == text


def test_number_of_rows_is_told() -> None:
    assert rows_text(Stored.SPAN, COUNTED, ENGLISH) == "1,204 rows"
    assert rows_text(Stored.DEVICE, COUNTED, ENGLISH) == "1 row"
    assert rows_text(Stored.GAP, COUNTED, ENGLISH) == "Nothing is stored of this."


def test_what_goes_is_said_when_something_is_to_be_deleted() -> None:
    days = ask_days(date(2026, 11, 2), date(2026, 11, 23), COUNTED, ENGLISH)
    assert "2–23 Nov 2026" in days.text
    assert days.lines == ("Stretches of time: 1,204",)
    everything = ask_everything(COUNTED, ENGLISH)
    assert everything.lines == ("Stretches of time: 1,204", "Devices: 1")
    assert "until you accept again" in everything.text
    assert "stays until" in ask_withdraw(ENGLISH).text


def test_name_of_the_file_has_its_day() -> None:
    assert export_name(date(2026, 11, 23)) == "kanaltid-2026-11-23.json"
