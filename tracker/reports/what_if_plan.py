"""What is asked of past days: which of them, and under which other policy."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tracker.errors import KanaltidError
from tracker.policy.load import Loaded
from tracker.policy.types import DayAllowance, Limit, Policy
from tracker.reports.what_if import Past, WhatIf


@dataclass(frozen=True, slots=True)
class LimitChange:
    """Other minutes for one limit; None leaves what the limit has.

    Only what a limit has can be changed: one without an allowance for the week gets none.
    """

    limit: str
    day: int | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True)
class WhatIfPlan:
    """The days from ``first`` to ``last`` under the policy of ``file``; None: the present one."""

    first: date
    last: date
    file: Path | None = None
    change: LimitChange | None = None


@dataclass(frozen=True, slots=True)
class WhatIfProgress:
    """How far it has come.

    Attributes:
        days: Those that are judged.
        of_days: Those that are to be judged.
        answer: What was kept of the days, and what came of it; at the end.
        refused: The policy's file with its errors, where it has any.
        error: What stood in the way, else.
    """

    days: int = 0
    of_days: int = 0
    answer: tuple[Past, WhatIf] | None = None
    refused: Loaded | None = None
    error: KanaltidError | None = None

    @property
    def done(self) -> bool:
        """Whether nothing more comes."""
        return self.answer is not None or self.refused is not None or self.error is not None


def changed_policy(policy: Policy, change: LimitChange | None) -> Policy:
    """Return the policy with a limit's minutes changed, under a hash of its own."""
    if change is None:
        return policy
    limits = tuple(_changed(limit, change) for limit in policy.limits)
    if limits == policy.limits:
        return policy
    told = f"{policy.hash}:{change.limit}:{change.day}:{change.week}"
    return replace(policy, limits=limits, hash=hashlib.sha256(told.encode()).hexdigest())


def _changed(limit: Limit, change: LimitChange) -> Limit:
    if limit.id != change.limit:
        return limit
    day, week = limit.day, limit.week
    if day is not None and change.day is not None:
        minutes = change.day
        day = DayAllowance(tuple(None if m is None else minutes for m in day.by_weekday))
    if week is not None and change.week is not None:
        week = change.week
    return replace(limit, day=day, week=week)
