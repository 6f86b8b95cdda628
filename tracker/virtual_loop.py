"""The loop on which time is moved by hand: simulations and tests run on it."""

from __future__ import annotations

from collections import deque
from datetime import datetime

from tracker.agenda import Agenda
from tracker.clock import EPOCH, LedgerClock
from tracker.loop import Callback, Handle
from tracker.model import MILLISECOND


class VirtualTime:
    """A time source that stands still until it is told; instants in are true time.

    Attributes:
        wall_offset_ns: How far the wall clock is ahead of true time.
        trusted: What ``synchronised`` says.
    """

    def __init__(self, start: datetime, boot_id: str = "virtual") -> None:
        self._true_ns = _since_epoch_ns(start)
        self._asleep_ns = 0
        self._boot_id = boot_id
        self.wall_offset_ns = 0
        self.trusted = False

    def elapsed_ns(self) -> int:
        """Return true time: it stands for the time since boot."""
        return self._true_ns

    def awake_ns(self) -> int:
        """Return true time less the time passed in :meth:`suspend`."""
        return self._true_ns - self._asleep_ns

    def wall_ns(self) -> int:
        """Return true time as the wall clock shows it."""
        return self._true_ns + self.wall_offset_ns

    def boot_id(self) -> str:
        """Return the boot's id."""
        return self._boot_id

    def synchronised(self) -> bool:
        """Return ``trusted``."""
        return self.trusted

    def move_to(self, instant: datetime) -> None:
        """Let true time go on to ``instant``; it never goes back."""
        self._true_ns = max(self._true_ns, _since_epoch_ns(instant))

    def suspend(self, ms: int) -> None:
        """Let true time go on while the machine sleeps."""
        self._true_ns += ms * 1_000_000
        self._asleep_ns += ms * 1_000_000

    def set_wall(self, instant: datetime) -> None:
        """Let the wall clock jump to ``instant``."""
        self.wall_offset_ns = _since_epoch_ns(instant) - self._true_ns


def _since_epoch_ns(instant: datetime) -> int:
    return (instant - EPOCH) // MILLISECOND * 1_000_000


class VirtualLoop:
    """A loop over virtual time; nothing happens but in :meth:`advance_to` and its kin."""

    def __init__(self, time: VirtualTime, clock: LedgerClock | None = None) -> None:
        self.time = time
        self._clock = clock or LedgerClock(time)
        self._agenda = Agenda()
        self._posted: deque[Callback] = deque()
        self._watched: dict[int, Callback] = {}

    @property
    def clock(self) -> LedgerClock:
        """The clock that ``call_at`` goes by."""
        return self._clock

    def watch(self, fd: int, ready: Callback) -> Handle:
        """See :class:`tracker.loop.Loop`; only :meth:`feed` makes it ready."""
        if fd in self._watched:
            raise KeyError(fd)
        self._watched[fd] = ready
        return _Unwatch(self._watched, fd)

    def call_at(self, instant: datetime, callback: Callback) -> Handle:
        """See :class:`tracker.loop.Loop`."""
        return self._agenda.add(instant, callback)

    def post(self, callback: Callback) -> None:
        """See :class:`tracker.loop.Loop`; it runs when time is next moved or :meth:`settle`."""
        self._posted.append(callback)

    def rearm(self) -> None:
        """Nothing to do: the agenda is asked at every step."""

    def feed(self, fd: int) -> None:
        """Let ``fd`` be ready once."""
        self._watched[fd]()

    def settle(self) -> None:
        """Run all that is posted or due at this very instant."""
        while self._posted:
            self._posted.popleft()()
        self._agenda.run_due(self._clock.now())

    def advance_to(self, instant: datetime) -> None:
        """Let true time go on to ``instant`` and run what falls due strictly before it.

        What is due at ``instant`` itself waits, so that a fact of the same instant comes
        first; :meth:`settle` runs it.
        """
        while self._posted:
            self._posted.popleft()()
        while (due := self._agenda.next()) is not None:
            wait = due - self._clock.now()
            true_due = self._true() + max(wait, 0 * MILLISECOND)
            if true_due >= instant:
                break
            self.time.move_to(true_due)
            self.settle()
        self.time.move_to(instant)

    def _true(self) -> datetime:
        return EPOCH + self.time.elapsed_ns() // 1_000_000 * MILLISECOND


class _Unwatch:
    def __init__(self, watched: dict[int, Callback], fd: int) -> None:
        self._watched = watched
        self._fd = fd

    def cancel(self) -> None:
        self._watched.pop(self._fd, None)
