"""One process measures: a lock on a file, which the system lets go of when it ends."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

from tracker.errors import ErrorCode, OutsideError


class ProcessLock:
    """The lock of the measuring process, held from construction to :meth:`release`.

    Raises:
        OutsideError: ``ALREADY_RUNNING`` where another process holds it; ``STORE_UNREADABLE``
            where there can be no lock.
    """

    def __init__(self, path: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            self._fd = os.open(path, flags, 0o600)
        except OSError as error:
            if error.errno != errno.EROFS or not path.is_file():
                raise OutsideError(ErrorCode.STORE_UNREADABLE, file=str(path)) from error
            # A lock writes nothing: on a disk that is read-only measuring goes on as well.
            self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._fd)
            if isinstance(error, BlockingIOError):
                raise OutsideError(ErrorCode.ALREADY_RUNNING) from error
            raise OutsideError(ErrorCode.STORE_UNREADABLE, file=str(path)) from error

    def release(self) -> None:
        """Let another process measure."""
        os.close(self._fd)
