"""One process measures: a lock on a file, which the system lets go of when it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from tracker.errors import ErrorCode, OutsideError


class ProcessLock:
    """The lock of the measuring process, held from construction to :meth:`release`.

    Raises:
        OutsideError: ``ALREADY_RUNNING`` where another process holds it.
    """

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._fd)
            raise OutsideError(ErrorCode.ALREADY_RUNNING) from error

    def release(self) -> None:
        """Let another process measure."""
        os.close(self._fd)
