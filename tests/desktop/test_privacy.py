"""The lines of DESIGN §6 that need real windows; the others are in ``tests/test_privacy.py``."""

from __future__ import annotations

import json
import signal
import stat
from collections.abc import Iterator

import psutil
import pytest

from tests.desktop.tracking import Tracker
from tests.test_privacy import SECRET, everything_below, found
from tools.desktop import VirtualDesktop
from tools.waiting import now_ns, sleep_until, wait_until
from tracker.control import ask
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
