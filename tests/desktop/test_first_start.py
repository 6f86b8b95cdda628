"""The first start on a real desktop, by keys alone."""

from __future__ import annotations

from pathlib import Path

from tests.desktop.running_app import ESCAPE, RETURN, RunningApp
from tools.desktop import VirtualDesktop
from tools.waiting import wait_until
from tracker.autostart import StartAtLogin
from tracker.desktop_entry import entry_values

TAB, SPACE = 0xFF09, 0x20


def stored(desktop: VirtualDesktop) -> set[str]:
    """Return the names of the files in the person's own folders, Kanaltid's data apart."""
    home = Path(desktop.env["HOME"])
    return {path.name for path in home.rglob("*") if path.is_file()}


def test_person_accepts_and_has_it_start_at_login_by_keys_alone(
    own_desktop: VirtualDesktop,
) -> None:
    app = RunningApp(own_desktop, accepted=False).start()
    login = StartAtLogin(own_desktop.env)
    try:
        app.wait_for_icon()
        window = app.window("Before you begin")
        wait_until(lambda: app.client.active_window() == window, "the keyboard")
        app.press(RETURN, RETURN, RETURN, TAB, SPACE)
        assert app.status()["accepted"] is False
        assert not login.path.exists()
        app.press(RETURN)
        app.window("Today")
        assert app.status()["accepted"] is True
        values = entry_values(login.path.read_text("utf-8"))
        assert values["Exec"].startswith(f"env KANALTID_HOME={own_desktop.home} ")
        assert login.on
    finally:
        app.close()


def test_escape_stores_nothing_and_leaves_an_app_that_measures_nothing(
    own_desktop: VirtualDesktop,
) -> None:
    app = RunningApp(own_desktop, accepted=False).start()
    try:
        app.wait_for_icon()
        before = stored(own_desktop)
        window = app.window("Before you begin")
        wait_until(lambda: app.client.active_window() == window, "the keyboard")
        app.press(RETURN, RETURN, RETURN, TAB, SPACE, ESCAPE)
        wait_until(lambda: not app.titles(), "the pages to close")
        status = app.status()
        assert (status["accepted"], status["state"]) == (False, "stopped")
        assert stored(own_desktop) == before
    finally:
        app.close()


def test_pages_stay_on_a_small_dense_screen() -> None:
    width, height = 800, 600
    with VirtualDesktop(size=(width, height), scale=2) as desktop:
        app = RunningApp(desktop, accepted=False).start()
        try:
            app.wait_for_icon()
            frame = app.client.frame(app.window("Before you begin"))
            left, top, wide, high = frame
            assert left >= 0
            assert top > 0, "the title bar is above the screen"
            assert left + wide <= width
            assert top + high <= height
        finally:
            app.close()
