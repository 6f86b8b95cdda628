from __future__ import annotations

from itertools import pairwise

import pytest

from tools.bench.script import IDLE_AFTER_MS, LONG_MS, SHORT_MS, WINDOWS, Script, write_script
from tools.bench.truth import Done, by_request, compare, idle_stretches, true_timeline


@pytest.fixture(scope="module")
def script() -> Script:
    return write_script(300, 12)


def as_planned(script: Script) -> list[Done]:
    return [Done(act, act.at_ms, act.at_ms) for act in script.acts]


def test_script_is_the_same_when_written_again(script: Script) -> None:
    assert write_script(300, 12) == script
    assert write_script(300, 12, seed=2) != script


def test_shares_are_those_asked_for_when_a_session_is_planned(script: Script) -> None:
    assert (script.visits, script.short_visits, script.idle_stretches) == (300, 180, 12)
    assert script.retitles >= 100


def test_acts_are_in_order_when_written(script: Script) -> None:
    assert all(first.at_ms <= second.at_ms for first, second in pairwise(script.acts))


def test_lengths_are_those_planned_when_nobody_goes_away() -> None:
    truth = true_timeline(as_planned(write_script(100, 0)), by_request)
    lengths = [stretch.length_ms for stretch in truth[1:-1]]
    assert len(lengths) == 100
    assert sum(SHORT_MS[0] <= length <= SHORT_MS[1] for length in lengths) == 60
    assert max(lengths) <= LONG_MS[1]


def test_silences_are_far_from_the_threshold_when_planned(script: Script) -> None:
    inputs = [act.at_ms for act in script.acts if act.do == "input"]
    silences = [second - first for first, second in pairwise(inputs)]
    assert all(abs(silence - IDLE_AFTER_MS) > 1500 for silence in silences)
    assert len(idle_stretches(as_planned(script), by_request)) == 12


def test_every_channel_and_ordinary_work_are_visited_when_played(script: Script) -> None:
    labels = {stretch.label for stretch in true_timeline(as_planned(script), by_request)}
    assert labels == {page.channel for plan in WINDOWS for page in plan.pages}


def test_nothing_is_wrong_when_the_truth_is_measured(script: Script) -> None:
    truth = true_timeline(as_planned(script), by_request)
    spans = [stretch for stretch in truth if stretch.label is not None]
    comparison = compare(truth, spans)
    assert (comparison.total_error, comparison.wrong_ms, comparison.missed) == (0, 0, ())
