"""The X11 watcher on a real X server with a real window manager and real windows."""

from __future__ import annotations

import os
import random
import signal
import statistics
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.watcher_contract import WatcherContract, turn_for
from tests.desktop.x11_scene import SLACK, MakeScene, Scene, put, put_number, scenes, shared_scene
from tools import processes
from tools.desktop import VirtualDesktop
from tools.waiting import now_ns, sleep_until, wait_until
from tools.windows import Change, OwnWindows
from tools.xclient import XClient
from tracker.errors import ErrorCode, OutsideError
from tracker.facts import Active, Blind, Foreground, Sighted
from tracker.model import MILLISECOND
from tracker.watchers.base import Sense
from tracker.watchers.x11 import SENSES
from tracker.watchers.x11_wire import TITLE_BYTES

make_scene = pytest.fixture(scenes, name="make_scene")
scene = pytest.fixture(shared_scene, name="scene")


@pytest.fixture
def windows(desktop: VirtualDesktop) -> Iterator[OwnWindows]:
    with OwnWindows(desktop.display) as own:
        yield own


class Rig:
    """The contract's world: two windows that take turns."""

    def __init__(self, desktop: VirtualDesktop, windows: OwnWindows) -> None:
        self.scene = Scene(desktop.display)
        self.loop = self.scene.loop
        self.watcher = self.scene.watcher
        self._windows = windows
        self._turns = [windows.open(app, app).window for app in ("chromium", "code")]

    def change(self) -> None:
        self._turns.reverse()
        self._windows.focus(self._turns[-1])

    def run_until(self, condition: Callable[[], object]) -> None:
        self.scene.until(condition, "a fact")

    def run_a_little(self) -> None:
        self.watcher.confirm()
        turn_for(self.loop, 300)


class TestX11Watcher(WatcherContract):
    @pytest.fixture
    def rig(self, desktop: VirtualDesktop, windows: OwnWindows) -> Iterator[Rig]:
        rig = Rig(desktop, windows)
        yield rig
        rig.scene.close()


def test_hundred_changes_are_reported_in_order_when_focus_and_titles_change(
    desktop: VirtualDesktop, scene: Scene
) -> None:
    browser, office = desktop.open_windows(), desktop.open_windows()
    places = [(browser, "chromium"), (office, "libreoffice"), (browser, "slack")]
    opened = [(process, app, process.open(app, app).window) for process, app in places]
    titles = {window: app for _, app, window in opened}
    expected: list[tuple[str, str]] = []
    acts: list[Change] = []
    scene.start()

    def script() -> None:
        dice = random.Random(7)
        front = opened[-1]
        for number in range(100):
            sleep_until(now_ns() + dice.randrange(2, 25) * 1_000_000)
            if number % 2:
                front = dice.choice([place for place in opened if place is not front])
                acts.append(front[0].focus(front[2]))
            else:
                titles[front[2]] = f"{front[1]} – nr {number} å"
                acts.append(front[0].retitle(front[2], titles[front[2]]))
            expected.append((front[1], titles[front[2]]))
            # On a busy machine two changes at once are one: only the latter can be asked about.
            wait_until(lambda: len(scene.told.facts) >= len(expected), "the report")

    scene.while_running(script)
    assert [(front.app, front.title) for front in scene.told.fronts] == expected
    late = []
    for fact, act in zip(scene.told.facts, acts, strict=True):
        asked, seen = scene.instant(act.asked_ns), scene.instant(act.seen_ns)
        assert asked <= fact.at <= seen + SLACK
        late.append((fact.at - asked) / MILLISECOND)
    assert statistics.median(late) < 50
    for process, _, window in opened:
        process.close(window)


def test_next_window_or_nothing_is_reported_when_the_front_one_closes(
    own_desktop: VirtualDesktop, make_scene: MakeScene
) -> None:
    scene = make_scene(own_desktop.display)
    process = own_desktop.open_windows()
    mail = process.open("thunderbird", "Inbox").window
    feed = process.open("chromium", "Feed").window
    scene.start()
    closed: list[Change] = []
    scene.while_running(lambda: closed.append(process.close(feed)))
    scene.until(lambda: scene.told.fronts, "the window behind")
    assert [front.app for front in scene.told.fronts] == ["thunderbird"]
    scene.told.forget()
    scene.while_running(lambda: closed.append(process.close(mail)))
    scene.until(lambda: scene.told.fronts, "nothing")
    (nothing,) = scene.told.fronts
    assert (nothing.app, nothing.title, nothing.pid) == (None, "", None)
    asked, seen = (scene.instant(ns) for ns in (closed[1].asked_ns, closed[1].seen_ns))
    assert asked <= nothing.at <= seen + SLACK


def test_nothing_is_reported_when_a_program_takes_its_window_off_the_screen(
    own_desktop: VirtualDesktop, make_scene: MakeScene
) -> None:
    scene = make_scene(own_desktop.display)
    windows = own_desktop.open_windows()
    chat = windows.open("discord", "Friends").window
    scene.start()
    asked = scene.instant(windows.withdraw(chat).asked_ns)
    scene.until(lambda: scene.told.fronts, "nothing")
    (nothing,) = scene.told.fronts
    assert nothing.app is None
    assert asked <= nothing.at <= asked + SLACK


def test_nothing_is_reported_when_all_windows_are_minimised(
    own_desktop: VirtualDesktop, make_scene: MakeScene
) -> None:
    scene = make_scene(own_desktop.display)
    windows = own_desktop.open_windows()
    feed = windows.open("chromium", "Feed").window
    scene.start()
    windows.hide(feed)
    scene.until(lambda: scene.told.fronts, "nothing")
    assert [front.app for front in scene.told.fronts] == [None]


def test_server_tells_the_process_when_the_window_claims_another(
    desktop: VirtualDesktop, scene: Scene
) -> None:
    for claimed in (2, 0):
        with OwnWindows(desktop.display, claimed_pid=claimed) as own:
            own.open("chromium", f"claims {claimed}")
            scene.watcher.start(scene.told.host)
            assert scene.told.fronts[-1].title == f"claims {claimed}"
            assert scene.told.fronts[-1].pid == os.getpid()
            scene.watcher.stop()


def test_class_is_followed_when_it_is_set_late_or_not_at_all(
    desktop: VirtualDesktop, scene: Scene, windows: OwnWindows
) -> None:
    window = windows.open("chromium", "Feed").window
    scene.start()
    with XClient(desktop.display) as client:
        client.connection.core.DeleteProperty(window, client.atom("WM_CLASS"))
        client.connection.flush()
        scene.until(lambda: scene.told.fronts, "the window without a class")
        assert (scene.told.fronts[0].app, scene.told.fronts[0].title) == ("", "Feed")
        put(client, window, "WM_CLASS", b"late\0Late\0")
        scene.until(lambda: len(scene.told.fronts) > 1, "the class")
        assert scene.told.fronts[1].app == "Late"


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("Räksmörgås 🙂 – Chromium".encode(), "Räksmörgås 🙂 – Chromium"),
        ("Räksmörgås".encode("latin-1"), "Räksmörgås"),
        (b"first\0second\0", "first"),
        (b"x" * 1_000_000, "x" * TITLE_BYTES),
        ("å".encode() * 100_000, "å" * (TITLE_BYTES // 2)),
        (b"a" + "å".encode() * 100_000, "a" + "å" * (TITLE_BYTES // 2 - 1)),
    ],
    ids=["utf-8", "latin-1", "nul", "enormous", "enormous utf-8", "split character"],
)
def test_title_reads_well_when_it_is_odd(
    desktop: VirtualDesktop, scene: Scene, windows: OwnWindows, content: bytes, title: str
) -> None:
    window = windows.open("chromium", "Feed").window
    scene.start()
    with XClient(desktop.display) as client:
        put(client, window, "_NET_WM_NAME", content)
        scene.until(lambda: scene.told.fronts, "the title")
    assert scene.told.fronts[-1].title == title


def test_old_title_is_taken_when_there_is_no_other(
    desktop: VirtualDesktop, scene: Scene, windows: OwnWindows
) -> None:
    window = windows.open("xterm", "Feed").window
    scene.start()
    with XClient(desktop.display) as client:
        client.connection.core.DeleteProperty(window, client.atom("_NET_WM_NAME"))
        put(client, window, "WM_NAME", "gammal titel å".encode("latin-1"))
        scene.until(
            lambda: scene.told.fronts and scene.told.fronts[-1].title == "gammal titel å",
            "the old title",
        )


def test_loss_and_return_are_reported_when_the_server_is_killed_and_starts_again(
    own_desktop: VirtualDesktop, make_scene: MakeScene
) -> None:
    scene = make_scene(own_desktop.display)
    own_desktop.open_windows().open("chromium", "Feed")
    scene.start()
    own_desktop.stop_part("screen", signal.SIGKILL)
    scene.until(lambda: scene.told.facts, "the loss")
    assert [type(fact) for fact in scene.told.facts] == [Blind]
    assert scene.watcher.senses == frozenset()
    assert scene.watcher.idle_ms() is None
    own_desktop.stop_part("wm")
    own_desktop.start_part("screen")
    own_desktop.start_part("wm")
    scene.until(lambda: scene.watcher.senses == SENSES, "the return")
    kinds = [type(fact) for fact in scene.told.facts[1:]]
    assert kinds[-3:] == [Sighted, Foreground, Active] or set(kinds) >= {Sighted, Active}
    own_desktop.open_windows().open("code", "main.py")
    scene.until(lambda: scene.told.fronts[-1].app == "code", "the new window")


def test_blindness_is_reported_when_the_window_manager_ends_and_sight_when_it_is_back(
    own_desktop: VirtualDesktop, make_scene: MakeScene
) -> None:
    scene = make_scene(own_desktop.display)
    own_desktop.open_windows().open("chromium", "Feed")
    scene.start()
    own_desktop.stop_part("wm", signal.SIGKILL)
    scene.until(lambda: scene.told.facts, "blindness")
    (blind,) = scene.told.facts
    assert isinstance(blind, Blind)
    assert blind.reason == ErrorCode.NO_WINDOW_MANAGER
    assert scene.watcher.senses == {Sense.IDLE}
    own_desktop.start_part("wm")
    scene.until(lambda: scene.watcher.senses == SENSES, "sight")
    scene.until(lambda: scene.told.fronts and scene.told.fronts[-1].app, "the window")
    assert scene.told.fronts[-1].app == "chromium"


def test_blindness_is_reported_when_no_window_manager_ran_from_the_beginning(
    make_scene: MakeScene,
) -> None:
    with VirtualDesktop(parts=["screen"]) as bare:
        scene = make_scene(bare.display)
        scene.watcher.start(scene.told.host)
        first = scene.told.facts[0]
        assert isinstance(first, Blind)
        assert first.reason == ErrorCode.NO_WINDOW_MANAGER
        bare.start_part("wm")
        scene.until(lambda: scene.watcher.senses == SENSES, "sight")


@pytest.fixture
def poor_server(tmp_path: Path) -> Iterator[str]:
    """An X server that does not tell which process a window is of; SYNC is always there."""
    reader, writer = os.pipe()
    argv = ["Xvfb", "-displayfd", str(writer), "-nolisten", "tcp"]
    argv += ["-extension", "X-Resource"]
    server = processes.start(argv, env=os.environ, log=tmp_path / "log", pass_fds=[writer])
    os.close(writer)
    with os.fdopen(reader, encoding="ascii") as answer:
        number = answer.readline().strip()
    yield f":{number}"
    processes.stop(server)


def test_window_tells_its_process_when_the_server_does_not(
    poor_server: str, make_scene: MakeScene
) -> None:
    scene = make_scene(poor_server)
    with XClient(poor_server) as client:
        core: Any = client.connection.core
        window = int(client.connection.generate_id())
        core.CreateWindow(0, window, client.root, 0, 0, 9, 9, 0, 1, 0, 0, [])
        core.MapWindow(window)
        put(client, window, "WM_CLASS", b"chromium\0Chromium\0")
        put_number(client, window, "_NET_WM_PID", 4711)
        # A window manager of the plainest kind: it says which window is active, and no more.
        put_number(client, client.root, "_NET_ACTIVE_WINDOW", window)
        client.active_window()
        scene.watcher.start(scene.told.host)
        assert scene.watcher.senses == SENSES
        (front,) = scene.told.fronts
        assert (front.app, front.pid) == ("Chromium", 4711)


def test_start_fails_when_the_server_takes_nobody(make_scene: MakeScene) -> None:
    scene = make_scene(":59999")
    with pytest.raises(OutsideError) as caught:
        scene.watcher.start(scene.told.host)
    assert caught.value.code is ErrorCode.DISPLAY_LOST
    assert caught.value.fields == {"display": ":59999"}


def test_processor_rests_when_nothing_happens(
    desktop: VirtualDesktop, windows: OwnWindows, make_scene: MakeScene
) -> None:
    scene = make_scene(desktop.display)
    windows.open("chromium", "Feed")
    scene.start()
    turns = 0
    deadline = scene.clock.now() + timedelta(seconds=1)
    scene.loop.call_at(deadline, lambda: None)
    while scene.clock.now() < deadline:
        scene.loop.turn()
        turns += 1
    assert turns <= 3
