"""The lines of DESIGN §6 that need real windows; the others are in ``tests/test_privacy.py``."""

from __future__ import annotations

import json
import signal
import stat
from collections.abc import Iterator

import psutil
import pytest

from tests.desktop.running_app import RETURN, RIGHT, UP, RunningApp, logs
from tests.desktop.tracking import Tracker
from tests.test_privacy import SECRET, everything_below, found
from tools.desktop import VirtualDesktop
from tools.waiting import now_ns, sleep_until, wait_until
from tracker.control import ask
from tracker.paths import paths_for
from tracker.reports.writers import WRITERS


@pytest.fixture
def desktop_of_one() -> Iterator[VirtualDesktop]:
    with VirtualDesktop(parts=["screen", "bus", "wm"]) as virtual:
        yield virtual


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_6_2_no_title_is_found_in_any_file_when_windows_were_tracked(
    desktop_of_one: VirtualDesktop, how: signal.Signals
) -> None:
    tracker = Tracker(desktop_of_one, env={"KANALTID_DEBUG": "1"})
    windows = desktop_of_one.open_windows()
    browser = windows.open("firefox", f"{SECRET} | LinkedIn — Mozilla Firefox").window
    stranger = windows.open("Geheimrat9000", SECRET).window
    tracker.start()
    for window in (browser, stranger, browser):
        windows.focus(window)
        sleep_until(now_ns() + 400_000_000)
    windows.retitle(browser, f"{SECRET} (2) | LinkedIn — Mozilla Firefox")
    wait_until(lambda: tracker.today()["channels"], "the channel to count")
    control = tracker.home / "run" / "control.sock"
    said = [tracker.today(), tracker.status(), ask(control, {"do": "week"})]
    said += ask(control, {"do": "spans", "from": "2020-01-01", "to": "2030-01-01"})
    assert any(each.get("source") == "title" for each in said)
    week = said[2]["week"]
    for form in WRITERS:
        output = tracker.home.parent / "exports" / f"week.{form}"
        output.parent.mkdir(exist_ok=True)
        done = tracker.run("export", "--week", week, "--format", form, "--output", str(output))
        assert done.returncode == 0, done.stderr
    if how is signal.SIGKILL:
        wait_until(lambda: len(tracker.stored().spans) >= 2, "a check to write what was measured")
    tracker.stop(how)

    written = everything_below(desktop_of_one.folder / "kanaltid")
    assert b"linkedin" in written
    assert found(written) == []
    assert found(everything_below(desktop_of_one.folder / "exports")) == []
    assert found(everything_below(desktop_of_one.folder / "logs")) == []
    assert found(everything_below(desktop_of_one.folder / "home")) == []
    assert found(json.dumps(said, ensure_ascii=False).encode()) == []
    if how is signal.SIGKILL:
        assert (tracker.home / "data" / "kanaltid.db-wal").stat().st_size > 0
        tracker.start()
        assert found(everything_below(tracker.home)) == []


def test_6_9_files_are_the_owners_alone_and_nothing_speaks_to_the_network(
    desktop_of_one: VirtualDesktop,
) -> None:
    tracker = Tracker(desktop_of_one)
    windows = desktop_of_one.open_windows()
    windows.open("discord", "allmänt")
    tracker.start()
    process = psutil.Process(tracker.process.pid)
    assert process.net_connections(kind="inet") == []
    assert len(process.net_connections(kind="unix")) >= 2  # the display, and who may ask
    for path in (tracker.home, *tracker.home.rglob("*")):
        assert stat.S_IMODE(path.lstat().st_mode) & 0o077 == 0, path


PAUSE_FROM_BELOW = 6
"""From below: Quit, Settings, Policy, Today, Not working today, Pause."""

EVERY_WISH_TO_HIDE = {
    "tray": False,
    "hide_tray": True,
    "show_icon": False,
    "icon": "none",
    "stealth": True,
    "language": "en",
    "theme": "dark",
    "notices_earlier_min": 30,
    "countdown_s": None,
}
"""Settings of all kinds: those that there are, and those that someone might wish for."""


@pytest.fixture
def app(own_desktop: VirtualDesktop) -> Iterator[RunningApp]:
    running = RunningApp(own_desktop)
    settings = paths_for({"KANALTID_HOME": str(own_desktop.home)}).settings
    settings.write_text(json.dumps(EVERY_WISH_TO_HIDE), "utf-8")
    settings.chmod(0o600)
    running.start()
    yield running
    running.close()
    assert "Traceback" not in logs(own_desktop)


def test_6_6_icon_is_there_whenever_it_measures_whatever_is_set(app: RunningApp) -> None:
    windows = app.desktop.open_windows()
    windows.open("discord", "allmänt")
    app.be_there()
    wait_until(lambda: app.status()["measuring"], "measuring")
    assert app.wait_for_icon()
    windows.open("gedit", "text")
    assert app.status()["measuring"]
    assert app.docked()


def test_6_6_measuring_pauses_by_one_click_in_the_icons_menu(app: RunningApp) -> None:
    app.be_there()
    wait_until(lambda: app.status()["measuring"], "measuring")
    menu = app.open_menu()
    assert menu
    app.press(*[UP] * PAUSE_FROM_BELOW, RIGHT, RETURN)
    wait_until(lambda: app.status()["paused"], "the pause")
    assert app.docked()  # also while it does not measure


def test_6_9_the_app_speaks_to_no_network_and_its_files_are_the_owners_alone(
    app: RunningApp,
) -> None:
    process = psutil.Process(app.process.pid)
    app.desktop.open_windows().open("discord", "allmänt")
    app.be_there()
    app.wait_for_icon()
    for _time in range(2):
        assert process.net_connections(kind="inet") == []
        children = process.children(recursive=True)
        assert all(child.net_connections(kind="inet") == [] for child in children)
        ask(app.desktop.home / "run" / "control.sock", {"do": "raise"})
        app.window("Kanaltid")
    assert process.net_connections(kind="unix")
    for path in (app.desktop.home, *app.desktop.home.rglob("*")):
        assert stat.S_IMODE(path.lstat().st_mode) & 0o077 == 0, path


def test_6_7_all_is_deleted_through_the_running_app(own_desktop: VirtualDesktop) -> None:
    tracker = Tracker(own_desktop)
    own_desktop.open_windows().open("discord", "allmänt")
    tracker.start()
    wait_until(lambda: tracker.today()["channels"], "the channel to count")
    file = own_desktop.folder / "own.json"
    done = tracker.run("data", "export", "--output", str(file))
    assert done.returncode == 0, done.stderr
    assert json.loads(file.read_text("utf-8"))["rows"]["span"]
    before = tracker.stored().spans
    assert before
    done = tracker.run("data", "delete", "--yes")
    assert (done.returncode, done.stdout) == (0, "Deleted.\n"), done.stderr
    assert all(span not in before for span in tracker.stored().spans)
    # Accepted by the command line, it measures on; what was there is not.
    wait_until(lambda: tracker.today()["channels"], "the channel to count anew")
    tracker.stored().check()
