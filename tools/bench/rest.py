"""What the running program costs: the processor at rest and at work, and memory.

At rest means that a channel is in front and nothing happens: time counts, limits are awaited, and
the check every 4 s writes how far the span has come.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from tools.bench.app import accept, app_argv, require_app
from tools.bench.command import ROOT
from tools.bench.figures import CannotMeasureError, Figure, Missing, Part, Result
from tools.bench.process import Memory, memory_of, processor_ns, threads_of
from tools.bench.script import REST
from tools.bench.session import Stage, start_tracking
from tools.desktop import VirtualDesktop
from tools.waiting import now_ns, sleep_until, wait_until
from tools.xclient import XClient

GOAL_REST_PERCENT = 0.1
SETTLE_S = 10
CHANGE_EVERY_MS = 50
_CHANNEL = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to run the program, and how much memory it may take."""

    name: str
    goal_mb: float
    app: bool

    @property
    def figures(self) -> tuple[str, str, str]:
        """The names of its figures."""
        return (
            f"processor at rest, {self.name}",
            f"processor per focus change, {self.name}",
            f"memory, {self.name}",
        )


WITH_TODAY = "memory, tray app with Today open"
KINDS = (Kind("headless", 60, app=False), Kind("tray app", 115, app=True))


@dataclass(frozen=True, slots=True)
class Seat:
    """One kind of the program, running on a desktop of its own."""

    kind: Kind
    desktop: VirtualDesktop
    stage: Stage
    process: subprocess.Popen[str]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process used of the processor in a stretch of time."""

    used_ns: int
    lasted_ns: int

    @property
    def percent(self) -> float:
        """The share of one core."""
        return 100 * self.used_ns / self.lasted_ns


def _sit_down(stack: ExitStack, kind: Kind) -> Seat:
    if kind.app:
        require_app()
    desktop = stack.enter_context(VirtualDesktop())
    stage = stack.enter_context(Stage(desktop))
    argv = [*app_argv(), *(() if kind.app else ("track", "--headless"))]
    accept(desktop)
    process = start_tracking(desktop, argv)
    stage.focus(_CHANNEL)
    return Seat(kind, desktop, stage, process)


def _rest(seats: Sequence[Seat], seconds: int) -> list[Cost]:
    sleep_until(now_ns() + SETTLE_S * 1_000_000_000)
    before = [(processor_ns(seat.process.pid), now_ns()) for seat in seats]
    sleep_until(before[0][1] + seconds * 1_000_000_000)
    return [_cost(seat, *start) for seat, start in zip(seats, before, strict=True)]


def _cost(seat: Seat, used_ns: int, start_ns: int) -> Cost:
    return Cost(processor_ns(seat.process.pid) - used_ns, now_ns() - start_ns)


def _work(seat: Seat, changes: int) -> Cost:
    start = processor_ns(seat.process.pid), now_ns()
    for number in range(1, changes + 1):
        seat.stage.focus((_CHANNEL, REST)[number % 2])
        sleep_until(start[1] + number * CHANGE_EVERY_MS * 1_000_000)
    return _cost(seat, *start)


def _figures(seat: Seat, rest: Cost, work: Cost, changes: int, memory: Memory) -> list[Figure]:
    at_rest, per_change, in_memory = seat.kind.figures
    extra_ns = work.used_ns - rest.percent / 100 * work.lasted_ns
    threads = threads_of(seat.process.pid)
    return [
        Figure(
            at_rest,
            rest.percent,
            "%",
            GOAL_REST_PERCENT,
            f"{rest.used_ns / 1e6:.0f} ms of {rest.lasted_ns / 1e9:.0f} s in {threads} threads, a "
            "channel in front, a check every 4 s",
        ),
        Figure(
            per_change,
            extra_ns / changes / 1e6,
            "ms",
            None,
            f"{changes} changes, one every {CHANGE_EVERY_MS} ms; rest and checks taken off",
        ),
        Figure(
            in_memory,
            memory.alone,
            "MB",
            seat.kind.goal_mb,
            f"PSS as if no other Python ran; beside the bench's own it is {memory.pss:.1f} "
            f"(smaps_rollup), RSS {memory.rss:.0f}; after {changes} changes",
        ),
    ]


def _with_today(seat: Seat) -> Figure:
    """Return the memory after a second start has opened the Today window."""
    subprocess.run(app_argv(), env=seat.desktop.env, cwd=ROOT, check=True, capture_output=True)
    with XClient(seat.desktop.display) as client:
        wait_until(lambda: _managed(client, "kanaltid"), "the Today window", every_s=0.1)
    sleep_until(now_ns() + 1_000_000_000)
    memory = memory_of(seat.process.pid)
    note = f"smaps_rollup says {memory.pss:.1f}, RSS {memory.rss:.0f}"
    return Figure(WITH_TODAY, memory.alone, "MB", None, note)


def _managed(client: XClient, app: str) -> bool:
    """Tell whether a window of that class is open; an icon in the tray is none."""
    return any(client.app_of(window) == app for window in client.windows())


def _measure(quick: bool) -> list[Result]:
    seconds, changes = (12, 60) if quick else (60, 300)
    results: list[Result] = []
    with ExitStack() as stack:
        seats = []
        for kind in KINDS:
            try:
                seats.append(_sit_down(stack, kind))
            except CannotMeasureError as error:
                names = (*kind.figures, *((WITH_TODAY,) if kind.app else ()))
                results += [Missing(name, error.reason, error.remedy) for name in names]
        costs = _rest(seats, seconds)
        for seat, rest in zip(seats, costs, strict=True):
            work = _work(seat, changes)
            memory = memory_of(seat.process.pid)
            results += _figures(seat, rest, work, changes, memory)
            if seat.kind.app:
                results.append(_with_today(seat))
    return results


_NAMES = (*(name for kind in KINDS for name in kind.figures), WITH_TODAY)
PART = Part("rest", _NAMES, _measure, 2)
