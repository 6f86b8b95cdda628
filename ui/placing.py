"""Places on the screen: what the desktop tells in physical pixels, in Qt's own. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.watchers.base import Rect


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen as Qt has it: its place in Qt's pixels, of which one is ``ratio`` physical ones.

    Its upper left corner is the same in both.
    """

    place: Rect
    ratio: float

    @property
    def physical(self) -> Rect:
        """Its place in physical pixels."""
        place, ratio = self.place, self.ratio
        return Rect(place.x, place.y, round(place.width * ratio), round(place.height * ratio))


def screen_of(rect: Rect, screens: Sequence[Screen]) -> Screen:
    """Return the screen that shows most of a rectangle of physical pixels."""
    return max(screens, key=lambda screen: screen.physical.overlap(rect))


def in_qt_pixels(rect: Rect, screens: Sequence[Screen]) -> Rect:
    """Return a rectangle of physical pixels in Qt's, covering it whole."""
    screen = screen_of(rect, screens)
    at, ratio = screen.place, screen.ratio
    left = at.x + int((rect.x - at.x) // ratio)
    top = at.y + int((rect.y - at.y) // ratio)
    right = at.x - int(-(rect.x + rect.width - at.x) // ratio)
    bottom = at.y - int(-(rect.y + rect.height - at.y) // ratio)
    return Rect(left, top, right - left, bottom - top)


def in_corner(width: int, height: int, room: Rect, edge: int) -> tuple[int, int]:
    """Return where a window stands in a room's upper right corner, ``edge`` from its sides."""
    return (
        max(room.x, room.x + room.width - width - edge),
        max(room.y, min(room.y + edge, room.y + room.height - height)),
    )
