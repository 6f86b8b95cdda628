"""Why a limit stands where it does: what counted toward it, and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.limits import engine
from tracker.limits.types import Book, Standing
from tracker.model import Span, TotalKey
from tracker.policy.lines import scan
from tracker.policy.types import Limit, Mark, Policy, StepKind
from tracker.storage.base import Extension


@dataclass(frozen=True, slots=True)
class Part:
    """The day's time of one channel and purpose that counted toward the limit."""

    channel: str
    purpose: str
    ms: int
    uncertain_ms: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """The ladder's next step, and after how much more counted time it comes."""

    mark: Mark
    do: StepKind
    wait_ms: int


@dataclass(frozen=True, slots=True)
class WhyLimit:
    """The answer for one limit on the present day.

    Attributes:
        channel: Whose allowance it is; None where the channels share it.
        standings: Of the day and the week, as far as the limit has them.
        parts: What counted today, the most first.
        spans: The day's stretches that counted, by start.
        extensions: Those taken today.
        next_step: None where none is to come.
        replaces: The person's limits that it stands in for.
        replaced_by: The person's limits that take time from it.
        lifted_by: The open crisis level that lets it take no step.
        line: Where the policy's file says it, counted from 1.
    """

    day: date
    limit: Limit
    channel: str | None
    standings: tuple[Standing, ...]
    parts: tuple[Part, ...]
    spans: tuple[Span, ...]
    extensions: tuple[Extension, ...]
    next_step: NextStep | None
    replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]
    lifted_by: str | None
    line: int
    policy: Policy


def explain_limit(
    rules: engine.Rules,
    book: Book,
    spans: Iterable[Span],
    limit: str,
    channel: str | None = None,
    *,
    crisis: str | None = None,
) -> WhyLimit | None:
    """Return why a limit stands where it does; None where the person has no such limit.

    Args:
        rules: The policy, for this person.
        book: The day so far.
        spans: The day's.
        limit: Its id.
        channel: As in a standing of it.
        crisis: The level of the crisis plan that is open.
    """
    mine = {taker.limit.id: taker.limit for taker in rules.takers}
    found = mine.get(limit)
    if found is None or rules.slot_of(limit, channel) is None:
        return None
    levels = {level.id: level for level in rules.policy.crisis_levels}
    lifted = crisis in levels and limit in levels[crisis].lifts

    def counts(key: TotalKey) -> bool:
        return channel in (None, key.channel) and engine.takes(rules, limit, key)

    standings = engine.standings(rules, book)
    places = [each.id for each in rules.policy.limits]
    return WhyLimit(
        day=book.day,
        limit=found,
        channel=channel,
        standings=tuple(s for s in standings if (s.limit, s.channel) == (limit, channel)),
        parts=_parts({key: ms for key, ms in book.totals.items() if counts(key)}),
        spans=tuple(span for span in spans if counts(_key(span))),
        extensions=tuple(
            each
            for each in book.extensions
            if (each.day, each.limit, each.channel) == (book.day, limit, channel)
        ),
        next_step=None if lifted else _next_step(rules, book, limit, channel),
        replaces=tuple(each for each in found.replaces if each in mine),
        replaced_by=tuple(each.id for each in mine.values() if limit in each.replaces),
        lifted_by=crisis if lifted else None,
        line=scan(rules.policy.text).line_of(("limit", places.index(limit))),
        policy=rules.policy,
    )


def _key(span: Span) -> TotalKey:
    return TotalKey(span.channel, span.purpose, span.window, span.certain)


def _parts(totals: dict[TotalKey, int]) -> tuple[Part, ...]:
    sums: Counter[tuple[str, str]] = Counter()
    uncertain: Counter[tuple[str, str]] = Counter()
    for key, ms in totals.items():
        sums[key.channel, key.purpose] += ms
        if not key.certain:
            uncertain[key.channel, key.purpose] += ms
    return tuple(Part(*place, ms, uncertain[place]) for place, ms in sums.most_common() if ms)


def _next_step(rules: engine.Rules, book: Book, limit: str, channel: str | None) -> NextStep | None:
    slot = rules.slot_of(limit, channel)
    found: list[NextStep] = []
    for row, scale in rules.plan(book.day).bounded.get(slot if slot is not None else -1, ()):
        left = rules.board.left_ms(book, row, scale)
        steps = rules.records.open_steps(book, row, scale, may_hold=True)
        found += [
            NextStep(step.mark, step.do, left - step.left_ms)
            for step in steps
            if step.left_ms < left
        ]
    return min(found, key=lambda step: step.wait_ms, default=None)
