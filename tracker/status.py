"""What the running program is doing at this moment, as the tray and the window show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from tracker.crisis import OpenCrisis
from tracker.limits.extending import ExtensionOffer
from tracker.loop import Handle
from tracker.model import Device, Gap, Span, State
from tracker.notice import LimitNotice
from tracker.policy.extent import Extent
from tracker.policy.load import Loaded
from tracker.policy.types import Person, Policy, Purpose
from tracker.quiet.base import Reason
from tracker.reports.day import DayReport
from tracker.reports.own_data import ExportProgress
from tracker.reports.trends import TrendWeek
from tracker.reports.week_facts import WeekFacts
from tracker.reports.what_if_plan import WhatIfPlan, WhatIfProgress
from tracker.reports.why import Why
from tracker.reports.why_limit import WhyLimit
from tracker.storage.base import Consent, Evaluation, Extension, Stored, StoredRow
from tracker.visit import Visit
from tracker.watchers.base import FrontPlace, Refusal, Sense


@dataclass(frozen=True, slots=True)
class Status:
    """The state now and since when, and what can be seen on this desktop."""

    state: State
    since: datetime
    measuring: bool
    """Whether time is being measured: running, accepted, not paused, not blind, inside hours."""

    paused: bool
    paused_until: datetime | None
    accepted: bool
    """Whether the person accepted this policy version; nothing is stored before."""

    backend: str | None
    senses: frozenset[Sense]
    refused: tuple[Refusal, ...]
    trouble: tuple[tuple[str, Mapping[str, object]], ...] = ()
    """What stands in the way, as error codes with fields: blind, a broken policy, a full disk."""

    quiet: frozenset[Reason] = frozenset()
    """Why steps stay in the tray at this moment; see :meth:`Overview.waiting`."""

    on_break: bool = False
    """Whether a flexible break that the person took goes on."""

    day_off: bool = False
    """Whether the person does not work today."""

    crisis: str | None = None
    """The level of the crisis plan that the person has open."""


class Overview(Protocol):
    """What windows, tray and command line may ask of the running service, on its thread."""

    @property
    def policy(self) -> Policy:
        """The policy in force."""

    @property
    def person(self) -> Person:
        """Whose policy it is: the login name and the system's groups."""

    @property
    def accepted_last(self) -> Extent | None:
        """How much of this policy the person accepted last; None: nothing yet."""

    def status(self) -> Status:
        """Return what is going on."""

    def today(self) -> DayReport:
        """Return the present day's report up to this instant."""

    def day(self, day: date) -> DayReport:
        """Return any day's report."""

    def week(self, day: date) -> tuple[DayReport, ...]:
        """Return the seven days of the ISO week that ``day`` lies in."""

    def rows(self, day: date) -> tuple[tuple[Span, ...], tuple[Gap, ...]]:
        """Return a day's spans and gaps, the open ones included, by start."""

    def day_bounds(self, day: date) -> tuple[datetime, datetime]:
        """Return the instants between which the day key lies."""

    def accept(self, language: str) -> None:
        """The person has seen what is measured, in ``language``, and accepts: begin."""

    def pause(self, until: datetime | None = None) -> None:
        """Stop measuring until an instant, or until resumed."""

    def resume(self) -> None:
        """Measure again."""

    def purposes(self, channel: str, day: date | None = None) -> tuple[Purpose, ...]:
        """Return the work purposes that the person may choose for ``channel``.

        That is today, or on ``day``. ``private`` may always be chosen, and is not among them.
        """

    def chosen(self, channel: str) -> str:
        """Return the purpose that time in ``channel`` counts for now, chosen or not."""

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

    def correct(self, rows: Sequence[tuple[Device, int]], purpose: str) -> tuple[Span, ...]:
        """Let stored spans be for ``purpose``, marked as corrected; the open one up to now.

        All of them or, with an OutsideError, none. Totals and limits follow at once.

        Args:
            rows: Device and number of each; of any kept day.
            purpose: Permitted for the channel of each, on its day.

        Returns:
            Those that changed, as they were: for :meth:`restore`.
        """

    def restore(self, spans: Sequence[Span]) -> None:
        """Let corrected spans be what they were: the way back from :meth:`correct`."""

    def results(self, day: date) -> Mapping[str, int]:
        """Return the person's own count of each purpose that has results and is permitted."""

    def count_result(self, purpose: str, by: int = 1) -> None:
        """Add to today's own count of a purpose; it is never below 0."""

    def extend(self, limit: str, channel: str | None = None, reason: str = "") -> Extension:
        """Take an extension of ``limit``; raises OutsideError where the policy refuses it.

        The ``reason`` is kept where the policy asks for one; see :meth:`offer`.
        """

    def offer(self, limit: str, channel: str | None = None) -> ExtensionOffer:
        """Return what is left of the extensions of ``limit``, and why none may be had now."""

    def held(self) -> tuple[LimitNotice, ...]:
        """Return the steps of ``ask`` and above that hold for the channel in front.

        Each with its present standing. They hold on behind Kanaltid's own windows, where
        nothing counts; see :meth:`tracker.limit_watch.LimitWatch.held`.
        """

    def visit(self) -> Visit | None:
        """Return the visit to a channel that goes on, be it behind an own window."""

    def input_age_ms(self) -> int | None:
        """Return how long ago the last input was; None where nobody tells."""

    def break_left_ms(self) -> int | None:
        """Return how long a flexible break lasts that goes on, or begins now.

        0 where none may be taken now, None where the policy has none.
        """

    def take_break(self) -> None:
        """Begin a flexible break."""

    def end_break(self) -> None:
        """End the flexible break."""

    def take_day_off(self) -> None:
        """The person does not work today: nothing more is stored."""

    def end_day_off(self) -> None:
        """The person works today after all: measure from now on."""

    def crisis(self) -> OpenCrisis | None:
        """Return the crisis that the person has open; before acceptance too."""

    def unevaluated_crisis(self) -> OpenCrisis | None:
        """Return the last crisis that was closed, as long as it is not evaluated."""

    def open_crisis(self, level: str | None, link: str | None = None) -> None:
        """Open a level of the crisis plan, or close it with None; before acceptance too.

        Deadlines count from now on; of the level that is open, only the link changes. A
        link of None keeps the one that is there.
        """

    def set_crisis_step(self, index: int, *, done: bool) -> None:
        """Note that a step of the open level, counted from 0, is done or not."""

    def evaluate_crisis(self, happened: str, fault: str, learnt: str) -> Evaluation:
        """Keep what was learnt of the crisis that is open, and close it; else of the last one.

        Raises OutsideError where it can't be stored; then nothing has changed.
        """

    def drop_crisis(self) -> None:
        """Let go of the closed crisis: there is nothing to write down."""

    def evaluations(self) -> Sequence[Evaluation]:
        """Return what was written down after crises, oldest first."""

    def why(self, at: datetime | None = None) -> Why:
        """Say why the moment ``at``, or the present one, counted as it did."""

    def why_limit(self, limit: str, channel: str | None = None) -> WhyLimit | None:
        """Say why a limit stands where it does today; None where the person has no such limit.

        ``channel`` is as in a standing of it.
        """

    def earlier_policy(self) -> Policy | None:
        """Return the version that was in force before the present one came, as far as kept."""

    @property
    def broken_policy(self) -> Loaded | None:
        """The file that was refused, with its errors, while another policy is in force."""

    @property
    def data_place(self) -> Path | None:
        """The folder that holds the data; None where none does."""

    def consent(self) -> Consent | None:
        """Return what the person accepted last of this policy."""

    def store_now(self) -> None:
        """Store what was measured up to now; raises OutsideError where that can't be."""

    def counted(self, first: date, last: date) -> Mapping[Stored, int]:
        """Return how many rows of each kind the days have; of the lasting kinds, all."""

    def latest(self, kind: Stored, first: date, last: date) -> date | None:
        """Return the last of the days that has rows of the kind."""

    def stored(self, kind: Stored, first: date, last: date) -> Sequence[StoredRow]:
        """Return the days' rows of a kind as they are stored; of a lasting kind, all."""

    def week_facts(self, day: date) -> WeekFacts:
        """Return what a summary of the ISO week that ``day`` lies in is made of."""

    def trend_weeks(self, first: date, last: date) -> tuple[TrendWeek, ...]:
        """Return the ISO weeks from that of ``first`` to that of ``last``, up to this instant."""

    def export_data(
        self, file: Path, told: Callable[[ExportProgress], None], *, force: bool = False
    ) -> Handle:
        """Write all that is stored to a file; ``told`` is called on the way and at the end."""

    def what_if(self, plan: WhatIfPlan, told: Callable[[WhatIfProgress], None]) -> Handle:
        """Judge past days under another policy; ``told`` is called on the way and at the end."""

    def delete(self, first: date, last: date) -> date | None:
        """Delete all of the days for good: a piece of the work, the last first.

        Returns the day up to which there is more to delete: ask again with it as ``last``.
        Raises OutsideError where the store can't be written to.
        """

    def erase(self) -> bool:
        """Delete everything for good, consents first: a piece of the work.

        Nothing is measured until it is over, and then until the person accepts again.
        Returns whether there is more: ask again. Raises OutsideError as ``delete`` does.
        """

    def withdraw(self) -> None:
        """Take back what was accepted: nothing more is measured; what is stored stays."""

    def waiting(self) -> tuple[LimitNotice, ...]:
        """Return the steps that stay in the tray while the person presents or is in a call."""

    def front_place(self) -> FrontPlace | None:
        """Return where the window in front stands; None where the desktop doesn't tell.

        While a window of Kanaltid is in front: the one that was in front before it.
        """

    def minimise_front(self, window: int) -> bool:
        """Minimise ``window``, told by :meth:`front_place`, if it still is the one in front.

        Returns:
            Whether the desktop was asked to. Windows of Kanaltid never are minimised.
        """

    def listen(self, changed: Callable[[], None]) -> Handle:
        """Call ``changed`` after each change of state, standing or trouble, until cancelled."""
