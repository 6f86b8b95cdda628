"""The words of ``doctor``: each reason and each remedy has some."""

from __future__ import annotations

import pytest

from tracker.doctor_texts import obstacle_remedy, quiet_text, reason_text
from tracker.i18n import Language
from tracker.quiet.base import Obstacle, Reason

NEVER_TOLD = "never_told"


@pytest.mark.parametrize("obstacle", [*Obstacle, NEVER_TOLD])
def test_obstacle_has_a_reason_and_a_remedy_when_it_is_told(obstacle: str) -> None:
    language = Language("en")
    for text in (reason_text(obstacle, language), obstacle_remedy(obstacle, language)):
        assert text.endswith(".")
        assert " " in text


@pytest.mark.parametrize("what", [*Reason, "sharing"])
def test_what_is_told_of_has_words(what: str) -> None:
    assert quiet_text(what, Language("en")).startswith("Whether ")
