"""The real ``kanaltid track`` on a virtual desktop, and what really happened there."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.desk import POLICY
from tools.desktop import VirtualDesktop
from tools.waiting import wait_until
from tools.windows import Change
from tools.xclient import Input, XClient
from tracker.clock import EPOCH, Anchor
from tracker.control import ask
from tracker.errors import ErrorCode, OutsideError
from tracker.model import Row, TotalKey
from tracker.run import ANCHOR
from tracker.storage.sql import open_readonly

KANALTID = str(Path(sys.executable).with_name("kanaltid"))
TRACK_POLICY = POLICY + '\n[[channel]]\nid = "youtube"\n'

Json = dict[str, Any]
Visit = tuple[int, str | None]
"""When something came to the front (:func:`tools.waiting.now_ns`), and its channel."""


class Tracker:
    """A ``kanaltid track`` on a desktop, started and ended as a person does it."""

    def __init__(
        self,
        desktop: VirtualDesktop,
        policy: str = TRACK_POLICY,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.desktop = desktop
        self.home = desktop.home
        self.policy = desktop.folder / "policy.toml"
        self.policy.write_text(policy, "utf-8")
        self._env = dict(env or {})
        self.process: subprocess.Popen[str]

    def start(self) -> Tracker:
        """Start it, and wait until it sees what is in front."""
        self.be_there()
        self.process = self.spawn()
        wait_until(lambda: self.status().get("backend"), "the tracker to see")
        return self

    def spawn(self, *more: str) -> subprocess.Popen[str]:
        """Start one, and do not wait."""
        argv = [KANALTID, "--policy", str(self.policy), "track", "--headless", "--accept", *more]
        return self.desktop.spawn(argv, env=self._env)

    def be_there(self) -> None:
        """Move the pointer, so that nobody takes the person for idle."""
        with XClient(self.desktop.display) as client:
            hands = Input(client)
            hands.move(7, 7)
            hands.move(8, 8)

    def status(self) -> Json:
        """Return what it says of itself; nothing where it does not run."""
        return self._ask("status")

    def today(self) -> Json:
        """Return the day from the running one."""
        return self._ask("today")

    def _ask(self, do: str) -> Json:
        try:
            return dict(ask(self.home / "run" / "control.sock", {"do": do}))
        except (OutsideError, FileNotFoundError) as error:
            if isinstance(error, OutsideError) and error.code is not ErrorCode.NOT_RUNNING:
                raise
            return {}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command of the same home to its end."""
        return subprocess.run(
            [KANALTID, "--policy", str(self.policy), *arguments],
            env=self.desktop.env | self._env, capture_output=True, text=True,
            timeout=30, check=False,
        )  # fmt: skip

    def json(self, *arguments: str) -> Any:
        """Run a command and return its JSON."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it, and return its exit code."""
        self.process.send_signal(how)
        return self.process.wait(10)

    def stored(self) -> Stored:
        """Return what the store holds, read as another program would."""
        return Stored(self.home / "data" / "kanaltid.db")


@dataclass(frozen=True)
class Spell:
    """A stored span, in the instants of :func:`tools.waiting.now_ns`."""

    start_ns: int
    end_ns: int
    channel: str

    @property
    def ms(self) -> float:
        return (self.end_ns - self.start_ns) / 1e6


class Stored:
    """The rows of the store, against true time."""

    def __init__(self, path: Path) -> None:
        storage = open_readonly(path)
        try:
            first, last = EPOCH.date(), EPOCH.date().replace(year=9000)
            self.spans = tuple(storage.spans(first, last))
            self.gaps = tuple(storage.gaps(first, last))
            self.totals = dict(storage.totals(first, last))
            anchor = Anchor.loads(storage.note(ANCHOR))
        finally:
            storage.close()
        assert anchor is not None
        self._anchor = anchor

    def true_ns(self, instant: datetime) -> int:
        """Return an instant of the ledger as :func:`tools.waiting.now_ns` counts."""
        since = (instant - EPOCH) // timedelta(microseconds=1) * 1000
        return since - self._anchor.instant_ns + self._anchor.elapsed_ns

    @property
    def spells(self) -> list[Spell]:
        """The spans in order; what follows on without a break in one channel is one spell."""
        spells: list[Spell] = []
        for span in self.spans:
            spell = Spell(self.true_ns(span.start), self.true_ns(span.end), span.channel)
            last = spells[-1] if spells else None
            if last and (last.channel, last.end_ns) == (spell.channel, spell.start_ns):
                spells[-1] = Spell(last.start_ns, spell.end_ns, spell.channel)
            else:
                spells.append(spell)
        return spells

    def check(self) -> None:
        """See that no row is doubled or overlaps, and that totals are the sums of rows."""
        rows: list[Row] = sorted([*self.spans, *self.gaps], key=lambda row: row.start)
        for earlier, later in pairwise(rows):
            assert earlier.end <= later.start
        assert len({row.seq for row in rows}) == len(rows)
        summed: Counter[tuple[object, ...]] = Counter()
        for span in self.spans:
            key = TotalKey(span.channel, span.purpose, span.window, span.certain)
            summed[span.day, key] += span.duration_ms
        for gap in self.gaps:
            summed[gap.day, gap.kind] += gap.duration_ms
        kept: Counter[tuple[object, ...]] = Counter()
        for day, totals in self.totals.items():
            kept.update({(day, key): ms for key, ms in totals.channels.items()})
            kept.update({(day, kind): ms for kind, ms in totals.gaps.items()})
        assert kept == summed


def true_spells(visits: Sequence[Visit], end_ns: int) -> list[Spell]:
    """Return what was in front, joined by channel; of nothing there is no spell."""
    spells: list[Spell] = []
    last: str | None = None
    ends = [*(at for at, _ in visits[1:]), end_ns]
    for (at, channel), end in zip(visits, ends, strict=True):
        if channel is not None and channel == last:
            spells[-1] = Spell(spells[-1].start_ns, end, channel)
        elif channel is not None:
            spells.append(Spell(at, end, channel))
        last = channel
    return spells


def sums(spells: Iterable[Spell]) -> dict[str, float]:
    """Return the milliseconds of each channel."""
    by_channel: Counter[str] = Counter()
    for spell in spells:
        by_channel[spell.channel] += spell.end_ns - spell.start_ns
    return {channel: ns / 1e6 for channel, ns in by_channel.items()}


def happened(change: Change) -> int:
    """Return when a change took effect: between its request and its being seen."""
    return (change.asked_ns + change.seen_ns) // 2
