"""What waits to be written: a full disk, a lock or a bulk job just leaves it waiting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tracker.errors import ErrorCode, OutsideError
from tracker.storage.base import Batch, PolicyText, Record, Storage

PATIENCE = 3
"""So often may the store be busy in a row before it is told: the file may be being rewritten."""


class WriteBuffer:
    """The only way into the store while the program measures.

    Args:
        storage: Where it goes.
        policy_text: The policy in force, which is kept with each day that is written.
    """

    def __init__(self, storage: Storage, policy_text: Callable[[], PolicyText]) -> None:
        self._storage = storage
        self._policy_text = policy_text
        self._kept: dict[date, str] = {}
        self._notes: dict[str, str] = {}
        self._busy = 0
        self._mended = storage.trouble
        self.batch = Batch()
        self.trouble: OutsideError | None = None

    def record(self, record: Record) -> None:
        """Let ``record`` wait."""
        self.batch.records.append(record)

    def note(self, key: str, value: str) -> None:
        """Let a small fact of the program's own wait, if it is another than before."""
        if self._notes.get(key) != value:
            self._notes[key] = value
            self.batch.notes[key] = value

    def keep_policy(self, day: date) -> None:
        """Let the policy in force be the one that judges ``day``."""
        text = self._policy_text()
        if self._kept.get(day) != text.hash:
            self._kept[day] = text.hash
            self.batch.policies[day] = text

    def is_anew(self) -> bool:
        """Tell whether the store was mended since asked last: what it was given may be lost."""
        before, self._mended = self._mended, self._storage.trouble
        if self._mended is before:
            return False
        self._kept.clear()
        self._notes.clear()
        return True

    def flush(self) -> bool:
        """Offer what waits to the store.

        Returns:
            Whether nothing waits any more; else ``trouble`` says why, of a store that
            somebody else is writing to only where that lasts.
        """
        for day in self.batch.days:
            self.keep_policy(day)
        if self.batch:
            try:
                self._storage.write(self.batch)
            except OutsideError as error:
                self._busy += error.code is ErrorCode.STORE_BUSY
                if error.code is not ErrorCode.STORE_BUSY or self._busy >= PATIENCE:
                    self.trouble = error
                return False
            self.batch = Batch()
        self._busy = 0
        self.trouble = None
        return True
