"""Presenting: another monitor than the one in front shows a window in full screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from tracker.errors import OutsideError
from tracker.quiet.base import Answer, Obstacle, Reason
from tracker.watchers.base import FrontPlace
from tracker.watchers.select import choose


class Screen(Protocol):
    """What is asked of a display; see :class:`tracker.watchers.x11_wire.Display`."""

    def managed(self) -> bool:
        """Return whether a window manager says which window is in front."""

    def front(self) -> int:
        """Return the window in front; 0 for none."""

    def stacking(self) -> tuple[int, ...]:
        """Return the managed windows, the lowest first."""

    def place_of(self, window: int) -> FrontPlace | None:
        """Return where a window stands; None where it is gone or not on the screen."""

    def close(self) -> None:
        """End the connection."""


class FullScreens:
    """Asks the X server, on a connection for this one question.

    A channel that itself fills its monitor is no presentation, and a wall of windows that
    are merely large is none either.

    Args:
        environ: Names the display.
        own_pid: The process whose windows never count.
        connect: Opens a display; raises OutsideError, or what a missing library raises.
    """

    reason = Reason.PRESENTING

    def __init__(
        self,
        environ: Mapping[str, str],
        own_pid: int,
        connect: Callable[[str], Screen] | None = None,
    ) -> None:
        self._environ = environ
        self._own_pid = own_pid
        self._connect = connect or _connect

    def ask(self, app: str, done: Callable[[Answer], None]) -> None:  # noqa: ARG002
        """See :class:`tracker.quiet.base.Source`."""
        done(self._look())

    def _look(self) -> Answer:
        if choose(self._environ).backend is None:
            wayland = self._environ.get("WAYLAND_DISPLAY") or self._environ.get("WAYLAND_SOCKET")
            return Answer(obstacle=Obstacle.WAYLAND if wayland else Obstacle.NO_DISPLAY)
        try:
            screen = self._connect(self._environ["DISPLAY"])
        except (OutsideError, ImportError, OSError):
            return Answer(obstacle=Obstacle.NO_DISPLAY)
        try:
            if not screen.managed():
                return Answer(obstacle=Obstacle.NO_WINDOW_MANAGER)
            return Answer(self._presents(screen))
        except OutsideError:
            return Answer(obstacle=Obstacle.NO_DISPLAY)
        finally:
            screen.close()

    def _presents(self, screen: Screen) -> bool:
        front = screen.place_of(screen.front())
        if front is None:
            return False
        places = (screen.place_of(window) for window in screen.stacking())
        return any(
            place.full_screen and place.screen != front.screen and place.pid != self._own_pid
            for place in places
            if place is not None
        )


def _connect(name: str) -> Screen:
    from tracker.watchers.x11_wire import Display  # libxcb is loaded with the module

    return Display(name)
