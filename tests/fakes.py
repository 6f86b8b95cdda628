"""Fakes for what the real thing can't produce."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from tests.made_up import (
    NOW,
    empty_day,
    made_up_gaps,
    made_up_policy,
    made_up_report,
    made_up_spans,
)
from tracker.crisis import OpenCrisis
from tracker.days import days_of_week, week_of
from tracker.errors import OutsideError
from tracker.limits.extending import ExtensionOffer
from tracker.loop import Handle
from tracker.model import PRIVATE, Device, Gap, Span, State, StateKind
from tracker.notice import LimitNotice
from tracker.policy.extent import Extent
from tracker.policy.load import Loaded
from tracker.policy.types import ANY, Person, Policy, Purpose
from tracker.quiet.base import Reason
from tracker.reports.day import DayReport
from tracker.reports.own_data import ExportProgress
from tracker.reports.trends import TrendWeek
from tracker.reports.week_facts import Counted, Extended, Noted, WeekFacts
from tracker.reports.what_if_plan import WhatIfPlan, WhatIfProgress
from tracker.reports.why import Why
from tracker.reports.why_limit import WhyLimit
from tracker.status import Status
from tracker.storage.base import Consent, Evaluation, Extension, Stored, StoredRow
from tracker.storage.memory import MemoryStorage
from tracker.visit import Visit
from tracker.watchers.base import FrontPlace, Sense
from ui.charts.drawing import Style

_LEADS = State(StateKind.CHANNEL, channel="linkedin", purpose="leads")


@dataclass(frozen=True)
class FakeRulebook:
    """The few answers of a policy that a situation needs."""

    defaults: Mapping[str, str] = field(default_factory=dict)
    in_breaks: frozenset[tuple[str, str]] = frozenset()

    def default_purpose(self, channel: str) -> str:
        return self.defaults.get(channel, PRIVATE)

    def counts_in_break(self, channel: str, purpose: str) -> bool:
        return (channel, purpose) in self.in_breaks


@dataclass
class FakeOverview:
    """A service with a made-up day; every field may be set, and ``change`` tells who listens."""

    policy: Policy = field(default_factory=made_up_policy)
    now: datetime = NOW
    report: DayReport = field(default_factory=made_up_report)
    spans: tuple[Span, ...] = field(default_factory=made_up_spans)
    gaps: tuple[Gap, ...] = field(default_factory=made_up_gaps)
    state: State = _LEADS
    accepted: bool = True
    accepted_last: Extent | None = None
    person: Person = field(default_factory=lambda: Person("karin"))
    paused: bool = False
    paused_until: datetime | None = None
    backend: str | None = "x11"
    trouble: tuple[tuple[str, Mapping[str, object]], ...] = ()
    choices: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    refuses: OutsideError | None = None
    on_break: bool = False
    break_left: int | None = None
    day_off: bool = False
    broken_policy: Loaded | None = None
    earlier: Policy | None = None
    moment: Why | None = None
    limits_why: dict[tuple[str, str | None], WhyLimit] = field(default_factory=dict)
    place: FrontPlace | None = None
    quiet: frozenset[Reason] = frozenset()
    waits: tuple[LimitNotice, ...] = ()
    holding: tuple[LimitNotice, ...] = ()
    offered: ExtensionOffer = field(default_factory=lambda: ExtensionOffer(5, left_today=2))
    visiting: Visit | None = None
    input_age: int | None = 0
    open_level: OpenCrisis | None = None
    closed_level: OpenCrisis | None = None
    written: tuple[Evaluation, ...] = ()
    store: MemoryStorage = field(default_factory=MemoryStorage)
    pieces: list[date] = field(default_factory=list)
    exports: list[Callable[[ExportProgress], None]] = field(default_factory=list)
    trials: list[tuple[WhatIfPlan, Callable[[WhatIfProgress], None]]] = field(default_factory=list)
    extended: tuple[Extended, ...] = ()
    counted_results: tuple[Counted, ...] = ()
    noted: tuple[Noted, ...] = ()
    trends: tuple[TrendWeek, ...] = ()
    calls: list[tuple[object, ...]] = field(default_factory=list)
    listeners: list[Callable[[], None]] = field(default_factory=list)

    def status(self) -> Status:
        return Status(
            state=self.state,
            since=self.now,
            measuring=self.accepted and not self.paused and self.backend is not None,
            paused=self.paused,
            paused_until=self.paused_until,
            accepted=self.accepted,
            backend=self.backend,
            senses=frozenset({Sense.FOCUS, Sense.TITLE}) if self.backend else frozenset(),
            refused=(),
            trouble=self.trouble,
            quiet=self.quiet,
            on_break=self.on_break,
            day_off=self.day_off,
            crisis=self.open_level.level if self.open_level is not None else None,
        )

    def today(self) -> DayReport:
        return self.report

    def day(self, day: date) -> DayReport:  # noqa: ARG002
        return self.report

    def week(self, day: date) -> tuple[DayReport, ...]:  # noqa: ARG002
        return (self.report,)

    def week_facts(self, day: date) -> WeekFacts:
        days = tuple(
            replace(self.report, day=each) if each == self.report.day else empty_day(each)
            for each in days_of_week(week_of(day))
        )
        return WeekFacts(
            week_of(day), days, (self.policy,) * 7, (), self.report.day,
            self.extended, self.counted_results, self.noted,
        )  # fmt: skip

    def trend_weeks(self, first: date, last: date) -> tuple[TrendWeek, ...]:
        days = [days_of_week(week_of(day))[0] for day in (first, last)]
        return tuple(week for week in self.trends if days[0] <= week.monday <= days[1])

    def rows(self, day: date) -> tuple[tuple[Span, ...], tuple[Gap, ...]]:  # noqa: ARG002
        return self.spans, self.gaps

    def day_bounds(self, day: date) -> tuple[datetime, datetime]:
        start = datetime.combine(day, time(3), tzinfo=UTC)
        return start, start + timedelta(days=1)

    def accept(self, language: str) -> None:
        self.calls.append(("accept", language))
        self.accepted = True
        self.change()

    def pause(self, until: datetime | None = None) -> None:
        self.calls.append(("pause", until))
        self.paused, self.paused_until = True, until
        self.change()

    def resume(self) -> None:
        self.calls.append(("resume",))
        self.paused, self.paused_until = False, None
        self.change()

    def correct(self, rows: Sequence[tuple[Device, int]], purpose: str) -> tuple[Span, ...]:
        if self.refuses is not None:
            raise self.refuses
        self.calls.append(("correct", tuple(rows), purpose))
        before = tuple(
            span
            for span in self.spans
            if (span.device, span.seq) in rows and span.purpose != purpose
        )
        self.spans = tuple(
            replace(span, purpose=purpose, corrected=True) if span in before else span
            for span in self.spans
        )
        self.change()
        return before

    def restore(self, spans: Sequence[Span]) -> None:
        self.calls.append(("restore", tuple(spans)))
        by_seq = {span.seq: span for span in spans}
        self.spans = tuple(by_seq.get(span.seq, span) for span in self.spans)
        self.change()

    def results(self, day: date) -> Mapping[str, int]:  # noqa: ARG002
        return {
            each.id: self.counts.get(each.id, 0)
            for each in self.policy.purposes
            if each.result is not None
        }

    def count_result(self, purpose: str, by: int = 1) -> None:
        self.calls.append(("count_result", purpose, by))
        self.counts[purpose] = max(0, self.counts.get(purpose, 0) + by)
        self.change()

    def purposes(self, channel: str, day: date | None = None) -> tuple[Purpose, ...]:  # noqa: ARG002
        return tuple(
            each
            for each in self.policy.purposes
            if ANY in each.channels or channel in each.channels
        )

    def chosen(self, channel: str) -> str:
        return self.choices.get(channel, PRIVATE)

    def choose_purpose(
        self,
        purpose: str,
        channel: str | None = None,
        *,
        visit: bool = False,
        note: str | None = None,
        until: datetime | None = None,
    ) -> None:
        if note is not None or until is not None:
            self.calls.append(("choose_purpose", purpose, channel, visit, note, until))
            self.change()
            return
        self.calls.append(("choose_purpose", purpose, channel, visit))
        self.change()

    def extend(self, limit: str, channel: str | None = None, reason: str = "") -> Extension:
        self.calls.append(("extend", limit, channel, reason))
        self.change()
        return Extension(self.report.day, limit, channel, self.now, 5, reason)

    def break_left_ms(self) -> int | None:
        return self.break_left

    def offer(self, limit: str, channel: str | None = None) -> ExtensionOffer:  # noqa: ARG002
        return self.offered

    def held(self) -> tuple[LimitNotice, ...]:
        return self.holding

    def visit(self) -> Visit | None:
        return self.visiting

    def input_age_ms(self) -> int | None:
        return self.input_age

    def take_break(self) -> None:
        self.calls.append(("take_break",))
        self.on_break = True
        self.change()

    def end_break(self) -> None:
        self.calls.append(("end_break",))
        self.on_break = False
        self.change()

    def take_day_off(self) -> None:
        self.calls.append(("take_day_off",))
        self.day_off = True
        self.change()

    def end_day_off(self) -> None:
        self.calls.append(("end_day_off",))
        self.day_off = False
        self.change()

    def crisis(self) -> OpenCrisis | None:
        return self.open_level

    def unevaluated_crisis(self) -> OpenCrisis | None:
        return self.closed_level

    def open_crisis(self, level: str | None, link: str | None = None) -> None:
        self.calls.append(("open_crisis", level, link))
        held = self.open_level
        if level is None:
            self.open_level, self.closed_level = None, held
        elif held is not None and held.level == level:
            self.open_level = replace(held, link=held.link if link is None else link)
        else:
            self.open_level = OpenCrisis(level, self.now, link or "")
        self.change()

    def set_crisis_step(self, index: int, *, done: bool) -> None:
        self.calls.append(("set_crisis_step", index, done))
        assert self.open_level is not None
        steps = self.open_level.done
        self.open_level = replace(
            self.open_level, done=steps | {index} if done else steps - {index}
        )
        self.change()

    def evaluate_crisis(self, happened: str, fault: str, learnt: str) -> Evaluation:
        self.calls.append(("evaluate_crisis", happened, fault, learnt))
        held = self.open_level or self.closed_level
        assert held is not None
        written = Evaluation(self.now, held.opened, held.level, held.link, happened, fault, learnt)
        self.open_level = self.closed_level = None
        self.written += (written,)
        self.change()
        return written

    def drop_crisis(self) -> None:
        self.calls.append(("drop_crisis",))
        self.closed_level = None
        self.change()

    def evaluations(self) -> tuple[Evaluation, ...]:
        return self.written

    def why(self, at: datetime | None = None) -> Why:
        if self.moment is None:
            raise NotImplementedError(at)
        return self.moment

    def why_limit(self, limit: str, channel: str | None = None) -> WhyLimit | None:
        return self.limits_why.get((limit, channel))

    def earlier_policy(self) -> Policy | None:
        return self.earlier

    def waiting(self) -> tuple[LimitNotice, ...]:
        return self.waits

    def front_place(self) -> FrontPlace | None:
        return self.place

    def minimise_front(self, window: int) -> bool:
        self.calls.append(("minimise_front", window))
        return self.place is not None and self.place.window == window

    data_place: Path | None = Path("/home/karin/.local/share/kanaltid")

    def consent(self) -> Consent | None:
        consents = [*self.store.consents()]
        return consents[-1] if consents else None

    def store_now(self) -> None:
        self.calls.append(("store_now",))

    def counted(self, first: date, last: date) -> Mapping[Stored, int]:
        return self.store.counted(first, last)

    def latest(self, kind: Stored, first: date, last: date) -> date | None:
        return self.store.latest(kind, first, last)

    def stored(self, kind: Stored, first: date, last: date) -> Sequence[StoredRow]:
        return self.store.stored(kind, first, last)

    def export_data(
        self, file: Path, told: Callable[[ExportProgress], None], *, force: bool = False
    ) -> Handle:
        self.calls.append(("export_data", file, force))
        self.exports.append(told)
        return FakeHandle(lambda: self.calls.append(("export_cancelled",)))

    def what_if(self, plan: WhatIfPlan, told: Callable[[WhatIfProgress], None]) -> Handle:
        self.trials.append((plan, told))
        return FakeHandle(lambda: self.calls.append(("what_if_cancelled",)))

    def delete(self, first: date, last: date) -> date | None:
        self.calls.append(("delete", first, last))
        left = self.pieces.pop(0) if self.pieces else None
        if left is None:
            self.store.delete(first, last)
        self.change()
        return left

    def erase(self) -> bool:
        self.calls.append(("erase",))
        if self.pieces:
            self.pieces.pop(0)
            return True
        self.store.erase()
        self.accepted = False
        self.change()
        return False

    def withdraw(self) -> None:
        self.calls.append(("withdraw",))
        self.store.withdraw()
        self.accepted = False
        self.change()

    def listen(self, changed: Callable[[], None]) -> Handle:
        self.listeners.append(changed)
        return FakeHandle(lambda: self.listeners.remove(changed))

    def change(self) -> None:
        for changed in list(self.listeners):
            changed()


@dataclass
class FakeHandle:
    """A handle that runs ``undo`` at the first cancel."""

    undo: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        if not self.cancelled:
            self.cancelled = True
            self.undo()


class FakeGauge:
    """Measures texts as if every character were 7 px wide, on a grid of 8 px."""

    unit = 8.0

    def line(self, style: Style) -> float:
        return 30.0 if style is Style.NUMBER else 16.0

    def text(self, text: str, style: Style) -> float:  # noqa: ARG002
        return 7.0 * len(text)
