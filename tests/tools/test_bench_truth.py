from __future__ import annotations

import pytest

from tools.bench.script import REST, Act, Page
from tools.bench.truth import (
    Done,
    Stretch,
    by_outcome,
    by_request,
    by_server,
    compare,
    idle_stretches,
    lags,
    nearest_call_ms,
    true_timeline,
)

CHROMIUM, FIREFOX = 0, 1
X = Page("Home / X", "x")
MAIL = Page("Inkorg", None)


def focus(at: int, window: int) -> Done:
    return Done(Act(at, "focus", window), at, at)


def retitle(at: int, window: int, page: Page) -> Done:
    return Done(Act(at, "retitle", window, page), at, at)


def moves(*ats: int) -> list[Done]:
    return [Done(Act(at, "input"), at, at) for at in ats]


def timeline(*done: Done) -> list[Stretch]:
    return true_timeline(sorted(done, key=lambda each: each.asked_ms), by_request)


def test_label_follows_when_focus_and_title_change() -> None:
    assert timeline(
        focus(0, CHROMIUM), retitle(1000, CHROMIUM, X), focus(3000, REST), focus(4000, REST)
    ) == [Stretch(0, 1000, "linkedin"), Stretch(1000, 3000, "x"), Stretch(3000, 4000, None)]


def test_label_stays_when_a_window_behind_gets_a_title() -> None:
    assert timeline(focus(0, CHROMIUM), retitle(1000, FIREFOX, MAIL), focus(2000, REST)) == [
        Stretch(0, 2000, "linkedin")
    ]


def test_time_is_taken_back_when_there_was_no_input_for_long() -> None:
    assert timeline(focus(0, CHROMIUM), *moves(0, 1000, 6000), focus(7000, REST)) == [
        Stretch(0, 1000, "linkedin"),
        Stretch(1000, 6000, None, idle=True),
        Stretch(6000, 7000, "linkedin"),
    ]


def test_time_counts_when_the_silence_was_short() -> None:
    done = [focus(0, CHROMIUM), *moves(0, 3999), focus(4000, REST)]
    assert timeline(*done) == [Stretch(0, 4000, "linkedin")]
    assert idle_stretches([done[0], *moves(0, 4000)], by_request) == [(0, 4000)]
    assert nearest_call_ms(done) == 1


@pytest.mark.parametrize(("stamped", "expected"), [(None, 15), (12.5, 12.5), (5, 10), (99, 20)])
def test_stamp_is_believed_when_it_can_be(stamped: float | None, expected: float) -> None:
    done = Done(Act(0, "focus"), 10, 20, stamped)
    assert by_server(done) == expected
    assert (by_request(done), by_outcome(done)) == (10, 20)


TRUTH = [
    Stretch(0, 1000, "linkedin"),
    Stretch(1000, 1500, None),
    Stretch(1500, 3500, "x"),
    Stretch(3500, 9500, None, idle=True),
    Stretch(9500, 10000, "x"),
]


def test_shares_are_told_when_spans_are_late() -> None:
    spans = [
        Stretch(10, 1020, "linkedin"),
        Stretch(1500, 3500, "x"),
        Stretch(9500, 10000, "x"),
    ]
    comparison = compare(TRUTH, spans)
    assert comparison.true_ms == {"linkedin": 1000, "x": 2500}
    assert comparison.measured_ms == {"linkedin": 1010, "x": 2500}
    assert comparison.total_error == pytest.approx(10 / 3500)
    assert comparison.wrong_share == pytest.approx(30 / 10000)
    assert (comparison.visits, comparison.changes, comparison.missed) == (4, 4, ())
    assert lags(TRUTH, spans) == [20, 0, 0, 0]


def test_both_labels_are_wrong_when_time_goes_to_another_channel() -> None:
    spans = [Stretch(0, 1000, "linkedin"), Stretch(1000, 3500, "x"), Stretch(9500, 10000, "x")]
    comparison = compare(TRUTH, spans)
    assert comparison.wrong_ms == 500
    assert comparison.missed == (TRUTH[1],)


def test_time_is_wrong_when_it_bears_the_label_of_another_channel() -> None:
    truth = [Stretch(0, 1000, "linkedin"), Stretch(1000, 2000, "x")]
    comparison = compare(truth, [Stretch(0, 1700, "linkedin"), Stretch(1700, 2000, "x")])
    assert comparison.wrong_ms == 700
    assert comparison.missed == (truth[1],)


def test_visit_is_missed_when_its_channel_has_less_than_half_of_it() -> None:
    spans = [Stretch(0, 400, "linkedin"), Stretch(1500, 3500, "x"), Stretch(9500, 10000, "x")]
    comparison = compare(TRUTH, spans)
    assert comparison.missed == (TRUTH[0],)
    assert comparison.wrong_ms == 600


def test_idle_stretch_is_wrong_and_no_missed_visit_when_it_was_counted() -> None:
    spans = [Stretch(0, 1000, "linkedin"), Stretch(1500, 10000, "x")]
    comparison = compare(TRUTH, spans)
    assert (comparison.wrong_ms, comparison.missed) == (6000, ())


def test_everything_is_missed_when_nothing_was_measured() -> None:
    comparison = compare(TRUTH, [])
    assert comparison.total_error == 1
    assert [stretch.label for stretch in comparison.missed] == ["linkedin", "x", "x"]
    assert lags(TRUTH, []) == []
