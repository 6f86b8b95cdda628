"""The layer as a screen reader has it: told once, and answered without seeing it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from jeepney import DBusAddress

from tests.desktop.running_app import logs
from tests.desktop.test_ladder import LadderApp, policy
from tools.desktop import VirtualDesktop
from tools.screen_reader import Element, ScreenReader
from tools.waiting import wait_until

EVENTS = "org.a11y.atspi.Event.Object"
REGISTRY = DBusAddress(
    "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry"
)
ANSWERS = {
    "Win leads": "push button",
    "From now on": "radio button",
    "5 more minutes": "push button",
    "Minimise Writing": "push button",
}


@pytest.fixture
def seat(own_desktop: VirtualDesktop) -> Iterator[tuple[LadderApp, ScreenReader]]:
    with ScreenReader(own_desktop) as reader:
        # Programs speak of what somebody listens to.
        reader.client.call(REGISTRY, "RegisterEvent", "s", "object:announcement")
        reader.client.listen(EVENTS)
        app = LadderApp(own_desktop, policy("2% overlay"), reader.env).begin()
        yield app, reader
        app.close()
        assert "Traceback" not in logs(own_desktop)


def layer(reader: ScreenReader) -> Element:
    """Return the layer's window."""

    def found() -> Element | None:
        windows = reader.application("kanaltid").children()
        return next((each for each in windows if each.name == "Writing – Kanaltid"), None)

    window = wait_until(found, "the layer on the accessibility bus")
    assert window is not None
    return window


def test_layer_is_told_once_and_answered_by_screen_reader(
    seat: tuple[LadderApp, ScreenReader],
) -> None:
    app, reader = seat
    written = app.write_until(lambda: app.shown, "the layer")
    told = reader.client.signal("Announcement")
    assert any("Private time" in str(part) for part in told), told
    parts = {each.name: each for each in layer(reader).walk() if each.name}
    assert {name: parts[name].role for name in ANSWERS} == ANSWERS
    assert any(name.startswith("Private time: ") for name in parts), list(parts)
    assert parts["5 more minutes"].description == "1 time left today"
    parts["Win leads"].do()
    app.write_until(lambda: not app.shown, "the layer to go")
    assert set(app.used_ms()) == {"leads"}
    assert app.text.text().startswith(written)
