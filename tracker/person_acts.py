"""What a person does with the running service: pauses, purposes, breaks, extensions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from tracker.correcting import Correcting, SpanKey
from tracker.crisis import CrisisBook, OpenCrisis
from tracker.limits.extending import ExtensionOffer
from tracker.model import Span
from tracker.person_rules import PersonRules
from tracker.policy.types import Purpose
from tracker.results import count_result, results_of
from tracker.run import Run
from tracker.storage.base import Evaluation, Extension, Record
from tracker.surroundings import Surroundings
from tracker.visit import Visit


class PersonActs(ABC):
    """The person's half of the service.

    Each act needs a run, and raises NOT_ACCEPTED without; those of the crisis plan do not.
    """

    _around: Surroundings
    _run: Run | None
    _counted: tuple[Run, date, Sequence[Record]] | None = None
    """The records of the present day that results are counted in, as they were last read."""

    @abstractmethod
    def _changed(self) -> None: ...

    @property
    @abstractmethod
    def run(self) -> Run:
        """The run of measuring."""

    @property
    @abstractmethod
    def rules(self) -> PersonRules:
        """What the policy says for this person, measured or not."""

    @property
    @abstractmethod
    def present_day(self) -> date:
        """The day key of this instant."""

    def pause(self, until: datetime | None = None) -> None:
        """Stop measuring until an instant, or until resumed."""
        self.run.doings.pause(until)

    def resume(self) -> None:
        """Measure again."""
        self.run.doings.resume()

    def purposes(self, channel: str, day: date | None = None) -> tuple[Purpose, ...]:
        """Return the work purposes that the person may choose for ``channel``, by default today."""
        return self.rules.permitted(channel, day or self.present_day)

    @abstractmethod
    def chosen(self, channel: str) -> str:
        """Return the purpose that time in ``channel`` counts for now."""

    def choose_purpose(
        self,
        purpose: str,
        channel: str | None = None,
        *,
        visit: bool = False,
        note: str | None = None,
        until: datetime | None = None,
    ) -> None:
        """Let time in ``channel``, or wherever permitted, be for ``purpose``.

        With ``visit`` the visit under way counts from its start. The choice ends with the
        day, or at ``until``. A ``note`` is kept where the purpose takes one.
        """
        self.run.doings.choose_purpose(purpose, channel, visit=visit, note=note, until=until)

    def offer(self, limit: str, channel: str | None = None) -> ExtensionOffer:
        """Return what is left of the extensions of ``limit``."""
        return self.run.limits.offer(limit, channel)

    def visit(self) -> Visit | None:
        """Return the visit to a channel that goes on, be it behind an own window."""
        return self.run.measuring_core.visit

    def input_age_ms(self) -> int | None:
        """Return how long ago the last input was; None where nobody tells."""
        return self.run.input_age_ms()

    def break_left_ms(self) -> int | None:
        """Return how long a flexible break lasts that goes on, or begins now.

        0 where none may be taken now, None where the policy has none.
        """
        hours = self.rules.policy.hours
        if hours is None or not hours.flexible:
            return None
        return self.run.break_left_ms()

    def correct(self, rows: Sequence[SpanKey], purpose: str) -> tuple[Span, ...]:
        """Let stored spans be for ``purpose``; return those that changed, as they were."""
        before = self._correcting().correct(rows, purpose)
        self._changed()
        return before

    def restore(self, spans: Sequence[Span]) -> None:
        """Let corrected spans be what they were."""
        self._correcting().restore(spans)
        self._changed()

    def _correcting(self) -> Correcting:
        around = self._around
        return Correcting(self.run, around.storage.device, around.clock.now())

    def results(self, day: date) -> Mapping[str, int]:
        """Return the person's own count of each purpose that has results and is permitted."""
        if not self.rules.counted_purposes(day):
            return {}
        run, known = self._run, self._counted
        if run is not None and known is not None and known[:2] == (run, day):
            return results_of(known[2], day, self.rules)
        waiting = run.buffer.batch.records if run is not None else []
        records = [*self._around.storage.records(day, day), *waiting]
        if run is not None and day == self.present_day:
            # Asked for at each change of what is in front; a run's own counts come through here.
            self._counted = (run, day, records)
        return results_of(records, day, self.rules)

    def count_result(self, purpose: str, by: int = 1) -> None:
        """Add to today's own count of a purpose; it is never below 0."""
        run = self.run
        run.measuring_core.settle(self._around.clock.now())
        held = self.results(self.present_day)
        self._counted = None
        count_result(run, held, purpose, by)
        self._changed()

    def take_break(self) -> None:
        """Begin a flexible break."""
        self.run.doings.take_break()

    def end_break(self) -> None:
        """End the flexible break."""
        self.run.doings.end_break()

    def take_day_off(self) -> None:
        """The person does not work today: nothing more is stored."""
        self.run.doings.take_day_off()

    def end_day_off(self) -> None:
        """The person works today after all: measure from now on."""
        self.run.doings.end_day_off()

    @property
    @abstractmethod
    def crisis_book(self) -> CrisisBook:
        """What the person does in a crisis."""

    @abstractmethod
    def crisis_turned(self) -> None:
        """Let limits follow what the person did in the crisis."""

    def crisis(self) -> OpenCrisis | None:
        """Return the crisis that the person has open."""
        return self.crisis_book.open

    def unevaluated_crisis(self) -> OpenCrisis | None:
        """Return the last crisis that was closed, as long as it is not evaluated."""
        return self.crisis_book.closed

    def open_crisis(self, level: str | None, link: str | None = None) -> None:
        """Open a level of the crisis plan, or close it with None.

        Args:
            level: Its id. Of the one that is open, only the link changes.
            link: What it is about; None keeps the one that is there.
        """
        if level is None:
            self.crisis_book.close()
        else:
            self.crisis_book.open_level(level, link)
        self.crisis_turned()

    def set_crisis_step(self, index: int, *, done: bool) -> None:
        """Note that a step of the open level, counted from 0, is done or not."""
        self.crisis_book.set_step(index, done=done)
        self.crisis_turned()

    def evaluate_crisis(self, happened: str, fault: str, learnt: str) -> Evaluation:
        """Keep what was learnt of the crisis that is open, and close it; else of the last one."""
        written = self.crisis_book.evaluate(happened, fault, learnt)
        self.crisis_turned()
        return written

    def drop_crisis(self) -> None:
        """Let go of the closed crisis: there is nothing to write down."""
        self.crisis_book.drop()
        self.crisis_turned()

    def evaluations(self) -> Sequence[Evaluation]:
        """Return what was written down after crises, oldest first."""
        return self.crisis_book.evaluations()

    def extend(self, limit: str, channel: str | None = None, reason: str = "") -> Extension:
        """Take an extension of ``limit``; the reason is kept where the policy asks for one."""
        return self.run.limits.extend(limit, channel, reason)
