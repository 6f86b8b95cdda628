"""Settings on a real desktop: what is chosen by keys holds at once, in every window."""

from __future__ import annotations

import json

from tests.desktop.running_app import DOWN, RETURN, UP, RunningApp
from tools.desktop import VirtualDesktop
from tools.waiting import wait_until

TAB = 0xFF09
TO_SETTINGS = (UP, UP, RETURN)
"""From below: Quit, Settings."""


def test_language_is_another_in_all_windows_at_once(own_desktop: VirtualDesktop) -> None:
    app = RunningApp(own_desktop, env={"LANGUAGE": "sv"}).start()
    file = own_desktop.home / "config" / "settings.json"
    try:
        app.click_icon()
        today = app.window("I dag")
        app.client.tell_root(today, "_NET_CLOSE_WINDOW")
        wait_until(lambda: not app.titles(), "the window to close")
        app.open_menu()
        app.press(*TO_SETTINGS)
        window = app.window("Kanaltid")
        wait_until(lambda: app.client.active_window() == window, "the keyboard")
        app.press(TAB, DOWN)
        wait_until(file.exists, "the settings to be stored")
        assert json.loads(file.read_text("utf-8")) == {"language": "en"}
        app.click_icon()
        app.window("Today")
        assert app.process.poll() is None
        assert app.end() == 0
    finally:
        app.close()
