"""What a StatusNotifierItem host makes of a menu's label."""

from __future__ import annotations


def shown_by_host(label: str) -> str:
    """Return what can be read of a label, by the DBusMenu protocol.

    Two underscores are shown as one; the others are not shown.
    """
    return label.replace("__", "\0").replace("_", "").replace("\0", "_")
