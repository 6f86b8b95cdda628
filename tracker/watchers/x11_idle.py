"""Whether anybody is there: the X server's idle counter and two alarms on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from tracker.clock import Clock
from tracker.facts import Active, Fact, Idle
from tracker.model import ms_between
from tracker.watchers.x11_wire import Kind, XEvent


class IdleCounter(Protocol):
    """What is asked of a display; see :class:`tracker.watchers.x11_wire.Display`."""

    def idle_ms(self) -> int | None:
        """Return the time since the last input; None where it is not told."""

    def idle_alarms(self, after_ms: int) -> tuple[int, int] | None:
        """Have rising over and falling under ``after_ms`` told; None where it can't be."""

    def drop_alarm(self, alarm: int) -> None:
        """Take an alarm back."""


class IdleSense:
    """Reports when input stops and when it is there again.

    The alarms fire on crossing only, so the counter is read at the start and at every
    check. The counter stands still while the machine sleeps, and goes on while the screen
    is locked.
    """

    def __init__(
        self,
        counter: IdleCounter,
        clock: Clock,
        report: Callable[[Fact], None],
        after_ms: Callable[[], int],
    ) -> None:
        self._counter = counter
        self._clock = clock
        self._report = report
        self._after_ms = after_ms
        self._armed_ms = 0
        self._alarms: tuple[int, int] | None = None
        self._idle: bool | None = None
        self._floor: datetime | None = None

    @property
    def available(self) -> bool:
        """Whether the server counts idle time."""
        return self._alarms is not None

    def begin(self) -> None:
        """Set the alarms, and report whether anybody is there now."""
        self._arm()
        self._read()

    def note(self, event: XEvent, at: datetime) -> None:
        """Report what an alarm tells."""
        if event.kind is not Kind.ALARM or self._alarms is None:
            return
        if event.id in self._alarms:
            self._judge(at, event.value_ms)

    def confirm(self) -> None:
        """Follow a changed threshold, and report what no alarm told."""
        if self._after_ms() != self._armed_ms:
            self._arm()
        self._read()

    def assume_input(self, at: datetime) -> None:
        """Take it that somebody was there at ``at``, whatever the counter says."""
        self._floor = at
        self._idle = False

    def _arm(self) -> None:
        for alarm in self._alarms or ():
            self._counter.drop_alarm(alarm)
        self._armed_ms = self._after_ms()
        self._alarms = self._counter.idle_alarms(self._armed_ms)

    def _read(self) -> None:
        value_ms = self._counter.idle_ms()
        if value_ms is not None:
            self._judge(self._clock.now(), value_ms)

    def _judge(self, at: datetime, value_ms: int) -> None:
        last_input = at - timedelta(milliseconds=value_ms)
        if self._floor is not None:
            last_input = max(last_input, self._floor)
        idle = ms_between(last_input, at) >= self._armed_ms
        was, self._idle = self._idle, idle
        if idle and not was:
            self._report(Idle(at, last_input))
        elif was and not idle:
            self._report(Active(last_input))
        elif was is None:
            self._report(Active(at))
