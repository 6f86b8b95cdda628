"""A visit is corrected by keyboard in the real program, and what goes by it follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.desk import POLICY
from tests.desktop.running_app import DOWN, RETURN, RIGHT, WORK, RunningApp, logs
from tools.desktop import VirtualDesktop
from tools.waiting import wait_until
from tracker.control import ask

TAB, CONTROL, A, Z = 0xFF09, 0xFFE3, 0x61, 0x7A
HOME = 0xFF50


@pytest.fixture
def app(own_desktop: VirtualDesktop) -> Iterator[RunningApp]:
    running = RunningApp(own_desktop, POLICY + WORK).start()
    running.be_there()
    yield running
    running.close()
    assert "Traceback" not in logs(own_desktop)


def told(app: RunningApp) -> list[tuple[str, bool]]:
    """Return what each visit of today was for, and whether it was corrected."""
    socket = app.desktop.home / "run" / "control.sock"
    day = ask(socket, {"do": "today"})["day"]
    spans: list[dict[str, Any]] = ask(socket, {"do": "spans", "from": day, "to": day})
    return [(span["purpose"], span["corrected"]) for span in spans]


def test_visits_are_corrected_and_put_back_by_keyboard(app: RunningApp) -> None:
    app.desktop.open_windows().open("discord", "allmänt")
    wait_until(lambda: told(app) == [("private", False)], "a visit")
    app.click_icon()
    app.window("Today")
    app.press(DOWN, DOWN)
    app.window("Visits")
    app.press(TAB, TAB, TAB, TAB)
    app.hands.press(CONTROL, A)
    app.press(RETURN)
    wait_until(app.popup, "what it may have been for")
    app.press(DOWN, RETURN)
    wait_until(lambda: told(app) == [("brand", True)], "the visit corrected")
    limits = app.limits()
    assert limits["private", None]["used_s"] == 0
    assert limits["work", None]["used_s"] > 0
    app.hands.press(CONTROL, Z)
    wait_until(lambda: told(app) == [("private", False)], "the visit as it was")
    assert app.limits()["work", None]["used_s"] == 0


def test_visits_are_corrected_on_the_timeline_by_keyboard(app: RunningApp) -> None:
    windows = app.desktop.open_windows()
    windows.open("discord", "allmänt")
    wait_until(lambda: told(app) == [("private", False)], "a visit")
    app.click_icon()
    app.window("Today")
    app.press(DOWN, DOWN)
    app.window("Visits")
    app.press(TAB, RIGHT)
    # The day before, the search, the visit before and the next, closer, and the timeline.
    app.press(TAB, TAB, TAB, TAB, TAB, TAB)
    app.press(HOME, RETURN)
    wait_until(app.popup, "what it may have been for")
    app.press(DOWN, RETURN)
    wait_until(lambda: told(app) == [("brand", True)], "the visit corrected")
    app.hands.press(CONTROL, Z)
    wait_until(lambda: told(app) == [("private", False)], "the visit as it was")
