"""What the person does: pauses, purposes, breaks, a crisis level, a day off.

Each holds over a restart: what is noted here is taken up by the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from tracker import facts
from tracker.choices import ChoiceWatch
from tracker.clock import instant_of_note
from tracker.crisis_marks import CrisisMarks
from tracker.days import DayCalendar
from tracker.errors import ErrorCode, OutsideError
from tracker.ledger import Ledger
from tracker.loop import Handle, Loop
from tracker.measuring import Measuring
from tracker.model import MILLISECOND, ms_between
from tracker.person_rules import PersonRules
from tracker.situation import ChoiceLapsed, ChoiceMade, ChoicesDue
from tracker.storage.base import PurposeChoice, Record, Storage
from tracker.turns import Turns

PAUSE = "pause"
"""The note of a pause: nothing, ``for good``, or the instant at which it ends."""

FOR_GOOD = "for good"
DAY_OFF = "day_off"
"""The note of the last day on which the person did not work."""

LAPSED = ""
"""Stands for the purpose in the record of a choice that ended unused."""

LONGEST_NOTE = 500
"""The characters of a note beside a purpose that are kept."""


class Doings:
    """The person's doings in one run.

    Args:
        loop: Gives the time, and awaits the end of a pause.
        record: Keeps a record for the days that follow.
        note: Keeps a note for the next run.
        measuring: Is told of each fact.
        ledger: Knows the visit under way.
        turns: Is told of breaks and days off.
        rules: What the policy permits the person.
        calendar: Where days begin.
        crisis: Gives the level of the crisis plan that the person has open.
    """

    def __init__(
        self,
        loop: Loop,
        *,
        record: Callable[[Record], None],
        note: Callable[[str, str], None],
        measuring: Measuring,
        ledger: Ledger,
        turns: Turns,
        rules: PersonRules,
        calendar: DayCalendar,
        crisis: Callable[[], str | None],
    ) -> None:
        self._loop = loop
        self._record = record
        self._note = note
        self._measuring = measuring
        self._ledger = ledger
        self._turns = turns
        self._rules = rules
        self._calendar = calendar
        self._choices = ChoiceWatch(loop, self._rest_of, self._end_choice)
        self._pause_end: Handle | None = None
        self.paused_until: datetime | None = None
        self._crisis = crisis
        self._crisis_marks = CrisisMarks(record)

    def take_up(self, records: Iterable[Record], storage: Storage) -> None:
        """Take up what still holds from before."""
        now = self._loop.clock.now()
        today = self._calendar.day_of(now)
        kept = tuple(records)
        self._crisis_marks.take_up(kept)
        for record in kept:
            if isinstance(record, PurposeChoice) and record.day == today:
                self._measuring.insert(_taken_up(record, now))
        pause = storage.note(PAUSE)
        if pause == FOR_GOOD:
            self.pause(None)
        elif (until := instant_of_note(pause)) is not None and until > now:
            self.pause(until)

    def change(self, rules: PersonRules, calendar: DayCalendar) -> None:
        """Go by another policy."""
        self._rules = rules
        self._calendar = calendar

    def _rest_of(self, purpose: str) -> timedelta | None:
        return self._rules.rest_of(purpose)

    def review(self) -> None:
        """Look which choices are in use; called when the ledger is right up to now."""
        ledger, situation = self._ledger, self._measuring.situation
        self._choices.review(situation, ledger.state, ledger.since)
        level = self._crisis()
        if (level is not None or self._crisis_marks.is_open) and situation.hours is not None:
            self._crisis_marks.review(level, ledger.now, self._calendar.day_of(ledger.now))

    def stop(self) -> None:
        """Await nothing any more."""
        self._choices.stop()
        if self._pause_end is not None:
            self._pause_end.cancel()

    # Pauses

    def pause(self, until: datetime | None) -> None:
        """Stop measuring until an instant, or until resumed."""
        self._end_pause()
        self.paused_until = until
        self._note(PAUSE, until.isoformat() if until else FOR_GOOD)
        self._measuring.insert(facts.Pause(self._loop.clock.now(), until))
        if until is not None:
            self._pause_end = self._loop.call_at(until, lambda: self._resume(until))

    def resume(self) -> None:
        """Measure again."""
        self._resume(self._loop.clock.now())

    def _resume(self, at: datetime) -> None:
        self._end_pause()
        self._note(PAUSE, "")
        self._measuring.insert(facts.Resume(at))

    def _end_pause(self) -> None:
        self.paused_until = None
        if self._pause_end is not None:
            self._pause_end.cancel()
            self._pause_end = None

    # Purposes

    def chosen(self, channel: str) -> str:
        """Return the purpose that time in ``channel`` counts for now."""
        self._choices.end_due(self._loop.clock.now())
        held = self._measuring.situation.choices.get(channel)
        return held.purpose if held is not None else self._rules.default_purpose(channel)

    def choose_purpose(
        self,
        purpose: str,
        channel: str | None,
        *,
        visit: bool,
        note: str | None = None,
        until: datetime | None = None,
    ) -> None:
        """Let time be for ``purpose`` until the day ends, or it rests for too long.

        Args:
            purpose: Its id, or ``private``.
            channel: Its channel; None: every channel that permits the purpose.
            visit: Whether the visit under way counts from its start.
            note: What the person says about it, where the purpose takes a note.
            until: When it ends, if sooner than the day.

        Raises:
            OutsideError: The policy knows no such channel, does not permit the purpose or
                takes no note with it; ``until`` has passed or lies beyond the day.
        """
        now = self._loop.clock.now()
        day = self._calendar.day_of(now)
        until = self._checked_until(until, now)
        note = self._checked_note(purpose, note)
        self._choices.end_due(now)
        chosen = []
        under_way = self._measuring.visit if visit else None
        for each in self._permitting(purpose, channel, day):
            at = now
            if under_way is not None and under_way.channel == each:
                at = max(under_way.since, self._calendar.bounds(day)[0])
            self._record(PurposeChoice(day, each, purpose, at, until, note))
            chosen.append(ChoiceMade(at, day, each, purpose, until))
        self._measuring.insert(*chosen)

    def _checked_until(self, until: datetime | None, now: datetime) -> datetime | None:
        if until is None:
            return None
        if not now < until <= self._calendar.next_boundary(now):
            reason = "past" if until <= now else "beyond_day"
            text = self._calendar.local(until).strftime("%H:%M")
            raise OutsideError(ErrorCode.BAD_TIME, text=text, reason=reason)
        return now + max(1, ms_between(now, until)) * MILLISECOND

    def _checked_note(self, purpose: str, note: str | None) -> str | None:
        text = (note or "").strip()[:LONGEST_NOTE]
        if text and not self._rules.takes_note(purpose):
            raise OutsideError(ErrorCode.NO_NOTE, purpose=purpose)
        return text or None

    def _permitting(self, purpose: str, channel: str | None, day: date) -> list[str]:
        ids = [each.id for each in self._rules.policy.channels]
        if channel is not None and channel not in ids:
            raise OutsideError(ErrorCode.UNKNOWN_CHANNEL, channel=channel)
        wanted = ids if channel is None else [channel]
        permitting = [each for each in wanted if self._rules.permits(each, purpose, day)]
        if not permitting:
            raise OutsideError(ErrorCode.UNKNOWN_PURPOSE, purpose=purpose)
        return permitting

    def _end_choice(self, end: ChoiceLapsed | ChoicesDue) -> None:
        if isinstance(end, ChoiceLapsed):
            day = self._calendar.day_of(end.at)
            self._record(PurposeChoice(day, end.channel, LAPSED, end.at))
        self._measuring.insert(end)

    # Breaks, days off, crises

    def take_break(self) -> None:
        """Begin a flexible break."""
        self._record(self._turns.mark_break(self._loop.clock.now(), begins=True))

    def end_break(self) -> None:
        """End the flexible break."""
        self._record(self._turns.mark_break(self._loop.clock.now(), begins=False))

    def take_day_off(self) -> None:
        """The person does not work today: the day has no hours."""
        now = self._loop.clock.now()
        self._note(DAY_OFF, self._calendar.day_of(now).isoformat())
        self._turns.take_day_off(now)

    def end_day_off(self) -> None:
        """The person works today after all: measure from now on."""
        self._note(DAY_OFF, "")
        self._turns.end_day_off(self._loop.clock.now())

    def follow_crisis(self) -> None:
        """A level of the crisis plan was opened or closed: its limits take no step meanwhile."""
        self._measuring.settle(self._loop.clock.now())

    @property
    def lifted(self) -> frozenset[str]:
        """The limits that take no step now."""
        level = self._crisis()
        if level is None:
            return frozenset()
        return self._rules.lifts.get(level, frozenset())

    def crisis_levels(self, day: date) -> frozenset[str]:
        """Return the crisis levels that were open at some time of ``day``."""
        return self._crisis_marks.levels(day)


def _taken_up(record: PurposeChoice, now: datetime) -> ChoiceMade | ChoiceLapsed:
    """Return what a choice of today means to a run that begins ``now``."""
    ended = record.until is not None and record.until <= now
    if record.purpose == LAPSED or ended:
        return ChoiceLapsed(now, record.channel)
    return ChoiceMade(now, record.day, record.channel, record.purpose, record.until)
