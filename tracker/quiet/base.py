"""What may keep a ladder's steps in the tray, and the seam through which it is asked.

It is asked, and never watched: only when a step is due, and while one is held back.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Reason(enum.StrEnum):
    """Why steps stay in the tray."""

    PRESENTING = "presenting"
    """Another monitor shows a window in full screen."""

    INHIBITED = "inhibited"
    """A program asked the session to stay awake, as those do that present."""

    CALL = "call"
    """A known program for calls, or a browser, has the microphone open."""


class Obstacle(enum.StrEnum):
    """Why something can't be told here; :mod:`tracker.doctor_texts` names the remedy."""

    WAYLAND = "wayland"
    NO_DISPLAY = "no_display"
    NO_WINDOW_MANAGER = "no_window_manager"
    NO_SESSION_MANAGER = "no_session_manager"
    NO_PACTL = "no_pactl"
    NO_SOUND_SERVER = "no_sound_server"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source says: whether its reason holds, or what stands in the way of telling."""

    holds: bool = False
    obstacle: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What all sources said, and of which reasons nothing can be told."""

    reasons: frozenset[Reason] = frozenset()
    obstacles: tuple[tuple[Reason, Obstacle], ...] = ()


class Source(Protocol):
    """One way of telling."""

    @property
    def reason(self) -> Reason:
        """What it tells of."""

    def ask(self, app: str, done: Callable[[Answer], None]) -> None:
        """Ask once; ``done`` is called once on the loop's thread, at once or later.

        It never blocks the loop, and never raises for what others do.

        Args:
            app: The app in front: what it does itself is no reason to spare it.
            done: Given the answer.
        """


class Probe(Protocol):
    """All sources together."""

    def ask(self, app: str, done: Callable[[Findings], None]) -> None:
        """Ask all; ``done`` is called once, within about a second. See :class:`Source`."""
