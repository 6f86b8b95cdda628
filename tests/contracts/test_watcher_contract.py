"""The watchers' contract fits a thread that pushes and a source that can only be asked."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.contracts.watcher_contract import WatcherContract, turn_for, turn_until
from tracker.clock import LedgerClock, SystemTime
from tracker.facts import Foreground
from tracker.selector_loop import SelectorLoop
from tracker.watchers.base import Sense, Watcher, WatchHost

SENSES = frozenset({Sense.FOCUS})


class ThreadWatcher:
    """Waits in a thread of its own, as for a system without descriptors, and posts."""

    id = "thread"
    senses = SENSES

    def __init__(self) -> None:
        self.front = "first"
        self._host: WatchHost | None = None
        self._thread: threading.Thread | None = None
        self._changes: queue.Queue[str | None] = queue.Queue()

    def change(self, app: str) -> None:
        self.front = app
        self._changes.put(app)

    def start(self, host: WatchHost) -> None:
        self._host = host
        self._changes = queue.Queue()
        self._report(self.front)
        self._thread = threading.Thread(target=self._wait, args=[host, self._changes])
        self._thread.start()

    def confirm(self) -> None:
        pass

    def idle_ms(self) -> int | None:
        return None

    def stop(self) -> None:
        self._host = None
        if self._thread is not None:
            self._changes.put(None)
            self._thread.join()
            self._thread = None

    def _wait(self, host: WatchHost, changes: queue.Queue[str | None]) -> None:
        while (app := changes.get()) is not None:
            host.loop.post(partial(self._report, app))

    def _report(self, app: str) -> None:
        if self._host is not None:
            self._host.report(Foreground(self._host.loop.clock.now(), app))


class AskedWatcher:
    """Has no events at all: it learns of a change at the next check."""

    id = "asked"
    senses = SENSES

    def __init__(self) -> None:
        self.front = "first"
        self._host: WatchHost | None = None
        self._said = ""

    def change(self, app: str) -> None:
        self.front = app

    def start(self, host: WatchHost) -> None:
        self._host = host
        self._said = ""
        self.confirm()

    def confirm(self) -> None:
        if self._host is not None and self._said != self.front:
            self._said = self.front
            self._host.report(Foreground(self._host.loop.clock.now(), self.front))

    def idle_ms(self) -> int | None:
        return None

    def stop(self) -> None:
        self._host = None


class Rig:
    def __init__(self, watcher: ThreadWatcher | AskedWatcher) -> None:
        self.loop = SelectorLoop(LedgerClock(SystemTime()))
        self.watcher: Watcher = watcher
        self._source = watcher
        self._changes = 0

    def change(self) -> None:
        self._changes += 1
        self._source.change(f"app {self._changes}")

    def run_until(self, condition: Callable[[], object]) -> None:
        self.watcher.confirm()
        turn_until(self.loop, condition, "a fact")

    def run_a_little(self) -> None:
        self.watcher.confirm()
        turn_for(self.loop, 60)


class TestThreadWatcher(WatcherContract):
    @pytest.fixture
    def rig(self) -> Iterator[Rig]:
        rig = Rig(ThreadWatcher())
        yield rig
        rig.watcher.stop()
        rig.loop.close()


class TestAskedWatcher(WatcherContract):
    @pytest.fixture
    def rig(self) -> Iterator[Rig]:
        rig = Rig(AskedWatcher())
        yield rig
        rig.loop.close()
