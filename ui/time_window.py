"""A stretch of a day that is looked at: closer, further off, earlier, later. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

CLOSEST = timedelta(seconds=10)
"""The shortest stretch: a second is then some tens of pixels wide."""

MARGIN = 0.08
"""What is left free, as a share of the window, beside what is brought into it."""


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """What is seen between two instants, of which the first comes before the last."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How much time is seen."""
        return self.end - self.start

    def within(self, whole: TimeWindow) -> TimeWindow:
        """Return the window moved, and cut where it is longer, so that it lies in ``whole``."""
        length = min(self.length, whole.length)
        start = min(max(self.start, whole.start), whole.end - length)
        return TimeWindow(start, start + length)

    def zoomed(self, factor: float, about: datetime, whole: TimeWindow) -> TimeWindow:
        """Return a window ``factor`` times as long in which ``about`` stands where it stood."""
        wanted = min(max(self.length * factor, min(CLOSEST, whole.length)), whole.length)
        share = (about - self.start) / self.length
        start = about - wanted * share
        return TimeWindow(start, start + wanted).within(whole)

    def scrolled(self, share: float, whole: TimeWindow) -> TimeWindow:
        """Return the window that lies so many of its lengths later."""
        by = self.length * share
        return TimeWindow(self.start + by, self.end + by).within(whole)

    def revealing(self, start: datetime, end: datetime, whole: TimeWindow) -> TimeWindow:
        """Return the window moved just so far that a stretch is seen, or its beginning."""
        margin = self.length * MARGIN
        moved = self
        if end > self.end:
            moved = TimeWindow(end + margin - self.length, end + margin)
        if start < moved.start:
            moved = TimeWindow(start - margin, start - margin + self.length)
        return moved.within(whole)


def window_around(start: datetime, end: datetime, whole: TimeWindow) -> TimeWindow:
    """Return the window that a stretch fills but for a margin."""
    length = max((end - start) / (1 - 2 * MARGIN), CLOSEST)
    middle = start + (end - start) / 2
    return TimeWindow(middle - length / 2, middle + length / 2).within(whole)
