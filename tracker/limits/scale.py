"""An allowance with its ladder, every mark worked out as milliseconds that are left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.limits.types import Level
from tracker.policy.types import Extend, Ladder, Mark, MarkKind, Step, StepKind

MINUTE_MS = 60_000
OVER_MS = -MINUTE_MS
"""A limit is over when this much, or less, is left."""

FIRST_ASK = Mark(MarkKind.AFTER, 0, "0")
"""The mark of the ask that comes at the first counted moment where nothing is allowed."""

_GRACE_MS = 30_000
_NOTICE_GAP_MS = 5 * MINUTE_MS
_NEAR = Mark(MarkKind.SHARE, 80, "80%")
_HOLDS = frozenset({StepKind.OVERLAY, StepKind.MINIMISE})


@dataclass(frozen=True, slots=True)
class ScaledStep:
    """A step that is due when ``left_ms`` or less is left.

    ``holds`` is true of what stays as long as the level does, false of what comes once.
    """

    left_ms: int
    mark: Mark
    do: StepKind
    holds: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """An allowance, and what falls due as it is used up.

    ``steps`` are in the order in which they fall due. Nothing of it is due, and no level
    but ``ok`` holds, before ``near_ms`` is left.
    """

    allowed_ms: int
    near_ms: int
    first_ms: int
    """What is left at the first mark of the ladder; from there on it may be extended."""

    steps: tuple[ScaledStep, ...]
    extend: Extend | None

    def level(self, left_ms: int) -> Level:
        """Return the level that holds when ``left_ms`` is left."""
        if left_ms <= OVER_MS:
            return Level.OVER
        if left_ms <= 0:
            return Level.REACHED
        return Level.NEAR if left_ms <= self.near_ms else Level.OK


def make_scale(minutes: int, ladder: Ladder | None) -> Scale:
    """Lay a ladder along an allowance of whole minutes.

    Shares are of the allowance itself, so that an extension moves every mark by its
    length. A policy without the ladder gives an allowance without steps.
    """
    allowed_ms = minutes * MINUTE_MS
    steps = ladder.steps if ladder is not None else ()
    before = [step.mark for step in steps if _is_before(step.mark)] or [_NEAR]
    marks = [_left_at(step.mark, allowed_ms) for step in steps]
    return Scale(
        allowed_ms,
        near_ms=max(_left_at(mark, allowed_ms) for mark in before),
        first_ms=max(marks, default=0) if allowed_ms else 0,
        steps=_scaled(steps, allowed_ms) if allowed_ms else _scaled_from_nothing(steps),
        extend=ladder.extend if ladder is not None else None,
    )


def _is_before(mark: Mark) -> bool:
    if mark.kind is MarkKind.SHARE:
        return mark.value < 100
    return mark.kind is MarkKind.BEFORE and mark.value > 0


def _left_at(mark: Mark, allowed_ms: int) -> int:
    if mark.kind is MarkKind.SHARE:
        return allowed_ms * (100 - mark.value) // 100
    return (mark.value if mark.kind is MarkKind.BEFORE else -mark.value) * MINUTE_MS


def _scaled(steps: Iterable[Step], allowed_ms: int) -> tuple[ScaledStep, ...]:
    scaled = [
        ScaledStep(_left_at(step.mark, allowed_ms), step.mark, step.do, step.do in _HOLDS)
        for step in steps
    ]
    return _in_order(_without_hasty_notices(scaled))


def _scaled_from_nothing(steps: Iterable[Step]) -> tuple[ScaledStep, ...]:
    """Ask at once; the rest of the ladder, from 100 % on, waits for the grace to pass."""
    rest = _without_hasty_notices(
        [
            ScaledStep(_left_at(step.mark, 0), step.mark, step.do, step.do in _HOLDS)
            for step in steps
            if not _is_before(step.mark) and step.do is not StepKind.ASK
        ]
    )
    late = [
        ScaledStep(min(step.left_ms, -_GRACE_MS), step.mark, step.do, step.holds) for step in rest
    ]
    return _in_order([ScaledStep(0, FIRST_ASK, StepKind.ASK, holds=False), *late])


def _without_hasty_notices(steps: Sequence[ScaledStep]) -> list[ScaledStep]:
    """Drop each notice that another one follows within minutes."""
    notices = [step.left_ms for step in steps if step.do is StepKind.NOTIFY]
    return [
        step
        for step in steps
        if step.do is not StepKind.NOTIFY
        or not any(0 < step.left_ms - later < _NOTICE_GAP_MS for later in notices)
    ]


def _in_order(steps: Iterable[ScaledStep]) -> tuple[ScaledStep, ...]:
    """Sort by mark; of two that do the same at one mark, the file's last stays."""
    last = {(step.left_ms, step.do): step for step in steps}
    return tuple(sorted(last.values(), key=lambda step: -step.left_ms))
