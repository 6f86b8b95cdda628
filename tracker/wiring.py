"""Puts the parts together, for the app, the headless tracker and the commands."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.clock import LedgerClock, SystemTime
from tracker.control import ControlServer
from tracker.i18n import language_for
from tracker.lock import ProcessLock
from tracker.logs import start_log, stop_log
from tracker.loop import Loop
from tracker.notice import Herald, StatusNotice
from tracker.paths import Paths
from tracker.policy.person import PersonLookup
from tracker.policy_wiring import find_catalogue, last_good, make_keeper, parse_with
from tracker.quiet.desktop_probe import make_probe
from tracker.run import resume_clock
from tracker.service import Service
from tracker.service_control import ServiceControl
from tracker.settings import SettingsKeeper
from tracker.storage.sql import SqlStorage
from tracker.surroundings import Surroundings
from tracker.watchers import session as session_watcher
from tracker.watchers.base import Refusal, Watcher
from tracker.watchers.select import choose
from tracker.weekly_export import Making, WeeklyExport, Written

if TYPE_CHECKING:
    from tracker.summary.forms import PdfWriter


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
    weekly: WeeklyExport
    """Each week's summary by itself; it is started after the service."""

    def close(self) -> None:
        """Store what was measured and let go of everything."""
        self.weekly.stop()
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
        settings: The person's, where the app has them at hand already.
        write_pdf: Makes the PDF of a week's summary; None where nobody can.
    """

    environ: Mapping[str, str]
    paths: Paths
    policy_file: Path | None
    make_loop: Callable[[LedgerClock], Loop]
    make_herald: Callable[[Loop], Herald]
    raise_app: Callable[[], None]
    quit_app: Callable[[], None]
    accept_all: bool = False
    settings: SettingsKeeper | None = None
    write_pdf: PdfWriter | None = None


def open_desk(plan: DeskPlan) -> Desk:
    """Take the lock, open the store, and put a service together; it is not started yet.

    Raises:
        OutsideError: Another process measures, or store, folders or policy can't be used.
    """
    paths = plan.paths
    paths.ensure()
    lock = ProcessLock(paths.lock)
    log = start_log(paths.log)
    storage = SqlStorage(paths.database, mends=True)
    clock = resume_clock(SystemTime(), storage)
    loop = plan.make_loop(clock)
    catalogue = find_catalogue(paths)
    settings = plan.settings or SettingsKeeper(paths.settings)
    watchers, refused = find_watchers(plan.environ)
    herald = plan.make_herald(loop)
    service = Service(
        Surroundings(
            loop=loop,
            clock=clock,
            storage=storage,
            keeper=make_keeper(
                plan.policy_file, plan.environ, paths, catalogue, last_good(storage, clock.now())
            ),
            catalogue=catalogue,
            person=PersonLookup().current,
            herald=herald,
            parse=parse_with(catalogue),
            watchers=watchers,
            refused=refused,
            own_pid=os.getpid(),
            accept_all=plan.accept_all,
            paths=paths,
            earlier_min=lambda: settings.settings.notices_earlier_min,
            quiet=make_probe(loop, plan.environ, catalogue, os.getpid()),
        )
    )
    handler = ServiceControl(service, plan.raise_app, plan.quit_app)
    control = ControlServer(loop, paths.control_socket, handler)
    weekly = WeeklyExport(
        loop,
        storage,
        service,
        settings,
        making=Making(
            lambda: language_for(plan.environ, settings.settings.wished_language), plan.write_pdf
        ),
        told=lambda written: _tell_failure(herald, written),
    )
    return Desk(service, lock, storage, control, log, weekly)


def _tell_failure(herald: Herald, written: Written) -> None:
    """Tell that a week could not be saved; one that was is seen in its folder."""
    if written.error is not None:
        fields = tuple((key, str(value)) for key, value in written.error.fields.items())
        herald.tell(StatusNotice(str(written.error.code), fields))
