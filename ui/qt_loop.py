"""The core's loop inside Qt: notifiers for descriptors, one precise timer for instants."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal, Slot

from tracker.agenda import Agenda
from tracker.clock import Clock
from tracker.loop import Callback, Handle
from tracker.model import ms_between

LONGEST_MS = 3_600_000
"""The timer is armed for an hour at most: Qt counts in 32 bits, and instants may be far off."""


class QtLoop:
    """See :class:`tracker.loop.Loop`. Made on the main thread, where all callbacks run.

    A QTimer runs on the monotonic clock, which stands still while the machine sleeps:
    hence :meth:`rearm`, to be called at every check and after each wake.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._agenda = Agenda()
        self._notifiers: dict[int, QSocketNotifier] = {}
        self._mailbox = _Mailbox()
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def clock(self) -> Clock:
        """The clock that ``call_at`` goes by."""
        return self._clock

    def watch(self, fd: int, ready: Callback) -> Handle:
        """See :class:`tracker.loop.Loop`. Raises KeyError where ``fd`` is watched already."""
        if fd in self._notifiers:
            raise KeyError(fd)
        notifier = QSocketNotifier(fd, QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda *_: ready())
        self._notifiers[fd] = notifier
        return _Call(lambda: self._forget(fd, notifier))

    def call_at(self, instant: datetime, callback: Callback) -> Handle:
        """See :class:`tracker.loop.Loop`."""
        appointment = self._agenda.add(instant, callback)
        self.rearm()
        return appointment

    def post(self, callback: Callback) -> None:
        """See :class:`tracker.loop.Loop`."""
        self._mailbox.put(callback)

    def rearm(self) -> None:
        """Set the timer for the next instant anew."""
        instant = self._agenda.next()
        if instant is None:
            self._timer.stop()
            return
        wait_ms = ms_between(self._clock.now(), instant)
        self._timer.start(min(max(wait_ms, 0), LONGEST_MS))

    def close(self) -> None:
        """Stop the timer and let go of the descriptors; nothing is called back any more."""
        self._timer.stop()
        self._mailbox.close()
        for fd, notifier in list(self._notifiers.items()):
            self._forget(fd, notifier)

    def _forget(self, fd: int, notifier: QSocketNotifier) -> None:
        if self._notifiers.get(fd) is notifier:
            del self._notifiers[fd]
            notifier.setEnabled(False)
            notifier.deleteLater()

    def _on_timeout(self) -> None:
        try:
            self._agenda.run_due(self._clock.now())
        finally:
            # Whatever a callback did, the next instant must not be lost.
            self.rearm()


class _Call:
    """A handle that runs its function at the first cancel only."""

    def __init__(self, undo: Callable[[], None]) -> None:
        self._undo: Callable[[], None] | None = undo

    def cancel(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()


class _Mailbox(QObject):
    """Takes callbacks from any thread; a queued signal empties it on the loop's."""

    _filled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._callbacks: deque[Callback] = deque()
        self._open = True
        self._filled.connect(self._empty, Qt.ConnectionType.QueuedConnection)

    def put(self, callback: Callback) -> None:
        if self._open:
            self._callbacks.append(callback)
            self._filled.emit()

    def close(self) -> None:
        self._open = False
        self._callbacks.clear()

    @Slot()
    def _empty(self) -> None:
        # One signal, one callback: each post has its own, so that an exception in one
        # callback leaves the others their turn.
        if self._callbacks:
            self._callbacks.popleft()()
