"""The native window in front, asked of whichever watcher can tell its place."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.watchers.base import FrontPlace, FrontWindow, Watcher


def front_place(watchers: Sequence[Watcher], own_pid: int | None) -> FrontPlace | None:
    """Return where the window in front stands, or that beneath Kanaltid's own; None: unknown."""
    told = (each.front_place(own_pid) for each in watchers if isinstance(each, FrontWindow))
    return next((place for place in told if place is not None), None)


def minimise(watchers: Sequence[Watcher], window: int, own_pid: int | None) -> bool:
    """Minimise ``window`` if it is still the one that :func:`front_place` tells of.

    Returns:
        Whether the desktop was asked to; it may take a moment, and Kanaltid's own windows
        never are.
    """
    return any(each.minimise(window, own_pid) for each in watchers if isinstance(each, FrontWindow))
