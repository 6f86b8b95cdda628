"""All sources asked at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.desk import catalogue
from tracker.quiet.base import Answer, Findings, Obstacle, Reason
from tracker.quiet.desktop_probe import DesktopProbe, make_probe
from tracker.virtual_loop import VirtualLoop, VirtualTime

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


class FakeSource:
    """Keeps the question, or answers at once with what it is given."""

    def __init__(self, reason: Reason, answer: Answer | None = None) -> None:
        self.reason = reason
        self.answer = answer
        self.asked: list[tuple[str, Callable[[Answer], None]]] = []

    def ask(self, app: str, done: Callable[[Answer], None]) -> None:
        self.asked.append((app, done))
        if self.answer is not None:
            done(self.answer)


class Scene:
    def __init__(self, *sources: FakeSource) -> None:
        self.loop = VirtualLoop(VirtualTime(START))
        self.told: list[Findings] = []
        DesktopProbe(self.loop, sources).ask("chromium", self.told.append)

    def run_to(self, ms: int) -> None:
        self.loop.advance_to(START + timedelta(milliseconds=ms))
        self.loop.settle()


def test_answer_is_there_at_once_when_all_have_answered() -> None:
    call = FakeSource(Reason.CALL, Answer(holds=True))
    scene = Scene(call, FakeSource(Reason.PRESENTING, Answer()))
    assert scene.told == [Findings(frozenset({Reason.CALL}))]
    assert call.asked[0][0] == "chromium"
    scene.run_to(2_000)
    assert len(scene.told) == 1


def test_silence_is_an_obstacle_when_it_lasts_for_a_second() -> None:
    late = FakeSource(Reason.CALL)
    scene = Scene(late, FakeSource(Reason.PRESENTING, Answer(holds=True)))
    scene.run_to(999)
    assert scene.told == []
    scene.run_to(1_000)
    expected = Findings(frozenset({Reason.PRESENTING}), ((Reason.CALL, Obstacle.NO_ANSWER),))
    assert scene.told == [expected]
    late.asked[0][1](Answer(holds=True))
    assert scene.told == [expected]


def test_obstacles_are_told_when_something_can_not_be_seen() -> None:
    scene = Scene(FakeSource(Reason.PRESENTING, Answer(obstacle=Obstacle.WAYLAND)))
    assert scene.told == [Findings(obstacles=((Reason.PRESENTING, Obstacle.WAYLAND),))]


def test_nothing_is_found_when_there_are_no_sources() -> None:
    assert Scene().told == [Findings()]


def test_every_reason_has_a_source_when_made_for_a_desktop() -> None:
    loop = VirtualLoop(VirtualTime(START))
    told: list[Findings] = []
    make_probe(loop, {"PATH": "/nowhere"}, catalogue(), 1).ask("chromium", told.append)
    loop.advance_to(START + timedelta(seconds=2))
    loop.settle()
    (findings,) = told
    assert findings.reasons == frozenset()
    assert {reason for reason, _ in findings.obstacles} == set(Reason)
