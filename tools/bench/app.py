"""The tray app on a virtual desktop: accepted beforehand, and watched until its icon is there."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import xcffib.xproto as xp

from tools.bench.command import kanaltid
from tools.bench.figures import CannotMeasureError
from tools.desktop import VirtualDesktop
from tools.xclient import XClient
from tracker.paths import paths_for
from tracker.policy.catalogue import shipped_catalogue
from tracker.policy.load import load_or_raise
from tracker.storage.base import Batch, Consent
from tracker.storage.sql import SqlStorage

STARTER = Path(str(resources.files("resources") / "policies" / "starter.toml"))
"""The policy of somebody who has none yet."""

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def require_app() -> None:
    """Raise CannotMeasureError where the tray app can't be started here."""
    if find_spec("ui.app") is None:
        raise CannotMeasureError("there is no ui/app.py yet", "wait for the tray app")
    if find_spec("PySide6") is None:
        raise CannotMeasureError("PySide6 is not installed")


def app_argv() -> list[str]:
    """Return the command that starts the tray app under the starter policy."""
    return [kanaltid(), "--policy", str(STARTER)]


def accept(desktop: VirtualDesktop) -> None:
    """Let the person on this desktop have accepted the starter policy."""
    paths = paths_for(desktop.env)
    paths.ensure()
    policy = load_or_raise(STARTER.read_bytes(), STARTER.name, shipped_catalogue(), _EPOCH.date())
    storage = SqlStorage(paths.database)
    storage.write(Batch(records=[Consent(policy.id, policy.version, "en", _EPOCH)]))
    storage.close()


class TrayWatch:
    """Sees what is docked in the desktop's tray, by the X server's events."""

    def __init__(self, desktop: VirtualDesktop) -> None:
        self._client = XClient(desktop.display)
        setup = self._client.connection.get_setup()
        self._whose = ~setup.resource_id_mask
        self._host = self._client.selection_owner("_NET_SYSTEM_TRAY_S0") & self._whose
        for window in (self._client.root, *self._of_host()):
            self._client.listen(window, xp.EventMask.SubstructureNotify)

    def __enter__(self) -> TrayWatch:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def wait_for_icon(self, process: subprocess.Popen[str]) -> int:
        """Return the instant at which an icon is docked and visible."""

        def docked() -> bool:
            if process.poll() is not None:
                raise CannotMeasureError(
                    f"the app ended with {process.returncode} before its icon was there",
                    "mend the app",
                )
            return any(self._docked())

        return self._client.wait_for(docked, "the icon in the tray")

    def wait_until_empty(self) -> None:
        """Return once no icon is docked."""
        self._client.wait_for(lambda: not any(self._docked()), "the icon to be gone")

    def _of_host(self) -> Iterator[int]:
        return (window for window in self._client.tree() if window & self._whose == self._host)

    def _docked(self) -> Iterator[int]:
        for panel in list(self._of_host()):
            try:
                children = self._client.connection.core.QueryTree(panel).reply().children
            except xp.WindowError:
                continue
            for window in children:
                if window & self._whose != self._host and self._is_shown(window):
                    yield window

    def _is_shown(self, window: int) -> bool:
        try:
            reply = self._client.connection.core.GetWindowAttributes(window).reply()
        except xp.WindowError:
            return False
        return bool(reply.map_state == xp.MapState.Viewable)
