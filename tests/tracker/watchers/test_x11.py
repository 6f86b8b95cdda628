"""The watcher of X11 desktops, over a connection that may be lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.contracts.watcher_contract import Recorder
from tests.tracker.watchers.fake_x11 import FakeDisplay
from tracker.errors import ErrorCode, OutsideError
from tracker.facts import Active, Blind, Fact, Foreground, Idle, Sighted
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.base import Sense, WatchHost
from tracker.watchers.x11 import SENSES, X11Watcher
from tracker.watchers.x11_wire import Kind, XEvent

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
FEED, MAIL = 10, 20


def at(ms: int) -> datetime:
    return START + timedelta(milliseconds=ms)


class Scene:
    """The watcher on time that is moved by hand; ``serving`` says whether anybody answers."""

    def __init__(self) -> None:
        self.loop = VirtualLoop(VirtualTime(START))
        self.told = Recorder(self.loop)
        self.serving = True
        self.displays: list[FakeDisplay] = []
        self.watcher = X11Watcher(self.connect)

    def connect(self) -> FakeDisplay:
        if not self.serving:
            raise OutsideError(ErrorCode.DISPLAY_LOST, display="fake")
        display = FakeDisplay()
        display.open(FEED, "chromium", "Feed", 7)
        display.open(MAIL, "thunderbird", "Inbox", 8)
        display.active = FEED
        self.displays.append(display)
        return display

    @property
    def display(self) -> FakeDisplay:
        return self.displays[-1]

    def start(self) -> None:
        self.watcher.start(self.told.host)
        self.told.forget()

    def ready(self) -> None:
        self.loop.feed(self.display.fileno())

    def run_to(self, ms: int) -> None:
        self.loop.advance_to(at(ms))
        self.loop.settle()

    def lose(self) -> None:
        descriptor = self.display.fileno()
        self.serving = False
        self.display.lost = True
        self.loop.feed(descriptor)


@pytest.fixture
def scene() -> Iterator[Scene]:
    scene = Scene()
    yield scene
    scene.watcher.stop()
    assert all(display.closed for display in scene.displays)


def test_present_facts_are_reported_when_started(scene: Scene) -> None:
    scene.watcher.start(scene.told.host)
    assert scene.told.facts == [
        Sighted(START),
        Foreground(START, "chromium", "Feed", 7),
        Active(START),
    ]
    assert scene.watcher.senses == SENSES


def test_change_is_reported_when_its_event_can_be_read(scene: Scene) -> None:
    scene.start()
    scene.run_to(500)
    scene.display.bring(MAIL)
    scene.ready()
    assert scene.told.facts == [Foreground(at(500), "thunderbird", "Inbox", 8)]


def test_start_fails_and_leaves_nothing_when_nobody_answers(scene: Scene) -> None:
    scene.serving = False
    with pytest.raises(OutsideError):
        scene.watcher.start(scene.told.host)
    scene.serving = True
    scene.run_to(60_000)
    assert scene.told.facts == []
    assert scene.displays == []


def test_senses_shrink_to_what_is_left_when_parts_are_missing(scene: Scene) -> None:
    scene.start()
    scene.display.set_manager(False)
    scene.ready()
    scene.run_to(2000)
    assert scene.watcher.senses == {Sense.IDLE}
    scene.lose()
    assert scene.watcher.senses == frozenset()


def test_front_alone_is_told_when_the_server_counts_no_idle_time(scene: Scene) -> None:
    def connect() -> FakeDisplay:
        display = scene.connect()
        display.idle = None
        return display

    scene.watcher = X11Watcher(connect)
    scene.watcher.start(scene.told.host)
    assert scene.watcher.senses == {Sense.FOCUS, Sense.TITLE, Sense.PID}
    assert scene.watcher.idle_ms() is None


def test_loss_is_reported_at_once_when_the_display_dies(scene: Scene) -> None:
    scene.start()
    scene.run_to(700)
    scene.lose()
    assert scene.told.facts == [Blind(at(700), ErrorCode.DISPLAY_LOST)]
    assert scene.display.closed


def test_loss_is_reported_when_it_shows_at_a_check_only(scene: Scene) -> None:
    scene.start()
    scene.display.lost = True
    scene.watcher.confirm()
    assert scene.told.facts == [Blind(START, ErrorCode.DISPLAY_LOST)]


def test_everything_is_reported_anew_when_the_display_comes_back(scene: Scene) -> None:
    scene.start()
    scene.lose()
    scene.run_to(6000)
    assert len(scene.told.facts) == 1
    scene.serving = True
    scene.run_to(8000)
    assert scene.told.facts[1:] == [
        Sighted(at(7000)),
        Foreground(at(7000), "chromium", "Feed", 7),
        Active(at(7000)),
    ]
    assert scene.watcher.senses == SENSES
    scene.display.bring(MAIL)
    scene.ready()
    assert scene.told.fronts[-1].app == "thunderbird"


def test_delay_is_short_again_when_the_display_is_lost_a_second_time(scene: Scene) -> None:
    scene.start()
    for begin in (0, 40_000):
        scene.run_to(begin)
        scene.lose()
        scene.run_to(begin + 16_000)
        scene.serving = True
        scene.run_to(begin + 32_000)
        assert scene.watcher.senses == SENSES
    sighted = [fact.at for fact in scene.told.facts if isinstance(fact, Sighted)]
    assert sighted == [at(31_000), at(71_000)]


def test_no_more_attempts_are_made_when_stopped_while_lost(scene: Scene) -> None:
    scene.start()
    scene.lose()
    scene.watcher.stop()
    scene.serving = True
    scene.run_to(120_000)
    assert len(scene.displays) == 1


def test_display_lost_while_it_tells_the_present_is_tried_again(scene: Scene) -> None:
    def report(fact: Fact) -> None:
        scene.told.note(fact)
        if isinstance(fact, Sighted) and len(scene.displays) == 1:
            scene.display.lost = True

    scene.watcher.start(WatchHost(scene.loop, report, lambda: 300_000))
    scene.run_to(5000)
    assert [type(fact) for fact in scene.told.facts] == [
        Sighted,
        Blind,
        Sighted,
        Foreground,
        Active,
    ]


def test_events_that_an_answer_brought_along_are_handled_when_idle_time_is_asked(
    scene: Scene,
) -> None:
    scene.start()
    scene.display.bring(MAIL)
    assert scene.watcher.idle_ms() == 0
    assert scene.told.facts == []
    scene.loop.settle()
    assert [front.app for front in scene.told.fronts] == ["thunderbird"]


def test_loss_is_handled_apart_when_idle_time_is_asked(scene: Scene) -> None:
    scene.start()
    scene.display.lost = True
    assert scene.watcher.idle_ms() is None
    assert scene.told.facts == []
    scene.loop.settle()
    assert [type(fact) for fact in scene.told.facts] == [Blind]
    assert scene.watcher.idle_ms() is None


def test_events_that_a_timer_brought_along_are_handled_when_it_is_over(scene: Scene) -> None:
    scene.start()
    scene.display.bring(0)
    scene.ready()
    scene.display.bring(MAIL)
    scene.run_to(300)
    assert [front.app for front in scene.told.fronts] == [None, "thunderbird"]


def test_new_connection_lasts_when_a_report_stopped_and_started_it(scene: Scene) -> None:
    def report(fact: Fact) -> None:
        scene.told.note(fact)
        if isinstance(fact, Sighted) and len(scene.displays) == 1:
            scene.watcher.stop()
            scene.watcher.start(host)

    host = WatchHost(scene.loop, report, lambda: 300_000)
    scene.watcher.start(host)
    assert len(scene.displays) == 2
    assert not any(isinstance(fact, Blind) for fact in scene.told.facts)
    assert scene.watcher.senses == SENSES


def test_others_have_their_turn_when_events_never_end(scene: Scene) -> None:
    scene.start()
    scene.display.storm = True
    scene.ready()
    scene.display.storm = False
    scene.display.bring(MAIL)
    scene.loop.settle()
    assert [front.app for front in scene.told.fronts] == ["thunderbird"]


def test_idle_and_return_are_reported_when_alarms_fire(scene: Scene) -> None:
    scene.start()
    rise, fall = sorted(scene.display.alarms)
    scene.run_to(310_000)
    scene.display.queue.append(XEvent(Kind.ALARM, rise, 300_000))
    scene.ready()
    scene.run_to(400_000)
    scene.display.queue.append(XEvent(Kind.ALARM, fall, 0))
    scene.ready()
    assert scene.told.facts == [Idle(at(310_000), at(10_000)), Active(at(400_000))]


def test_idleness_counts_from_the_wake_when_input_is_assumed(scene: Scene) -> None:
    scene.start()
    scene.watcher.assume_input(at(100_000))
    scene.display.idle = 350_000
    scene.run_to(350_000)
    scene.watcher.confirm()
    assert scene.told.facts == []
    scene.display.idle = 401_000
    scene.run_to(401_000)
    scene.watcher.confirm()
    assert scene.told.facts == [Idle(at(401_000), at(100_000))]


OWN, OWN_PID = 30, 99


def bring_own(scene: Scene) -> None:
    scene.display.open(OWN, "kanaltid", "", OWN_PID)
    scene.display.bring(OWN)
    scene.ready()


def place_told(scene: Scene, beneath: int | None = OWN_PID) -> int | None:
    place = scene.watcher.front_place(beneath)
    return place.window if place is not None else None


def test_place_is_of_the_front_when_it_is_foreign(scene: Scene) -> None:
    assert place_told(scene) is None
    scene.start()
    assert place_told(scene) == FEED
    scene.display.active = MAIL
    assert place_told(scene) == MAIL


def test_place_is_of_what_lies_beneath_when_own_windows_are_in_front(scene: Scene) -> None:
    scene.start()
    bring_own(scene)
    assert place_told(scene) == FEED
    scene.display.open(31, "kanaltid", "", OWN_PID)
    scene.display.bring(31)
    scene.ready()
    assert place_told(scene) == FEED
    assert place_told(scene, beneath=None) == 31


def test_no_place_is_told_when_the_front_moved_unseen_beneath_own_windows(scene: Scene) -> None:
    scene.start()
    bring_own(scene)
    scene.display.open(32, "kanaltid", "", OWN_PID)
    scene.display.active = 32
    assert place_told(scene) is None


def test_no_place_is_told_when_nothing_was_beneath(scene: Scene) -> None:
    scene.start()
    scene.display.bring(0)
    scene.ready()
    scene.run_to(1_000)
    bring_own(scene)
    assert place_told(scene) is None


def test_front_is_minimised_when_it_still_is_in_front(scene: Scene) -> None:
    scene.start()
    bring_own(scene)
    assert scene.watcher.minimise(FEED, OWN_PID)
    assert scene.display.minimised == [FEED]


@pytest.mark.parametrize("window", [OWN, MAIL])
def test_nothing_is_minimised_when_the_window_is_not_in_front_or_own(
    scene: Scene, window: int
) -> None:
    scene.start()
    bring_own(scene)
    assert not scene.watcher.minimise(window, OWN_PID)
    assert scene.display.minimised == []


def test_no_place_is_told_when_the_display_is_lost_or_unmanaged(scene: Scene) -> None:
    scene.start()
    scene.display.set_manager(runs=False)
    scene.ready()
    scene.run_to(2_000)
    assert place_told(scene) is None
    scene.display.lost = True
    assert place_told(scene) is None
    assert not scene.watcher.minimise(FEED)
