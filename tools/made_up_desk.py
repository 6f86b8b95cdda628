"""The service over the made-up year, at a standing clock: for pictures and for measuring."""

from __future__ import annotations

from datetime import UTC, datetime
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
    """

    def __init__(
        self, storage: Storage | None = None, policy: str = POLICY, now: datetime = NOW
    ) -> None:
        self.storage = storage if storage is not None else MemoryStorage()
        self._source = Path(str(resources.files("resources") / "policies" / f"{policy}.toml"))
        self._catalogue = shipped_catalogue()
        fill(self.storage, self._read(self._source.read_bytes()), until=now)
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
                    lambda: PolicyFile(self._source, self._source.read_bytes()),
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

    def _read(self, data: bytes) -> Policy:
        policy = load(data, str(self._source), self._catalogue, NOW.date()).policy
        assert policy is not None, "the shipped policies load"
        return policy
