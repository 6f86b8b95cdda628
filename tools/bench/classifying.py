"""How long it takes to tell a window's channel, with the whole catalogue."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter_ns

from tools.bench.figures import Figure, Part, median
from tracker.classify.classifier import Classifier
from tracker.policy.catalogue import shipped_catalogue
from tracker.policy.types import Channel

UNSEEN, SEEN = "classify, not seen before", "classify, seen before"
GOAL_UNSEEN_US = 5.0
GOAL_SEEN_US = 0.5

Question = tuple[str | None, str, str | None]

KINDS: dict[str, Callable[[int], Question]] = {
    "title without a channel": lambda n: (
        "chromium", f"Some page number {n} about work - Chromium", None,
    ),
    "title with one": lambda n: ("chromium", f"(3) Ada Lindqvist {n} | LinkedIn - Chromium", None),
    "Swedish title": lambda n: (
        "firefox", f"(3) Några sidor {n} om båtar – och annat | LinkedIn — Mozilla Firefox", None,
    ),
    "Edge with other tabs": lambda n: (
        "msedge.exe",
        f"Båtar {n} | LinkedIn och 3 sidor till – Personligt – Microsoft\u200b Edge",
        None,
    ),
    "address with a channel": lambda n: (
        "chromium", "Page - Chromium", f"https://www.linkedin.com/feed/update/{n}?x=y",
    ),
    "address with a path": lambda n: (
        "chromium", "Page - Chromium", f"https://www.facebook.com/groups/{n}/posts/b",
    ),
    "address without one": lambda n: (
        "chromium", "Page - Chromium", f"https://www.example{n}.com/a/b/c",
    ),
    "spreadsheet": lambda n: ("EXCEL.EXE", f"Facebook-annonser {n}.xlsx - Excel", None),
}  # fmt: skip
"""What a window may be, numbered so that no two are the same."""


def _make() -> Classifier:
    catalogue = shipped_catalogue()
    channels = [
        Channel(each.id, each.name, each.kind, each.match, each.exclude)
        for each in catalogue.channels.values()
    ]
    return Classifier(channels, catalogue)


def _unseen_us(make: Callable[[int], Question], count: int) -> float:
    """Return the microseconds of a question; the shortest of three rounds, a machine being busy."""
    rounds = []
    for number in range(3):
        classifier = _make()
        questions = [make(n) for n in range(number * count, (number + 1) * count)]
        start = perf_counter_ns()
        for app, title, url in questions:
            classifier.classify(app, title, url)
        rounds.append((perf_counter_ns() - start) / count / 1e3)
    return min(rounds)


def _seen_us(rounds: int) -> float:
    """Return the microseconds of a question whose text is new as an object, as watchers give it."""
    make, count = KINDS["title with one"], 200
    classifier = _make()
    for n in range(count):
        classifier.classify(*make(n))
    times = []
    for _ in range(rounds):
        questions = [make(n) for n in range(count)]
        start = perf_counter_ns()
        for app, title, url in questions:
            classifier.classify(app, title, url)
        times.append((perf_counter_ns() - start) / count / 1e3)
    return median(times)


def _measure(quick: bool) -> list[Figure]:
    count = 5_000 if quick else 50_000
    found = {name: _unseen_us(make, count) for name, make in KINDS.items()}
    worst = max(found, key=lambda name: found[name])
    kinds = ", ".join(f"{name} {us:.1f}" for name, us in found.items())
    channels = len(shipped_catalogue().channels)
    return [
        Figure(UNSEEN, found[worst], "µs", GOAL_UNSEEN_US, f"the slowest kind of these: {kinds}"),
        Figure(SEEN, _seen_us(50 if quick else 500), "µs", GOAL_SEEN_US, f"{channels} channels"),
    ]


PART = Part("classify", (UNSEEN, SEEN), _measure, 0.2)
