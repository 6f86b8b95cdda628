"""Sums over totals, quick enough to be asked for at every change of state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import compress
from operator import is_

from tracker.model import TotalKey, Totals


class Sums:
    """Sums up the totals that each slot takes.

    Which of a mapping's entries a slot takes is remembered until the mapping has other
    keys, for hashing a key costs more than adding up the day. A live mapping is welcome.

    Args:
        slots_of: Tells the slots that time of a key is summed up in.
    """

    def __init__(self, slots_of: Callable[[TotalKey], tuple[int, ...]]) -> None:
        self._slots_of = slots_of
        self._keys: tuple[TotalKey, ...] = ()
        self._slots: tuple[tuple[int, ...], ...] = ()
        self._masks: dict[int, tuple[bool, ...]] = {}
        self._values: tuple[int, ...] | None = None
        self._used: dict[int, int] = {}

    @property
    def used(self) -> Mapping[int, int]:
        """The milliseconds of each slot that took anything, as of the last refresh."""
        return self._used

    def _align(self, totals: Totals) -> None:
        keys = self._keys
        if len(keys) == len(totals) and all(map(is_, keys, totals)):
            return
        self._keys = tuple(totals)
        self._slots = tuple(self._slots_of(key) for key in self._keys)
        self._masks = {}
        self._values = None

    def of(self, slot: int, totals: Totals) -> int:
        """Return the milliseconds that ``slot`` takes of ``totals``."""
        self._align(totals)
        mask = self._masks.get(slot)
        if mask is None:
            mask = self._masks[slot] = tuple(slot in slots for slots in self._slots)
        return sum(compress(totals.values(), mask))

    def refresh(self, totals: Totals) -> set[int] | None:
        """Bring ``used`` up to date.

        Returns:
            The slots whose sum may have changed since the last time, or None where all
            were summed up anew.
        """
        self._align(totals)
        before, values = self._values, tuple(totals.values())
        self._values = values
        if before is None:
            self._used = {}
            for slots, ms in zip(self._slots, values, strict=True):
                self._add(slots, ms)
            return None
        if values == before:
            return set()
        changed: set[int] = set()
        for slots, old, new in zip(self._slots, before, values, strict=True):
            if new != old:
                self._add(slots, new - old)
                changed.update(slots)
        return changed

    def _add(self, slots: tuple[int, ...], ms: int) -> None:
        used = self._used
        for slot in slots:
            used[slot] = used.get(slot, 0) + ms
