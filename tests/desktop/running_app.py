"""The real tray app on a virtual desktop, and a person's hands on it."""

from __future__ import annotations

import contextlib
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jeepney import DBusAddress

from tests.desk import POLICY
from tests.desktop.tracking import KANALTID
from tools.bus import BusClient
from tools.desktop import VirtualDesktop
from tools.waiting import WaitedInVainError, now_ns, sleep_until, wait_until
from tools.xclient import Input, XClient
from tracker.clock import LedgerClock, SystemTime
from tracker.control import ask
from tracker.errors import ErrorCode, OutsideError
from tracker.paths import paths_for
from tracker.storage.base import Batch, Consent
from tracker.storage.sql import SqlStorage

APP = "kanaltid"
WORK = """
[[purpose]]
id = "brand"
name = { en = "Build the brand" }
[[limit]]
id = "work"
purposes = ["brand"]
shared = true
day = 45
"""
"""More of a policy: time may be for work too."""

DAEMON = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
RETURN, UP, DOWN, RIGHT, ESCAPE = 0xFF0D, 0xFF52, 0xFF54, 0xFF53, 0xFF1B
KEYS_APART_NS = 40_000_000
TRAY_SELECTION = "_NET_SYSTEM_TRAY_S0"


class RunningApp:
    """``kanaltid`` without a command, started and ended as a person does it."""

    def __init__(
        self,
        desktop: VirtualDesktop,
        policy: str = POLICY,
        env: Mapping[str, str] | None = None,
        *,
        accepted: bool = True,
    ) -> None:
        self.desktop = desktop
        self.policy = desktop.folder / "policy.toml"
        self.policy.write_text(policy, "utf-8")
        self._env = {"LANGUAGE": "en"} | dict(env or {})
        self.client = XClient(desktop.display)
        self.hands = Input(self.client)
        if accepted:
            self._accept()
        self.process: subprocess.Popen[str]

    def _accept(self) -> None:
        """Leave the store as if the person had accepted this policy version before."""
        paths = paths_for({"KANALTID_HOME": str(self.desktop.home)})
        paths.ensure()
        storage = SqlStorage(paths.database)
        now = LedgerClock(SystemTime()).now()
        storage.write(Batch(records=[Consent("test", "1", "en", now)]))
        storage.close()

    def start(self) -> RunningApp:
        """Start it, and wait until it answers."""
        self.process = self.spawn()
        wait_until(self.status, "the app to answer")
        return self

    def spawn(self) -> subprocess.Popen[str]:
        """Start one, and do not wait."""
        argv = [KANALTID, "--policy", str(self.policy)]
        return self.desktop.spawn(argv, env=self._env)

    def status(self) -> dict[str, Any]:
        """Return what it says of itself; nothing where it does not run."""
        try:
            return dict(ask(self.desktop.home / "run" / "control.sock", {"do": "status"}))
        except (OutsideError, FileNotFoundError) as error:
            if isinstance(error, OutsideError) and error.code is not ErrorCode.NOT_RUNNING:
                raise
            return {}

    def limits(self) -> dict[tuple[str, str | None], dict[str, Any]]:
        """Return where the limits stand today, by limit and channel."""
        today = ask(self.desktop.home / "run" / "control.sock", {"do": "today"})
        return {(limit["id"], limit["channel"]): limit for limit in today["limits"]}

    def end(self) -> int:
        """End it, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(10)

    def close(self) -> None:
        """End it if it still runs."""
        if self.process.poll() is None:
            self.end()
        self.client.close()

    # What can be seen

    def docked(self) -> int:
        """Return the icon's window where it is embedded in the tray and shown; else 0."""
        client = self.client
        shown = set(client.shown(APP))
        for tray in client.tree():
            if client.app_of(tray) == "trayer":
                for window in client.tree(tray):
                    if window in shown and client.numbers(window, "_XEMBED_INFO"):
                        return window
        return 0

    def titles(self) -> list[str]:
        """Return the titles of the app's windows that are on the screen."""
        client = self.client
        return [client.text(window, "_NET_WM_NAME") for window in self._own_windows()]

    def window(self, title: str) -> int:
        """Return the window whose title holds the text, once it is on the screen."""

        def found() -> int:
            named = (
                window
                for window in self._own_windows()
                if title in self.client.text(window, "_NET_WM_NAME")
            )
            return next(named, 0)

        return wait_until(found, f"a window named {title!r}")

    def _own_windows(self) -> list[int]:
        managed = set(self.client.windows())
        return [window for window in self.client.shown(APP) if window in managed]

    def popup(self) -> int:
        """Return a menu of the app's that is open; 0 where none is."""
        managed, icon = set(self.client.windows()), self.docked()
        for window in self.client.tree(self.client.root):
            if (
                window != icon
                and window not in managed
                and "_NET_WM_WINDOW_TYPE_POPUP_MENU" in self._types(window)
                and window in self.client.shown(APP)
            ):
                return window
        return 0

    def _types(self, window: int) -> list[str]:
        client = self.client
        atoms = client.numbers(window, "_NET_WM_WINDOW_TYPE")
        return [
            bytes(client.connection.core.GetAtomName(atom).reply().name.raw).decode()
            for atom in atoms
        ]

    def on_bus(self) -> bool:
        """Return whether the app has a connection to the session's bus."""
        bus = self.desktop.env["DBUS_SESSION_BUS_ADDRESS"]
        with BusClient(bus) as client:
            names = client.call(DAEMON, "ListNames")[0]
            pids = [
                client.call(DAEMON, "GetConnectionUnixProcessID", "s", name)[0]
                for name in names
                if name.startswith(":")
            ]
        return self.process.pid in pids

    # What the hands do

    def be_there(self) -> None:
        """Move the pointer, so that nobody takes the person for idle."""
        self.hands.move(7, 7)
        self.hands.move(8, 8)

    def wait_for_icon(self) -> int:
        """Return the docked icon's window, once it is there."""
        return wait_until(self.docked, "the icon in the tray")

    def click_icon(self, button: int = 1) -> None:
        """Click on the icon."""
        x, y, width, height = self.client.frame(self.wait_for_icon())
        self.hands.click(x + width // 2, y + height // 2, button)

    def open_menu(self) -> int:
        """Open the icon's menu by a click, and return its window."""
        self.click_icon(button=3)
        with contextlib.suppress(WaitedInVainError):
            return wait_until(self.popup, "the menu", within_s=2)
        # Clicked while the grab of a menu before it was still being given up.
        self.click_icon(button=3)
        return wait_until(self.popup, "the menu")

    def click_menu(self, window: int, from_bottom: int) -> None:
        """Click on a line of a menu, so many pixels above its lower edge."""
        x, y, width, height = self.client.frame(window)
        self.hands.click(x + width // 3, y + height - from_bottom)

    def press(self, *keys: int) -> None:
        """Press keys one after the other, as far apart as the fastest fingers' are.

        Qt takes two presses within a millisecond for one key that is held down.
        """
        for key in keys:
            self.hands.press(key)
            sleep_until(now_ns() + KEYS_APART_NS)


def logs(desktop: VirtualDesktop) -> str:
    """Return what the programs of the desktop wrote to standard error."""
    files = sorted(Path(desktop.folder, "logs").glob("kanaltid*"))
    return "\n".join(file.read_text("utf-8") for file in files)
