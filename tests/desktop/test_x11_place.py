"""Where a real window stands, and minimising it, under a real window manager."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator

import pytest

from tests.desktop.text_window import TextWindow
from tests.desktop.x11_scene import MakeScene, Scene, put_number, scenes
from tools.desktop import PartName, VirtualDesktop
from tools.waiting import wait_until
from tools.windows import OwnWindows
from tools.xclient import Input, XClient
from tracker.watchers.base import FrontPlace, Rect

make_scene = pytest.fixture(scenes, name="make_scene")

LEFT, RIGHT = Rect(0, 0, 800, 600), Rect(800, 0, 800, 600)
ICONIC = 3
OWN_PID = os.getpid()


@pytest.fixture
def wide_desktop() -> Iterator[VirtualDesktop]:
    """A desktop of two monitors side by side."""
    parts: tuple[PartName, ...] = ("screen", "bus", "wm")
    with VirtualDesktop(size=(1600, 600), parts=parts) as desktop:
        with XClient(desktop.display) as client:
            client.split_screen((0, 0, 800, 600), (800, 0, 800, 600))
        yield desktop


@pytest.fixture
def client(wide_desktop: VirtualDesktop) -> Iterator[XClient]:
    with XClient(wide_desktop.display) as client:
        yield client


@pytest.fixture
def scene(wide_desktop: VirtualDesktop, make_scene: MakeScene) -> Scene:
    return make_scene(wide_desktop.display)


def place_of(scene: Scene) -> FrontPlace:
    place = scene.watcher.front_place(OWN_PID)
    assert place is not None
    return place


def test_place_is_the_content_within_the_frame_when_the_window_moves(
    wide_desktop: VirtualDesktop, client: XClient, scene: Scene
) -> None:
    process = wide_desktop.open_windows()
    window = process.open("chromium", "Feed", (80, 60, 640, 420)).window
    scene.start()
    place = place_of(scene)
    assert (place.window, place.pid) == (window, process.process.pid)
    assert (place.x, place.y, place.width, place.height) == client.frame(window)
    left, right, top, bottom = client.numbers(window, "_NET_FRAME_EXTENTS")
    frame = client.connection.core.QueryTree(window).reply().parent
    outer = client.connection.core.GetGeometry(frame).reply()
    assert top > 0
    assert (place.x - left, place.y - top) == (outer.x, outer.y)
    assert (place.width + left + right, place.height + top + bottom) == (outer.width, outer.height)
    assert not place.full_screen
    assert place.screen == LEFT

    client.connection.core.ConfigureWindow(window, 0xF, [900, 100, 500, 300])
    client.wait_for(lambda: client.frame(window)[2:] == (500, 300), "the new size")
    place = place_of(scene)
    assert (place.x, place.y, place.width, place.height) == client.frame(window)
    assert place.screen == RIGHT


def test_shadow_is_left_out_when_the_window_draws_its_own(
    wide_desktop: VirtualDesktop, client: XClient, scene: Scene
) -> None:
    window = wide_desktop.open_windows().open("firefox", "Feed", (80, 60, 640, 420)).window
    extents = struct.pack("=4I", 10, 20, 30, 40)
    cardinal, replace = 6, 0
    core = client.connection.core
    core.ChangeProperty(
        replace, window, client.atom("_GTK_FRAME_EXTENTS"), cardinal, 32, 4, extents
    )
    scene.start()
    x, y, width, height = client.frame(window)
    place = place_of(scene)
    assert (place.x, place.y) == (x + 10, y + 30)
    assert (place.width, place.height) == (width - 30, height - 70)


def test_full_screen_is_told_when_the_window_fills_its_monitor(
    wide_desktop: VirtualDesktop, client: XClient, scene: Scene
) -> None:
    window = wide_desktop.open_windows().open("impress", "Slides", (900, 50, 300, 200)).window
    scene.start()
    client.make_full_screen(window)
    place = place_of(scene)
    assert place.full_screen
    assert Rect(place.x, place.y, place.width, place.height) == place.screen == RIGHT


def test_half_written_text_is_there_when_its_window_was_minimised(
    wide_desktop: VirtualDesktop, client: XClient, scene: Scene
) -> None:
    with TextWindow(wide_desktop) as editor:
        window = editor.window
        hands = Input(client)
        for character in "half":
            hands.press(ord(character))
        wait_until(lambda: editor.text() == "half", "what was typed")
        scene.start()
        assert scene.watcher.minimise(window, OWN_PID)
        client.wait_for(lambda: client.numbers(window, "WM_STATE")[:1] == (ICONIC,), "the icon")
        assert editor.process.poll() is None
        assert editor.text() == "half"
        scene.until(lambda: scene.told.fronts[-1:], "the window gone from the front")
        assert scene.watcher.front_place(OWN_PID) is None
        assert not scene.watcher.minimise(window, OWN_PID)

        client.tell_root(window, "_NET_ACTIVE_WINDOW", 2)
        client.wait_for(lambda: client.active_window() == window, "the window back in front")
        hands.press(ord("y"))
        wait_until(lambda: editor.text() == "halfy", "typing to go on")


def test_own_windows_stay_when_they_are_in_front(
    wide_desktop: VirtualDesktop, client: XClient, scene: Scene
) -> None:
    feed = wide_desktop.open_windows().open("chromium", "Feed").window
    scene.start()
    with OwnWindows(wide_desktop.display) as own:
        ask = own.open("kanaltid", "Is it work?", (100, 100, 300, 200)).window
        scene.until(lambda: scene.told.fronts[-1:], "the own window in front")
        assert place_of(scene).window == feed
        assert not scene.watcher.minimise(ask, OWN_PID)
        assert scene.watcher.minimise(feed, OWN_PID)
        client.wait_for(lambda: client.numbers(feed, "WM_STATE")[:1] == (ICONIC,), "the icon")
        assert client.active_window() == ask
        assert client.numbers(ask, "WM_STATE")[:1] == (1,)


def test_another_window_stays_when_it_came_to_the_front_meanwhile(
    wide_desktop: VirtualDesktop, client: XClient, scene: Scene
) -> None:
    feed = wide_desktop.open_windows().open("chromium", "Feed").window
    scene.start()
    asked = place_of(scene).window
    report = wide_desktop.open_windows().open("libreoffice", "Report").window
    assert not scene.watcher.minimise(asked, OWN_PID)
    assert {client.numbers(each, "WM_STATE")[:1] for each in (feed, report)} == {(1,)}


def test_process_is_the_one_the_server_knows_when_the_window_tells_another(
    wide_desktop: VirtualDesktop, client: XClient, scene: Scene
) -> None:
    process = wide_desktop.open_windows()
    window = process.open("chromium", "Feed").window
    scene.start()
    put_number(client, window, "_NET_WM_PID", 4711)
    client.active_window()
    assert place_of(scene).pid == process.process.pid
