"""A whole desktop of one's own: X server, window manager, session bus, notifications and tray.

    with VirtualDesktop() as desktop:
        app = desktop.spawn(["kanaltid"])
        windows = desktop.open_windows()
        windows.open("chromium", "Feed | LinkedIn – Chromium")
        desktop.screenshot(Path("desktop.png"))

Everything lives in a temporary folder and ends with the ``with`` block, or with this process. The
person's own display, buses and folders are never touched.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal

import xcffib

from tools import processes
from tools.bus import BusClient, PrivateBus
from tools.notices import NoticeRecord
from tools.parts import PartMissingError, missing_parts
from tools.windows import WindowProcess
from tools.xclient import XClient

PartName = Literal["screen", "bus", "wm", "notifications", "tray"]

PARTS: tuple[PartName, ...] = ("screen", "bus", "wm", "notifications", "tray")
"""In the order in which they start."""

_KEPT = ("PATH", "LANG", "LC_ALL", "LANGUAGE", "TZ", "COVERAGE_PROCESS_START", "SSL_CERT_FILE")

_DEPENDENTS: Mapping[PartName, Sequence[PartName]] = {
    "screen": ("wm", "notifications", "tray"),
    "bus": ("notifications",),
}

_BACKGROUND = 0x4A5560

# Windows take the focus as they open, and where they ask to be; there is one desktop, and no keys.
_OPENBOX = """\
<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <placement><policy>Smart</policy></placement>
  <theme><name>Clearlooks</name><animateIconify>no</animateIconify></theme>
  <desktops><number>1</number><popupTime>0</popupTime></desktops>
  <mouse>
    <context name="Client">
      <mousebind button="Left" action="Press">
        <action name="Focus"/><action name="Raise"/>
      </mousebind>
    </context>
  </mouse>
</openbox_config>
"""

_COMMANDS: Mapping[PartName, Sequence[str]] = {
    "wm": ("openbox", "--sm-disable", "--config-file", "{folder}/openbox.xml"),
    "notifications": ("dunst", "-conf", "{folder}/notices/dunstrc"),
    "tray": (
        *("trayer", "--edge", "bottom", "--align", "right", "--widthtype", "request"),
        *("--height", "28", "--transparent", "true", "--alpha", "0", "--tint", "0xE4E6EA"),
    ),
}


class VirtualDesktop:
    """A desktop that starts with the ``with`` block, ready for use, and ends with it.

    Raises:
        PartMissingError: At the start, where a program that it is made of is not installed.
        ProcessDiedError: At the start, where one of them does not come up.
    """

    def __init__(
        self,
        *,
        size: tuple[int, int] = (1280, 800),
        scale: float = 1.0,
        parts: Sequence[PartName] = PARTS,
    ) -> None:
        """Say what the desktop is like.

        Args:
            size: The screen, in pixels.
            scale: How large Qt draws, as on a dense screen.
            parts: What it starts with; any others can be started later.
        """
        self._size = size
        self._scale = scale
        self._parts = parts
        self._running: dict[PartName, subprocess.Popen[str]] = {}
        self._guests: list[subprocess.Popen[str]] = []
        self._display = ""

    def __enter__(self) -> VirtualDesktop:
        missing = missing_parts()
        if missing:
            raise PartMissingError(*missing)
        # Short, because a socket's path holds 108 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="kt-"))
        try:
            self._furnish()
            for part in PARTS:
                if part in self._parts:
                    self.start_part(part)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    @property
    def display(self) -> str:
        """The display, as in ``DISPLAY``; the same after the X server was started anew."""
        return self._display

    @property
    def home(self) -> Path:
        """What programs on this desktop have as ``KANALTID_HOME``."""
        return self.folder / "kanaltid"

    @property
    def env(self) -> dict[str, str]:
        """The whole environment of a program on this desktop."""
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        return kept | {
            "DISPLAY": self._display,
            "HOME": str(self.folder / "home"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "XDG_SESSION_TYPE": "x11",
            "XDG_CURRENT_DESKTOP": "openbox",
            "DBUS_SESSION_BUS_ADDRESS": self._bus.address,
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.folder}/run/system-bus",
            "KANALTID_HOME": str(self.home),
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": str(self._scale),
            "NO_AT_BRIDGE": "1",
            "GSETTINGS_BACKEND": "memory",
        }

    def start_part(self, name: PartName) -> None:
        """Start a part and wait until it serves; a part that runs is left alone."""
        if name == "bus":
            self._bus.start(self.env)
        elif self._runs(name):
            pass
        elif name == "screen":
            self._start_screen()
        else:
            self._start(name, [word.format(folder=self.folder) for word in _COMMANDS[name]])

    def stop_part(self, name: PartName, how: signal.Signals = signal.SIGTERM) -> None:
        """End a part, as when it crashes, and with it the parts that cannot live without it."""
        if name == "bus":
            self._bus.stop(how)
        elif name in self._running:
            processes.stop(self._running.pop(name), how)
        for dependent in _DEPENDENTS.get(name, ()):
            self.stop_part(dependent)

    def spawn(
        self, argv: Sequence[str], *, env: Mapping[str, str] | None = None, piped: bool = False
    ) -> subprocess.Popen[str]:
        """Start a program on this desktop; it ends with it.

        Args:
            argv: The program and its arguments.
            env: What its environment has beside the desktop's own.
            piped: Give it pipes for standard input and output; else its words go to
                ``folder/logs``, as its standard error does anyhow.
        """
        log = self._log(f"{Path(argv[0]).name}-{len(self._guests)}")
        environment = self.env | dict(env or {})
        guest = processes.start(argv, env=environment, log=log, piped=piped)
        self._guests.append(guest)
        return guest

    def open_windows(self) -> WindowProcess:
        """Return a process of its own that opens windows on this desktop as it is told."""
        return WindowProcess(self.spawn([sys.executable, "-m", "tools.windows"], piped=True))

    def screenshot(self, path: Path) -> None:
        """Write what the screen shows as a PNG file."""
        with XClient(self._display) as client:
            client.screenshot(path)

    def _furnish(self) -> None:
        for name in ("run", "home", "logs", "notices"):
            (self.folder / name).mkdir(mode=0o700)
        (self.folder / "openbox.xml").write_text(_OPENBOX, encoding="utf-8")
        self._bus = PrivateBus(self.folder / "run")
        self.notices = NoticeRecord(self.folder / "notices", self._bus.address)

    def _runs(self, name: PartName) -> bool:
        process = self._running.get(name)
        return process is not None and process.poll() is None

    def _start_screen(self) -> None:
        width, height = self._size
        argv = ["Xvfb", "-screen", "0", f"{width}x{height}x24", "-noreset", "-nolisten", "tcp"]
        if self._display:
            self._start("screen", [*argv, self._display])
        else:
            self._display = self._start_any_screen(argv)
        with XClient(self._display) as client:
            client.paint_root(_BACKGROUND)

    def _start_any_screen(self, argv: Sequence[str]) -> str:
        # The server chooses a number that is free and writes it down once it takes connections.
        reader, writer = os.pipe()
        log = self._log("screen")
        try:
            process = processes.start(
                [*argv, "-displayfd", str(writer)], env=self.env, log=log, pass_fds=[writer]
            )
        finally:
            os.close(writer)
        self._running["screen"] = process
        with os.fdopen(reader, encoding="ascii") as answer:
            number = answer.readline().strip()
        processes.wait_until_ready(process, lambda: bool(number), "Xvfb", log)
        return f":{number}"

    def _start(self, name: PartName, argv: Sequence[str]) -> None:
        process = processes.start(argv, env=self.env, log=self._log(name))
        self._running[name] = process
        processes.wait_until_ready(process, lambda: self._serves(name), argv[0], self._log(name))

    def _log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"

    def _serves(self, name: PartName) -> bool:
        if name == "notifications":
            with BusClient(self._bus.address) as bus:
                return bus.has_owner("org.freedesktop.Notifications")
        try:
            with XClient(self._display) as client:
                if name == "wm":
                    return client.has_window_manager()
                return name == "screen" or client.selection_owner("_NET_SYSTEM_TRAY_S0") != 0
        except xcffib.ConnectionException:
            return False

    def _end(self) -> None:
        for guest in self._guests:
            processes.stop(guest)
        for part in reversed(PARTS):
            self.stop_part(part)
        shutil.rmtree(self.folder, ignore_errors=True)
