"""The figures of the classifier, with room for a busy machine: a slip of several times is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contracts.classify_contract import known_channel
from tests.tracker.classify.timing import seconds_of
from tracker.classify.classifier import Classifier
from tracker.policy.catalogue import shipped_catalogue

Window = tuple[str | None, str, str | None]

COUNT = 5_000
GOAL_NEW_S = 5e-6
GOAL_SEEN_S = 0.5e-6
ROOM = 4

NEW: dict[str, Callable[[int], Window]] = {
    "title that matches": lambda n: (
        "firefox",
        f"({n}) Några ord om {n} – och annat | LinkedIn — Mozilla Firefox",
        None,
    ),
    "title that matches nothing": lambda n: ("chromium", f"Ett ärende {n} - Chromium", None),
    "title with a profile and a count": lambda n: (
        "msedge.exe",
        f"Ord {n} | LinkedIn och 3 sidor till – Personligt – Microsoft\u200b Edge",
        None,
    ),
    "address that matches": lambda n: (
        "chromium",
        "Feed | LinkedIn - Chromium",
        f"https://www.linkedin.com/feed/update/urn:li:activity:{n}",
    ),
    "address that matches nothing": lambda n: ("chromium", "", f"https://www.site{n}.example/a/b"),
}


@pytest.fixture
def classifier() -> Classifier:
    catalogue = shipped_catalogue()
    every = [known_channel(name, catalogue) for name in (*catalogue.groups, *catalogue.channels)]
    return Classifier(every, catalogue)


@pytest.mark.parametrize("make", NEW.values(), ids=NEW.keys())
def test_judges_in_microseconds_when_never_seen_before(
    make: Callable[[int], Window], classifier: Classifier
) -> None:
    first = iter(range(0, 10 * COUNT, COUNT))

    def judge_all() -> None:
        start = next(first)
        for number in range(start, start + COUNT):
            classifier.classify(*make(number))

    assert seconds_of(judge_all) / COUNT < ROOM * GOAL_NEW_S


def test_judges_in_less_than_a_microsecond_when_seen_before(classifier: Classifier) -> None:
    make = NEW["title that matches"]
    windows = [make(number) for number in range(1_000)]

    def judge_all() -> None:
        for window in windows:
            classifier.classify(*window)

    judge_all()
    assert seconds_of(judge_all) / len(windows) < ROOM * GOAL_SEEN_S
