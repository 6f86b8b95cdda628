"""Where a window stood when it was last seen, so that it opens there again."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tracker.paths import private_opener

_MOST_BYTES = 4096


class WindowPlace:
    """Keeps a window's place in a file, as Qt writes it.

    It is no loss where the file can't be read or written: the window opens at its usual size.

    Args:
        path: The file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def restore(self, window: QWidget) -> bool:
        """Put the window where it stood; return whether that is known.

        Qt itself sees to it that the window lies on a screen that is there.
        """
        try:
            with self._path.open("rb") as file:
                place = file.read(_MOST_BYTES)
        except OSError:
            return False
        return window.restoreGeometry(place)

    def save(self, window: QWidget) -> None:
        """Remember where the window stands."""
        half = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            try:
                with open(half, "wb", opener=private_opener) as file:
                    file.write(window.saveGeometry().data())
                half.replace(self._path)
            finally:
                half.unlink(missing_ok=True)
