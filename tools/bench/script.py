"""The script of a made-up person at a desk: what they do, when, and what is true of it.

Everything here is fixed by a seed. What channel a page belongs to is said beside its title, by
hand, so that the truth does not come from the program that is measured.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

SHORT_SHARE = 0.6
SHORT_MS = (200, 3000)
LONG_MS = (3000, 6000)
IDLE_AFTER_MS = 4000
"""As the measured policy says; see ``policy.toml``."""

STILL_MS = (6000, 9000)
INPUT_EVERY_MS = (300, 900)
SETTLE_MS = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """A title without the browser's own suffix, and the channel that it belongs to."""

    title: str
    channel: str | None


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """A window: its class, what it adds to each title, and what it may show."""

    app: str
    suffix: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done ``at_ms`` after the start.

    ``focus`` brings ``window`` to the front, ``retitle`` lets it show ``page``, ``input`` is a
    movement of the pointer.
    """

    at_ms: int
    do: Literal["focus", "retitle", "input"]
    window: int = 0
    page: Page | None = None


_WEB = (
    Page("Feed | LinkedIn", "linkedin"),
    Page("(3) Ada Lindqvist | LinkedIn", "linkedin"),
    Page("Home / X", "x"),
    Page("(2) Notifications / X", "x"),
    Page("Facebook", "facebook"),
    Page("(1) Facebook", "facebook"),
    Page("Så bygger du en båt - YouTube", "youtube"),
    Page("Ada (@ada) • Instagram photos and videos", "instagram"),
    Page("Flashback Forum", "forums"),
    Page("LinkedIn - Wikipedia", None),
    Page("Inkorg (3) - karin@example.se", None),
    Page("Facebook-annonser Q3 – kalkyl", None),
)

WINDOWS = (
    WindowPlan("chromium", " - Chromium", _WEB),
    WindowPlan("firefox", " — Mozilla Firefox", _WEB),
    WindowPlan("discord", "", (Page("#allmänt | Discord", "discord"),)),
    WindowPlan("code", "", (Page("linkedin_export.py - Visual Studio Code", None),)),
    WindowPlan("libreoffice-calc", "", (Page("Facebook - LibreOffice Calc", None),)),
)
REST = 3
"""The window in front before and after: ordinary work."""

_BROWSERS = (0, 1)


@dataclass(frozen=True, slots=True)
class Script:
    """What is done, in order of time."""

    acts: tuple[Act, ...]
    visits: int
    short_visits: int
    idle_stretches: int
    retitles: int


class _Writer:
    def __init__(self, visits: int, idle_stretches: int, seed: int) -> None:
        self._random = Random(seed)
        self._shows = [plan.pages[0] for plan in WINDOWS]
        self._front = REST
        self._acts: list[Act] = []
        self._visits = visits
        every = visits // max(1, idle_stretches)
        self._idle_at = {every // 2 + every * n for n in range(idle_stretches)}

    def write(self) -> Script:
        random, at = self._random, SETTLE_MS
        inputs_from = 0
        shorts = round(self._visits * SHORT_SHARE)
        lengths = [self._length(SHORT_MS) for _ in range(shorts)]
        lengths += [self._length(LONG_MS) for _ in range(self._visits - shorts)]
        random.shuffle(lengths)
        for number, length in enumerate(lengths):
            self._begin_visit(at)
            end = at + length
            if number in self._idle_at:
                still_from, still_to = self._stay_away(at)
                self._inputs(inputs_from, still_from)
                inputs_from = still_to
                end = still_to + random.choice((0, length))
            else:
                self._fidget(at, end)
            at = end
        self._acts.append(Act(at, "focus", REST))
        self._inputs(inputs_from, at + SETTLE_MS)
        acts = tuple(sorted(self._acts, key=lambda act: act.at_ms))
        retitles = sum(act.do == "retitle" for act in acts)
        return Script(acts, self._visits, shorts, len(self._idle_at), retitles)

    def _length(self, bounds: tuple[int, int]) -> int:
        """Return a length, as likely from 0.2 to 0.4 s as from 1 to 2 s."""
        low, high = (math.log(bound) for bound in bounds)
        return round(math.exp(self._random.uniform(low, high)))

    def _begin_visit(self, at: int) -> None:
        """Go where another label holds than before: to another window, or to another page."""
        random, now = self._random, self._shows[self._front].channel
        while True:
            window = random.randrange(len(WINDOWS))
            if window == self._front and window in _BROWSERS:
                page = random.choice(WINDOWS[window].pages)
                if page.channel != now:
                    self._show(at, window, page)
                    return
            elif window != self._front and self._shows[window].channel != now:
                self._front = window
                self._acts.append(Act(at, "focus", window))
                return

    def _show(self, at: int, window: int, page: Page) -> None:
        self._shows[window] = page
        self._acts.append(Act(at, "retitle", window, page))

    def _fidget(self, start: int, end: int) -> None:
        """Change titles where the label stays: behind, and in front within the channel."""
        random = self._random
        if end - start < 400:
            return
        at = random.randint(start + 150, end - 150)
        window = random.choice(_BROWSERS)
        if window != self._front:
            self._show(at, window, random.choice(WINDOWS[window].pages))
        elif random.random() < 0.5:
            shown = self._shows[window]
            same = [page for page in WINDOWS[window].pages if page.channel == shown.channel]
            self._show(at, window, random.choice(same))

    def _stay_away(self, at: int) -> tuple[int, int]:
        """Return from when to when nobody is there; something may come to the front then."""
        random = self._random
        still_from = at + random.randint(300, 1500)
        still_to = still_from + random.randint(*STILL_MS)
        if random.random() < 0.5:
            self._begin_visit(still_from + random.randint(500, 5000))
        return still_from, still_to

    def _inputs(self, start: int, end: int) -> None:
        """Give input from ``start`` to ``end``, with some at both."""
        at = start
        while at < end:
            self._acts.append(Act(at, "input"))
            at += self._random.randint(*INPUT_EVERY_MS)
        self._acts.append(Act(end, "input"))


def write_script(visits: int, idle_stretches: int, seed: int = 1) -> Script:
    """Write a script of so many visits and stretches without input."""
    return _Writer(visits, idle_stretches, seed).write()


def title_of(window: int, page: Page) -> str:
    """Return the whole title of a window that shows a page."""
    return page.title + WINDOWS[window].suffix


def opening() -> Iterator[tuple[str, str]]:
    """Yield class and title of each window as it opens."""
    for number, plan in enumerate(WINDOWS):
        yield plan.app, title_of(number, plan.pages[0])
