"""What a person does with all that is stored about them: see it, take it along, be rid of it."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from tracker.comparing import PastTrial
from tracker.crisis import CrisisBook
from tracker.days import days_of_week, week_of
from tracker.errors import ErrorCode, OutsideError
from tracker.exporting import DataExport, ExportPlan
from tracker.handover import Handover
from tracker.logs import erase_log
from tracker.loop import Handle
from tracker.model import Totals
from tracker.policy.types import Person, Policy
from tracker.reports.archive import Archive
from tracker.reports.day import DayReport
from tracker.reports.own_data import ExportProgress
from tracker.reports.trends import TrendWeek, trend_weeks
from tracker.reports.week_facts import WeekFacts, week_facts
from tracker.reports.what_if_plan import WhatIfPlan, WhatIfProgress
from tracker.run import Run
from tracker.settings import stored_settings
from tracker.storage.base import Consent, Stored, StoredRow
from tracker.surroundings import Surroundings


class DataActs(ABC):
    """The half of the service that is about the stored data, measured or not."""

    _around: Surroundings
    _run: Run | None
    _crisis: CrisisBook
    _exporting: DataExport | None = None
    _trying: PastTrial | None = None
    _erasing = False

    @property
    @abstractmethod
    def policy(self) -> Policy:
        """The policy in force."""

    @property
    @abstractmethod
    def accepted(self) -> bool:
        """Whether the person accepted what this version of the policy measures."""

    @property
    @abstractmethod
    def present_day(self) -> date:
        """The day key of this instant."""

    @property
    @abstractmethod
    def person(self) -> Person:
        """Whose policy it is."""

    @abstractmethod
    def week(self, day: date) -> tuple[DayReport, ...]:
        """Return the seven days of the ISO week that ``day`` lies in."""

    @abstractmethod
    def _archive(self) -> Archive: ...

    @abstractmethod
    def _begin(self, before: Handover | None = None) -> None: ...

    @abstractmethod
    def _end_run(self) -> None: ...

    @abstractmethod
    def _changed(self) -> None: ...

    # What is there

    @property
    def data_place(self) -> Path | None:
        """The folder that holds the data; None where none does."""
        return self._around.paths.data if self._around.paths is not None else None

    def consent(self) -> Consent | None:
        """Return what the person accepted last of this policy."""
        consents = self._around.storage.consents()
        return next((c for c in reversed(consents) if c.policy_id == self.policy.id), None)

    def store_now(self) -> None:
        """Store what was measured up to now.

        Raises:
            OutsideError: It can't be stored.
        """
        run = self._run
        if run is None:
            return
        run.look()
        run.ledger.advance(self._around.clock.now())
        if not run.flush():
            raise run.buffer.trouble or OutsideError(ErrorCode.STORE_BUSY)

    def counted(self, first: date, last: date) -> Mapping[Stored, int]:
        """Return how many rows of each kind the days have; of the lasting kinds, all."""
        return self._around.storage.counted(first, last)

    def latest(self, kind: Stored, first: date, last: date) -> date | None:
        """Return the last of the days that has rows of the kind."""
        return self._around.storage.latest(kind, first, last)

    def stored(self, kind: Stored, first: date, last: date) -> Sequence[StoredRow]:
        """Return the days' rows of a kind as they are stored; of a lasting kind, all."""
        return self._around.storage.stored(kind, first, last)

    # Taking it along

    def week_facts(self, day: date) -> WeekFacts:
        """Return what a summary of the ISO week that ``day`` lies in is made of.

        Raises:
            OutsideError: The store can't be read.
        """
        reports = self.week(day)
        return week_facts(reports, self._archive(), self._around.storage, self.present_day)

    def trend_weeks(self, first: date, last: date) -> tuple[TrendWeek, ...]:
        """Return the ISO weeks from that of ``first`` to that of ``last``, up to this instant.

        Raises:
            OutsideError: The store can't be read.
        """
        live: dict[date, Totals] = {}
        if (run := self._run) is not None:
            run.today()  # which counts up to now
            book = run.limits.book()
            live[book.day] = book.totals
        return trend_weeks(self._around.storage, self._archive(), first, last, live)

    def export_data(
        self, file: Path, told: Callable[[ExportProgress], None], *, force: bool = False
    ) -> Handle:
        """Write all that is stored to a file, beside the measuring.

        Args:
            file: It is the owner's alone.
            told: Called with how far it has come, and at its end.
            force: Whether a file that is there is replaced.

        Raises:
            OutsideError: What was measured up to now can't be stored.
        """
        around = self._around
        self.cancel_export()
        self.store_now()
        settings = stored_settings(around.paths.settings) if around.paths is not None else None
        plan = ExportPlan(file, settings, around.clock.now(), force)
        self._exporting = DataExport(around.loop, around.storage.reader, plan, told).start()
        return self._exporting

    def cancel_export(self) -> None:
        """Call an export off that is under way."""
        if self._exporting is not None:
            self._exporting.cancel()
            self._exporting = None

    def what_if(self, plan: WhatIfPlan, told: Callable[[WhatIfProgress], None]) -> Handle:
        """Judge past days under another policy, beside the measuring.

        Args:
            plan: Which days, under which policy.
            told: Called with how far it has come, and with what came out.
        """
        before = self._trying
        if before is not None:
            before.cancel()
        trial = PastTrial(
            self._around, self.policy, self.person, self.present_day, plan, told, before
        )
        self._trying = trial.start()
        return trial

    def cancel_what_if(self) -> None:
        """Call off a judging of past days that is under way, and wait for its end."""
        if self._trying is not None:
            self._trying.cancel()
            self._trying.join()
            self._trying = None

    # Being rid of it

    def delete(self, first: date, last: date) -> date | None:
        """Delete all of the days for good: a piece of the work, the last first.

        Where it is about days that still count, limits and totals follow at once, and the
        present day counts on from zero.

        Returns:
            The day up to which there is more to delete: ask again with it as ``last``.

        Raises:
            OutsideError: The store can't be written to.
        """
        self.store_now()
        left = self._around.storage.delete(first, last)
        run = self._run
        if run is not None and last >= min(self._first_of_week(), run.ledger.first_day):
            run.halt()
            seen = run.measuring_core.situation
            self._begin(Handover(run.ledger.now, seen, run.judge))
        self._changed()
        return left

    def _first_of_week(self) -> date:
        return days_of_week(week_of(self.present_day))[0]

    def erase(self) -> bool:
        """Delete everything for good, consents first: a piece of the work.

        Nothing is measured until it is over, and then until the person accepts again.

        Returns:
            Whether there is more: ask again. What nobody asks for, the next check does.

        Raises:
            OutsideError: The store can't be written to.
        """
        self._erasing = True
        self._end_run()
        more = self._around.storage.erase()
        if not more:
            self._erasing = False
            self._crisis.forget()
            if self._around.paths is not None:
                with contextlib.suppress(OSError):  # not ours, or gone
                    erase_log(self._around.paths.log)
            self._begin_if_accepted()
        self._changed()
        return more

    def go_on_erasing(self) -> None:
        """Delete another piece where everything is to go and nobody asked for the rest."""
        if self._erasing:
            with contextlib.suppress(OutsideError):  # the store is busy: the next time then
                self.erase()

    def withdraw(self) -> None:
        """Take back what was accepted: nothing more is measured; what is stored stays.

        Raises:
            OutsideError: The store can't be written to.
        """
        self._around.storage.withdraw()
        self._end_run()
        self._begin_if_accepted()
        self._changed()

    def _begin_if_accepted(self) -> None:
        if self.accepted:
            self._begin()
