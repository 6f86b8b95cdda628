"""The window in front, as the window manager tells it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.contracts.watcher_contract import Recorder
from tests.tracker.watchers.fake_x11 import FakeDisplay
from tracker.errors import ErrorCode
from tracker.facts import Blind, Foreground, Sighted
from tracker.loop import Callback, Handle
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.x11_front import TITLES_A_SECOND, TITLES_AT_ONCE, FrontSense

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
FEED, MAIL, DEAD = 10, 20, 99


def at(ms: int) -> datetime:
    return START + timedelta(milliseconds=ms)


class Scene:
    """The sense with a fake display, on time that is moved by hand."""

    def __init__(self) -> None:
        self.loop = VirtualLoop(VirtualTime(START))
        self.told = Recorder(self.loop)
        self.display = FakeDisplay()
        self.display.open(FEED, "chromium", "Feed", 7)
        self.display.open(MAIL, "thunderbird", "Inbox", 8)
        self.sense = FrontSense(self.display, self.loop.clock, self.told.note, self.later)

    def later(self, ms: int, callback: Callback) -> Handle:
        return self.loop.call_at(self.loop.clock.now() + timedelta(milliseconds=ms), callback)

    def begin(self, window: int = FEED) -> None:
        self.display.active = window
        self.sense.begin()
        self.told.forget()

    def settle(self) -> None:
        for event in self.display.events() or []:
            self.sense.note(event, self.loop.clock.now())
        self.sense.settle()

    def run_to(self, ms: int) -> None:
        self.loop.advance_to(at(ms))
        self.loop.settle()
        self.settle()


@pytest.fixture
def scene() -> Iterator[Scene]:
    scene = Scene()
    yield scene
    scene.display.close()


def test_sight_and_window_are_reported_when_it_begins(scene: Scene) -> None:
    scene.display.active = FEED
    scene.sense.begin()
    assert scene.told.facts == [Sighted(START), Foreground(START, "chromium", "Feed", 7)]
    assert scene.sense.sighted


def test_nothing_is_reported_as_nothing_when_it_begins_with_no_window(scene: Scene) -> None:
    scene.sense.begin()
    assert scene.told.facts == [Sighted(START), Foreground(START, None)]
    scene.run_to(1000)
    assert len(scene.told.facts) == 2


def test_window_is_reported_from_the_event_on_when_it_comes_to_the_front(scene: Scene) -> None:
    scene.begin()
    scene.run_to(400)
    scene.display.bring(MAIL)
    scene.settle()
    assert scene.told.facts == [Foreground(at(400), "thunderbird", "Inbox", 8)]
    assert scene.display.watched == {MAIL}


def test_title_is_reported_when_it_changes_without_a_move(scene: Scene) -> None:
    scene.begin()
    scene.run_to(50)
    scene.display.retitle(FEED, "Jobs")
    scene.settle()
    assert scene.told.facts == [Foreground(at(50), "chromium", "Jobs", 7)]


def test_nothing_is_reported_when_the_same_window_is_announced_twice(scene: Scene) -> None:
    scene.begin()
    scene.display.bring(FEED)
    scene.settle()
    scene.display.bring(FEED)
    scene.display.retitle(FEED, "Feed")
    scene.settle()
    assert scene.told.facts == []


def test_nothing_is_reported_when_a_window_behind_changes(scene: Scene) -> None:
    scene.begin()
    scene.display.watched.add(MAIL)
    scene.display.retitle(MAIL, "Drafts")
    scene.settle()
    assert scene.told.facts == []


def test_window_zero_is_passed_over_when_another_follows_soon(scene: Scene) -> None:
    scene.begin()
    scene.display.bring(0)
    scene.settle()
    scene.run_to(249)
    scene.display.bring(MAIL)
    scene.settle()
    scene.run_to(2000)
    assert scene.told.facts == [Foreground(at(249), "thunderbird", "Inbox", 8)]


def test_window_zero_leaves_no_trace_when_the_same_window_comes_back(scene: Scene) -> None:
    scene.begin()
    scene.display.bring(0)
    scene.settle()
    scene.run_to(5)
    scene.display.bring(FEED)
    scene.settle()
    scene.run_to(2000)
    assert scene.told.facts == []
    assert scene.display.watched == {FEED}


def test_nothing_is_back_dated_when_window_zero_lasts(scene: Scene) -> None:
    scene.begin()
    scene.run_to(1000)
    scene.display.bring(0)
    scene.settle()
    scene.run_to(1100)
    scene.display.bring(0)
    scene.run_to(3000)
    assert scene.told.facts == [Foreground(at(1000), None)]
    assert scene.told.learnt == [at(1250)]


def test_nothing_is_in_front_when_the_window_closed_and_none_follows(scene: Scene) -> None:
    scene.begin()
    scene.run_to(1000)
    scene.display.destroy(FEED)  # and its manager says nothing
    scene.settle()
    scene.run_to(3000)
    assert scene.told.facts == [Foreground(at(1000), None)]


def test_nothing_is_in_front_when_the_manager_names_a_dead_window(scene: Scene) -> None:
    scene.begin()
    scene.display.bring(DEAD)
    scene.settle()
    scene.run_to(1000)
    assert scene.told.facts == [Foreground(START, None)]


def test_late_title_of_the_old_window_is_not_reported_when_nothing_is_in_front(
    scene: Scene,
) -> None:
    scene.begin()
    scene.display.bring(0)
    scene.settle()
    scene.display.retitle(FEED, "Closing…")
    scene.run_to(2000)
    assert scene.told.facts == [Foreground(START, None)]


def test_missed_change_is_reported_when_confirmed(scene: Scene) -> None:
    scene.begin()
    scene.run_to(4000)
    scene.display.active = MAIL
    scene.sense.confirm()
    assert scene.told.facts == [Foreground(at(4000), "thunderbird", "Inbox", 8)]
    scene.display.windows[MAIL] = scene.display.windows[FEED]
    scene.sense.confirm()
    assert scene.told.facts[1:] == [Foreground(at(4000), "chromium", "Feed", 7)]


def test_missed_emptiness_is_doubted_first_when_confirmed(scene: Scene) -> None:
    scene.begin()
    scene.display.active = 0
    scene.sense.confirm()
    assert scene.told.facts == []
    scene.run_to(251)
    assert scene.told.facts == [Foreground(START, None)]


def test_blindness_is_reported_when_no_window_manager_runs(scene: Scene) -> None:
    scene.display.has_manager = False
    scene.sense.begin()
    assert scene.told.facts == [Blind(START, ErrorCode.NO_WINDOW_MANAGER)]
    assert not scene.sense.sighted
    scene.display.bring(FEED)
    scene.settle()
    assert len(scene.told.facts) == 1


def test_sight_returns_when_a_window_manager_comes(scene: Scene) -> None:
    scene.display.has_manager = False
    scene.sense.begin()
    scene.told.forget()
    scene.run_to(500)
    scene.display.active = FEED
    scene.display.set_manager(True)
    scene.settle()
    assert scene.told.facts == [Sighted(at(500)), Foreground(at(500), "chromium", "Feed", 7)]


def test_sight_returns_when_confirmed_after_a_silent_window_manager(scene: Scene) -> None:
    scene.display.has_manager = False
    scene.sense.begin()
    scene.display.has_manager = True
    scene.sense.confirm()
    assert scene.sense.sighted


def test_blindness_is_back_dated_when_the_window_manager_ends(scene: Scene) -> None:
    scene.begin()
    scene.run_to(100)
    scene.display.set_manager(False)
    scene.display.bring(0)
    scene.settle()
    scene.run_to(2000)
    assert scene.told.facts == [Blind(at(100), ErrorCode.NO_WINDOW_MANAGER)]
    assert scene.told.learnt == [at(1100)]
    assert not scene.sense.sighted


def test_blindness_comes_alone_when_the_window_went_before_its_manager(scene: Scene) -> None:
    scene.begin()
    scene.display.bring(0)
    scene.settle()
    scene.run_to(10)
    scene.display.set_manager(False)
    scene.settle()
    scene.run_to(2000)
    assert scene.told.facts == [Blind(at(10), ErrorCode.NO_WINDOW_MANAGER)]


def test_no_fact_comes_when_one_window_manager_replaces_another(scene: Scene) -> None:
    scene.begin()
    scene.display.set_manager(False)
    scene.settle()
    scene.run_to(600)
    scene.display.set_manager(True)
    scene.settle()
    scene.run_to(3000)
    assert scene.told.facts == []


def test_window_manager_is_asked_once_more_when_it_seems_to_be_gone(scene: Scene) -> None:
    scene.begin()
    scene.display.set_manager(False)
    scene.settle()
    scene.display.has_manager = True  # and no event says so
    scene.display.active = MAIL
    scene.run_to(3000)
    assert scene.told.facts == [Foreground(at(1000), "thunderbird", "Inbox", 8)]
    assert scene.sense.sighted


def test_looking_is_bounded_when_a_title_never_stands_still(scene: Scene) -> None:
    scene.begin()
    scene.display.looks = 0
    for ms in range(0, 20_000, 5):
        scene.run_to(ms)
        scene.display.retitle(FEED, f"frame {ms}")
    assert scene.display.looks <= TITLES_AT_ONCE + 20 * 2 * TITLES_A_SECOND
    scene.run_to(21_000)
    assert scene.told.fronts[-1].title == "frame 19995"
    assert scene.display.watched == {FEED}


def test_every_title_is_reported_when_many_come_at_once(scene: Scene) -> None:
    scene.begin()
    for number in range(TITLES_AT_ONCE):
        scene.display.retitle(FEED, f"title {number}")
        scene.settle()
    assert [front.title for front in scene.told.fronts] == [
        f"title {number}" for number in range(TITLES_AT_ONCE)
    ]


def test_move_is_reported_at_once_when_the_window_before_was_restless(scene: Scene) -> None:
    scene.begin()
    for number in range(2 * TITLES_AT_ONCE):
        scene.display.retitle(FEED, f"title {number}")
        scene.settle()
    scene.display.bring(MAIL)
    scene.settle()
    assert scene.told.fronts[-1] == Foreground(START, "thunderbird", "Inbox", 8)
    scene.told.forget()
    looks = scene.display.looks
    scene.run_to(1000)
    assert scene.told.facts == []
    assert scene.display.looks == looks


def test_restless_window_is_not_even_heard_when_it_was_looked_at_too_often(scene: Scene) -> None:
    scene.begin()
    scene.run_to(100)
    for number in range(TITLES_AT_ONCE + 1):
        scene.display.retitle(FEED, f"title {number}")
        scene.settle()
    assert scene.display.watched == set()
    scene.loop.advance_to(at(120))
    scene.sense.confirm()
    scene.told.forget()
    scene.run_to(200)
    assert scene.told.facts == [Foreground(at(100), "chromium", f"title {TITLES_AT_ONCE}", 7)]
    assert scene.display.watched == {FEED}


def test_nothing_is_reported_when_it_ended_while_in_doubt(scene: Scene) -> None:
    scene.begin()
    scene.display.bring(0)
    scene.settle()
    scene.sense.end()
    scene.loop.advance_to(at(5000))
    assert scene.told.facts == []
