"""What a person may choose, in words."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes import FakeOverview
from tests.made_up import made_up_policy
from tracker.i18n import Language
from tracker.policy.types import Purpose
from ui.purpose_choice import PurposeOption, purpose_options


def test_work_comes_before_private_when_a_channel_permits_both() -> None:
    overview = FakeOverview(choices={"linkedin": "leads"})
    assert purpose_options(overview, "linkedin", Language("en")) == (
        PurposeOption("leads", "Win leads", chosen=True),
        PurposeOption("varumarke", "Build the brand", chosen=False),
        PurposeOption("private", "private", chosen=False),
    )


def test_only_what_the_channel_permits_is_offered_when_a_purpose_is_for_another() -> None:
    options = purpose_options(FakeOverview(), "x", Language("sv"))
    assert [(each.id, each.chosen) for each in options] == [
        ("varumarke", False),
        ("private", True),
    ]
    assert options[0].name == "Stärka varumärket"


def test_a_note_is_offered_when_the_purpose_takes_one() -> None:
    policy = made_up_policy()
    noted: tuple[Purpose, ...] = tuple(
        replace(each, note="optional") if each.id == "leads" else each for each in policy.purposes
    )
    options = purpose_options(
        FakeOverview(policy=replace(policy, purposes=noted)), "linkedin", Language("en")
    )
    assert [each.note for each in options] == [True, False, False]
