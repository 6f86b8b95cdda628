"""What every loop must keep; a test class that each make inherits."""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from typing import Protocol

from tracker.loop import Loop

TICK = timedelta(milliseconds=20)


class DrivenLoop(Protocol):
    """A loop and a way to let it run until something has happened."""

    loop: Loop

    def run_until(self, done: threading.Event) -> None:
        """Let the loop run until ``done`` is set; fails after a while."""

    def ready(self, fd: int) -> None:
        """Let the loop notice that ``fd`` can be read."""


class LoopContract:
    """Inherit, and provide a fixture ``driven``."""

    def test_callback_runs_at_its_instant_when_awaited(self, driven: DrivenLoop) -> None:
        done = threading.Event()
        instant = driven.loop.clock.now() + TICK
        ran_at = []

        def callback() -> None:
            ran_at.append(driven.loop.clock.now())
            done.set()

        driven.loop.call_at(instant, callback)
        driven.run_until(done)
        assert len(ran_at) == 1
        assert ran_at[0] >= instant

    def test_callbacks_run_in_order_when_several_are_awaited(self, driven: DrivenLoop) -> None:
        done = threading.Event()
        now = driven.loop.clock.now()
        order: list[str] = []

        def run_later() -> None:
            order.append("later")
            done.set()

        driven.loop.call_at(now + 2 * TICK, run_later)
        driven.loop.call_at(now + TICK, lambda: order.append("sooner"))
        driven.loop.call_at(now - TICK, lambda: order.append("past"))
        driven.run_until(done)
        assert order == ["past", "sooner", "later"]

    def test_callback_never_runs_when_cancelled(self, driven: DrivenLoop) -> None:
        done = threading.Event()
        now = driven.loop.clock.now()
        ran: list[str] = []
        handle = driven.loop.call_at(now + TICK, lambda: ran.append("cancelled"))
        handle.cancel()
        handle.cancel()
        driven.loop.call_at(now + 2 * TICK, done.set)
        driven.run_until(done)
        assert ran == []

    def test_callback_may_await_another_when_it_runs(self, driven: DrivenLoop) -> None:
        done = threading.Event()
        loop = driven.loop

        def await_another() -> None:
            loop.call_at(loop.clock.now() + TICK, done.set)

        loop.call_at(loop.clock.now(), await_another)
        driven.run_until(done)

    def test_post_runs_on_the_loop_when_it_comes_from_a_thread(self, driven: DrivenLoop) -> None:
        done = threading.Event()
        threads: list[int] = []

        def posted() -> None:
            threads.append(threading.get_ident())
            done.set()

        thread = threading.Thread(target=driven.loop.post, args=(posted,))
        thread.start()
        thread.join()
        driven.run_until(done)
        assert threads == [threading.get_ident()]

    def test_descriptor_is_told_when_it_can_be_read(self, driven: DrivenLoop) -> None:
        done = threading.Event()
        read_end, write_end = os.pipe()
        got: list[bytes] = []

        def ready() -> None:
            got.append(os.read(read_end, 10))
            done.set()

        handle = driven.loop.watch(read_end, ready)
        os.write(write_end, b"fact")
        driven.ready(read_end)
        driven.run_until(done)
        handle.cancel()
        handle.cancel()
        os.write(write_end, b"more")
        later = threading.Event()
        driven.loop.call_at(driven.loop.clock.now() + TICK, later.set)
        driven.run_until(later)
        os.close(read_end)
        os.close(write_end)
        assert got == [b"fact"]

    def test_watch_may_be_cancelled_by_its_own_callback(self, driven: DrivenLoop) -> None:
        done = threading.Event()
        read_end, write_end = os.pipe()

        def ready() -> None:
            handle.cancel()
            done.set()

        handle = driven.loop.watch(read_end, ready)
        os.write(write_end, b"x")
        driven.ready(read_end)
        driven.run_until(done)
        later = threading.Event()
        driven.loop.call_at(driven.loop.clock.now() + TICK, later.set)
        driven.run_until(later)
        os.close(read_end)
        os.close(write_end)
