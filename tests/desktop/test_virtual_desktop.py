"""The desktop that other tests rely on is a real one."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from jeepney import DBusAddress

from tools.bus import BusClient
from tools.desktop import PARTS, PartName, VirtualDesktop
from tools.waiting import wait_until
from tools.windows import OwnWindows, WindowProcess
from tools.xclient import Input, XClient

NOTIFICATIONS = DBusAddress(
    "/org/freedesktop/Notifications",
    "org.freedesktop.Notifications",
    "org.freedesktop.Notifications",
)


def notify(bus: BusClient, summary: str, body: str, *actions: str) -> int:
    arguments: tuple[object, ...] = ("Kanaltid", 0, "", summary, body, list(actions), {}, -1)
    return int(bus.call(NOTIFICATIONS, "Notify", "susssasa{sv}i", *arguments)[0])


def test_active_window_follows_when_windows_of_two_processes_take_turns(
    desktop: VirtualDesktop,
) -> None:
    browser, office = desktop.open_windows(), desktop.open_windows()
    feed = browser.open("chromium", "Flöde | LinkedIn – Chromium")
    sheet = office.open("libreoffice-calc", "Bokslut – LibreOffice Calc")
    turns: tuple[tuple[WindowProcess, int], ...] = ((browser, feed.window), (office, sheet.window))
    with XClient(desktop.display) as client:
        for process, window in turns * 3:
            change = process.focus(window)
            assert client.active_window() == window
            assert change.asked_ns < change.seen_ns
        assert client.app_of(feed.window) == "chromium"
        pids = [client.numbers(window, "_NET_WM_PID") for _, window in turns]
    assert pids[0] != pids[1]


def test_title_is_new_when_a_window_is_told_so(desktop: VirtualDesktop) -> None:
    with OwnWindows(desktop.display) as windows, XClient(desktop.display) as client:
        window = windows.open("Firefox", "Start – Mozilla Firefox").window
        windows.retitle(window, "(3) Hem / X – Mozilla Firefox")
        assert client.text(window, "_NET_WM_NAME") == "(3) Hem / X – Mozilla Firefox"


def test_nothing_is_active_when_the_last_window_is_hidden(
    own_desktop: VirtualDesktop,
) -> None:
    with OwnWindows(own_desktop.display) as windows, XClient(own_desktop.display) as client:
        window = windows.open("kate", "anteckningar").window
        windows.hide(window)
        assert client.active_window() == 0
        windows.focus(window)
        assert client.active_window() == window


def test_window_is_gone_when_it_is_withdrawn_and_then_closed(desktop: VirtualDesktop) -> None:
    with OwnWindows(desktop.display) as windows, XClient(desktop.display) as client:
        window = windows.open("kate", "anteckningar").window
        assert window in client.windows()
        windows.withdraw(window)
        assert window not in client.windows()
        assert window in client.tree()
        windows.close(window)
        assert window not in client.tree()


def test_daemon_takes_up_a_notification_when_one_is_sent(desktop: VirtualDesktop) -> None:
    with BusClient(desktop.env["DBUS_SESSION_BUS_ADDRESS"]) as bus:
        sent = notify(bus, "LinkedIn: 12 min kvar.", "48 av 60 min i dag\nför leads.")
    received = desktop.notices.wait_for("48 av 60 min")
    assert (received.id, received.app) == (sent, "Kanaltid")
    assert received.summary == "LinkedIn: 12 min kvar."
    assert received.body == "48 av 60 min i dag\nför leads."


def test_sender_hears_of_it_when_a_button_is_pressed(desktop: VirtualDesktop) -> None:
    with BusClient(desktop.env["DBUS_SESSION_BUS_ADDRESS"]) as bus:
        sent = notify(bus, "Privat tid är slut.", "", "work", "Det är jobb …", "more", "5 min till")
        desktop.notices.wait_for("Privat tid är slut.")
        desktop.notices.press("5 min till")
        assert bus.signal("ActionInvoked") == (sent, "more")


def test_tray_host_owns_the_tray_when_the_desktop_is_up(desktop: VirtualDesktop) -> None:
    with XClient(desktop.display) as client:
        assert client.selection_owner("_NET_SYSTEM_TRAY_S0") != 0


@pytest.mark.parametrize("part", PARTS)
def test_part_serves_again_when_it_was_killed_and_started(
    own_desktop: VirtualDesktop, part: PartName
) -> None:
    display, address = own_desktop.display, own_desktop.env["DBUS_SESSION_BUS_ADDRESS"]
    own_desktop.stop_part(part, signal.SIGKILL)
    for name in PARTS[PARTS.index(part) :]:
        own_desktop.start_part(name)
    with OwnWindows(display) as windows, XClient(display) as client, BusClient(address) as bus:
        window = windows.open("kate", "anteckningar").window
        assert client.active_window() == window
        assert client.selection_owner("_NET_SYSTEM_TRAY_S0") != 0
        assert notify(bus, "Åter", "") > 0


def test_screenshot_shows_a_window_when_one_is_open(
    desktop: VirtualDesktop, tmp_path: Path
) -> None:
    from PySide6.QtGui import QImage

    with OwnWindows(desktop.display) as windows, XClient(desktop.display) as client:
        window = windows.open("kate", "anteckningar", place=(100, 100, 300, 200)).window
        x, y, _, _ = client.frame(window)
        path = tmp_path / "desktop.png"
        # The server answers the client's requests in order, and paints a background in between.
        desktop.screenshot(path)
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (1280, 800)
    assert picture.pixelColor(x + 50, y + 50) != picture.pixelColor(2, 2)


def test_idle_time_ends_when_the_pointer_moves(desktop: VirtualDesktop) -> None:
    with XClient(desktop.display) as client:
        hands = Input(client)
        hands.move(10, 10)
        wait_until(lambda: client.idle_ms() >= 50, "some idle time")
        hands.move(20, 20)
        assert client.idle_ms() < 50


def test_program_is_gone_when_the_desktop_ends() -> None:
    with VirtualDesktop(parts=["screen"]) as virtual:
        program = virtual.spawn(["sleep", "1000"])
        assert program.poll() is None
    assert program.poll() is not None
    assert not virtual.folder.exists()
