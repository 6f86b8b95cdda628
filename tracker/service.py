"""The service: facts in; spans, totals, standings and steps out. It runs on any loop.

The app, the headless tracker, the simulation and the tests run this very class.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker import facts
from tracker.acceptance import Acceptance
from tracker.crisis import CrisisBook
from tracker.data_acts import DataActs
from tracker.days import DayCalendar, week_of
from tracker.errors import ErrorCode, KanaltidError, OutsideError
from tracker.handover import Handover
from tracker.loop import Handle
from tracker.model import Gap, Span, State, StateKind
from tracker.notice import LimitNotice, StatusNotice
from tracker.person_acts import PersonActs
from tracker.person_rules import PersonRules
from tracker.policy.extent import Extent
from tracker.policy.types import Person, Policy
from tracker.policy_answers import PolicyAnswers
from tracker.reports.archive import Archive
from tracker.reports.day import DayReport
from tracker.reports.why import Why, explain_moment
from tracker.reports.why_evidence import gather, past_moment
from tracker.run import Run
from tracker.status import Status
from tracker.surroundings import Surroundings
from tracker.watchers import front
from tracker.watchers.base import FrontPlace, Sense, Watcher, WatchHost

log = logging.getLogger(__name__)

CHECK = timedelta(seconds=4)


class Service(PersonActs, PolicyAnswers, DataActs):
    """Measures while it may, and answers at any time; see :class:`tracker.status.Overview`."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._around = surroundings
        self._acceptance = Acceptance(surroundings.storage, everything=surroundings.accept_all)
        self._run: Run | None = None
        self._crisis = CrisisBook(surroundings.storage, surroundings.clock.now, lambda: self.policy)
        self._listeners: list[Callable[[], None]] = []
        self._check: Handle | None = None
        self._archived: tuple[tuple[Policy, Person], Archive] | None = None
        self._unstarted: list[Watcher] = []
        self._lost: set[str] = set()
        self._told: set[str] = set()

    # What it is

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self._around.keeper.policy

    @property
    def run(self) -> Run:
        """The run of measuring; raises NOT_ACCEPTED where there is none."""
        if self._run is None:
            raise OutsideError(ErrorCode.NOT_ACCEPTED)
        return self._run

    @property
    def rules(self) -> PersonRules:
        """What the policy says for this person, measured or not."""
        if self._run is not None:
            return self._run.rules
        return PersonRules(self.policy, self._around.person())

    @property
    def accepted(self) -> bool:
        """Whether the person accepted what this version of the policy measures."""
        return self._acceptance.covers(self.policy, self.present_day)

    @property
    def accepted_last(self) -> Extent | None:
        """How much of this policy the person accepted last; None: nothing yet."""
        return self._acceptance.last(self.policy)

    @property
    def person(self) -> Person:
        """Whose policy it is."""
        return self._run.person if self._run is not None else self._around.person()

    def status(self) -> Status:
        """Return what is going on."""
        around, run = self._around, self._run
        senses = frozenset[Sense]().union(*(watcher.senses for watcher in around.watchers))
        backend = next((w.id for w in around.watchers if Sense.FOCUS in w.senses), None)
        now = around.clock.now()
        state = run.ledger.state if run else State(StateKind.STOPPED)
        return Status(
            state=state,
            since=run.ledger.since if run else now,
            measuring=run is not None and run.measuring,
            paused=run is not None and run.measuring_core.situation.paused,
            paused_until=run.doings.paused_until if run else None,
            accepted=run is not None,
            backend=backend,
            senses=senses,
            refused=around.refused,
            trouble=tuple((str(error.code), error.fields) for error in self._troubles()),
            quiet=run.limits.quiet if run else frozenset(),
            on_break=run is not None and run.turns.on_break(now),
            day_off=run is not None and run.turns.is_day_off(now),
            crisis=self._crisis.level,
        )

    def _troubles(self) -> list[KanaltidError]:
        found: list[KanaltidError] = []
        if self._around.keeper.trouble is not None:
            found.append(self._around.keeper.trouble)
        if self._run is not None and self._run.buffer.trouble is not None:
            found.append(self._run.buffer.trouble)
        elif self._crisis.trouble is not None:
            found.append(self._crisis.trouble)
        if self._around.storage.trouble is not None:
            found.append(self._around.storage.trouble)
        if self._run is not None and (reason := self._run.measuring_core.situation.blind):
            known = reason in ErrorCode.__members__.values()
            found.append(OutsideError(ErrorCode(reason) if known else ErrorCode.NO_BACKEND))
        return found

    # Beginning and end

    def start(self) -> None:
        """Begin: measure if the person has accepted, and look at the policy now and then."""
        if self.accepted:
            self._begin()
        self._schedule_check()
        self._changed()

    def accept(self, language: str) -> None:
        """The person saw what is measured, in ``language``, and accepts: begin."""
        self._acceptance.accept(self.policy, language, self._around.clock.now())
        if self._run is None:
            self._begin()
        self._changed()

    def _begin(self, before: Handover | None = None) -> None:
        around = self._around
        self._run = Run(around, self.policy, self._changed, lambda: self._crisis.level)
        self._run.start(before)
        if before is None:
            self._unstarted = list(around.watchers)
            self._start_watchers()

    def _start_watchers(self) -> None:
        """Start those that did not start yet: a display may come later."""
        around, run = self._around, self.run
        host = WatchHost(around.loop, self._report, self._idle_after_ms)
        for watcher in [*self._unstarted]:
            try:
                watcher.start(host)
                self._unstarted.remove(watcher)
                self._lost.discard(watcher.id)
            except OutsideError as error:
                self._lose(watcher, error)
        blind = run.measuring_core.situation.blind is not None
        if not blind and not any(Sense.FOCUS in watcher.senses for watcher in around.watchers):
            run.report(facts.Blind(around.clock.now(), ErrorCode.NO_BACKEND.value))

    def stop(self) -> None:
        """End cleanly: what was measured up to now is stored."""
        if self._check is not None:
            self._check.cancel()
        self.cancel_export()
        self.cancel_what_if()
        self._end_run()

    def _end_run(self) -> None:
        if self._run is not None:
            for watcher in self._around.watchers:
                watcher.stop()
            self._run.stop()
            self._run = None

    def _report(self, fact: facts.Fact) -> None:
        if self._run is not None:
            self._run.report(fact)

    def _idle_after_ms(self) -> int:
        return self.policy.monitoring.idle_after * 1000

    # The check

    def _schedule_check(self) -> None:
        if self._around.checked:
            at = self._around.clock.now() + CHECK
            self._check = self._around.loop.call_at(at, self._checked)

    def _checked(self) -> None:
        self.check()
        self._schedule_check()

    def check(self) -> None:
        """Confirm what watchers said, follow clock and policy, and store how far time has come."""
        around = self._around
        if self._run is not None:
            self._run.look()
        self.go_on_erasing()
        if around.keeper.look():
            self._change_policy()
        if self._run is not None:
            if self._unstarted:
                self._start_watchers()
            for watcher in around.watchers:
                try:
                    watcher.confirm()
                except OutsideError as error:
                    self._lose(watcher, error)
            self._run.check()
        self._crisis.flush()
        self._tell_troubles()
        around.loop.rearm()

    @property
    def crisis_book(self) -> CrisisBook:
        """What the person does in a crisis."""
        return self._crisis

    def crisis_turned(self) -> None:
        """Let limits follow what the person did in the crisis."""
        if self._run is not None:
            self._run.doings.follow_crisis()
        self._changed()

    def _lose(self, watcher: Watcher, error: OutsideError) -> None:
        if watcher.id not in self._lost:
            self._lost.add(watcher.id)
            log.warning("watcher %s: %s", watcher.id, error.code)
        if self._run is not None and self._run.measuring_core.situation.blind is None:
            self._run.report(facts.Blind(self._around.clock.now(), error.code.value))

    def _tell_troubles(self) -> None:
        troubles = {str(error.code): error for error in self._troubles()}
        for code in troubles.keys() - self._told:
            fields = tuple((k, str(v)) for k, v in troubles[code].fields.items())
            self._around.herald.tell(StatusNotice(code, fields))
        if troubles.keys() != self._told:
            self._told = set(troubles)
            self._changed()

    def change_policy(self, policy: Policy) -> None:
        """Put another policy into force at once; no count is reset."""
        self._around.keeper.put(policy)
        self._change_policy()

    def _change_policy(self) -> None:
        if not self.accepted:
            self._end_run()
        elif self._run is None:
            self._begin()
        else:
            self._run.change_policy(self.policy)
        self._changed()

    # What it tells

    def today(self) -> DayReport:
        """Return the present day's report up to this instant."""
        if self._run is not None:
            return self._run.today()
        return self.day(self.calendar.day_of(self._around.clock.now()))

    def day(self, day: date) -> DayReport:
        """Return any day's report."""
        if self._run is not None and day == self._run.calendar.day_of(self._around.clock.now()):
            return self._run.today()
        return self._archive().day(day)

    def week(self, day: date) -> tuple[DayReport, ...]:
        """Return the seven days of the ISO week that ``day`` lies in."""
        today = self.today()  # which counts up to now what is flushed
        if self._run is not None:
            self._run.flush()
        reports = self._archive().week(week_of(day))
        return tuple(today if report.day == today.day else report for report in reports)

    def chosen(self, channel: str) -> str:
        """Return the purpose that time in ``channel`` counts for now."""
        if self._run is not None:
            return self._run.doings.chosen(channel)
        return self.rules.default_purpose(channel)

    def held(self) -> tuple[LimitNotice, ...]:
        """Return the steps of ``ask`` and above that hold for the channel in front."""
        return self._run.limits.held() if self._run is not None else ()

    def waiting(self) -> tuple[LimitNotice, ...]:
        """Return the steps that stay in the tray while the person presents or is in a call."""
        return self._run.limits.waiting() if self._run is not None else ()

    def rows(self, day: date) -> tuple[tuple[Span, ...], tuple[Gap, ...]]:
        """Return a day's spans and gaps, the open ones included, by start."""
        storage = self._around.storage
        if self._run is not None:
            return self._run.rows(day)
        return tuple(storage.spans(day, day)), tuple(storage.gaps(day, day))

    def why(self, at: datetime | None = None) -> Why:
        """Say why the moment ``at``, or the present one, counted as it did.

        Raises:
            OutsideError: ``BAD_TIME`` of what has not come yet.
        """
        run, now = self._run, self._around.clock.now()
        moment = past_moment(at, now)
        if run is not None:
            run.look()
            run.flush()
        day = self.calendar.day_of(moment)
        rules = self._archive().rules(None if day == self.calendar.day_of(now) else day)
        situation = run.measuring_core.situation_at(moment) if run is not None else None
        evidence = gather(self._around.storage, day, rules, self.rows(day), situation)
        return explain_moment(moment, evidence)

    def spans(self, first: date, last: date) -> list[Span]:
        """Return the spans of some days, the open one included, by start."""
        spans = list(self._around.storage.spans(first, last))
        if self._run is not None:
            today = self._run.calendar.day_of(self._around.clock.now())
            live = self._run.ledger.first_day
            spans = [span for span in spans if not live <= span.day <= today]
            day = max(first, live)
            while day <= min(last, today):
                spans += self._run.rows(day)[0]
                day += timedelta(days=1)
            spans.sort(key=lambda span: span.start)
        return spans

    @property
    def calendar(self) -> DayCalendar:
        """Where the policy's days begin."""
        return DayCalendar(ZoneInfo(self.policy.timezone), self.policy.day_start)

    @property
    def present_day(self) -> date:
        """The day key of this instant."""
        return self.calendar.day_of(self._around.clock.now())

    def day_bounds(self, day: date) -> tuple[datetime, datetime]:
        """Return the instants between which the day key lies."""
        return self.calendar.bounds(day)

    def _archive(self) -> Archive:
        key = (self.policy, self.person)
        if self._archived is None or self._archived[0] != key:
            around = self._around
            self._archived = (key, Archive(around.storage, self.person, self.policy, around.parse))
        return self._archived[1]

    # The window in front

    def front_place(self) -> FrontPlace | None:
        """Return where the window in front stands, or that beneath Kanaltid's own windows."""
        return front.front_place(self._around.watchers, self._around.own_pid)

    def minimise_front(self, window: int) -> bool:
        """Minimise ``window`` if it is still the one in front; return whether."""
        return front.minimise(self._around.watchers, window, self._around.own_pid)

    def listen(self, changed: Callable[[], None]) -> Handle:
        """Call ``changed`` after each change of state, standing or trouble, until cancelled."""
        self._listeners.append(changed)
        return _Listener(self._listeners, changed)

    def _changed(self) -> None:
        for changed in list(self._listeners):
            changed()


class _Listener:
    def __init__(self, listeners: list[Callable[[], None]], changed: Callable[[], None]) -> None:
        self._listeners = listeners
        self._changed = changed

    def cancel(self) -> None:
        if self._changed in self._listeners:
            self._listeners.remove(self._changed)


def explain(trouble: tuple[str, Mapping[str, object]]) -> OutsideError:
    """Return the error of a status's trouble, to be put in words."""
    code, fields = trouble
    return OutsideError(ErrorCode(code), **fields)
