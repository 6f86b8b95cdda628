"""What goes over a bus, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NO_REPLY = "org.freedesktop.DBus.Error.NoReply"
"""The error of a call that was not answered in time."""

DISCONNECTED = "org.freedesktop.DBus.Error.Disconnected"
"""The error of a call that was under way when the connection was lost."""


@dataclass(frozen=True, slots=True)
class BusObject:
    """Whom a call is for: the bus name, the object's path and the interface."""

    name: str
    path: str
    interface: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a call; variants in it are pairs of signature and value.

    Attributes:
        body: What came back; of an error, what it says.
        error: The error's name; empty where there was none.
    """

    body: tuple[Any, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal as it was heard; ``sender`` is the unique name."""

    sender: str
    path: str
    interface: str
    member: str
    body: tuple[Any, ...]


def sendable(value: Any) -> Any:
    """Return ``value`` with what no daemon takes left out of its texts: it would hang up."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, tuple):
        return tuple(sendable(item) for item in value)
    if isinstance(value, list):
        return [sendable(item) for item in value]
    if isinstance(value, dict):
        return {sendable(key): sendable(item) for key, item in value.items()}
    return value
