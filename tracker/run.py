"""A run: from the moment that measuring may begin to its end, over days and policies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker import facts
from tracker.buffer import WriteBuffer
from tracker.classify.classifier import Classifier
from tracker.clock import Anchor, LedgerClock, TimeSource, instant_of_note
from tracker.days import DayCalendar, days_of_week, week_of
from tracker.doings import DAY_OFF, Doings
from tracker.errors import OutsideError
from tracker.guideline_watch import NOTE as GUIDELINES
from tracker.guideline_watch import GuidelineWatch
from tracker.handover import Handover
from tracker.judge import Judge
from tracker.ledger import Ledger, key_of
from tracker.limit_watch import LimitWatch
from tracker.measuring import STALL_MS, Measuring, stopped_states
from tracker.model import Gap, Span, State, StateKind, TotalKey, ms_between
from tracker.person_rules import PersonRules
from tracker.policy.hours import HoursPlan
from tracker.policy.types import Policy
from tracker.reports.archive import build_day
from tracker.reports.day import DayReport
from tracker.situation import DayTurned, HoursTurned, RulesChanged, Situation
from tracker.storage.base import PolicyText, Record, Storage
from tracker.stored_rows import StoredRows
from tracker.surroundings import Surroundings
from tracker.timeline import Timeline
from tracker.turns import Turns
from tracker.watchers.base import Sense

ALIVE = "alive"
"""The note of the instant inside hours up to which time is accounted for."""

ANCHOR = "clock_anchor"
RECENT_INPUT_MS = 10_000
_NOT_MEASURING = frozenset(
    {
        StateKind.STOPPED,
        StateKind.ASLEEP,
        StateKind.LOCKED,
        StateKind.PAUSED,
        StateKind.OFF_HOURS,
        StateKind.NOT_MEASURED,
    }
)


def resume_clock(source: TimeSource, storage: Storage) -> LedgerClock:
    """Return a clock that goes on where the one of the last run ended."""
    alive = instant_of_note(storage.note(ALIVE))
    return LedgerClock(source, Anchor.loads(storage.note(ANCHOR)), alive)


class Run:
    """Measures from :meth:`start` to :meth:`stop`.

    Args:
        around: What there is to work with.
        policy: The policy in force at the start.
        changed: Called when something that can be seen has changed.
        crisis: Gives the level of the crisis plan that the person has open.
    """

    def __init__(
        self,
        around: Surroundings,
        policy: Policy,
        changed: Callable[[], None],
        crisis: Callable[[], str | None],
    ) -> None:
        self._around = around
        self._crisis = crisis
        self._changed = changed
        self._policy = policy
        self.person = around.person()
        self._rules = PersonRules(policy, self.person)
        self.calendar = DayCalendar(ZoneInfo(policy.timezone), policy.day_start)
        self.buffer = WriteBuffer(
            around.storage, lambda: PolicyText(self._policy.hash, self._policy.text)
        )
        self._shown: State | None = None
        self._forgot: date | None = None

    def start(self, before: Handover | None = None) -> None:
        """Take up where the last run ended, and begin; what ``before`` saw still holds."""
        around = self._around
        now = before.at if before else around.clock.now()
        today = self.calendar.day_of(now)
        self._started = now
        self._first_seq = around.storage.next_seq()
        self.turns = Turns(
            around.loop,
            self.calendar,
            HoursPlan(self._policy, self.calendar.zone),
            self._turned,
            around.storage.records(today - timedelta(days=1), today),
            day_off=around.storage.note(DAY_OFF),
        )
        self.ledger = self._make_ledger(now)
        self.stored = StoredRows(around.storage, self.buffer, self.ledger, self._first_seq)
        self._seed(today)
        self.ledger.rewrite(now, [(now, State(StateKind.OTHER))])
        seen = before.situation if before else Situation(self._rules)
        hours = self.turns.window(now)
        timeline = Timeline(now, replace(seen, rules=self._rules, hours=hours, choices={}))
        self.judge = before.judge if before else Judge(*self._classifier(), around.own_pid)
        self.measuring_core = Measuring(
            around.loop,
            self.judge,
            timeline,
            self.ledger,
            audible_cap=timedelta(minutes=self._policy.monitoring.audible_cap),
            settled=self._settled,
            slept_ms=self._slept_ms,
            stalls=around.checked,
            turns=self.turns.all_within,
        )
        self.limits = LimitWatch(
            around.loop,
            self.calendar,
            self.ledger,
            rules=self._rules.limits,
            herald=around.herald,
            record=self._record,
            input_recent=self._input_recent,
            lifted=lambda: self.doings.lifted,
            look=self.look,
            earlier_min=around.earlier_min,
            behind=self._behind,
            changed=self._changed,
            quiet=around.quiet,
            app=lambda: self.measuring_core.app,
        )
        self.doings = Doings(
            around.loop,
            record=self._record,
            note=self.buffer.note,
            measuring=self.measuring_core,
            ledger=self.ledger,
            turns=self.turns,
            rules=self._rules,
            calendar=self.calendar,
            crisis=self._crisis,
        )
        self.guidelines = GuidelineWatch(
            around.loop,
            self._policy,
            around.herald,
            kept=around.storage.note(GUIDELINES),
            note=self.buffer.note,
            probe=around.quiet,
            busy=lambda: self._crisis() is not None,
            settle=self._settled,
        )
        self._take_up(today)
        self.turns.arm(now)
        self.measuring_core.settle(now)
        self.check()

    def _classifier(self) -> tuple[Classifier, frozenset[str]]:
        channels = self._policy.channels
        ids = frozenset(each.id for each in channels)
        return Classifier(channels, self._around.catalogue), ids

    def _make_ledger(self, now: datetime) -> Ledger:
        """Return a ledger that tells since when the program did not run."""
        around = self._around
        start = now
        alive = instant_of_note(around.storage.note(ALIVE))
        if alive is not None:
            earliest = now - timedelta(days=self._policy.monitoring.keep_days.spans)
            start = min(now, max(alive, earliest))
        states = stopped_states(
            start, self.turns.within(start, now), self.turns.window(start) is not None
        )
        ledger = Ledger(self.calendar, around.storage.device, self._first_seq, start, states[0][1])
        ledger.advance(now)
        ledger.rewrite(start, states)
        return ledger

    def _seed(self, today: date) -> None:
        """Give the ledger what is stored of the week, and of the days that it spans."""
        first = min(days_of_week(week_of(today))[0], self.calendar.day_of(self.ledger.start))
        for day, totals in self._around.storage.totals(first, today).items():
            self.ledger.seed(day, totals)
        self.ledger.elapsed.clear()

    def _take_up(self, today: date) -> None:
        """Take up what still holds from before: steps, extensions, the person's doings."""
        storage = self._around.storage
        week = days_of_week(week_of(today))
        records = storage.records(week[0], week[-1])
        self.limits.remember(records)
        self.doings.take_up(records, storage)
        self.forget(today)

    def stop(self) -> None:
        """Store what was measured up to now, and await nothing any more."""
        self.measuring_core.look()
        self._store_until(self._around.clock.now())
        self.halt()

    def halt(self) -> None:
        """Await nothing any more; what was not stored yet is let go."""
        for part in (self.turns, self.limits, self.doings, self.measuring_core):
            part.stop()

    # What comes in

    def report(self, fact: facts.Fact) -> None:
        """Take in a watcher's fact."""
        if isinstance(fact, facts.Idle) and fact.since < self._started:
            # Nobody was there since before this run: what an earlier one counted goes too.
            days = (self.calendar.day_of(at) for at in (fact.since, self._started))
            self.stored.take_back(fact.since, *days)
        self.measuring_core.report(fact)

    def look(self) -> None:
        """Note that the process is awake."""
        self.measuring_core.look()

    def _turned(self, turn: HoursTurned | DayTurned) -> None:
        self.look()
        if ms_between(turn.at, self._around.clock.now()) <= STALL_MS:
            # Before the hours end: outside them nothing is stored. A turn that is told later
            # than that was slept through, and the look has put it where it belongs.
            self._store_until(turn.at)
            self.measuring_core.insert(turn)
        if isinstance(turn, DayTurned):
            self.forget(turn.day)
            self._ask_person(turn.at)

    def _store_until(self, instant: datetime) -> None:
        """Count and store the open state, and take no step: time stops counting here."""
        self.ledger.advance(instant)
        self.flush()

    def _ask_person(self, at: datetime) -> None:
        """Ask who the person is: from ``at`` on they may be in other groups."""
        person = self._around.person()
        if person == self.person:
            return
        self.person = person
        self._rules = PersonRules(self._policy, person)
        self.limits.change(self._rules.limits, self.calendar)
        self.doings.change(self._rules, self.calendar)
        self.measuring_core.insert(RulesChanged(at, self._rules))

    def check(self) -> None:
        """Follow the clock, settle, and store how far time has come."""
        clock = self._around.clock
        step = clock.check()
        if step is not None:
            self.measuring_core.skip(step.start, step.end)
        else:
            self.measuring_core.settle(clock.now())
        self.flush()
        today = self.calendar.day_of(self.ledger.now)
        if today != self._forgot:
            self.forget(today)

    def flush(self) -> bool:
        """Offer what waits to the store; return whether nothing waits any more."""
        self.ledger.take(self.buffer.batch, anew=self.buffer.is_anew())
        self._note_accounted()
        if self.measuring_core.situation.hours is not None:
            self.buffer.note(ANCHOR, self._around.clock.anchor.dumps())
        return self.buffer.flush()

    def _note_accounted(self) -> None:
        accounted = self.ledger.accounted
        if accounted is not None:
            self.buffer.note(ALIVE, accounted.isoformat())

    def forget(self, today: date) -> None:
        """Delete what the policy no longer keeps, and let go of what can't change any more."""
        keep = self._policy.monitoring.keep_days
        try:
            self._around.storage.forget(
                today - timedelta(days=keep.spans), today - timedelta(days=keep.totals)
            )
        except OutsideError as error:
            self.buffer.trouble = error
            return
        self._forgot = today
        self.ledger.take(self.buffer.batch)
        self._note_accounted()
        yesterday = self.calendar.bounds(today - timedelta(days=1))[0]
        self.measuring_core.forget(yesterday)
        self.ledger.forget(yesterday)

    def change_policy(self, policy: Policy) -> None:
        """Go by another policy from now on; no count is reset."""
        now = self._around.clock.now()
        self.measuring_core.settle(now)
        self.flush()
        self._policy = policy
        self.person = self._around.person()
        self._rules = PersonRules(policy, self.person)
        self.calendar = DayCalendar(ZoneInfo(policy.timezone), policy.day_start)
        self.ledger.change_calendar(self.calendar)
        self.limits.change(self._rules.limits, self.calendar)
        self.doings.change(self._rules, self.calendar)
        self.guidelines.change(policy)
        self.measuring_core.audible_cap = timedelta(minutes=policy.monitoring.audible_cap)
        self.turns.change(self.calendar, HoursPlan(policy, self.calendar.zone), now)
        self.measuring_core.insert(
            RulesChanged(now, self._rules), *self.judge.change(*self._classifier(), now)
        )
        if self.measuring_core.situation.hours is not None:
            self.buffer.keep_policy(self.calendar.day_of(now))

    def _record(self, record: Record) -> None:
        # It holds all the same, until the program ends: outside hours nothing is stored.
        if self.measuring_core.situation.hours is not None:
            self.buffer.record(record)

    # What it tells

    @property
    def rules(self) -> PersonRules:
        """What the policy in force says for this person."""
        return self._rules

    def break_left_ms(self) -> int:
        """Return how long a flexible break lasts that goes on, or begins now; 0: none may."""
        return self.turns.break_left_ms(self._around.clock.now())

    @property
    def measuring(self) -> bool:
        """Whether time is being measured at this moment."""
        return self.ledger.state.kind not in _NOT_MEASURING

    def today(self) -> DayReport:
        """Return the present day's report up to this instant."""
        self.look()
        self.ledger.advance(self._around.clock.now())
        book = self.limits.book()
        return build_day(
            self._rules.limits,
            book,
            self.ledger.day_totals(book.day).gaps,
            self._around.storage.device,
            measuring=self.measuring,
            levels=self.doings.crisis_levels(book.day),
        )

    def rows(self, day: date) -> tuple[tuple[Span, ...], tuple[Gap, ...]]:
        """Return a day's spans and gaps, the open ones included, by start."""
        self.look()
        self.ledger.advance(self._around.clock.now())
        rows = self.stored.of_day(day)
        return (
            tuple(row for row in rows if isinstance(row, Span)),
            tuple(row for row in rows if isinstance(row, Gap)),
        )

    def _settled(self) -> None:
        self.doings.review()
        self.limits.review()
        state = self.ledger.state
        if self._around.checked:
            self.guidelines.review(state, self.measuring_core.app)
        if state != self._shown:
            self._shown = state
            self._changed()

    def _slept_ms(self) -> int:
        source = self._around.clock.source
        return (source.elapsed_ns() - source.awake_ns()) // 1_000_000

    def _behind(self) -> TotalKey | None:
        state = self.measuring_core.behind
        return key_of(state) if state is not None else None

    def _input_recent(self) -> bool:
        if self.measuring_core.situation.idle:
            return False
        age_ms = self.input_age_ms()
        return age_ms is None or age_ms <= RECENT_INPUT_MS

    def input_age_ms(self) -> int | None:
        """Return how long ago the last input was; None where nobody tells."""
        known = [
            ms
            for watcher in self._around.watchers
            if Sense.IDLE in watcher.senses and (ms := watcher.idle_ms()) is not None
        ]
        return min(known, default=None)
