"""What was true, from the acts that were done, and how far the measured spans are from it.

Instants are milliseconds, with fractions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tools.bench.script import IDLE_AFTER_MS, REST, WINDOWS, Act


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was done.

    Attributes:
        act: What was done.
        asked_ms: When it was asked for: it can't have happened earlier.
        seen_ms: When another program saw the outcome: it can't have happened later.
        stamped_ms: When the X server says that it happened, to the millisecond; None where
            it says nothing.
    """

    act: Act
    asked_ms: float
    seen_ms: float
    stamped_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time with one label: a channel, or None for everything else."""

    start_ms: float
    end_ms: float
    label: str | None
    idle: bool = False

    @property
    def length_ms(self) -> float:
        """How long it is."""
        return self.end_ms - self.start_ms


def by_request(done: Done) -> float:
    """Take an act to have happened when it was asked for: the earliest that it can have."""
    return done.asked_ms


def by_outcome(done: Done) -> float:
    """Take an act to have happened when another program saw it: the latest that it can have."""
    return done.seen_ms


def by_server(done: Done) -> float:
    """Take the X server's word, within what can be."""
    if done.stamped_ms is None:
        return (done.asked_ms + done.seen_ms) / 2
    return min(max(done.stamped_ms, done.asked_ms), done.seen_ms)


def idle_stretches(
    done: Sequence[Done], instant: Callable[[Done], float]
) -> list[tuple[float, float]]:
    """Return where there was no input for so long that all of it is to be taken back."""
    inputs = [instant(each) for each in done if each.act.do == "input"]
    return [(last, next_) for last, next_ in pairwise(inputs) if next_ - last >= IDLE_AFTER_MS]


def nearest_call_ms(done: Sequence[Done]) -> float:
    """Return how near the longest silences came to the threshold; small makes truth doubtful."""
    inputs = [each.asked_ms for each in done if each.act.do == "input"]
    return min(abs(next_ - last - IDLE_AFTER_MS) for last, next_ in pairwise(inputs))


def true_timeline(done: Sequence[Done], instant: Callable[[Done], float]) -> list[Stretch]:
    """Return what was true from the first act to the last, without gaps.

    Args:
        done: In order; each window shows its first page, and the one at rest is in front.
        instant: Tells when an act happened, such as :func:`by_request`.
    """
    cuts = [*_fronts(done, instant)]
    away = idle_stretches(done, instant)
    ats = sorted({at for at, _ in cuts} | {at for stretch in away for at in stretch})
    starts, starts_away = [at for at, _ in cuts], [start for start, _ in away]
    stretches: list[Stretch] = []
    for start, end in pairwise(ats):
        place = bisect_right(starts_away, start) - 1
        idle = place >= 0 and start < away[place][1]
        label = None if idle else cuts[bisect_right(starts, start) - 1][1]
        last = stretches[-1] if stretches else None
        if last is not None and (last.label, last.idle) == (label, idle):
            stretches[-1] = replace(last, end_ms=end)
        else:
            stretches.append(Stretch(start, end, label, idle))
    return stretches


def _fronts(
    done: Sequence[Done], instant: Callable[[Done], float]
) -> Iterator[tuple[float, str | None]]:
    """Yield from when on which label was in front, whether anybody was there or not."""
    shown = [plan.pages[0].channel for plan in WINDOWS]
    front = REST
    yield instant(done[0]), shown[front]
    for each in done:
        if each.act.do == "focus":
            front = each.act.window
        elif each.act.page is not None:
            shown[each.act.window] = each.act.page.channel
        yield instant(each), shown[front]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Measured against true.

    Attributes:
        true_ms: Milliseconds by channel.
        measured_ms: The same as measured.
        session_ms: From the first act to the last.
        wrong_ms: How long the label was another than the true one.
        visits: True stretches of one label with somebody there.
        missed: Those that bore their label for less than half of their length.
        changes: True changes of the label.
    """

    true_ms: dict[str, float]
    measured_ms: dict[str, float]
    session_ms: float
    wrong_ms: float
    visits: int
    missed: tuple[Stretch, ...]
    changes: int

    @property
    def total_error(self) -> float:
        """The sum of |measured − true| over the channels, as a share of the true time."""
        channels = self.true_ms.keys() | self.measured_ms.keys()
        wrong = sum(
            abs(self.measured_ms.get(each, 0) - self.true_ms.get(each, 0)) for each in channels
        )
        return wrong / sum(self.true_ms.values())

    @property
    def wrong_share(self) -> float:
        """The share of all moments that were under a wrong label."""
        return self.wrong_ms / self.session_ms


def compare(truth: Sequence[Stretch], measured: Sequence[Stretch]) -> Comparison:
    """Lay the measured spans over the true timeline.

    Args:
        truth: Without gaps.
        measured: By start, not overlapping; where there is none, the label is None.
    """
    session_ms = truth[-1].end_ms - truth[0].start_ms
    right = [_under_its_label(stretch, measured) for stretch in truth]
    visits = [(stretch, ms) for stretch, ms in zip(truth, right, strict=True) if not stretch.idle]
    return Comparison(
        _totals(truth),
        _totals(measured),
        session_ms,
        session_ms - sum(right),
        len(visits),
        tuple(stretch for stretch, ms in visits if ms < stretch.length_ms / 2),
        sum(before.label != after.label for before, after in pairwise(truth)),
    )


def _totals(stretches: Sequence[Stretch]) -> dict[str, float]:
    totals: defaultdict[str, float] = defaultdict(float)
    for stretch in stretches:
        if stretch.label is not None:
            totals[stretch.label] += stretch.length_ms
    return dict(totals)


def _under_its_label(stretch: Stretch, measured: Sequence[Stretch]) -> float:
    first = max(0, bisect_right(measured, stretch.start_ms, key=lambda each: each.start_ms) - 1)
    labelled = right = 0.0
    for other in measured[first:]:
        if other.start_ms >= stretch.end_ms:
            break
        both = min(other.end_ms, stretch.end_ms) - max(other.start_ms, stretch.start_ms)
        if both > 0:
            labelled += both
            right += both if other.label == stretch.label else 0
    return stretch.length_ms - labelled if stretch.label is None else right


def lags(truth: Sequence[Stretch], measured: Sequence[Stretch]) -> list[float]:
    """Return how much later than true each change into or out of a channel was measured.

    Only changes that have a measured one nearer than 100 ms are told; the others are missed.
    """
    edges = sorted({edge for each in measured for edge in (each.start_ms, each.end_ms)})
    found = []
    for before, after in pairwise(truth):
        place = bisect_right(edges, after.start_ms - 100)
        if before.label != after.label and place < len(edges):
            near = min(edges[place : place + 4], key=lambda edge: abs(edge - after.start_ms))
            if abs(near - after.start_ms) < 100:
                found.append(near - after.start_ms)
    return found
