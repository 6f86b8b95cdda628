"""The icon in a real tray, and its menu under a real click."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from tests.desktop.running_app import DOWN, ESCAPE, RETURN, RIGHT, UP, RunningApp, logs
from tools.desktop import VirtualDesktop
from tools.waiting import wait_until

SHIFT = 0xFFE1
TO_TODAY = [UP] * 4
"""From below: Quit, Settings, Policy, Today."""

TO_PAUSE = [*TO_TODAY, UP, UP]
"""Above Today: Not working today, Pause."""


@pytest.fixture
def app(own_desktop: VirtualDesktop) -> Iterator[RunningApp]:
    running = RunningApp(own_desktop).start()
    yield running
    running.close()
    assert "Traceback" not in logs(own_desktop)


def test_icon_is_embedded_in_the_tray_when_the_app_starts(app: RunningApp) -> None:
    icon = app.wait_for_icon()
    _x, _y, width, height = app.client.frame(icon)
    assert width >= 16
    assert height >= 16
    assert not app.titles()


def test_menu_opens_by_a_click_and_pauses_by_its_keys(app: RunningApp) -> None:
    app.open_menu()
    app.press(*TO_PAUSE, RIGHT, RETURN)  # its first line is a quarter of an hour
    wait_until(lambda: app.status()["paused"], "the pause")
    wait_until(lambda: not app.popup(), "the menu to close")
    app.open_menu()
    app.press(*TO_PAUSE, RETURN)
    wait_until(lambda: not app.status()["paused"], "measuring again")


def test_today_opens_from_the_menu_and_from_a_plain_click(app: RunningApp) -> None:
    app.open_menu()
    app.press(*TO_TODAY, RETURN)
    today = app.window("Today")
    app.client.tell_root(today, "_NET_CLOSE_WINDOW")
    wait_until(lambda: not app.titles(), "the window to close")
    assert app.process.poll() is None
    app.click_icon()
    app.window("Today")


def test_app_ends_cleanly_when_quit_is_clicked(app: RunningApp) -> None:
    menu = app.open_menu()
    app.click_menu(menu, from_bottom=12)
    assert app.process.wait(10) == 0
    wait_until(lambda: not app.docked(), "the icon to go")


def test_menu_closes_and_does_nothing_when_escaped(app: RunningApp) -> None:
    app.open_menu()
    app.press(DOWN, ESCAPE)
    wait_until(lambda: not app.popup(), "the menu to close")
    assert not app.titles()
    assert not app.status()["paused"]


def test_second_start_raises_the_running_one(app: RunningApp) -> None:
    app.wait_for_icon()
    assert app.spawn().wait(10) == 0
    today = app.window("Today")
    wait_until(lambda: app.client.active_window() == today, "the window in front")


def test_app_ends_cleanly_when_told_by_a_signal(app: RunningApp) -> None:
    app.wait_for_icon()
    app.process.send_signal(signal.SIGINT)
    assert app.process.wait(10) == 0


def test_icon_comes_back_when_the_tray_is_restarted(app: RunningApp) -> None:
    app.wait_for_icon()
    app.desktop.stop_part("tray", signal.SIGKILL)
    wait_until(lambda: not app.docked(), "the icon to go")
    app.desktop.start_part("tray")
    app.wait_for_icon()
    app.open_menu()


def test_small_window_stands_in_until_a_tray_comes() -> None:
    with VirtualDesktop(parts=["screen", "bus", "wm", "notifications"]) as desktop:
        app = RunningApp(desktop).start()
        try:
            window = app.window("Kanaltid")
            assert app.client.active_window() != window
            app.client.tell_root(window, "_NET_CLOSE_WINDOW")
            wait_until(lambda: not app.titles(), "the window to be minimised")
            assert app.process.poll() is None
            assert app.spawn().wait(10) == 0
            app.window("Today")
            desktop.start_part("tray")
            app.wait_for_icon()
            app.open_menu()
        finally:
            app.close()


def test_app_ends_cleanly_when_only_the_small_window_is_there() -> None:
    with VirtualDesktop(parts=["screen", "bus", "wm"]) as desktop:
        app = RunningApp(desktop).start()
        try:
            app.window("Kanaltid")
            assert app.end() == 0
        finally:
            app.close()


def test_nothing_is_measured_before_the_first_page_is_accepted(own_desktop: VirtualDesktop) -> None:
    app = RunningApp(own_desktop, accepted=False).start()
    try:
        app.wait_for_icon()
        page = app.window("Before you begin")
        assert app.status()["accepted"] is False
        windows = own_desktop.open_windows()
        windows.open("discord", "allmänt")
        app.client.tell_root(page, "_NET_CLOSE_WINDOW")
        wait_until(lambda: not app.titles(), "the page to close")
        assert app.status()["accepted"] is False
        assert app.status()["state"] == "stopped"
        app.click_icon()
        page = app.window("Before you begin")
        wait_until(lambda: app.client.active_window() == page, "the page in front")
        # A key between them, or they would be taken for one that is held down.
        app.press(RETURN, SHIFT, RETURN, SHIFT, RETURN, SHIFT)
        assert app.status()["accepted"] is False
        app.press(RETURN)
        app.window("Today")
        assert app.status()["accepted"] is True
    finally:
        app.close()
