"""The crisis plan in the real program, worked through by a screen reader's hands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import DBusAddress

from tests.desk import POLICY
from tests.desktop.running_app import RunningApp, logs
from tools.bus import BusClient
from tools.desktop import VirtualDesktop
from tools.screen_reader import Element, ScreenReader
from tools.waiting import wait_until
from tracker.control import ask

PLAN = """
[[crisis.level]]
id = "criticism"
trigger = { en = "A customer complains" }
lifts = ["private"]
[[crisis.step]]
level = "criticism"
within = 1
text = { en = "Call the boss." }
"""
REGISTRY = DBusAddress(
    "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry"
)
BUS = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")


@pytest.fixture
def seat(own_desktop: VirtualDesktop) -> Iterator[tuple[RunningApp, ScreenReader]]:
    """The app with the crisis page open."""
    with ScreenReader(own_desktop) as reader:
        app = RunningApp(own_desktop, POLICY + PLAN, env=reader.env).start()
        app.be_there()
        app.click_icon()
        app.window("Today")
        app.press(ord("c"))  # the page's first letter, in the sidebar
        wait_until(lambda: window(reader).name.startswith("Crisis plan"), "the page")
        yield app, reader
        app.close()
        assert "Traceback" not in logs(own_desktop)


def window(reader: ScreenReader) -> Element:
    """Return the main window."""
    return wait_until(
        lambda: [
            each
            for each in reader.application("kanaltid").children()
            if each.name.endswith("– Kanaltid")
        ],
        "the main window",
    )[0]


def named(reader: ScreenReader, role: str, name: str) -> Element:
    """Return what can be seen of that role and name, once it is there."""

    def found() -> list[Element]:
        return [
            each
            for each in window(reader).walk()
            if "showing" in each.states and each.role == role and each.name.startswith(name)
        ]

    return wait_until(found, f"{role} {name!r}")[0]


def listener(desktop: VirtualDesktop) -> BusClient:
    """Return what hears all that programs tell screen readers of their own accord."""
    with BusClient(desktop.env["DBUS_SESSION_BUS_ADDRESS"]) as bus:
        ears = BusClient(str(bus.call(BUS, "GetAddress")[0]))
    ears.call(REGISTRY, "RegisterEvent", "sass", "object:", [], "")
    ears.listen("org.a11y.atspi.Event.Object")
    return ears


def opened(app: RunningApp) -> dict[str, Any] | None:
    """Return the crisis that is open."""
    found = dict(ask(app.desktop.home / "run" / "control.sock", {"do": "crisis"}))
    return dict(found["open"]) if found["open"] is not None else None


def test_level_is_opened_worked_through_and_closed_without_a_word_while_it_counts(
    seat: tuple[RunningApp, ScreenReader],
) -> None:
    app, reader = seat
    named(reader, "push button", "A customer complains").do()
    crisis = wait_until(lambda: opened(app) or {}, "the open level")
    assert [(step["number"], step["done"]) for step in crisis["steps"]] == [(1, False)]
    box = named(reader, "check box", "Call the boss. by ")
    with listener(app.desktop) as ears:
        # Ten seconds of the last minute, each of them on the screen.
        with pytest.raises(TimeoutError):
            ears.signal("PropertyChange")
        box.do()
        ears.signal("StateChanged")
    wait_until(lambda: (opened(app) or crisis)["steps"][0]["done"], "the step to be done")
    named(reader, "push button", "Close, evaluate later").do()
    wait_until(lambda: opened(app) is None, "the level to be closed")
    named(reader, "push button", "Write down what you learnt")
