"""Long work on the window's own thread, in pieces: between two of them the window lives on."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from tracker.errors import OutsideError

AT_ONCE_MS = 8
"""The pieces that are done in one go last so long at most, and one piece more."""


class Pieces(QObject):
    """Does work that yields after each piece; what begins takes the place of what goes on."""

    finished = Signal()
    """The work is done, be it that the store could not be read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    @property
    def under_way(self) -> bool:
        """Whether there is more to do."""
        return self._work is not None

    def begin(self, work: Iterator[None]) -> None:
        """Do the first pieces now, and the rest when the window has time."""
        self._work = work
        self._go_on()

    def _go_on(self) -> None:
        watch = QElapsedTimer()
        watch.start()
        work = self._work
        while work is not None and watch.elapsed() < AT_ONCE_MS:
            # Where the store can't be read its trouble is told, and what was seen last stays.
            try:
                next(work)
            except (StopIteration, OutsideError):
                self._work = work = None
                self.finished.emit()
        if work is not None:
            self._timer.start(0)
