"""Plays a script on a virtual desktop, and says when each act really happened."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import xcffib.xproto as xp

from tools import processes
from tools.bench.command import ask
from tools.bench.script import REST, Act, Script, opening, title_of
from tools.bench.truth import Done
from tools.desktop import VirtualDesktop
from tools.waiting import now_ns, sleep_until
from tools.windows import Change, WindowProcess
from tools.xclient import Input, XClient
from tracker.clock import SystemTime

_STALE_MS = 1000
"""A stamp so old is by another clock."""


class Stage:
    """The script's windows on a desktop, the one at rest in front.

    The windows belong to one process and the pointer to this one; the program that is measured
    is a third, and gives none of the instants.
    """

    def __init__(self, desktop: VirtualDesktop) -> None:
        self._client = XClient(desktop.display)
        self._hands = Input(self._client)
        self._pointer = 0
        self._windows: WindowProcess = desktop.open_windows()
        self._ids = [self._windows.open(app, title).window for app, title in opening()]
        self._windows.focus(self._ids[REST])
        for window in (self._client.root, *self._ids):
            self._client.listen(window, xp.EventMask.PropertyChange)
        self._time = SystemTime()

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def focus(self, window: int) -> Change:
        """Bring a window of the script to the front."""
        return self._windows.focus(self._ids[window])

    def play(self, script: Script) -> list[Done]:
        """Do all that the script says, and return it with the instants of ledger time.

        Where the machine does not keep up, acts come later than planned; what counts is when
        they came.
        """
        start_ns = now_ns()
        done = []
        for act in script.acts:
            sleep_until(start_ns + act.at_ms * 1_000_000)
            change = self._do(act)
            # The program follows the wall clock, this script the time since boot.
            to_wall_ns = self._time.wall_ns() - self._time.elapsed_ns()
            instants = [change.asked_ns, change.seen_ns]
            if act.do != "input" and (stamp_ns := self._stamp_ns(act)) is not None:
                instants.append(stamp_ns)
            done.append(Done(act, *((ns + to_wall_ns) / 1e6 for ns in instants)))
        return done

    def _stamp_ns(self, act: Act) -> int | None:
        """Return when the server last changed the property that the act was to change.

        It is told in milliseconds that count like this machine's own since it booted, without
        sleep, and begin anew at 2^32.
        """
        self._client.idle_ms()  # answered after every event of the act
        focus = act.do == "focus"
        window = self._client.root if focus else self._ids[act.window]
        atom = self._client.atom("_NET_ACTIVE_WINDOW" if focus else "_NET_WM_NAME")
        stamp = None
        while (event := self._client.connection.poll_for_event()) is not None:
            if isinstance(event, xp.PropertyNotifyEvent):
                stamp = event.time if (event.window, event.atom) == (window, atom) else stamp
        if stamp is None:
            return None
        awake_ns = self._time.awake_ns()
        ago_ms = (awake_ns // 1_000_000 - int(stamp)) % 2**32
        # In the middle of the millisecond that it names.
        ago_ns = awake_ns % 1_000_000 + ago_ms * 1_000_000 - 500_000
        return now_ns() - ago_ns if ago_ms < _STALE_MS else None

    def _do(self, act: Act) -> Change:
        if act.do == "input":
            return self._move()
        window = self._ids[act.window]
        if act.do == "focus":
            return self._windows.focus(window)
        assert act.page is not None
        return self._windows.retitle(window, title_of(act.window, act.page))

    def _move(self) -> Change:
        self._pointer ^= 1
        asked_ns = now_ns()
        self._hands.move(5 + self._pointer, 5)
        self._client.idle_ms()  # answered after the movement
        return Change(0, asked_ns, now_ns())


def start_tracking(
    desktop: VirtualDesktop, argv: Sequence[str], **env: str
) -> subprocess.Popen[str]:
    """Start a program that measures, and return once it does."""
    process = desktop.spawn(argv, env=env)
    control = desktop.home / "run" / "control.sock"

    def measures() -> bool:
        return control.exists() and bool(ask("today", env=desktop.env)["measuring"])

    processes.wait_until_ready(process, measures, "the program", _newest_log(desktop, argv[0]))
    return process


def _newest_log(desktop: VirtualDesktop, program: str) -> Path:
    logs = (desktop.folder / "logs").glob(f"{Path(program).name}-*.log")
    return max(logs, key=lambda path: int(path.stem.rpartition("-")[2]))
