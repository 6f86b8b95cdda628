"""``kanaltid track`` on a real desktop: right to the millisecond, whatever happens to it."""

from __future__ import annotations

import random
import signal
import socket
import statistics
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.desk import POLICY
from tests.desktop.fake_login1 import FakeLogin1
from tests.desktop.tracking import Tracker, Visit, happened, sums, true_spells
from tools.desktop import VirtualDesktop
from tools.waiting import now_ns, sleep_until, wait_until
from tools.windows import Change, WindowProcess
from tracker.model import GapKind

MS, SECOND = 1_000_000, 1_000_000_000
DWELLS_MS = (80, 80, 80, 100, 100, 200, 300, 1000)
TITLES = {
    "linkedin": "Ada Lovelace | LinkedIn — Mozilla Firefox",
    "youtube": "Regn i tio timmar - YouTube — Mozilla Firefox",
    None: "Väder i dag — Mozilla Firefox",
}


@pytest.fixture
def bare_desktop() -> Iterator[VirtualDesktop]:
    """A desktop of one test's own, without a tray and a notification daemon."""
    with VirtualDesktop(parts=["screen", "bus", "wm"]) as virtual:
        yield virtual


@pytest.fixture
def tracker(bare_desktop: VirtualDesktop) -> Tracker:
    return Tracker(bare_desktop)


class Person:
    """Somebody with a browser, a chat and an editor; says what was in front, and when."""

    def __init__(self, windows: WindowProcess) -> None:
        self._windows = windows
        self.browser = windows.open("firefox", TITLES["linkedin"]).window
        self.chat = windows.open("discord", "allmänt").window
        self.editor = windows.open("Gedit", "anteckningar.txt").window
        self.page: str | None = "linkedin"
        self.front = self.editor
        self.changes: list[Change] = []
        self.visits: list[Visit] = []

    def go(self, window: int) -> Change:
        """Bring a window to the front."""
        self.front = window
        channel = {self.browser: self.page, self.chat: "discord"}.get(window)
        return self._note(self._windows.focus(window), channel)

    def read(self, page: str | None) -> Change:
        """Open another page in the browser, which is in front."""
        self.page = page
        return self._note(self._windows.retitle(self.browser, TITLES[page]), page)

    def wander(self, dice: random.Random) -> None:
        """Go to another window or page."""
        if self.front == self.browser and dice.random() < 0.5:
            self.read(dice.choice([page for page in TITLES if page != self.page]))
        else:
            windows = (self.browser, self.chat, self.editor)
            self.go(dice.choice([each for each in windows if each != self.front]))

    def _note(self, change: Change, channel: str | None) -> Change:
        self.changes.append(change)
        self.visits.append((happened(change), channel))
        return change


def in_state(tracker: Tracker, state: str) -> bool:
    return bool(tracker.status()["state"] == state)


def stay(ms: float) -> None:
    """Let the person stay where they are."""
    sleep_until(now_ns() + int(ms * MS))


def test_totals_and_spans_are_right_when_a_hundred_changes_follow(tracker: Tracker) -> None:
    person = Person(tracker.desktop.open_windows())
    tracker.start()
    dice = random.Random(47)
    for _ in range(100):
        person.wander(dice)
        stay(dice.choice(DWELLS_MS))
    person.go(person.editor if person.front != person.editor else person.browser)
    end = person.visits[-1][0]
    assert tracker.stop() == 0

    stored = tracker.stored()
    stored.check()
    assert stored.gaps == ()
    true = true_spells(person.visits[:-1], end)
    measured = [each for each in stored.spells if each.start_ns < end - MS]
    assert [each.channel for each in measured] == [each.channel for each in true]
    late_ms = [
        (is_ - should) / MS
        for one, other in zip(measured, true, strict=True)
        for is_, should in ((one.start_ns, other.start_ns), (one.end_ns, other.end_ns))
    ]
    assert statistics.median(map(abs, late_ms)) < 5
    # A busy machine may be late once; the median tells whether it is always.
    assert max(map(abs, late_ms)) < 250
    for channel, ms in sums(true).items():
        visits = sum(each.channel == channel for each in true)
        assert sums(measured)[channel] == pytest.approx(ms, abs=5 * visits + 250)
    assert all((span.source, span.certain) == (
        ("app", True) if span.channel == "discord" else ("title", False)
    ) for span in stored.spans)  # fmt: skip


def test_at_most_five_seconds_are_lost_when_it_is_killed(tracker: Tracker) -> None:
    person = Person(tracker.desktop.open_windows())
    tracker.start()
    person.go(person.chat)
    begun = person.visits[-1][0]
    stay(6_500)
    tracker.stop(signal.SIGKILL)
    killed = now_ns()

    assert tracker.status() == {}
    person.go(person.browser)  # nobody sees it
    assert tracker.json("today")["measuring"] is False
    stay(1_000)
    person.go(person.chat)
    tracker.start()
    again = now_ns()
    stay(1_500)
    tracker.stop()
    stopped = now_ns()

    stored = tracker.stored()
    stored.check()
    before, after = stored.spells
    assert {before.channel, after.channel} == {"discord"}
    assert abs(before.start_ns - begun) < 50 * MS
    assert 0 <= killed - before.end_ns < 5 * SECOND
    assert killed < after.start_ns <= again
    assert stopped - after.end_ns < 500 * MS
    (gap,) = stored.gaps
    assert gap.kind is GapKind.NOT_MEASURED
    assert stored.true_ns(gap.start) == before.end_ns
    assert 0 <= after.start_ns - stored.true_ns(gap.end) < 500 * MS


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_nothing_is_lost_when_it_is_told_to_stop(tracker: Tracker, how: signal.Signals) -> None:
    person = Person(tracker.desktop.open_windows())
    tracker.start()
    person.go(person.chat)
    begun = person.visits[-1][0]
    stay(300)
    told = now_ns()
    assert tracker.stop(how) == 0
    gone = now_ns()
    (spell,) = tracker.stored().spells
    assert abs(spell.start_ns - begun) < 50 * MS
    assert told - MS <= spell.end_ns <= gone
    assert not (tracker.home / "run" / "control.sock").exists()
    assert (tracker.desktop.folder / "logs" / "kanaltid-1.log").read_text() == ""


def test_it_ends_by_itself_when_its_seconds_are_over(tracker: Tracker) -> None:
    person = Person(tracker.desktop.open_windows())
    person.go(person.chat)
    tracker.be_there()
    asked = now_ns()
    assert tracker.spawn("--for", "1.5").wait(10) == 0
    (spell,) = tracker.stored().spells
    assert spell.ms == pytest.approx(1500, abs=200)
    assert spell.start_ns > asked


def test_second_start_is_refused_when_one_measures(tracker: Tracker) -> None:
    person = Person(tracker.desktop.open_windows())
    tracker.start()
    person.go(person.chat)
    second = tracker.run("track", "--headless", "--accept")
    assert second.returncode == 1
    assert second.stdout == ""
    assert second.stderr == (
        "Another Kanaltid measures already. Use the one that runs, or quit it first.\n"
    )
    assert tracker.json("today")["measuring"] is True
    assert tracker.run("pause", "1h").returncode == 0
    assert tracker.status()["paused"] is True
    assert tracker.json("today")["measuring"] is False
    assert tracker.run("resume").returncode == 0
    assert tracker.status()["state"] == "channel"


def test_socket_of_a_dead_one_is_replaced_when_it_starts(tracker: Tracker) -> None:
    folder = tracker.home / "run"
    folder.mkdir(parents=True, mode=0o700)
    tracker.home.chmod(0o700)
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(folder / "control.sock"))
    assert tracker.status() == {}
    tracker.start()
    assert tracker.status()["running"] is True


def test_time_is_not_measured_when_the_display_dies_and_comes_back(tracker: Tracker) -> None:
    person = Person(tracker.desktop.open_windows())
    tracker.start()
    person.go(person.chat)
    stay(500)
    tracker.desktop.stop_part("screen", signal.SIGKILL)
    dead = now_ns()
    wait_until(lambda: tracker.status()["backend"] is None, "it to say so")
    blind = tracker.status()
    assert blind["trouble"] == [{"code": "display_lost", "fields": {}}]
    assert blind["sees"]["focus"] is False
    assert blind["measuring"] is False
    said = tracker.run("doctor").stdout
    assert "Kanaltid can't see which window is in front." in said
    assert "The connection to the display is lost." in said
    for part in ("screen", "wm"):
        tracker.desktop.start_part(part)
    back = Person(tracker.desktop.open_windows())
    back.go(back.chat)
    wait_until(lambda: tracker.status()["state"] == "channel", "it to see again")
    seen = now_ns()
    stay(500)
    assert tracker.stop() == 0

    stored = tracker.stored()
    stored.check()
    before, *_, after = stored.spells
    assert abs(before.end_ns - dead) < 100 * MS
    assert after.start_ns <= seen
    assert after.channel == "discord"
    (gap,) = stored.gaps
    assert gap.kind is GapKind.NOT_MEASURED
    assert stored.true_ns(gap.start) == before.end_ns
    assert stored.true_ns(gap.end) <= after.start_ns


def test_time_is_not_measured_when_the_window_manager_is_gone(tracker: Tracker) -> None:
    person = Person(tracker.desktop.open_windows())
    tracker.start()
    person.go(person.chat)
    tracker.desktop.stop_part("wm")
    wait_until(lambda: tracker.status()["trouble"], "it to say so")
    assert tracker.status()["trouble"][0]["code"] == "no_window_manager"
    assert tracker.today()["measuring"] is False
    tracker.desktop.start_part("wm")
    wait_until(lambda: tracker.status()["measuring"], "it to see again")
    assert tracker.status()["trouble"] == []


def test_nothing_counts_when_nothing_is_in_front(tracker: Tracker) -> None:
    windows = tracker.desktop.open_windows()
    chat = windows.open("discord", "allmänt").window
    tracker.start()
    stay(300)
    hidden = happened(windows.hide(chat))
    stay(600)
    shown = happened(windows.focus(chat))
    stay(200)
    closed = happened(windows.close(chat))
    wait_until(lambda: tracker.status()["state"] == "other", "it to see that it is gone")
    stay(400)
    tracker.stop()
    first, second = tracker.stored().spells
    assert abs(first.end_ns - hidden) < 50 * MS
    assert abs(second.start_ns - shown) < 50 * MS
    assert abs(second.end_ns - closed) < 50 * MS


def test_nothing_counts_while_the_session_is_locked_or_the_machine_sleeps(
    bare_desktop: VirtualDesktop, login1: FakeLogin1
) -> None:
    tracker = Tracker(bare_desktop, env={"DBUS_SYSTEM_BUS_ADDRESS": login1.address})
    person = Person(bare_desktop.open_windows())
    tracker.start()
    wait_until(lambda: tracker.status()["sees"]["lock"], "it to find the login manager")
    assert tracker.status()["sees"]["sleep"] is True
    assert [(what, mode) for what, _, _, mode in login1.inhibited] == [("sleep", "delay")]
    person.go(person.chat)
    marks = []
    acts: tuple[tuple[Callable[[], None], Callable[[], None], str], ...] = (
        (lambda: login1.set_locked_hint(True), lambda: login1.set_locked_hint(False), "locked"),
        (login1.sleep, login1.wake, "asleep"),
    )
    for stop, go, state in acts:
        stay(200)
        stop()
        marks.append(now_ns())
        wait_until(partial(in_state, tracker, state), state)
        stay(300)
        go()
        marks.append(now_ns())
        wait_until(partial(in_state, tracker, "channel"), "the channel to count again")
    stay(200)
    tracker.stop()
    stored = tracker.stored()
    stored.check()
    assert stored.gaps == ()
    spells = stored.spells
    edges = [spells[0].end_ns, spells[1].start_ns, spells[1].end_ns, spells[2].start_ns]
    for edge, mark in zip(edges, marks, strict=True):
        assert abs(edge - mark) < 50 * MS


def test_idle_tail_is_taken_back_when_nobody_is_there(bare_desktop: VirtualDesktop) -> None:
    policy = POLICY.replace("[[channel]]", "idle_after = 2\n[[channel]]", 1)
    tracker = Tracker(bare_desktop, policy)
    person = Person(bare_desktop.open_windows())
    tracker.start()
    person.go(person.chat)
    stay(500)
    last_input = moved(tracker)
    wait_until(lambda: tracker.status()["state"] == "idle", "it to notice")
    assert now_ns() - last_input.stop < 5 * SECOND
    back = moved(tracker)
    wait_until(lambda: tracker.status()["state"] == "channel", "it to notice")
    stay(300)
    tracker.stop()
    stored = tracker.stored()
    stored.check()
    first, second = stored.spells
    assert first.end_ns in last_input
    assert second.start_ns in back


def moved(tracker: Tracker) -> range:
    """Move the pointer, and return between which instants; 50 ms are for the way to the ledger."""
    before = now_ns()
    tracker.be_there()
    return range(before - 50 * MS, now_ns() + 50 * MS)
