"""The service over the made-up year, at a standing clock: for pictures and for measuring."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path

from tools.made_up_year import NOW, PERSON, fill
from tracker import facts
from tracker.notice import Notice
from tracker.policy.catalogue import shipped_catalogue
from tracker.policy.load import load
from tracker.policy.select import PolicyFile
from tracker.policy.types import Person, Policy
from tracker.policy_keeper import PolicyKeeper
from tracker.run import resume_clock
from tracker.service import Service
from tracker.storage.base import Storage
from tracker.storage.memory import MemoryStorage
from tracker.surroundings import Surroundings
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.base import Sense, WatchHost

POLICY = "nordisk-konsult"
_KEPT = re.compile(rb"keep_days = \{[^}]*\}")
_WEEK = re.compile(rb"^week = \d+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MadeUpYears:
    """Years of somebody who is kept book of for long.

    Attributes:
        first: The first day.
        busy: How many times the usual visits a day.
        spans_days: For how many days visits are kept.
        totals_days: For how many days totals are.
    """

    first: date = date(2021, 11, 22)
    busy: float = 8.0
    spans_days: int = 90
    totals_days: int = 2000


class _Watcher:
    """Sees one window in front, for good."""

    id = "x11"
    senses = frozenset({Sense.FOCUS, Sense.TITLE, Sense.PID, Sense.IDLE, Sense.LOCK, Sense.SLEEP})

    def start(self, host: WatchHost) -> None:
        at = host.loop.clock.now()
        host.report(facts.Foreground(at, "firefox", "Ada | LinkedIn — Mozilla Firefox"))

    def confirm(self) -> None:
        pass

    def idle_ms(self) -> int | None:
        return 0

    def stop(self) -> None:
        pass


class MadeUpDesk:
    """A service that runs, on virtual time.

    Args:
        storage: Where the year is written; None: in memory.
        policy: A shipped policy's name.
        now: When it is.
        years: How much was measured before, and how busily.
    """

    def __init__(
        self,
        storage: Storage | None = None,
        policy: str = POLICY,
        now: datetime = NOW,
        years: MadeUpYears | None = None,
    ) -> None:
        self.storage = storage if storage is not None else MemoryStorage()
        self._source = Path(str(resources.files("resources") / "policies" / f"{policy}.toml"))
        self._text = self._source.read_bytes()
        self._catalogue = shipped_catalogue()
        if years is None:
            fill(self.storage, self._read(self._text), until=now)
        else:
            self._fill(years, now)
        time = VirtualTime(now.astimezone(UTC))
        clock = resume_clock(time, self.storage)
        self.loop = VirtualLoop(time, clock)
        self.notices: list[Notice] = []
        self.service = Service(
            Surroundings(
                loop=self.loop,
                clock=clock,
                storage=self.storage,
                keeper=PolicyKeeper(
                    lambda: PolicyFile(self._source, self._text),
                    lambda data, source: load(data, source, self._catalogue, now.date()),
                ),
                catalogue=self._catalogue,
                person=lambda: Person(PERSON),
                herald=self,
                parse=lambda text: self._read(text.text.encode()),
                watchers=(_Watcher(),),
            )
        )
        self.service.start()

    def tell(self, notice: Notice) -> None:
        """Be the herald."""
        self.notices.append(notice)

    def _fill(self, years: MadeUpYears, now: datetime) -> None:
        """Write several years, the first half of them under an older policy."""
        kept = b"keep_days = { spans = %d, totals = %d }" % (years.spans_days, years.totals_days)
        self._text, found = _KEPT.subn(kept, self._text)
        assert found == 1, "the shipped policies say how long they keep what"
        older = _WEEK.sub(b"week = 240", self._text)
        half = now - (now.date() - years.first) / 2
        fill(self.storage, self._read(older), first=years.first, until=half, busy=years.busy)
        rest = half.date() + timedelta(days=1)
        fill(self.storage, self._read(self._text), first=rest, until=now, busy=years.busy)

    def _read(self, data: bytes) -> Policy:
        policy = load(data, str(self._source), self._catalogue, NOW.date()).policy
        assert policy is not None, "the shipped policies load"
        return policy
