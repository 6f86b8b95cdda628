"""The icon on desktops whose tray speaks StatusNotifierItem, whenever their host comes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desk import POLICY
from tests.desktop.fake_tray_host import FakeTrayHost
from tests.desktop.running_app import WORK, RunningApp
from tests.desktop.shown_by_host import shown_by_host
from tools.desktop import VirtualDesktop
from tools.waiting import wait_until


@pytest.fixture
def bare() -> Iterator[VirtualDesktop]:
    """A desktop without any tray."""
    with VirtualDesktop(parts=["screen", "bus", "wm"]) as desktop:
        yield desktop


def host_on(desktop: VirtualDesktop) -> FakeTrayHost:
    return FakeTrayHost(desktop.env["DBUS_SESSION_BUS_ADDRESS"])


def item_of(host: FakeTrayHost) -> str:
    wait_until(lambda: host.items, "the icon")
    return host.items[-1]


def test_icon_and_menu_work_when_the_host_is_there_first(bare: VirtualDesktop) -> None:
    host = host_on(bare)
    app = RunningApp(bare).start()
    try:
        item = item_of(host)
        assert host.read(item, "IconPixmap")
        assert "Kanaltid" in str(host.read(item, "ToolTip"))
        assert {"Pause", "15 minutes", "Today", "Quit"} <= host.menu(item).keys()
        host.click(item, "15 minutes")
        wait_until(lambda: app.status()["paused"], "the pause")
        wait_until(lambda: "Resume" in host.menu(item), "the way back")
        host.click(item, "Resume")
        wait_until(lambda: not app.status()["paused"], "measuring again")
        host.activate(item)
        app.window("Today")
    finally:
        app.close()
        host.close()


def test_names_of_the_policy_are_shown_as_they_are(bare: VirtualDesktop) -> None:
    name = "R&D & sales_team_1"
    host = host_on(bare)
    app = RunningApp(bare, POLICY + WORK.replace("Build the brand", name)).start()
    try:
        app.be_there()
        bare.open_windows().open("discord", "allmänt")
        item = item_of(host)

        def names() -> set[str]:
            return {shown_by_host(label) for label in host.menu(item)}

        wait_until(lambda: "Purpose: private" in names(), "the channel in front")
        assert name in names()
        (label,) = (each for each in host.menu(item) if shown_by_host(each) == name)
        host.click(item, label)
        wait_until(lambda: f"Purpose: {name}" in names(), "the choice")
    finally:
        app.close()
        host.close()


def test_icon_comes_when_the_host_comes_after_the_small_window(bare: VirtualDesktop) -> None:
    app = RunningApp(bare).start()
    app.window("Kanaltid")
    host = host_on(bare)
    try:
        item = item_of(host)
        wait_until(lambda: not app.titles(), "the small window to go")
        host.click(item, "Quit")
        assert app.process.wait(10) == 0
    finally:
        app.close()
        host.close()


def test_icon_comes_back_when_the_host_is_restarted(bare: VirtualDesktop) -> None:
    first = host_on(bare)
    app = RunningApp(bare).start()
    try:
        item_of(first)
        first.close()
        second = host_on(bare)
        try:
            host_item = item_of(second)
            assert "Today" in second.menu(host_item)
        finally:
            second.close()
    finally:
        app.close()
