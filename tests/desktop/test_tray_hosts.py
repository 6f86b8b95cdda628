"""The icon in the trays of real panels: it is seen, clicked, and comes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import parts_are_required
from tests.desk import POLICY
from tests.desktop.panels import LXQT, TINT2, XFCE, Panel, PanelKind
from tests.desktop.running_app import ESCAPE, WORK, RunningApp
from tests.desktop.tray_items import tray_items
from tools.bus import BusClient
from tools.desktop import VirtualDesktop
from tools.parts import missing_parts, missing_text
from tools.waiting import wait_until
from tools.xclient import XClient

KINDS = [TINT2, XFCE, LXQT]
SMALLEST = 14
"""An icon of fewer pixels could not be told apart from others."""


@pytest.fixture(autouse=True)
def _panels_are_there() -> None:
    missing = missing_parts("panels")
    if missing and not parts_are_required():
        pytest.skip(missing_text(missing))
    assert not missing, missing_text(missing)


@pytest.fixture
def bare() -> Iterator[VirtualDesktop]:
    """A desktop without any tray."""
    with VirtualDesktop(parts=["screen", "bus", "wm"]) as desktop:
        yield desktop


@pytest.fixture(params=KINDS, ids=lambda kind: kind.command)
def panel(bare: VirtualDesktop, request: pytest.FixtureRequest) -> Iterator[Panel]:
    """A panel that is not started yet."""
    kind: PanelKind = request.param
    made = Panel(bare, kind)
    yield made
    made.close()


@pytest.fixture
def app(bare: VirtualDesktop) -> Iterator[RunningApp]:
    """The app, not started yet."""
    running = RunningApp(bare)
    yield running
    running.close()


def popups(client: XClient) -> set[int]:
    """Return the menus on the screen, whoever drew them."""
    managed = set(client.windows())
    menu = (
        client.atom("_NET_WM_WINDOW_TYPE_POPUP_MENU"),
        client.atom("_NET_WM_WINDOW_TYPE_DROPDOWN_MENU"),
    )
    return {
        window
        for window in client.tree()
        if window not in managed
        and set(menu) & set(client.numbers(window, "_NET_WM_WINDOW_TYPE"))
        and window in client.shown(client.app_of(window))
        and client.frame(window)[3] > 60
    }


def test_icon_is_seen_and_its_menu_opens(panel: Panel, app: RunningApp) -> None:
    panel.start()
    app.start()
    x, y = panel.icon()
    assert min(panel.icon_size()) >= SMALLEST
    app.hands.click(x, y, button=3)
    wait_until(lambda: popups(app.client), "the menu")
    app.press(ESCAPE)
    wait_until(lambda: not popups(app.client), "the menu to close")
    app.hands.click(x, y)
    app.window("Today")


def test_icon_comes_with_a_late_panel_and_back_with_a_restarted_one(
    panel: Panel, app: RunningApp
) -> None:
    panel.start()
    panel.kill()
    app.start()
    app.window("Kanaltid")
    panel.start()
    panel.icon()
    wait_until(lambda: not app.titles(), "the small window to go")
    panel.kill()
    panel.start()
    panel.icon()
    assert min(panel.icon_size()) >= SMALLEST


@pytest.mark.parametrize("kind", [XFCE, LXQT], ids=lambda kind: kind.command)
def test_host_reads_icon_and_menu_over_the_bus(
    bare: VirtualDesktop, app: RunningApp, kind: PanelKind
) -> None:
    panel = Panel(bare, kind).start()
    app.start()
    with BusClient(bare.env["DBUS_SESSION_BUS_ADDRESS"]) as bus:
        (item,) = wait_until(lambda: tray_items(bus), "the icon")
        assert {width for width, _height, _bytes in item.read("IconPixmap")} >= {16, 22, 32}
        assert "Kanaltid" in str(item.read("ToolTip"))
        assert {"Pause", "15 minutes", "Not working today", "Today", "Quit"} <= item.menu().keys()
        item.click("15 minutes")
        wait_until(lambda: app.status()["paused"], "the pause")
        wait_until(lambda: "Resume" in item.menu(), "the way back")
    panel.close()


@pytest.mark.parametrize("kind", [XFCE, LXQT], ids=lambda kind: kind.command)
def test_purpose_of_what_is_in_front_is_chosen_from_the_hosts_menu(
    bare: VirtualDesktop, kind: PanelKind
) -> None:
    panel = Panel(bare, kind).start()
    app = RunningApp(bare, POLICY + WORK).start()
    try:
        app.be_there()
        with BusClient(bare.env["DBUS_SESSION_BUS_ADDRESS"]) as bus:
            (item,) = wait_until(lambda: tray_items(bus), "the icon")
            assert "Purpose: private" not in item.menu()
            bare.open_windows().open("discord", "allmänt")
            wait_until(lambda: "Purpose: private" in item.menu(), "the channel in front")
            item.click("Build the brand", below="Purpose: private")
            wait_until(lambda: "Purpose: Build the brand" in item.menu(), "the choice")
        # From the start of the visit: none of it is private any more.
        assert app.limits()["private", None]["used_s"] == 0
    finally:
        app.close()
        panel.close()
