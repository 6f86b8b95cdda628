"""The clock of the visit in front."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes import FakeOverview
from tests.made_up import NOW
from tracker.i18n import Language
from tracker.model import State, StateKind
from ui.visit_clock import clock, visit_words

EN = Language("en")


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (-5, "0:00"),
        (999, "0:00"),
        (7_000, "0:07"),
        (59_999, "0:59"),
        (727_000, "12:07"),
        (3_600_000, "1:00:00"),
        (3_727_000, "1:02:07"),
    ],
)
def test_clock_counts_whole_seconds(ms: int, text: str) -> None:
    assert clock(ms) == text


def test_visit_is_clocked_while_it_counts() -> None:
    status = replace(FakeOverview().status(), since=NOW - timedelta(seconds=727, milliseconds=400))
    assert visit_words(status, NOW, EN) == "12:07 this visit"


@pytest.mark.parametrize("state", [State(StateKind.IDLE), State(StateKind.OTHER)])
def test_nothing_is_clocked_when_no_channel_counts(state: State) -> None:
    status = FakeOverview(state=state).status()
    assert visit_words(status, NOW, EN) == ""
    assert visit_words(replace(FakeOverview().status(), measuring=False), NOW, EN) == ""
