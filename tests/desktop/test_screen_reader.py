"""What a screen reader hears of every page, read back over AT-SPI from the real app."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

import pytest

from tests.desktop.conftest import need_parts
from tests.desktop.running_app import DOWN, RunningApp, logs
from tools.desktop import VirtualDesktop
from tools.screen_reader import Element, ScreenReader
from tools.waiting import wait_until

NAMELESS = frozenset(
    {"filler", "panel", "layered pane", "scroll bar", "split pane", "separator", "label"}
)
"""Roles of what only holds or moves other things, and of texts that are empty now."""


@pytest.fixture(scope="module")
def seat() -> Iterator[tuple[RunningApp, ScreenReader]]:
    """The app with its main window open, and a screen reader."""
    need_parts("checks")
    policy = (resources.files("resources") / "policies" / "demo.toml").read_text("utf-8")
    policy = policy.replace('id = "demo"', 'id = "test"', 1)
    with VirtualDesktop() as desktop, ScreenReader(desktop) as reader:
        app = RunningApp(desktop, policy, env=reader.env).start()
        app.be_there()
        app.click_icon()
        app.window("Today")
        yield app, reader
        app.close()
        assert "Traceback" not in logs(desktop)


def main_window(reader: ScreenReader) -> Element:
    """Return the main window."""
    application = reader.application("kanaltid")
    return wait_until(
        lambda: [each for each in application.children() if each.name.endswith("– Kanaltid")],
        "the main window",
    )[0]


def pages(window: Element) -> list[Element]:
    """Return the items of the sidebar that can be seen."""
    sidebar = next(each for each in window.walk() if each.name == "Pages")
    return sidebar.children()


def test_window_and_its_pages_say_what_they_are(seat: tuple[RunningApp, ScreenReader]) -> None:
    window = main_window(seat[1])
    assert window.role == "frame"
    titles = [each.name for each in pages(window)]
    assert titles[0] == "Today"
    assert all(each.role == "list item" for each in pages(window))


def test_today_tells_each_limit_with_its_figures(seat: tuple[RunningApp, ScreenReader]) -> None:
    window = main_window(seat[1])
    limits = next(each for each in window.walk() if each.name == "Limits, used and left today")
    assert limits.role == "list"
    spoken = [each.name for each in limits.children()]
    assert spoken
    ends = (" left", "no limit", "not allowed")
    assert all(": " in each and each.endswith(ends) for each in spoken), spoken


def test_whatever_takes_the_keyboard_has_a_name_on_every_page(
    seat: tuple[RunningApp, ScreenReader],
) -> None:
    app, reader = seat
    count = len(pages(main_window(reader)))
    for number in range(count):
        if number:
            app.press(DOWN)
        title = pages(main_window(reader))[number].name
        wait_until(lambda: main_window(reader).name.startswith(title), f"the page {title}")  # noqa: B023
        nameless = [
            (each.role, each.path)
            for each in main_window(reader).walk()
            if {"showing", "focusable"} <= each.states
            and each.role not in NAMELESS
            and not each.name
            and not each.text
        ]
        assert not nameless, f"{title}: {nameless}"
