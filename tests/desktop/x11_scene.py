"""The X11 watcher on a display, with a loop of its own."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Protocol

from tests.contracts.watcher_contract import Recorder, turn_until
from tools.desktop import VirtualDesktop
from tools.xclient import XClient
from tracker.clock import EPOCH, LedgerClock, SystemTime
from tracker.model import MILLISECOND
from tracker.selector_loop import SelectorLoop
from tracker.watchers import x11

SLACK = timedelta(milliseconds=300)
"""How late this process may be scheduled on a busy machine."""


class Scene:
    """The watcher on a display, with a loop of its own."""

    def __init__(self, display: str, idle_after_ms: int = 300_000) -> None:
        self.clock = LedgerClock(SystemTime())
        self.loop = SelectorLoop(self.clock)
        self.told = Recorder(self.loop, idle_after_ms)
        self.watcher = x11.make({"DISPLAY": display})

    def start(self) -> None:
        self.watcher.start(self.told.host)
        self.told.forget()

    def close(self) -> None:
        self.watcher.stop()
        self.loop.close()

    def until(self, condition: Callable[[], object], what: str) -> None:
        turn_until(self.loop, condition, what)

    def instant(self, elapsed_ns: int) -> datetime:
        """Return the instant at which so much time had passed since boot, rounded down."""
        anchor = self.clock.anchor
        return (
            EPOCH + (anchor.instant_ns + elapsed_ns - anchor.elapsed_ns) // 1_000_000 * MILLISECOND
        )

    def while_running(self, script: Callable[[], None]) -> None:
        """Run the loop while a script acts in a thread of its own."""
        failures: list[BaseException] = []

        def act() -> None:
            try:
                script()
            except BaseException as error:  # noqa: BLE001 - raised again below
                failures.append(error)

        thread = threading.Thread(target=act)
        thread.start()
        while thread.is_alive():
            self.loop.turn(0.02)
        thread.join()
        if failures:
            raise failures[0]


class MakeScene(Protocol):
    def __call__(self, display: str, idle_after_ms: int = 300_000) -> Scene: ...


def scenes() -> Iterator[MakeScene]:
    """Make scenes as they are asked for, and close them: a fixture's body."""
    scenes: list[Scene] = []

    def make(display: str, idle_after_ms: int = 300_000) -> Scene:
        scenes.append(Scene(display, idle_after_ms))
        return scenes[-1]

    yield make
    for scene in scenes:
        scene.close()


def shared_scene(desktop: VirtualDesktop, make_scene: MakeScene) -> Scene:
    """Watch the desktop that all share: a fixture's body."""
    return make_scene(desktop.display)


def put(client: XClient, window: int, name: str, content: bytes) -> None:
    replace, string = 0, 31
    core: Any = client.connection.core
    # As much as a request may hold; the rest is appended.
    for mode, start in [(replace, 0), *[(2, at) for at in range(200_000, len(content), 200_000)]]:
        piece = content[start : start + 200_000]
        core.ChangeProperty(mode, window, client.atom(name), string, 8, len(piece), piece)
    client.connection.flush()


def put_number(client: XClient, window: int, name: str, number: int) -> None:
    core: Any = client.connection.core
    cardinal = 6
    core.ChangeProperty(0, window, client.atom(name), cardinal, 32, 1, struct.pack("=I", number))
    client.connection.flush()
