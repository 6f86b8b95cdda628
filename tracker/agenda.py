"""The instants that a loop waits for; all loops share it."""

from __future__ import annotations

import heapq
import itertools
from datetime import datetime

from tracker.loop import Callback, Handle


class Appointment:
    """A callback at an instant, which can be called off."""

    __slots__ = ("callback",)

    def __init__(self, callback: Callback) -> None:
        self.callback: Callback | None = callback

    def cancel(self) -> None:
        """Call it off."""
        self.callback = None


class Agenda:
    """A heap of appointments, in order of instant and then of being made."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Appointment]] = []
        self._order = itertools.count()

    def add(self, instant: datetime, callback: Callback) -> Handle:
        """Note ``callback`` for ``instant``."""
        appointment = Appointment(callback)
        heapq.heappush(self._heap, (instant, next(self._order), appointment))
        return appointment

    def next(self) -> datetime | None:
        """Return the earliest instant that is still waited for."""
        while self._heap and self._heap[0][2].callback is None:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def run_due(self, now: datetime) -> None:
        """Run what is due at ``now``, in order.

        An appointment made meanwhile for ``now`` or earlier waits for the next call, so
        that no loop starves its descriptors.
        """
        due: list[Appointment] = []
        while (instant := self.next()) is not None and instant <= now:
            due.append(heapq.heappop(self._heap)[2])
        for appointment in due:
            callback, appointment.callback = appointment.callback, None
            if callback is not None:
                callback()
