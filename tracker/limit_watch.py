"""Watches limits while time counts: takes the steps that are due, and awaits the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from tracker.days import DayCalendar
from tracker.errors import ErrorCode, OutsideError
from tracker.ledger import Ledger, key_of
from tracker.limits import early, engine
from tracker.limits.extending import LONGEST_REASON, ExtendRefusal, checked_reason
from tracker.limits.types import Book, DueStep, Period, Standing
from tracker.loop import Handle, Loop
from tracker.model import TotalKey, Totals
from tracker.notice import Herald, LimitNotice
from tracker.policy.types import StepKind
from tracker.quiet.base import Probe, Reason
from tracker.quiet.gate import QuietGate
from tracker.storage.base import Extension, Record, StepTaken

Hold = tuple[str, str | None, Period, str, StepKind, str]
ONCE = frozenset({StepKind.NOTIFY, StepKind.ASK})


class LimitWatch:
    """The one that knows where limits stand now.

    Args:
        loop: Where the next crossing is awaited.
        calendar: Where days begin.
        ledger: Whose totals are judged.
        rules: The policy, for this person.
        herald: Told of each step.
        record: Keeps what must hold over a restart.
        input_recent: Whether there was input within the last 10 s.
        behind: What would count but for an own window or idleness in front; see
            :func:`tracker.visit.state_behind`.
        changed: Called when other steps hold than before.
        lifted: The limits that take no step now, because of a crisis.
        look: Notes that the process is awake, before time is counted up to now.
        earlier_min: How many minutes before each ladder a notice comes as well, by the
            person's own wish; 0: none does.
        quiet: Tells of moments at which every step stays in the tray; None: of none.
        app: The app in front.
    """

    def __init__(
        self,
        loop: Loop,
        calendar: DayCalendar,
        ledger: Ledger,
        *,
        rules: engine.Rules,
        herald: Herald,
        record: Callable[[Record], None],
        input_recent: Callable[[], bool],
        lifted: Callable[[], frozenset[str]],
        look: Callable[[], None],
        earlier_min: Callable[[], int] = lambda: 0,
        behind: Callable[[], TotalKey | None],
        changed: Callable[[], None],
        quiet: Probe | None = None,
        app: Callable[[], str] = lambda: "",
    ) -> None:
        self._loop = loop
        self._calendar = calendar
        self._ledger = ledger
        self._rules = rules
        self._herald = herald
        self._record = record
        self._input_recent = input_recent
        self._lifted = lifted
        self._look = look
        self._earlier_min = earlier_min
        self._behind = behind
        self._changed = changed
        self._app = app
        self._gate = QuietGate(loop, quiet, self._count_up)
        self._waiting: dict[Hold, LimitNotice] = {}
        self._quiet: tuple[frozenset[Reason], frozenset[Hold]] = (frozenset(), frozenset())
        self._day: date | None = None
        self._week: tuple[date, ...] = ()
        self._extensions: tuple[Extension, ...] = ()
        self._taken: tuple[StepTaken, ...] = ()
        self._held: frozenset[Hold] = frozenset()
        self._told: dict[Hold, LimitNotice] = {}
        self._holding: dict[Hold, LimitNotice] = {}
        self._earlier: tuple[int, Totals] = (-1, {})
        self._crossing: Handle | None = None

    def remember(self, records: Iterable[Record]) -> None:
        """Take up the week's extensions and steps that were stored before this run."""
        for record in records:
            if isinstance(record, Extension):
                self._extensions += (record,)
            elif isinstance(record, StepTaken):
                self._taken += (record,)

    def change(self, rules: engine.Rules, calendar: DayCalendar) -> None:
        """Go by another policy; what was used and taken stays."""
        self._rules = rules
        self._calendar = calendar
        self._day = None

    def book(self) -> Book:
        """Return what limits are judged by at this moment."""
        day = self._calendar.day_of(self._ledger.now)
        if day != self._day:
            self._turn(day)
        # The same tuples each time: the engine indexes them once.
        return Book(
            day,
            self._ledger.totals(day),
            self._week_totals(),
            self._extensions,
            self._taken,
            self._lifted(),
        )

    def _turn(self, day: date) -> None:
        """Let go of what no longer bears on ``day``."""
        self._day = day
        self._earlier = (-1, {})
        week = self._calendar.week_of(day)
        self._week = self._calendar.days_of_week(week)
        self._told = {h: n for h, n in self._told.items() if n.step.do not in ONCE}
        self._extensions = tuple(e for e in self._extensions if e.day in self._week)
        self._taken = tuple(s for s in self._taken if s.period in (day.isoformat(), week))

    def _week_totals(self) -> Totals:
        if not self._rules.has_weeks or self._day is None:
            return {}
        changes, earlier = self._earlier
        if changes != self._ledger.past_changes:
            sums: Counter[TotalKey] = Counter()
            for day in self._week:
                if day < self._day:
                    sums.update(self._ledger.totals(day))
            earlier = sums
            self._earlier = (self._ledger.past_changes, earlier)
        sums = Counter(earlier)
        sums.update(self._ledger.totals(self._day))
        return sums

    def standings(self) -> tuple[Standing, ...]:
        """Return where the limits stand now."""
        return engine.standings(self._rules, self.book())

    def review(self) -> None:
        """Take what is due at the ledger's now, and await the next crossing."""
        if self._crossing is not None:
            self._crossing.cancel()
            self._crossing = None
        self._waiting = {}
        key = key_of(self._ledger.state)
        if key is None:
            self._held = frozenset()
            self._hold(self._behind())
        else:
            self._review_counting(key)
        self._review_quiet()

    def _review_counting(self, key: TotalKey) -> None:
        self._tell_early(key)
        book = self.book()
        steps = engine.due(self._rules, book, key)
        # A hold that is due no more, or in another channel, begins anew when it is due again.
        self._held &= {_hold(due, key) for due in steps}
        for due in steps:
            self._take(due, key)
        if steps:
            book = self.book()
        self._hold(key)
        wait = self._wait(book, key)
        if wait is not None:
            at = self._ledger.now + timedelta(milliseconds=wait)
            self._crossing = self._loop.call_at(at, self._crossed)

    def _wait(self, book: Book, key: TotalKey) -> int | None:
        """Return after how many counted milliseconds there is something to do again."""
        waits = (
            engine.next_crossing(self._rules, book, key),
            early.next_early(self._rules, book, key, self._earlier_min()),
        )
        return min((wait for wait in waits if wait is not None), default=None)

    def _tell_early(self, key: TotalKey) -> None:
        """Tell what the person wants to be told before the policy does."""
        book = self.book()
        for due in early.due_early(self._rules, book, key, self._earlier_min()):
            if not self._may_act(due, key):
                continue
            taken = early.taken_early(due, book, self._ledger.now)
            self._taken += (taken,)
            self._record(taken)
            self._herald.tell(LimitNotice(due, key.channel, key.purpose))

    def _crossed(self) -> None:
        self._crossing = None
        self._count_up()

    def _count_up(self) -> None:
        """Review with all that counted up to now."""
        self._look()
        self._ledger.advance(self._loop.clock.now())
        self.review()

    def _take(self, due: DueStep, key: TotalKey) -> None:
        if due.do is not StepKind.NOTIFY and not self._input_recent():
            return  # tried again with the next input or check
        if due.do not in ONCE and _hold(due, key) in self._held:
            return
        if not self._may_act(due, key):
            return
        if due.do not in ONCE:
            self._held |= {_hold(due, key)}
        taken = engine.taken(due, self.book(), self._ledger.now)
        self._taken += (taken,)
        self._record(taken)
        notice = LimitNotice(due, key.channel, key.purpose)
        if due.do is not StepKind.NOTIFY:
            self._told[_hold(due, key)] = notice
        self._herald.tell(notice)

    def _may_act(self, due: DueStep, key: TotalKey) -> bool:
        """Return whether a step may leave the tray; if not, it is tried again."""
        if self._gate.is_open(self._app()):
            return True
        self._waiting[_hold(due, key)] = LimitNotice(due, key.channel, key.purpose)
        return False

    def _review_quiet(self) -> None:
        """Go on asking while a step waits or holds, and tell what has changed."""
        if self._holding:
            self._gate.keep_watch(self._app())
        elif not self._waiting:
            self._gate.rest()
        quiet = (self._gate.reasons, frozenset(self._waiting if self._gate.reasons else ()))
        if quiet != self._quiet:
            self._quiet = quiet
            self._changed()

    @property
    def quiet(self) -> frozenset[Reason]:
        """Why steps stay in the tray; known only while there are any."""
        return self._gate.reasons

    def waiting(self) -> tuple[LimitNotice, ...]:
        """Return the steps that are due and stay in the tray; they come afterwards."""
        return tuple(self._waiting.values()) if self._gate.reasons else ()

    def held(self) -> tuple[LimitNotice, ...]:
        """Return the steps of ``ask`` and above that hold now, each with its present standing.

        An ``ask`` holds while what it asked about is so: while the channel is in front,
        time there counts toward the limit, and no more is left. All hold on behind
        Kanaltid's own windows, where nothing counts: to answer one is not to leave. None
        does while steps stay in the tray.
        """
        return () if self._gate.reasons else tuple(self._holding.values())

    def _hold(self, key: TotalKey | None) -> None:
        """Work out what holds while ``key`` is in front, or behind an own window."""
        before, self._holding = self._holding, {}
        if key is not None and self._told:
            book = self.book()
            due = {_hold(step, key): step for step in engine.due(self._rules, book, key)}
            for hold, notice in list(self._told.items()):
                step = due.get(hold)
                if notice.step.do in ONCE and notice.channel == key.channel:
                    step = engine.stands(self._rules, book, key, notice.step)
                if step is not None:
                    self._holding[hold] = LimitNotice(step, key.channel, key.purpose)
        self._told = {
            hold: notice
            for hold, notice in self._told.items()
            if notice.step.do in ONCE or hold in self._holding
        }
        if before.keys() != self._holding.keys():
            self._changed()

    def offer(self, limit: str, channel: str | None) -> engine.ExtensionOffer:
        """Return what is left of the extensions of ``limit``."""
        return engine.extension_offer(self._rules, self.book(), limit, channel)

    def extend(self, limit: str, channel: str | None, reason: str = "") -> Extension:
        """Take an extension of ``limit``, by the rules of its ladder.

        The reason is kept where the policy asks for one.

        Raises:
            OutsideError: The policy refuses it; the code says why.
        """
        self._ledger.advance(self._loop.clock.now())
        offer = self.offer(limit, channel)
        given = offer.refusal or checked_reason(offer, reason)
        if isinstance(given, ExtendRefusal):
            raise OutsideError(
                ErrorCode.EXTENSION_REFUSED, limit=limit, reason=given.value, most=LONGEST_REASON
            )
        now = self._ledger.now
        taken = Extension(self._calendar.day_of(now), limit, channel, now, offer.minutes, given)
        self._extensions += (taken,)
        self._record(taken)
        self.review()
        return taken

    def stop(self) -> None:
        """Await nothing any more."""
        self._gate.rest()
        if self._crossing is not None:
            self._crossing.cancel()
            self._crossing = None


def _hold(due: DueStep, key: TotalKey) -> Hold:
    """Return what tells a hold from others: the same step in another channel is another."""
    standing = due.standing
    return standing.limit, standing.channel, standing.period, due.mark.text, due.do, key.channel
