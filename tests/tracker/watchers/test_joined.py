"""Several watchers as one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.contracts.watcher_contract import Recorder
from tracker.errors import ErrorCode, OutsideError
from tracker.facts import Fact, Foreground, Lock, Sleep, Unlock, Wake
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.base import FrontPlace, Rect, Sense, WatchHost
from tracker.watchers.joined import JoinedWatcher

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Part:
    """A watcher that notes what is done with it."""

    def __init__(
        self, name: str, *senses: Sense, idle_ms: int | None = None, fails: bool = False
    ) -> None:
        self.id = name
        self.senses = frozenset(senses)
        self.idle = idle_ms
        self.fails = fails
        self.calls: list[object] = []
        self.host: WatchHost | None = None

    def start(self, host: WatchHost) -> None:
        if self.fails:
            raise OutsideError(ErrorCode.DISPLAY_LOST)
        self.host = host
        self.calls.append("start")

    def confirm(self) -> None:
        self.calls.append("confirm")

    def idle_ms(self) -> int | None:
        return self.idle

    def stop(self) -> None:
        self.calls.append("stop")

    def report(self, fact: Fact) -> None:
        assert self.host is not None
        self.host.report(fact)


class IdlePart(Part):
    def assume_input(self, at: datetime) -> None:
        self.calls.append(at)


@pytest.fixture
def told() -> Recorder:
    return Recorder(VirtualLoop(VirtualTime(START)))


def test_parts_are_one_when_joined(told: Recorder) -> None:
    parts = [Part("x11", Sense.FOCUS, Sense.IDLE), Part("session", Sense.LOCK)]
    joined = JoinedWatcher(parts)
    joined.start(told.host)
    joined.confirm()
    joined.stop()
    assert joined.id == "x11"
    assert joined.senses == {Sense.FOCUS, Sense.IDLE, Sense.LOCK}
    assert [part.calls for part in parts] == [["start", "confirm", "stop"]] * 2


def test_facts_of_all_parts_are_reported_when_joined(told: Recorder) -> None:
    front, session = Part("x11"), Part("session")
    JoinedWatcher([front, session]).start(told.host)
    front.report(Foreground(START, "code"))
    session.report(Lock(START))
    assert told.facts == [Foreground(START, "code"), Lock(START)]


def test_started_parts_are_stopped_when_a_later_one_fails(told: Recorder) -> None:
    first, last = Part("session"), Part("last")
    joined = JoinedWatcher([first, Part("x11", fails=True), last])
    with pytest.raises(OutsideError):
        joined.start(told.host)
    assert first.calls == ["start", "stop"]
    assert last.calls == []


@pytest.mark.parametrize("fact", [Unlock(START), Wake(START)])
def test_input_is_assumed_when_the_session_is_back(told: Recorder, fact: Fact) -> None:
    front, session = IdlePart("x11"), Part("session")
    JoinedWatcher([front, session]).start(told.host)
    session.report(fact)
    assert front.calls == ["start", START]
    assert told.facts == [fact]


@pytest.mark.parametrize("fact", [Lock(START), Sleep(START), Foreground(START, "code")])
def test_input_is_not_assumed_when_something_else_happens(told: Recorder, fact: Fact) -> None:
    front, session = IdlePart("x11"), Part("session")
    JoinedWatcher([front, session]).start(told.host)
    session.report(fact)
    assert front.calls == ["start"]


@pytest.mark.parametrize(
    ("known", "shortest"), [([None, None], None), ([None, 7], 7), ([9, 7], 7), ([0, None], 0)]
)
def test_idle_time_is_the_shortest_when_parts_tell_it(
    known: list[int | None], shortest: int | None
) -> None:
    assert JoinedWatcher([Part("x", idle_ms=ms) for ms in known]).idle_ms() == shortest


class FrontPart(Part):
    """A part that tells of the window in front where it has ``place``."""

    place: FrontPlace | None = None

    def front_place(self, beneath: int | None = None) -> FrontPlace | None:
        self.calls.append(("place", beneath))
        return self.place

    def minimise(self, window: int, beneath: int | None = None) -> bool:
        self.calls.append(("minimise", window, beneath))
        return self.place is not None


def test_the_part_that_sees_the_front_is_asked_when_its_place_is_wanted() -> None:
    blind, seeing = FrontPart("blind"), FrontPart("x11")
    seeing.place = FrontPlace(9, 7, 0, 0, 10, 10, full_screen=False, screen=Rect(0, 0, 20, 20))
    joined = JoinedWatcher([Part("session"), blind, seeing])
    assert joined.front_place(4) == seeing.place
    assert joined.minimise(9, 4)
    assert seeing.calls == [("place", 4), ("minimise", 9, 4)]


def test_no_place_is_told_when_no_part_sees_the_front() -> None:
    joined = JoinedWatcher([Part("session"), FrontPart("blind")])
    assert joined.front_place() is None
    assert not joined.minimise(9)
