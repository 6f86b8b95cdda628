"""Drives the main window through every page on five years of data, and says how long it froze.

``python -m tools.bench.window_drive FOLDER BUSY REST_MS`` prints JSON. It is a process of its
own, so that the Qt of the measured window is nobody else's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import perf_counter_ns, thread_time_ns
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu

from tools.made_up_desk import MadeUpDesk, MadeUpYears
from tracker.autostart import StartAtLogin
from tracker.i18n import Language
from tracker.notices.messages import Messages
from tracker.settings import SettingsKeeper
from tracker.storage.sql import SqlStorage
from ui.theme import dress
from ui.windows.page import Page, PageHost, PagePlan
from ui.windows.pages import page_plans

if TYPE_CHECKING:
    from ui.windows.main import MainWindow

SIZE = (1000, 760)
TICK_MS = 1
SCROLLS, REFRESHES = 6, 4
_SECOND = timedelta(seconds=1)

Act = tuple[str, Callable[[], object]]
"""What is done to the window, by name."""


@dataclass(frozen=True)
class Block:
    """A stretch in which the event loop did not turn.

    Attributes:
        ms: How long it was.
        cpu_ms: What of it this thread used; the rest went to other programs.
        act: What was being done.
    """

    ms: float = 0.0
    cpu_ms: float = 0.0
    act: str = ""


@dataclass
class Heartbeat:
    """Ticks as often as the event loop lets it; the longest gap is the longest block."""

    act: str = ""
    _longest: Block = field(default_factory=Block)
    _last_ns: int = 0
    _last_cpu_ns: int = 0
    timer: QTimer = field(default_factory=QTimer)

    def start(self) -> None:
        """Begin."""
        self._last_ns, self._last_cpu_ns = perf_counter_ns(), thread_time_ns()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.tick)
        self.timer.start(TICK_MS)

    def tick(self) -> None:
        """Note how long ago the last tick was."""
        now, cpu = perf_counter_ns(), thread_time_ns()
        ms = (now - self._last_ns) / 1e6 - TICK_MS
        if ms > self._longest.ms:
            self._longest = Block(ms, (cpu - self._last_cpu_ns) / 1e6, self.act)
        self._last_ns, self._last_cpu_ns = now, cpu

    def take(self) -> Block:
        """Return the longest block since the last call."""
        self.tick()
        found, self._longest = self._longest, Block()
        return found


class _FirstPaint(QObject):
    """Notes when the window is painted for the first time."""

    at_ns = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() == QEvent.Type.UpdateRequest and not self.at_ns:
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        self.at_ns = self.at_ns or perf_counter_ns()


class Drive:
    """Goes through the pages, an act at a time.

    Args:
        desk: The service.
        qt: The application.
        folder: Where settings would be.
        rest_ms: What is left to the window after each act, to paint and to go on with longer
            work.
    """

    def __init__(self, desk: MadeUpDesk, qt: QApplication, folder: Path, rest_ms: int) -> None:
        self._rest_ms = rest_ms
        self._language = Language("sv")
        self._language.gettext("Pause")  # the tray has its texts when the window is opened
        self._qt = qt
        self._desk = desk
        self._folder = folder
        self._beat = Heartbeat()
        self._acts = self._go()
        self._plans: Sequence[PagePlan] = ()
        self.open_ms = 0.0
        self.pages: dict[str, Block] = {}

    def run(self) -> None:
        """Do it all; the event loop runs for real."""
        self._beat.start()
        QTimer.singleShot(self._rest_ms, self._next)
        self._qt.exec()

    def _next(self) -> None:
        try:
            self._beat.act, act = next(self._acts)
        except StopIteration:
            self._qt.quit()
            return
        act()
        QTimer.singleShot(self._rest_ms, self._next)

    def _go(self) -> Iterator[Act]:
        window = self._open_window()
        yield "open the window", lambda: None
        self._beat.take()
        for plan in self._plans:
            yield from self._drive_page(window, plan.id)
            self.pages[plan.id] = self._beat.take()

    def _open_window(self) -> MainWindow:
        start = perf_counter_ns()
        from ui.windows.main import MainWindow

        theme = dress(self._qt, "light")
        service = self._desk.service
        host = PageHost(
            service, self._desk.loop.clock.now, self._language, lambda: theme, lambda _p: None
        )
        self._plans = page_plans(self._language, QMenu(), self._settings)
        window = MainWindow(self._plans, host, Messages(), lambda _seen: None)
        window.open("today")
        window.resize(*SIZE)
        window.show()
        watch = _FirstPaint(window)
        window.installEventFilter(watch)
        while not watch.at_ns:
            self._qt.processEvents()
        self.open_ms = (watch.at_ns - start) / 1e6
        return window

    def _settings(self, host: PageHost) -> Page:
        from ui.windows.settings_page import SettingsPage

        login = StartAtLogin({"HOME": str(self._folder)})
        keeper = SettingsKeeper(self._folder / "settings.json")
        return SettingsPage(host, keeper, login, self._folder, system=host.language, version="1.0")

    def _drive_page(self, window: MainWindow, page: str) -> Iterator[Act]:
        yield "opening", lambda: window.open(page)
        yield "opening", lambda: None
        for area in self._scrolled(window, page):
            bar = area.verticalScrollBar()
            for step in range(1, SCROLLS + 1):
                yield "scrolling", partial(bar.setValue, bar.maximum() * step // SCROLLS)
        for _ in range(REFRESHES):
            yield "following", lambda: self._follow(window)
        for size in ((SIZE[0] + 40, SIZE[1]), SIZE):
            yield "resizing", partial(window.resize, *size)

    def _follow(self, window: MainWindow) -> None:
        """Let a second go by, and the page follow, as while it is looked at."""
        self._desk.loop.advance_to(self._desk.loop.clock.now() + _SECOND)
        window.refresh()

    def _scrolled(self, window: MainWindow, page: str) -> list[QAbstractScrollArea]:
        shown = window.page(page)
        assert shown is not None, f"{page} was opened"
        areas = shown.findChildren(QAbstractScrollArea)
        return [each for each in areas if each.isVisible() and each.verticalScrollBar().maximum()]


def main(folder: Path, busy: float, rest_ms: int) -> None:
    """Make the years, drive, and print what was measured."""
    years = MadeUpYears(busy=busy)
    storage = SqlStorage(folder / "kanaltid.db")
    start = perf_counter_ns()
    desk = MadeUpDesk(storage, years=years)
    filled_s = (perf_counter_ns() - start) / 1e9
    qt = QApplication(["kanaltid"])
    drive = Drive(desk, qt, folder, rest_ms)
    drive.run()
    desk.service.stop()
    storage.close()
    found = {
        "filled_s": filled_s,
        "open_ms": drive.open_ms,
        "pages": {page: asdict(block) for page, block in drive.pages.items()},
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
