"""Simulation: the real service on virtual time, fed with a trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker import facts
from tracker.clock import EPOCH
from tracker.days import days_of_week, week_of
from tracker.errors import ErrorCode, OutsideError
from tracker.limits.types import Period, Standing
from tracker.model import MILLISECOND, StateKind, ms_between
from tracker.notice import LimitNotice, Notice
from tracker.policy.catalogue import Catalogue
from tracker.policy.types import Person, Policy
from tracker.policy_keeper import PolicyKeeper
from tracker.reports.day import DayReport
from tracker.reports.json_form import Json, day_json, seconds, week_json
from tracker.run import resume_clock
from tracker.service import Service
from tracker.storage.base import PolicyText, Storage
from tracker.surroundings import Surroundings
from tracker.trace import TraceFault, TraceLine, trace_error
from tracker.virtual_loop import VirtualLoop, VirtualTime
from tracker.watchers.base import Sense, WatchHost

LoadPolicy = Callable[[str], Policy]
"""Loads the policy file of that name, beside the trace."""


@dataclass(frozen=True, slots=True)
class Event:
    """A step that was taken, at a true instant."""

    at: datetime
    limit: str
    channel: str | None
    mark: str
    do: str
    left_ms: int


@dataclass(slots=True)
class Outcome:
    """What a trace came to."""

    zone: ZoneInfo
    days: list[DayReport] = field(default_factory=list)
    weeks: list[tuple[str, list[DayReport], list[Standing]]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    states: Counter[StateKind] = field(default_factory=Counter)
    """Milliseconds in each state; they add up to the trace's length."""

    def json(self) -> Json:
        """Return the form of ``simulate --json``."""
        return {
            "days": [day_json(day) for day in self.days],
            "weeks": [week_json(*week) for week in self.weeks],
            "events": [
                {
                    "t": event.at.astimezone(self.zone).isoformat(timespec="milliseconds"),
                    "limit": event.limit,
                    "channel": event.channel,
                    "at": event.mark,
                    "do": event.do,
                    "left_s": seconds(event.left_ms),
                }
                for event in self.events
            ],
            "states": {kind.value: seconds(self.states[kind]) for kind in _STATES},
        }


_STATES = (
    StateKind.CHANNEL,
    StateKind.OTHER,
    StateKind.IDLE,
    StateKind.LOCKED,
    StateKind.ASLEEP,
    StateKind.PAUSED,
    StateKind.OFF_HOURS,
    StateKind.NOT_MEASURED,
    StateKind.STOPPED,
)


class _Recorder:
    """Notes each step instead of showing it."""

    def __init__(self, time: VirtualTime, events: list[Event]) -> None:
        self._time = time
        self._events = events

    def tell(self, notice: Notice) -> None:
        if isinstance(notice, LimitNotice):
            standing, step = notice.step.standing, notice.step
            self._events.append(
                Event(
                    _true(self._time),
                    standing.limit,
                    standing.channel,
                    step.mark.text,
                    step.do.value,
                    standing.left_ms or 0,
                )
            )


class _TraceWatcher:
    """The watcher of a simulated desk: sees all that the trace tells."""

    id = "trace"
    senses = frozenset(Sense)

    def __init__(self) -> None:
        self._host: WatchHost | None = None

    def start(self, host: WatchHost) -> None:
        self._host = host

    def tell(self, fact: facts.Fact) -> None:
        if self._host is not None:
            self._host.report(fact)

    def confirm(self) -> None:
        pass

    def idle_ms(self) -> int | None:
        return None

    def stop(self) -> None:
        self._host = None


def _true(time: VirtualTime) -> datetime:
    return EPOCH + time.elapsed_ns() // 1_000_000 * MILLISECOND


class Simulation:
    """Plays traces.

    Args:
        policy: In force at the start.
        catalogue: What the channels are told by.
        person: Whose day it is.
        load_policy: For the trace's ``policy`` lines.
        storage: An empty one, or one with days from before the trace.
    """

    def __init__(
        self,
        keeper: PolicyKeeper,
        catalogue: Catalogue,
        person: Person,
        load_policy: LoadPolicy,
        storage: Storage,
    ) -> None:
        self._keeper = keeper
        self._catalogue = catalogue
        self._person = person
        self._load_policy = load_policy
        self._storage = storage
        self._policies: dict[str, Policy] = {keeper.policy.hash: keeper.policy}
        self._service: Service | None = None
        self._loop: VirtualLoop

    def play(self, lines: Iterable[TraceLine]) -> Outcome:
        """Play ``lines`` and return what they came to.

        Raises:
            OutsideError: The trace is faulty; see :func:`tracker.trace.read_trace`.
        """
        self._outcome = Outcome(ZoneInfo(self._keeper.policy.timezone))
        self._stopped_at: datetime | None = None
        start: datetime | None = None
        for line in lines:
            if start is None:
                start = line.at
                self._time = VirtualTime(start)
                self._start_service()
            self._loop.advance_to(line.at)
            if line.kind == "end":
                break
            self._handle(line)
        if start is not None:
            self._finish(start)
        return self._outcome

    def _start_service(self) -> None:
        if self._stopped_at is not None:
            stopped_ms = ms_between(self._stopped_at, _true(self._time))
            self._outcome.states[StateKind.STOPPED] += stopped_ms
            self._stopped_at = None
        self._watcher = _TraceWatcher()
        clock = resume_clock(self._time, self._storage)
        self._loop = VirtualLoop(self._time, clock)
        self._service = Service(
            Surroundings(
                loop=self._loop,
                clock=clock,
                storage=self._storage,
                keeper=self._keeper,
                catalogue=self._catalogue,
                person=lambda: self._person,
                herald=_Recorder(self._time, self._outcome.events),
                parse=self._parse,
                watchers=(self._watcher,),
                checked=False,
                accept_all=True,
            )
        )
        self._service.start()

    def _parse(self, text: PolicyText) -> Policy | None:
        return self._policies.get(text.hash)

    def _stop_service(self) -> None:
        if self._service is None:
            return
        run = self._service.run
        self._service.stop()
        self._outcome.states.update(run.ledger.elapsed)
        self._service = None
        self._stopped_at = _true(self._time)

    def _handle(self, line: TraceLine) -> None:
        match line.kind:
            case "start" if self._service is None:
                self._start_service()
            case "stop":
                self._stop_service()
            case "policy":
                self._change_policy(line)
            case "clock":
                self._time.set_wall(line.instant("to"))
                if self._service is not None:
                    self._service.check()
            case _ if self._service is not None:
                self._tell(self._service, line)

    def _change_policy(self, line: TraceLine) -> None:
        policy = self._load_policy(line.values["file"])
        self._policies[policy.hash] = policy
        if self._service is not None:
            self._service.change_policy(policy)
        else:
            self._keeper.put(policy)

    def _tell(self, service: Service, line: TraceLine) -> None:
        fact = _fact(line, self._loop.clock.now())
        if fact is not None:
            self._watcher.tell(fact)
            return
        match line.kind:
            case "purpose":
                self._choose(service, line)
            case "extend":
                self._extend(service, line)
            case "break":
                service.take_break()
            case "work":
                service.end_break()
            case "pause":
                service.pause()
            case "resume":
                service.resume()
            case "crisis":
                service.open_crisis(line.values["level"])

    def _choose(self, service: Service, line: TraceLine) -> None:
        until: datetime | None = None
        if "until" in line.values:
            # In ledger time: as far from now as it is in true time.
            until = self._loop.clock.now() + (line.instant("until") - line.at)
        try:
            service.choose_purpose(line.values["id"], line.values.get("channel"), until=until)
        except OutsideError as error:
            if error.code is ErrorCode.BAD_TIME:
                raise trace_error(line.source, line.number, TraceFault.UNTIL_WRONG) from error
            channel = error.code is ErrorCode.UNKNOWN_CHANNEL
            fault = TraceFault.NO_SUCH_CHANNEL if channel else TraceFault.NO_SUCH_PURPOSE
            what = line.values["channel" if channel else "id"]
            raise trace_error(line.source, line.number, fault, what) from error

    def _extend(self, service: Service, line: TraceLine) -> None:
        try:
            values = line.values
            service.extend(values["limit"], values.get("channel"), values.get("reason", ""))
        except OutsideError as error:
            # The policy refuses what a person may well try: the day goes on without it.
            if error.code is not ErrorCode.EXTENSION_REFUSED:
                raise

    def _finish(self, start: datetime) -> None:
        end = _true(self._time)
        if self._service is None:
            self._start_service()
            assert self._service is not None
        service = self._service
        first, last = (service.calendar.day_of(at) for at in (start, end))
        weeks = sorted({week_of(day) for day in _days(first, last)})
        for week in weeks:
            reports = list(service.week(days_of_week(week)[0]))
            self._outcome.days += [r for r in reports if first <= r.day <= last]
            self._outcome.weeks.append((week, reports, _week_standings(reports, last)))
        self._stop_service()


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _week_standings(reports: list[DayReport], last: date) -> list[Standing]:
    judged = [report for report in reports if report.day <= last][-1]
    return [standing for standing in judged.limits if standing.period is Period.WEEK]


def _fact(line: TraceLine, at: datetime) -> facts.Fact | None:
    values = line.values
    match line.kind:
        case "foreground":
            return facts.Foreground(at, values["app"], values.get("title") or "", values.get("pid"))
        case "tab":
            return facts.Tab(
                at,
                values["browser"],
                values.get("url"),
                values.get("channel"),
                values.get("audible", False),
                values.get("private", False),
            )
        case "idle":
            # The instant in ledger time: as far back from now as it is in true time.
            return facts.Idle(at, at - (line.at - line.instant("since")))
        case "active":
            return facts.Active(at)
        case "lock":
            return facts.Lock(at)
        case "unlock":
            return facts.Unlock(at)
        case "sleep":
            return facts.Sleep(at)
        case "wake":
            return facts.Wake(at)
    return None
