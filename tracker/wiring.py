"""Puts the parts together, for the app, the headless tracker and the commands."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tracker.clock import Anchor, LedgerClock, SystemTime
from tracker.control import ControlServer
from tracker.lock import ProcessLock
from tracker.logs import start_log, stop_log
from tracker.loop import Loop
from tracker.notice import Herald
from tracker.paths import Paths
from tracker.policy.catalogue import Catalogue, load_catalogue, shipped_catalogue
from tracker.policy.load import Loaded, load
from tracker.policy.person import current_person
from tracker.policy.select import find_policy
from tracker.policy.types import Policy
from tracker.policy_keeper import PolicyKeeper
from tracker.run import ANCHOR
from tracker.service import Service, Surroundings
from tracker.service_control import ServiceControl
from tracker.storage.base import PolicyText, Storage
from tracker.storage.sql import SqlStorage
from tracker.watchers import session as session_watcher
from tracker.watchers.base import Refusal, Watcher
from tracker.watchers.select import choose


def find_catalogue(paths: Paths) -> Catalogue:
    """Return the person's own catalogue, or the shipped one."""
    try:
        own = paths.catalogue.read_bytes()
    except OSError:
        return shipped_catalogue()
    return load_catalogue(own, str(paths.catalogue))


def load_with(catalogue: Catalogue) -> Callable[[bytes, str], Loaded]:
    """Return what reads a policy's bytes, judged as of today's date."""
    today = LedgerClock(SystemTime()).now().date()
    return lambda data, source: load(data, source, catalogue, today)


def parse_with(catalogue: Catalogue) -> Callable[[PolicyText], Policy | None]:
    """Return what makes a policy of a text that was kept."""
    read = load_with(catalogue)
    return lambda text: read(text.text.encode(), text.hash).policy


def make_keeper(
    explicit: Path | None,
    environ: Mapping[str, str],
    paths: Paths,
    catalogue: Catalogue,
    last_good: str | None = None,
) -> PolicyKeeper:
    """Return the keeper of the policy in force."""
    return PolicyKeeper(
        lambda: find_policy(explicit, environ, paths.config), load_with(catalogue), last_good
    )


def find_watchers(environ: Mapping[str, str]) -> tuple[tuple[Watcher, ...], tuple[Refusal, ...]]:
    """Return the watchers that serve on this desktop, and the backends that don't."""
    choice = choose(environ)

    if choice.backend is None:
        return (session_watcher.make(environ),), choice.refused
    return (choice.backend.make(environ),), choice.refused


@dataclass
class Desk:
    """A service that measures, with all that it holds on to."""

    service: Service
    lock: ProcessLock
    storage: SqlStorage
    control: ControlServer
    log: logging.Handler

    def close(self) -> None:
        """Store what was measured and let go of everything."""
        self.service.stop()
        self.control.close()
        self.storage.close()
        stop_log(self.log)
        self.lock.release()


@dataclass(frozen=True)
class DeskPlan:
    """What a desk is set up from.

    Attributes:
        raise_app: Brings the app to the front, for a second start.
        quit_app: Ends the process cleanly.
    """

    environ: Mapping[str, str]
    paths: Paths
    policy_file: Path | None
    make_loop: Callable[[LedgerClock], Loop]
    make_herald: Callable[[Loop], Herald]
    raise_app: Callable[[], None]
    quit_app: Callable[[], None]
    accept_all: bool = False


def open_desk(plan: DeskPlan) -> Desk:
    """Take the lock, open the store, and put a service together; it is not started yet.

    Raises:
        OutsideError: Another process measures, or store, folders or policy can't be used.
    """
    paths = plan.paths
    paths.ensure()
    lock = ProcessLock(paths.lock)
    log = start_log(paths.log)
    storage = SqlStorage(paths.database)
    clock = LedgerClock(SystemTime(), Anchor.loads(storage.note(ANCHOR)))
    loop = plan.make_loop(clock)
    catalogue = find_catalogue(paths)
    watchers, refused = find_watchers(plan.environ)
    service = Service(
        Surroundings(
            loop=loop,
            clock=clock,
            storage=storage,
            keeper=make_keeper(
                plan.policy_file, plan.environ, paths, catalogue, last_good(storage, clock.now())
            ),
            catalogue=catalogue,
            person=current_person(),
            herald=plan.make_herald(loop),
            parse=parse_with(catalogue),
            watchers=watchers,
            refused=refused,
            own_pid=os.getpid(),
            accept_all=plan.accept_all,
        )
    )
    handler = ServiceControl(service, plan.raise_app, plan.quit_app)
    control = ControlServer(loop, paths.control_socket, handler)
    return Desk(service, lock, storage, control, log)


def last_good(storage: Storage, now: datetime) -> str | None:
    """Return the text of the policy that was last in force, as far as it is kept."""
    earliest = datetime(1970, 1, 2, tzinfo=UTC).date()
    kept = storage.policies(earliest, now.date())
    return kept[max(kept)].text if kept else None
