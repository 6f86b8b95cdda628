"""Which way of watching serves on this desktop."""

from __future__ import annotations

import enum
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.watchers.base import Backend, Refusal, Sense, Watcher
from tracker.watchers.null import NullWatcher


class Reason(enum.StrEnum):
    """Why a backend does not serve."""

    WAYLAND = "wayland"
    """A Wayland session: X11 sees only the windows of programs that still use it."""

    NO_DISPLAY = "no_display"
    """No graphical session is named."""

    OTHER_SYSTEM = "other_system"
    """The operating system is another."""


class Remedy(enum.StrEnum):
    """What helps."""

    X11_SESSION = "x11_session"
    """Choose an X11 session when logging in."""

    START_IN_SESSION = "start_in_session"
    """Start Kanaltid from within the graphical session."""

    NONE = "none"
    """Nothing helps."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The backend to use, if any serves, and why those before it do not."""

    backend: Backend | None
    refused: tuple[Refusal, ...]


def choose(environ: Mapping[str, str], backends: Sequence[Backend] | None = None) -> Choice:
    """Return the first backend that does not refuse; it only looks at the environment.

    Args:
        environ: The process's environment.
        backends: In order of preference; this system's by default.
    """
    refused: list[Refusal] = []
    for backend in BACKENDS if backends is None else backends:
        refusal = backend.refuse(environ)
        if refusal is None:
            return Choice(backend, tuple(refused))
        refused.append(refusal)
    return Choice(None, tuple(refused))


def _refuse_x11(environ: Mapping[str, str]) -> Refusal | None:
    if sys.platform != "linux":
        return Refusal("x11", Reason.OTHER_SYSTEM, Remedy.NONE)
    if environ.get("WAYLAND_DISPLAY") or environ.get("WAYLAND_SOCKET"):
        return Refusal("x11", Reason.WAYLAND, Remedy.X11_SESSION)
    if not environ.get("DISPLAY"):
        return Refusal("x11", Reason.NO_DISPLAY, Remedy.START_IN_SESSION)
    return None


def _make_x11(environ: Mapping[str, str]) -> Watcher:
    from tracker.watchers import session
    from tracker.watchers.joined import JoinedWatcher

    try:
        from tracker.watchers import x11
    except (ImportError, OSError):  # libxcb is loaded with the module
        return JoinedWatcher([NullWatcher(), session.make(environ)])
    return JoinedWatcher([x11.make(environ), session.make(environ)])


BACKENDS: tuple[Backend, ...] = (
    Backend(
        "x11",
        frozenset({Sense.FOCUS, Sense.TITLE, Sense.PID, Sense.IDLE, Sense.LOCK, Sense.SLEEP}),
        _refuse_x11,
        _make_x11,
    ),
)
"""In order of preference."""
