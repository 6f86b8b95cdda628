"""A service at a made-up desk: virtual time, a scripted watcher, a policy file on disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from tracker import facts
from tracker.clock import EPOCH
from tracker.errors import OutsideError
from tracker.model import MILLISECOND
from tracker.notice import Notice
from tracker.policy.catalogue import Catalogue, shipped_catalogue
from tracker.policy.load import load
from tracker.policy.select import PolicyFile
from tracker.policy.types import Person
from tracker.policy_keeper import PolicyKeeper
from tracker.quiet.base import Probe
from tracker.run import resume_clock
from tracker.service import Service
from tracker.storage.base import Batch, Storage
from tracker.storage.memory import MemoryStorage
from tracker.surroundings import Surroundings
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.base import Sense, WatchHost

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
TODAY = date(2026, 11, 23)
POLICY = """
schema = 1
[policy]
id = "test"
version = "1"
languages = ["en"]
timezone = "Europe/Stockholm"
day_start = "04:00"
title = { en = "Test" }
[monitoring]
purpose = { en = "Test" }
legal_basis = "legitimate_interest"
dpia = "1"
consulted = { body = "Nobody" }
[[channel]]
id = "linkedin"
[[channel]]
id = "discord"
[[limit]]
id = "private"
purposes = ["private"]
shared = true
day = 10
[ladder.default]
steps = [{ at = "80%", do = "notify" }, { at = "100%", do = "ask" }]
extend = { minutes = 5, per_day = 1, reason = "none" }
"""
HOURS = """
[hours]
mon-fri = ["08:00-17:00"]
breaks = ["12:00-13:00"]
"""


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue, read once."""
    return shipped_catalogue()


class ScriptedWatcher:
    """Reports what the test says; ``confirmed`` is reported at the next check."""

    id = "scripted"

    def __init__(self) -> None:
        self.senses = frozenset({Sense.FOCUS, Sense.TITLE, Sense.IDLE})
        self.first: list[Callable[[datetime], facts.Fact]] = []
        self.confirmed: list[facts.Fact] = []
        self.idle: int | None = 0
        self.fails: OutsideError | None = None
        self.host: WatchHost | None = None

    def start(self, host: WatchHost) -> None:
        if self.fails is not None:
            self.senses = frozenset()
            raise self.fails
        self.host = host
        for fact in self.first:
            self.tell(fact(host.loop.clock.now()))

    def tell(self, fact: facts.Fact) -> None:
        assert self.host is not None
        self.host.report(fact)

    def confirm(self) -> None:
        while self.confirmed:
            self.tell(self.confirmed.pop(0))

    def idle_ms(self) -> int | None:
        return self.idle

    def stop(self) -> None:
        self.host = None


class StubbornStorage(MemoryStorage):
    """Refuses to write while ``refuses`` is set, as a full disk does."""

    refuses: OutsideError | None = None

    def write(self, batch: Batch) -> None:
        if self.refuses is not None:
            raise self.refuses
        super().write(batch)


class Desk:
    """Everything around one service, and the person's hands."""

    def __init__(
        self,
        folder: Path,
        policy: str = POLICY,
        *,
        storage: Storage | None = None,
        start: datetime = MONDAY,
        accept_all: bool = True,
        quiet: Probe | None = None,
    ) -> None:
        self.policy_file = folder / "policy.toml"
        self.policy_file.write_text(policy, "utf-8")
        self.time = VirtualTime(start)
        self.storage = storage if storage is not None else StubbornStorage()
        self.accept_all = accept_all
        self.earlier_min = 0
        self.quiet = quiet
        self.person = Person("karin")
        self.look_up: Callable[[], Person] = lambda: self.person
        self.notices: list[Notice] = []
        self.changes = 0
        self.open()

    def open(self) -> None:
        """Make a service anew, as a start of the program does."""
        self.clock = resume_clock(self.time, self.storage)
        self.loop = VirtualLoop(self.time, self.clock)
        self.watcher = ScriptedWatcher()
        self.service = Service(
            Surroundings(
                loop=self.loop,
                clock=self.clock,
                storage=self.storage,
                keeper=PolicyKeeper(self._find, lambda d, s: load(d, s, catalogue(), TODAY)),
                catalogue=catalogue(),
                person=self.look_up,
                herald=self,
                parse=lambda text: load(text.text.encode(), "", catalogue(), TODAY).policy,
                watchers=(self.watcher,),
                accept_all=self.accept_all,
                earlier_min=lambda: self.earlier_min,
                quiet=self.quiet,
            )
        )
        self.service.listen(self._changed)

    def _find(self) -> PolicyFile:
        return PolicyFile(self.policy_file, self.policy_file.read_bytes())

    def _changed(self) -> None:
        self.changes += 1

    def tell(self, notice: Notice) -> None:
        """Be the herald."""
        self.notices.append(notice)

    def start(self) -> Desk:
        """Start the service."""
        self.service.start()
        return self

    def wait(self, seconds: float) -> None:
        """Let time pass, with all that falls due in it."""
        self.loop.advance_to(self._true() + timedelta(seconds=seconds))
        self.loop.settle()

    def stand_still(self, seconds: float) -> None:
        """Let time pass in which the process does not run."""
        self.time.move_to(self._true() + timedelta(seconds=seconds))

    def _true(self) -> datetime:
        """Return true time; the ledger's may be ahead of it after a jump of the clock."""
        return EPOCH + self.time.elapsed_ns() // 1_000_000 * MILLISECOND

    def front(self, app: str | None, title: str = "") -> None:
        """Put a window in front."""
        self.watcher.tell(facts.Foreground(self.clock.now(), app, title))

    def used(self) -> dict[str, int]:
        """Return today's milliseconds by channel."""
        return {each.channel: each.total_ms for each in self.service.today().channels}
