"""Panels of real desktops, each with nothing but a tray on it."""

from __future__ import annotations

import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools import processes
from tools.bus import BusClient
from tools.desktop import VirtualDesktop
from tools.waiting import wait_until
from tools.xclient import XClient

XFCONF = "org.xfce.Xfconf"
_SERVICE = Path("/usr/share/dbus-1/services/org.xfce.Xfconf.service")
_NO_CHANGE_MS = 400
"""A panel that has not changed for so long is drawn."""

_XFCE = """\
<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=8;x=640;y=786"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="30"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
"""

_LXQT = """\
[General]
panels=panel1
[panel1]
desktop=0
iconSize=22
panelSize=32
plugins=statusnotifier
position=Bottom
width=100
width-percent=true
[statusnotifier]
alignment=Right
type=statusnotifier
"""

_TINT2 = """\
panel_items = TS
panel_size = 100% 30
panel_position = bottom center horizontal
systray_padding = 4 4 4
"""


@dataclass(frozen=True, slots=True)
class PanelKind:
    """A panel that there is, and how it is told to be plain."""

    command: str
    app: str
    """The class of its window."""

    file: str
    """Its configuration, below ``~/.config``."""

    text: str
    speaks_sni: bool = True
    """Whether it shows StatusNotifierItems; else it embeds windows."""


XFCE = PanelKind(
    "xfce4-panel", "Xfce4-panel", "xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml", _XFCE
)
LXQT = PanelKind("lxqt-panel", "lxqt-panel", "lxqt/panel.conf", _LXQT)
TINT2 = PanelKind("tint2", "Tint2", "tint2/tint2rc", _TINT2, speaks_sni=False)


class Panel:
    """One panel on a virtual desktop, started and killed as a test wants it."""

    def __init__(self, desktop: VirtualDesktop, kind: PanelKind) -> None:
        self.desktop = desktop
        self.kind = kind
        self.client = XClient(desktop.display)
        self._process: subprocess.Popen[str] | None = None
        self._empty = b""
        file = desktop.folder / "home" / ".config" / kind.file
        file.parent.mkdir(parents=True)
        file.write_text(kind.text, "utf-8")

    def start(self) -> Panel:
        """Start it, and wait until it is on the screen.

        The first time nothing must be there that it could show: that is how it looks empty.
        """
        if self.kind is XFCE:
            self._start_xfconf()
        self._process = self.desktop.spawn([self.kind.command])
        wait_until(self._frame, f"{self.kind.command} on the screen")
        self._empty = self._empty or self._drawn()
        return self

    def kill(self) -> None:
        """Let it crash."""
        assert self._process is not None
        processes.stop(self._process, signal.SIGKILL)
        wait_until(lambda: not self._frame(), f"{self.kind.command} to go")

    def icon(self) -> tuple[int, int]:
        """Return the middle of what has come to be on the panel, once something has."""
        wait_until(self._changed, f"an icon on {self.kind.command}")
        self._drawn()
        corners = self._changed()
        assert corners is not None
        left, top, right, bottom = corners
        return (left + right) // 2, (top + bottom) // 2

    def icon_size(self) -> tuple[int, int]:
        """Return how large that is."""
        left, top, right, bottom = self._changed() or (0, 0, 0, 0)
        return right - left, bottom - top

    def close(self) -> None:
        """Let go of the display; the desktop ends the panel."""
        self.client.close()

    def _start_xfconf(self) -> None:
        # The desktop's bus starts no services by itself.
        with BusClient(self.desktop.env["DBUS_SESSION_BUS_ADDRESS"]) as bus:
            if bus.has_owner(XFCONF):
                return
            lines = _SERVICE.read_text("utf-8").splitlines()
            program = next(line for line in lines if line.startswith("Exec="))
            self.desktop.spawn([program.removeprefix("Exec=")])
            wait_until(lambda: bus.has_owner(XFCONF), XFCONF)

    def _frame(self) -> tuple[int, int, int, int] | None:
        frames = [self.client.frame(window) for window in self.client.shown(self.kind.app)]
        return next((frame for frame in frames if frame[2] > 100 and frame[3] > 10), None)

    def _look(self) -> bytes:
        frame = self._frame()
        assert frame is not None
        return self.client.pixels(*frame)

    def _drawn(self) -> bytes:
        """Return the panel's pixels once they stay as they are."""
        seen, still_since = self._look(), 0

        def still() -> bool:
            nonlocal seen, still_since
            now = self._look()
            still_since = still_since + 1 if now == seen else 0
            seen = now
            return still_since * 50 >= _NO_CHANGE_MS

        wait_until(still, f"{self.kind.command} to be drawn", every_s=0.05)
        return seen

    def _changed(self) -> tuple[int, int, int, int] | None:
        """Return the corners of what differs from the empty panel, on the screen."""
        frame = self._frame()
        assert frame is not None
        x, y, width, _height = frame
        now = self._look()
        if len(now) != len(self._empty):
            return None
        changed = [
            place // 4
            for place in range(0, len(now), 4)
            if now[place : place + 4] != self._empty[place : place + 4]
        ]
        if not changed:
            return None
        columns = [place % width for place in changed]
        rows = [place // width for place in changed]
        return x + min(columns), y + min(rows), x + max(columns) + 1, y + max(rows) + 1
