"""The ladder on a real screen: what a person was writing is theirs, whatever comes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.desk import POLICY
from tests.desktop.running_app import ESCAPE, RunningApp, logs
from tests.desktop.text_window import APP as WRITING
from tests.desktop.text_window import TextWindow
from tools.desktop import VirtualDesktop
from tools.waiting import now_ns, sleep_until, wait_until
from tracker.control import ask
from tracker.paths import paths_for

TAB, SPACE, RETURN, CTRL, ALT, SHIFT = 0xFF09, 0x20, 0xFF0D, 0xFFE3, 0xFFE9, 0xFFE1
SECOND = 1_000_000_000
FROM_A_PAGER = 2
MOVED_AND_SIZED = 1 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 11 | 2 << 12


def policy(*steps: str) -> str:
    """Return a policy that allows a minute in the channel that a person writes in."""
    ladder = ", ".join('{{ at = "{}", do = "{}" }}'.format(*step.split()) for step in steps)
    was = 'steps = [{ at = "80%", do = "notify" }, { at = "100%", do = "ask" }]'
    channel = f"""
[[channel]]
id = "writing"
name = {{ en = "Writing" }}
kind = "forum"
match = [{{ app = "{WRITING}" }}]
[[purpose]]
id = "leads"
name = {{ en = "Win leads" }}
[[limit]]"""
    text = POLICY.replace("[[limit]]", channel, 1).replace("day = 10", "day = 1")
    return text.replace(was, f"steps = [{ladder}]")


class LadderApp(RunningApp):
    """The app, somebody who writes in a channel, and the ladder's window."""

    text: TextWindow

    def spawn(self) -> subprocess.Popen[str]:
        argv = [sys.executable, "-m", "tests.desktop.ladder_app", "--policy", str(self.policy)]
        return self.desktop.spawn(argv, env=self._env)

    def begin(self, countdown_s: int = 20) -> LadderApp:
        """Start it all; somebody has the keyboard in the channel."""
        settings = paths_for({"KANALTID_HOME": str(self.desktop.home)}).settings
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(json.dumps({"countdown_s": countdown_s}), "utf-8")
        self.start()
        self.wait_for_icon()
        self.text = TextWindow(self.desktop)
        return self

    def close(self) -> None:
        self.text.__exit__(None, None, None)
        super().close()

    @property
    def shown(self) -> int:
        """The ladder's window that is on the screen; 0 where none is."""
        named = (
            window
            for window in self._own_windows()
            if self.client.text(window, "_NET_WM_NAME") == "Writing – Kanaltid"
        )
        return next(named, 0)

    @property
    def front(self) -> int:
        """The window that has the keyboard."""
        return self.client.active_window()

    def write(self, letter: str = "a") -> None:
        """Press one letter, and rest as between two letters."""
        self.hands.press(ord(letter))
        sleep_until(now_ns() + SECOND // 10)

    def write_until(self, happened: Callable[[], object], what: str) -> str:
        """Write letter after letter until something is so; return what was written."""
        written = ""
        deadline = now_ns() + 30 * SECOND
        while not happened():
            assert now_ns() < deadline, f"waited for {what}"
            self.write()
            written += "a"
        return written

    def wait_for_keyboard(self) -> None:
        """Wait until the ladder's window has the keyboard."""
        wait_until(lambda: self.shown and self.front == self.shown, "the keyboard to move")

    def covered(self, scale: float) -> bool:
        """Return whether the layer lies over the text, to one of Qt's pixels, and no more."""
        layer, text = self.client.frame(self.shown), self.client.frame(self.text.window)
        return all(
            0 <= inner - outer < scale and 0 <= outer + size - inner - inner_size < scale
            for outer, size, inner, inner_size in zip(
                layer[:2], layer[2:], text[:2], text[2:], strict=True
            )
        )

    def used_ms(self) -> dict[str, int]:
        """Return today's milliseconds in the channel, by purpose."""
        report = dict(ask(self.desktop.home / "run" / "control.sock", {"do": "today"}))
        return {
            purpose: round(seconds * 1000)
            for channel in report["channels"]
            for purpose, seconds in channel["purposes"].items()
        }


Begin = Callable[..., LadderApp]


@pytest.fixture
def begin() -> Iterator[Begin]:
    with ExitStack() as stack:

        def start(*steps: str, countdown_s: int = 20, scale: float = 1) -> LadderApp:
            desktop = stack.enter_context(VirtualDesktop(size=(1600, 1200), scale=scale))
            stack.callback(lambda: _expect_no_error(desktop))
            app = LadderApp(desktop, policy(*steps)).begin(countdown_s)
            stack.callback(app.close)
            return app

        yield start


def _expect_no_error(desktop: VirtualDesktop) -> None:
    assert "Traceback" not in logs(desktop)


def test_question_takes_no_letter_from_who_is_writing(begin: Begin) -> None:
    app = begin("2% ask")
    written = app.write_until(lambda: app.shown, "the question")
    for _ in range(25):
        app.write("b")
        written += "b"
        assert app.front == app.text.window
    assert app.text.text() == written
    # Nobody writes: now it may have the keyboard, and what comes presses nothing.
    app.wait_for_keyboard()
    used = app.used_ms()
    for key in (ord("x"), SPACE, RETURN):
        app.press(key)
    sleep_until(now_ns() + SECOND)
    assert app.shown
    assert app.used_ms() == used, "own windows count to nothing"
    assert set(used) == {"private"}
    app.press(ESCAPE)
    wait_until(lambda: not app.shown and app.front == app.text.window, "the way back")
    app.write("c")
    wait_until(lambda: app.text.text() == written + "c", "what was written")
    sleep_until(now_ns() + 3 * SECOND)
    assert not app.shown, "it was answered"


def test_shortcut_moves_the_keyboard_and_a_purpose_covers_the_visit(begin: Begin) -> None:
    app = begin("2% ask")
    written = app.write_until(lambda: app.shown, "the question")
    app.hands.press(CTRL, ALT, ord("k"))
    app.wait_for_keyboard()
    assert app.text.text() == written
    app.press(TAB, SPACE)
    wait_until(lambda: not app.shown and app.front == app.text.window, "the way back")
    used = app.used_ms()
    assert set(used) == {"leads"}
    assert used["leads"] > 1000
    assert app.text.text() == written


@pytest.mark.parametrize("scale", [1, 2])
def test_layer_lies_over_its_window_alone_and_goes_with_it(begin: Begin, scale: float) -> None:
    app = begin("2% overlay", scale=scale)
    client, text = app.client, app.text.window
    written = app.write_until(lambda: app.shown, "the layer")
    wait_until(lambda: app.covered(scale), "the layer to cover it")
    for _ in range(5):
        app.write("b")
        written += "b"
        assert app.front == text
    client.tell_root(text, "_NET_MOVERESIZE_WINDOW", MOVED_AND_SIZED, 300, 120, 700, 500)
    written += app.write_until(lambda: client.frame(text)[2:] == (700, 500), "the window to move")
    wait_until(lambda: app.covered(scale), "the layer to follow")
    app.wait_for_keyboard()
    assert app.status()["state"] == "other"
    windows = app.desktop.open_windows()
    other = windows.open("gedit", "anteckningar.txt", (20, 20, 300, 200)).window
    wait_until(lambda: not app.shown, "the layer to go")
    assert app.text.text().startswith(written)
    windows.close(other)
    client.tell_root(text, "_NET_ACTIVE_WINDOW", FROM_A_PAGER)
    app.write_until(lambda: app.shown, "the layer to come back")


def test_layer_makes_room_for_why_and_comes_back(begin: Begin) -> None:
    app = begin("2% overlay")
    written = app.write_until(lambda: app.shown, "the layer")
    app.hands.press(CTRL, ALT, ord("k"))
    app.wait_for_keyboard()
    app.hands.press(SHIFT, TAB)  # the last way that the tab key comes to
    app.press(SPACE)
    why = app.window("Why?")
    wait_until(lambda: app.front == why, "the answer in front")
    wait_until(lambda: not app.shown, "the layer to make room")
    assert app.status()["state"] == "other"
    app.press(ESCAPE)
    wait_until(lambda: app.shown, "the layer to come back")
    assert app.text.text() == written
    assert set(app.used_ms()) == {"private"}


def test_layers_button_minimises_and_loses_nothing(begin: Begin) -> None:
    app = begin("2% overlay")
    client, text = app.client, app.text.window
    before = app.write_until(lambda: app.shown, "the layer")
    app.hands.press(CTRL, ALT, ord("k"))
    app.wait_for_keyboard()
    app.press(TAB, TAB, TAB, TAB, SPACE)
    wait_until(lambda: text not in client.shown(WRITING), "the window to be minimised")
    wait_until(lambda: not app.shown, "the layer to go")
    client.tell_root(text, "_NET_ACTIVE_WINDOW", FROM_A_PAGER)
    app.write_until(lambda: app.shown, "the layer to come back")
    # What was typed while the window manager brought it back may have gone nowhere.
    assert app.text.text().startswith(before)
    assert set(app.text.text()) == {"a"}


def test_window_is_minimised_with_what_was_written_in_it(begin: Begin) -> None:
    app = begin("2% minimise", countdown_s=1)
    client, text = app.client, app.text.window
    written = app.write_until(lambda: app.shown, "the countdown")
    for _ in range(25):
        app.write("b")
        written += "b"
        assert app.front == text, "nothing is minimised in the middle of a word"
    wait_until(lambda: text not in client.shown(WRITING), "the window to be minimised")
    wait_until(lambda: not app.shown, "the countdown to go")
    assert app.text.text() == written
    client.tell_root(text, "_NET_ACTIVE_WINDOW", FROM_A_PAGER)
    wait_until(lambda: app.front == text, "the window to come back")
    written += app.write_until(lambda: app.shown, "the countdown to begin anew")
    assert app.text.text() == written


def test_nothing_is_minimised_when_the_countdown_is_answered(begin: Begin) -> None:
    app = begin("2% minimise", countdown_s=4)
    client, text = app.client, app.text.window
    written = app.write_until(lambda: app.shown, "the countdown")
    app.hands.press(CTRL, ALT, ord("k"))
    app.wait_for_keyboard()
    app.press(TAB, TAB, TAB, SPACE)
    wait_until(lambda: not app.shown and app.front == text, "the way back")
    sleep_until(now_ns() + 5 * SECOND)
    assert text in client.shown(WRITING)
    assert app.text.text() == written
    assert set(app.used_ms()) == {"private"}
