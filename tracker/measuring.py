"""One run of measuring: facts come in, states settle, rows wait to be written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from tracker import facts
from tracker.judge import Judge
from tracker.ledger import Ledger
from tracker.loop import Handle, Loop
from tracker.model import State, StateKind, ms_between
from tracker.situation import (
    CapReached,
    HoursTurned,
    JudgedFact,
    Situation,
    Unwatched,
    Watched,
    resolve,
)
from tracker.timeline import Timeline
from tracker.visit import Visit, state_behind, visit_under_way

log = logging.getLogger(__name__)

STALL_MS = 12_000
"""More unexplained time than this between two looks was a stall or sleep."""


class Measuring:
    """Folds facts into the timeline and keeps the ledger in step with it.

    Args:
        loop: Gives the time and awaits the end of an audible channel's patience.
        judge: Judges windows and tabs.
        timeline: Begins with the situation at the start of this run.
        ledger: Whose now is the start of this run.
        audible_cap: How long an audible channel counts without input.
        settled: Called after each change, when the ledger is right up to now.
        slept_ms: Tells how long the machine has slept since it booted.
        stalls: Whether a long silence means that nobody looked.
        turns: Tells the turns of hours and days between two instants.
    """

    def __init__(
        self,
        loop: Loop,
        judge: Judge,
        timeline: Timeline,
        ledger: Ledger,
        *,
        audible_cap: timedelta,
        settled: Callable[[], None],
        slept_ms: Callable[[], int],
        stalls: bool,
        turns: Callable[[datetime, datetime], Iterable[JudgedFact]],
    ) -> None:
        self._loop = loop
        self._judge = judge
        self._timeline = timeline
        self._ledger = ledger
        self._settled = settled
        self._slept_ms = slept_ms
        self._stalls = stalls
        self._turns = turns
        self.audible_cap = audible_cap
        self._looked = ledger.now
        self._slept = slept_ms()
        self._cap: Handle | None = None

    @property
    def situation(self) -> Situation:
        """The latest situation."""
        return self._timeline.now

    @property
    def app(self) -> str:
        """The app in front; empty where there is none, or none is known."""
        front = self.situation.front
        return (front.app or "") if front is not None else ""

    def situation_at(self, instant: datetime) -> Situation | None:
        """Return the situation at ``instant``; None where that is forgotten."""
        return self._timeline.at(instant)

    @property
    def visit(self) -> Visit | None:
        """The visit that goes on, be it behind one of Kanaltid's own windows."""
        return visit_under_way(self._timeline.back())

    @property
    def behind(self) -> State | None:
        """The state of the channel that waits behind an own window, or behind idleness."""
        return state_behind(self._timeline.back())

    def report(self, fact: facts.Fact) -> None:
        """Take in a watcher's fact; one from the future holds from now on."""
        now = self._loop.clock.now()
        if fact.at > now:
            fact = replace(fact, at=now)
        match fact:
            case facts.Foreground():
                self.insert(self._judge.front(fact))
            case facts.Tab():
                self.insert(self._judge.page(fact))
            case facts.ChoosePurpose() | facts.TakeBreak() | facts.BackToWork():
                raise TypeError(fact)  # the person's doings come through the service
            case facts.Blind():
                self._judge.forget_window()
                self.insert(fact)
            case facts.Idle():
                self.insert(fact)
                self._await_cap(fact.since)
            case _:
                self.insert(fact)

    def insert(self, *judged: JudgedFact) -> None:
        """Put facts into the timeline, and settle from the earliest of them on."""
        self.look()
        since = min([self._timeline.insert(fact) for fact in judged])
        self.settle(since)

    def settle(self, since: datetime) -> None:
        """Bring the ledger to now, with the states from ``since`` on as they turned out."""
        self._ledger.advance(self._loop.clock.now())
        self._ledger.rewrite(
            since, [(at, resolve(situation)) for at, situation in self._timeline.since(since)]
        )
        self._settled()

    def look(self) -> None:
        """Note that the process is awake; time that it slept through is credited to nothing."""
        now = self._loop.clock.now()
        slept = self._slept_ms()
        gap_ms = ms_between(self._looked, now)
        if self._stalls and gap_ms > STALL_MS:
            asleep = (slept - self._slept) * 2 > gap_ms
            log.info("nobody looked for %d ms, asleep: %s", gap_ms, asleep)
            start = self._looked
            self._looked, self._slept = now, slept
            self._pass_over(start, now, asleep=asleep)
        self._looked, self._slept = now, slept

    def _pass_over(self, start: datetime, end: datetime, *, asleep: bool) -> None:
        """Nobody looked from ``start`` to ``end``, and no timer told of what turned there."""
        since = self._timeline.insert(Unwatched(start, asleep))
        for turn in self._turns(start, end):
            self._timeline.insert(turn)
        self._timeline.insert(Watched(end))
        self.settle(since)

    def skip(self, start: datetime, end: datetime) -> None:
        """The clock went ahead from ``start`` to ``end``: nobody measured in between."""
        self._looked = end
        self._pass_over(start, end, asleep=False)

    def _await_cap(self, since: datetime) -> None:
        if self._cap is not None:
            self._cap.cancel()
        at = since + self.audible_cap
        self._cap = self._loop.call_at(at, lambda: self._reach_cap(at))

    def _reach_cap(self, at: datetime) -> None:
        self._cap = None
        if self.situation.idle:
            self.insert(CapReached(at))

    def forget(self, before: datetime) -> None:
        """Let go of what lies before ``before``; it can't be rewritten any more."""
        self._timeline.forget(before)

    def stop(self) -> None:
        """Await nothing any more."""
        if self._cap is not None:
            self._cap.cancel()


def stopped_states(
    start: datetime, turns: Iterable[HoursTurned], inside: bool
) -> list[tuple[datetime, State]]:
    """Return the states of a stretch in which the program did not run.

    Args:
        start: Where it begins.
        turns: The turns of hours within it, in order.
        inside: Whether hours hold at its start.
    """
    states = [(start, State(StateKind.STOPPED, within_hours=inside))]
    states += [
        (turn.at, State(StateKind.STOPPED, within_hours=turn.window is not None)) for turn in turns
    ]
    return states
