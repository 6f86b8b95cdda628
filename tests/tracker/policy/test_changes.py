"""What a new version of a policy changes, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.tracker.policy.catalogues import small_catalogue
from tracker.i18n import LANGUAGES, Language
from tracker.policy.changes import changes
from tracker.policy.load import load_or_raise
from tracker.policy.select import shipped_policy
from tracker.policy.types import Policy

MONDAY = date(2026, 11, 23)
SALES = frozenset({"salj"})
EN = Language("en")
FILE = shipped_policy("nordisk-konsult.toml").decode()
EARLIER = load_or_raise(FILE.encode(), "", small_catalogue(), MONDAY)

MORE_PRIVATE = (
    "Private during working hours: 15 minutes a day in all before, 20 minutes a day in all now."
)


def edited(*replacements: tuple[str, str]) -> Policy:
    """Return the policy after some changes of its text, each of which is in it once."""
    text = FILE
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return load_or_raise(text.encode(), "", small_catalogue(), MONDAY)


def told(later: Policy, earlier: Policy = EARLIER) -> tuple[str, ...]:
    return changes(earlier, later, (SALES, SALES), EN)


def test_nothing_is_told_when_only_words_around_it_changed() -> None:
    assert (
        told(edited(('version = "2.1"', 'version = "2.2"'), ("# nobody but", "# no one but"))) == ()
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "day = 15\n",
            "day = 20\n",
            MORE_PRIVATE,
        ),
        (
            '"100%", do = "ask"',
            '"90%", do = "ask"',
            "Private during working hours: it warns at other moments or in other ways.",
        ),
        (
            "per_day = 2",
            "per_day = 1",
            "Private during working hours: how much more time may be taken has changed.",
        ),
        ('\n[[channel]]\nid = "x"\n', '\n[[channel]]\nid = "x"\n[[channel]]\nid = "medium"\n',
         "New channel: Medium."),
        ('{ host = "forum.example.se" }, ', "",
         "Trade forum: what counts as this channel has changed."),
        ('note = "optional"\n\n', "until = 2026-12-31\n\n",
         "Answer a customer: where, for whom or until when it may be chosen has changed."),
        ("Show respect in every", "Be kind in every",
         "Guideline changed: Be kind in every channel."),
        ("Write as you would", "Write just as you would",
         "Guideline changed: Use proper language when a channel is used for work."),
        ("spans = 30", "spans = 60",
         "The single stretches of time are kept for 60 days, before 30."),
        ("totals = 400", "totals = 1", "Each day's totals are kept for 1 day, before 400."),
        ("recipients = [] ", 'recipients = [{ role = "HR", sees = "weekly_totals" }] ',
         "Who receives something by the policy: HR."),
        ("08:00-17:00", "09:00-17:00", "The working hours, breaks or holidays have changed."),
        ("press@example.se", "help@example.se",
         "Contact changed: Head of communications, help@example.se, +46 8 123 45 67."),
        ("first_reply = 30", "first_reply = 15", "The crisis plan has changed."),
        ("and hired consultants", "alone",
         "Whom it applies to: Applies to all employees alone."),
    ],
)  # fmt: skip
def test_change_is_told_when_the_text_is_another(old: str, new: str, line: str) -> None:
    assert line in told(edited((old, new)))


def test_only_the_one_line_is_told_when_one_number_is_another() -> None:
    assert len(told(edited(("day = 15\n", "day = 20\n")))) == 1


def test_what_is_gone_is_told_when_the_earlier_policy_had_more() -> None:
    later = replace(
        EARLIER,
        channels=tuple(each for each in EARLIER.channels if each.id != "reddit"),
        purposes=(),
        limits=EARLIER.limits[2:],
        guidelines=EARLIER.guidelines[:-1],
        contacts=EARLIER.contacts[:1],
    )
    lines = told(later)
    assert "No longer a channel of the policy: Reddit." in lines
    assert "No longer a purpose: Build the brand." in lines
    assert "No longer a limit: Social media for work." in lines
    assert any(line.startswith("No longer a guideline: Publish nothing") for line in lines)
    assert "No longer a contact: CEO." in lines
    back = told(EARLIER, later)
    assert "New channel: Reddit." in back
    assert any(line.startswith("New limit: All channels for") for line in back)
    assert "New contact: CEO." in back


def test_limits_of_others_are_left_out_when_the_person_is_not_in_their_group() -> None:
    later = edited(("default = 60, fri = 90", "default = 30, fri = 90"))
    assert len(told(later)) == 1
    assert changes(EARLIER, later, (frozenset(), frozenset()), EN) == ()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_words_when_the_policies_have_nothing_in_common(code: str) -> None:
    other = load_or_raise(shipped_policy("harrow.toml"), "", small_catalogue(), MONDAY)
    lines = changes(EARLIER, other, (SALES, frozenset()), Language(code))
    assert len(lines) > 10
    assert not any("{" in line for line in lines)
