"""Why a moment counted as it did: what it was, by which rule, for what, toward which limits."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.classify.verdict import Verdict
from tracker.ledger import key_of
from tracker.limits import engine
from tracker.limits.types import Standing
from tracker.model import (
    DayTotals,
    Gap,
    GapKind,
    Span,
    State,
    StateKind,
    TotalKey,
    Totals,
    ms_between,
)
from tracker.policy.purposes import default_purpose
from tracker.policy.types import CrisisLevel, Policy
from tracker.reports.archive import book_of
from tracker.situation import Situation, front_verdict, resolve
from tracker.storage.base import CrisisMark, PurposeChoice, Record


class Kept(enum.StrEnum):
    """Where the answer comes from."""

    MEMORY = "memory"
    """The running program remembers all that it went by: yesterday and today at most."""

    SPAN = "span"
    """A stored span: its channel and purpose, and what told them."""

    GAP = "gap"
    """A stored gap: that nothing was measured or that it was paused."""

    NOTHING = "nothing"
    """Nothing is kept of the moment."""


class Origin(enum.StrEnum):
    """Where the purpose comes from."""

    CHOSEN = "chosen"
    DEFAULT = "default"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Purposed:
    """What the time was for, and how that came about."""

    purpose: str
    origin: Origin | None
    """None where it can't be told any more."""

    chosen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """The answer for one moment; never a title or an address.

    Attributes:
        state: What the moment was; None where nothing is kept of it.
        verdict: The rule that decided on the channel, or that none did; None where the
            state does not depend on what was in front, or the rule is not kept.
        standings: The limits that it counted toward, as they stood at the moment.
        crisis: The crisis level that was open then, inside hours; None where none was.
        policy: The policy that judges the day.
        policy_then: The policy in force at the moment; None where that is not kept.
    """

    at: datetime
    day: date
    kept: Kept
    state: State | None
    verdict: Verdict | None
    purposed: Purposed | None
    corrected: bool
    standings: tuple[Standing, ...]
    policy: Policy
    policy_then: Policy | None
    crisis: CrisisLevel | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a moment is explained from.

    Attributes:
        day: The day key that the moment belongs to.
        situation: What was known then; None where that is not remembered.
        policy_then: The policy in force then; None where that is not remembered.
        spans: The day's, by start, of all devices.
        gaps: The day's, by start.
        totals: Those of the other days of its ISO week.
        records: Those of its ISO week, in order.
        rules: The policy that judges the day.
    """

    day: date
    situation: Situation | None
    policy_then: Policy | None
    spans: Sequence[Span]
    gaps: Sequence[Gap]
    totals: Mapping[date, DayTotals]
    records: Sequence[Record]
    rules: engine.Rules


_BY_WHAT_IS_IN_FRONT = frozenset({StateKind.CHANNEL, StateKind.OTHER, StateKind.IDLE})
_NOT_JUDGED = frozenset({"own_window", "nothing_in_front"})
_GAP_STATES = {
    GapKind.NOT_MEASURED: StateKind.NOT_MEASURED,
    GapKind.PAUSED: StateKind.PAUSED,
}


def explain_moment(at: datetime, evidence: Evidence) -> Why:
    """Return why the moment ``at`` counted as it did."""
    span = next((each for each in evidence.spans if each.start <= at < each.end), None)
    kept, state = _state(at, evidence, span)
    corrected = span is not None and span.corrected
    key = key_of(state) if state is not None else None
    policy = evidence.rules.policy
    return Why(
        at=at,
        day=evidence.day,
        kept=kept,
        state=state,
        verdict=_verdict(evidence.situation, state),
        purposed=_purposed(at, evidence, key, corrected=corrected) if key else None,
        corrected=corrected,
        standings=_standings(at, evidence, key) if key else (),
        policy=policy,
        policy_then=evidence.policy_then,
        crisis=_crisis(at, evidence),
    )


def _state(at: datetime, evidence: Evidence, span: Span | None) -> tuple[Kept, State | None]:
    if evidence.situation is not None:
        state = resolve(evidence.situation)
        # A span that was corrected by hand says what the person knows better.
        is_corrected = span is not None and span.corrected and state.kind is StateKind.CHANNEL
        return Kept.MEMORY, _span_state(span) if span and is_corrected else state
    if span is not None:
        return Kept.SPAN, _span_state(span)
    for gap in evidence.gaps:
        if gap.start <= at < gap.end:
            return Kept.GAP, State(_GAP_STATES[gap.kind])
    return Kept.NOTHING, None


def _span_state(span: Span) -> State:
    return State(
        StateKind.CHANNEL, span.window, span.channel, span.purpose, span.source, span.certain
    )


def _verdict(situation: Situation | None, state: State | None) -> Verdict | None:
    """Return what was judged, where the state goes by it: not while locked, paused or off."""
    if situation is None or state is None or situation.front is None:
        return None
    if state.kind not in _BY_WHAT_IS_IN_FRONT or state.reason in _NOT_JUDGED:
        return None
    return front_verdict(situation)[0] if situation.front.app is not None else None


def _purposed(at: datetime, evidence: Evidence, key: TotalKey, *, corrected: bool) -> Purposed:
    if corrected:
        return Purposed(key.purpose, Origin.CORRECTED)
    choice = _choice(at, evidence, key.channel)
    if choice is not None and choice.purpose == key.purpose:
        return Purposed(key.purpose, Origin.CHOSEN, choice.at)
    if evidence.situation is not None and key.channel in evidence.situation.choices:
        return Purposed(key.purpose, Origin.CHOSEN)
    if evidence.situation is not None:
        usual = evidence.situation.rules.default_purpose(key.channel)
    else:
        usual = default_purpose(evidence.rules.policy, evidence.rules.groups, key.channel)
    return Purposed(key.purpose, Origin.DEFAULT if usual == key.purpose else None)


def _choice(at: datetime, evidence: Evidence, channel: str) -> PurposeChoice | None:
    """Return the choice that held then; one that lapsed names no purpose."""
    held = None
    for record in evidence.records:
        if (
            isinstance(record, PurposeChoice)
            and (record.day, record.channel) == (evidence.day, channel)
            and record.at <= at
        ):
            held = record
    # One that ended holds no more, and leaves no earlier one behind it.
    return held if held is None or held.until is None or at < held.until else None


def _crisis(at: datetime, evidence: Evidence) -> CrisisLevel | None:
    """Return the level that was open then, if the policy that judges the day has it."""
    marks = [
        each
        for each in evidence.records
        if isinstance(each, CrisisMark) and each.day == evidence.day and each.at <= at
    ]
    level = marks[-1].level if marks else None
    return next((each for each in evidence.rules.policy.crisis_levels if each.id == level), None)


def _standings(at: datetime, evidence: Evidence, key: TotalKey) -> tuple[Standing, ...]:
    """Return the limits that take ``key`` as they stood at the moment."""
    totals = {day: each.channels for day, each in evidence.totals.items()}
    totals[evidence.day] = _totals_until(at, evidence.spans)
    records = [each for each in evidence.records if each.at <= at]
    book = book_of(evidence.day, totals, records)
    taking = {limit.id for limit in engine.limits_taking(evidence.rules, key)}
    return tuple(
        standing
        for standing in engine.standings(evidence.rules, book)
        if standing.limit in taking and standing.channel in (None, key.channel)
    )


def _totals_until(at: datetime, spans: Iterable[Span]) -> Totals:
    sums: Counter[TotalKey] = Counter()
    for span in spans:
        if span.start < at:
            key = TotalKey(span.channel, span.purpose, span.window, span.certain)
            sums[key] += ms_between(span.start, min(span.end, at))
    return sums
