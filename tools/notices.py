"""What the notification daemon of a virtual desktop received, and its buttons."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from jeepney import DBusAddress

from tools.bus import BusClient
from tools.waiting import wait_until

DUNST = DBusAddress(
    "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.dunstproject.cmd0"
)

# A rule's script runs once a notification that the daemon takes up.
_CONFIGURATION = """\
[global]
    monitor = 0
    follow = none
    width = 320
    origin = top-right
    offset = 16x16
    notification_limit = 8
    font = Sans 10
    frame_width = 1
    padding = 12
    horizontal_padding = 12
    frame_color = "#5A6270"
    separator_color = frame
    sort = no
    idle_threshold = 0
    markup = full
    show_indicators = no
    dmenu = {chooser}
    always_run_script = true
    mouse_left_click = context
    mouse_right_click = close_current

[urgency_low]
    background = "#F4F5F7"
    foreground = "#22262B"
    timeout = 10

[urgency_normal]
    background = "#F4F5F7"
    foreground = "#22262B"
    timeout = 10

[urgency_critical]
    background = "#F4F5F7"
    foreground = "#22262B"
    timeout = 0

[record]
    summary = "*"
    script = {recorder}
"""

_RECORDER = """\
#!/bin/sh
part=$(mktemp {folder}/XXXXXXXX)
env -0 >"$part"
mv "$part" "$part.notice"
"""

_CHOOSER = """\
#!/bin/sh
exec grep -F -m 1 -f {choice}
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification as the daemon took it up."""

    id: int
    app: str
    summary: str
    body: str
    urgency: str


class NoticeRecord:
    """The notifications that dunst took up since it was configured."""

    def __init__(self, folder: Path, bus_address: str) -> None:
        """Write dunst's configuration.

        Args:
            folder: An existing folder of its own.
            bus_address: Where dunst will be.
        """
        self.configuration = folder / "dunstrc"
        self._received = folder / "received"
        self._choice = folder / "choice"
        self._bus_address = bus_address
        self._received.mkdir()
        self._choice.touch()
        recorder = self._script(folder / "record", _RECORDER.format(folder=_quoted(self._received)))
        chooser = self._script(folder / "choose", _CHOOSER.format(choice=_quoted(self._choice)))
        self.configuration.write_text(
            _CONFIGURATION.format(recorder=recorder, chooser=chooser), encoding="utf-8"
        )

    def received(self) -> tuple[Notice, ...]:
        """Return what the daemon took up so far, in order."""
        files = sorted(self._received.glob("*.notice"), key=lambda file: file.stat().st_mtime_ns)
        return tuple(_read(file) for file in files)

    def wait_for(self, text: str) -> Notice:
        """Return the first notification whose summary or body holds the text, once it is there.

        Raises:
            WaitedInVainError: None came.
        """

        def found() -> Notice | None:
            matches = (n for n in self.received() if text in n.summary or text in n.body)
            return next(matches, None)

        notice = wait_until(found, f"a notification with {text!r}")
        assert notice is not None
        return notice

    def press(self, label: str) -> None:
        """Press a button of a notification that is shown, by what is written on it."""
        self._choice.write_text(label, encoding="utf-8")
        with BusClient(self._bus_address) as bus:
            bus.call(DUNST, "ContextMenuCall")

    @staticmethod
    def _script(path: Path, text: str) -> Path:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o700)
        return path


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))


def _read(file: Path) -> Notice:
    entries = file.read_bytes().decode("utf-8", "replace").split("\0")
    values = dict(entry.partition("=")[::2] for entry in entries if entry.startswith("DUNST_"))
    return Notice(
        id=int(values["DUNST_ID"]),
        app=values["DUNST_APP_NAME"],
        summary=values["DUNST_SUMMARY"],
        body=values["DUNST_BODY"],
        urgency=values["DUNST_URGENCY"],
    )
