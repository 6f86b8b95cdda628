"""The demonstration: a desktop with real windows, tracked for a minute and held against the truth.

Run by ``make demo``, and by ``make run`` where there is no screen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from tools.desktop import VirtualDesktop
from tools.notices import Notice
from tools.processes import stop
from tools.waiting import now_ns, sleep_until, wait_until
from tools.windows import WindowProcess
from tools.xclient import Input, XClient

OUTPUT = Path("out", "demo")
OTHER = "(no channel)"
PLACE = (60, 60, 560, 380)


@dataclass(frozen=True, slots=True)
class Window:
    """A window of the demonstration and the channel that its time belongs to."""

    app: str
    title: str
    channel: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A stretch in front: which window, and for how many seconds."""

    window: str
    seconds: float


WINDOWS: Mapping[str, Window] = {
    "linkedin": Window("firefox", "(3) Ada Lovelace | LinkedIn — Mozilla Firefox", "linkedin"),
    "x": Window("Chromium", "Hem / X - Chromium", "x"),
    "youtube": Window("Google-chrome", "Så fungerar det - YouTube - Google Chrome", "youtube"),
    "instagram": Window("firefox", "Instagram — Mozilla Firefox", "instagram"),
    "sheet": Window("libreoffice-calc", "Facebook-annonser Q3.xlsx - LibreOffice Calc", OTHER),
    "mail": Window("thunderbird", "Inkorg – LinkedIn och X – Mozilla Thunderbird", OTHER),
    "news": Window("firefox", "LinkedIn byter ägare? – Nyheter — Mozilla Firefox", OTHER),
    "editor": Window("Code", "x.py - kanaltid - Visual Studio Code", OTHER),
}

VISITS = (
    Visit("mail", 3.0),
    Visit("linkedin", 7.5),
    Visit("editor", 4.0),
    Visit("x", 5.5),
    Visit("sheet", 3.5),
    # Not allowed there: a window asks, and after 2 s without keys it takes the keyboard.
    Visit("youtube", 1.8),
    Visit("instagram", 5.2),
    Visit("news", 3.1),
    *(Visit(name, 0.4) for name in ("linkedin", "mail", "x", "editor") * 3),
    Visit("x", 4.3),
    Visit("mail", 2.6),
    Visit("linkedin", 6.0),
    Visit("editor", 4.0),
)


def main() -> int:
    """Run the demonstration and print what came of it."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    print("A virtual desktop with real windows is tracked for about a minute …", flush=True)
    with VirtualDesktop() as desktop:
        kanaltid = Kanaltid(desktop)
        windows = desktop.open_windows()
        handles = {
            name: windows.open(window.app, window.title, _place(number)).window
            for number, (name, window) in enumerate(WINDOWS.items())
        }
        app = kanaltid.start()
        try:
            before = kanaltid.measured()
            with XClient(desktop.display) as client:
                true = play(windows, handles, Input(client))
            measured = kanaltid.measured()
            picture = take_picture(desktop, kanaltid)
            notices = desktop.notices.received()
            summary = kanaltid.export()
        finally:
            stop(app)
        chart = kanaltid.draw_chart()
        report(true, Counter(measured) - Counter(before), notices)
    print(f"\nScreenshot      {picture}\nThe day's chart {chart}\nThe week as CSV {summary}")
    return 0


def _place(number: int) -> tuple[int, int, int, int]:
    x, y, width, height = PLACE
    return x + 24 * number, y + 24 * number, width, height


class Kanaltid:
    """The real program on the desktop, as a person starts it."""

    def __init__(self, desktop: VirtualDesktop) -> None:
        self._desktop = desktop
        shipped = resources.files("resources") / "policies" / "demo.toml"
        self._policy = desktop.folder / "demo.toml"
        self._policy.write_bytes(shipped.read_bytes())

    @property
    def _command(self) -> list[str]:
        return [str(Path(sys.executable).with_name("kanaltid")), "--policy", str(self._policy)]

    def start(self) -> subprocess.Popen[str]:
        """Start the app with its first page accepted, and wait until it measures."""
        accept(self._desktop.home, "demo", "1")
        app = self._desktop.spawn(self._command)
        wait_until(lambda: self._ask("today").get("measuring"), "the app to measure")
        with XClient(self._desktop.display) as client:
            wait_until(lambda: client.shown("kanaltid"), "the tray icon")
        return app

    def _ask(self, *arguments: str) -> dict[str, object]:
        done = subprocess.run(
            [*self._command, *arguments, "--json"],
            env=self._desktop.env,
            capture_output=True,
            text=True,
            check=False,
        )
        return dict(json.loads(done.stdout)) if done.returncode == 0 else {}

    def measured(self) -> dict[str, int]:
        """Return the milliseconds of each channel so far."""
        channels = self._ask("today")["channels"]
        assert isinstance(channels, list)
        return {row["id"]: round(row["total_s"] * 1000) for row in channels}

    def raise_window(self) -> None:
        """Start it a second time, which opens Today in the first."""
        subprocess.run(self._command, env=self._desktop.env, check=True)

    def export(self) -> Path:
        """Export the week, as ``kanaltid export`` does."""
        year, week, _ = date.fromisoformat(str(self._ask("today")["day"])).isocalendar()
        output = (OUTPUT / "week.csv").resolve()
        arguments = ["export", "--week", f"{year}-W{week:02d}", "--format", "csv", "--force"]
        subprocess.run(
            [*self._command, *arguments, "--output", str(output)],
            env=self._desktop.env,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return output

    def draw_chart(self) -> Path:
        """Draw the day from the store, with the app's own charts."""
        path = (OUTPUT / "day.png").resolve()
        arguments = [str(self._policy), str(self._desktop.home), str(path)]
        environment = {**os.environ, **self._desktop.env, "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "tools.day_chart", *arguments]
        subprocess.run(command, env=environment, check=True)
        return path


def accept(home: Path, policy_id: str, version: str) -> None:
    """Note that the first page was accepted: in the demonstration nobody is there to click."""
    from tracker.clock import LedgerClock, SystemTime
    from tracker.paths import paths_for
    from tracker.storage.base import Batch, Consent
    from tracker.storage.sql import SqlStorage

    paths = paths_for({"KANALTID_HOME": str(home)})
    paths.ensure()
    storage = SqlStorage(paths.database)
    now = LedgerClock(SystemTime()).now()
    storage.write(Batch(records=[Consent(policy_id, version, "en", now)]))
    storage.close()


def play(windows: WindowProcess, handles: Mapping[str, int], hands: Input) -> Counter[str]:
    """Put windows in front by the script, and return the true milliseconds by channel.

    A visit lasts from when its window was asked to the front until the next one was; the
    window manager takes about as long each time. The pointer moves now and then, because
    nothing that asks is shown to a person who is away.
    """
    true_ns: Counter[str] = Counter()
    last: tuple[str, int] | None = None
    for number, visit in enumerate((*VISITS, Visit("editor", 0.0))):
        change = windows.focus(handles[visit.window])
        if last is not None:
            true_ns[last[0]] += change.asked_ns - last[1]
        last = (WINDOWS[visit.window].channel, change.asked_ns)
        hands.move(200 + number, 300)
        sleep_until(change.asked_ns + int(visit.seconds * 1e9))
    return Counter({channel: ns // 1_000_000 for channel, ns in true_ns.items()})


def take_picture(desktop: VirtualDesktop, kanaltid: Kanaltid) -> Path:
    """Open Today, and take a picture of the desktop with tray icon and window."""
    kanaltid.raise_window()
    with XClient(desktop.display) as client:
        wait_until(
            lambda: client.text(client.active_window(), "_NET_WM_NAME").endswith("Kanaltid"),
            "the Today window",
        )
    sleep_until(now_ns() + 1_500_000_000)  # drawn, and the clock's next second shown
    path = (OUTPUT / "desktop.png").resolve()
    desktop.screenshot(path)
    return path


def report(true: Counter[str], measured: Counter[str], notices: tuple[Notice, ...]) -> None:
    """Print the table of channels and the notices that the daemon received."""
    print(f"\n{'channel':<14}{'measured s':>12}{'true s':>12}{'difference s':>14}")
    for channel in sorted(true, key=lambda name: (name == OTHER, name)):
        if channel == OTHER:
            print(f"{channel:<14}{'—':>12}{true[channel] / 1000:>12.3f}{'—':>14}")
            continue
        got, wanted = measured[channel], true[channel]
        print(
            f"{channel:<14}{got / 1000:>12.3f}{wanted / 1000:>12.3f}{(got - wanted) / 1000:>+14.3f}"
        )
    extra = set(measured) - set(true)
    for channel in sorted(extra):
        print(f"{channel:<14}{measured[channel] / 1000:>12.3f}{0:>12.3f}  never in front")
    print(f"\nNotices that the notification daemon received: {len(notices)}")
    for notice in notices:
        print(f"  {notice.summary}  {notice.body}")


if __name__ == "__main__":
    sys.exit(main())
