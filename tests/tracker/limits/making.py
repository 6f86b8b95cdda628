"""Short ways to write policies and books down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from tracker.days import week_of
from tracker.limits.engine import ExtendRefusal, Rules, extension_offer
from tracker.limits.types import Book
from tracker.model import TotalKey, Window
from tracker.policy.types import (
    Channel,
    ChannelKind,
    DayAllowance,
    Extend,
    Group,
    Ladder,
    Limit,
    LimitWindow,
    Mark,
    MarkKind,
    Monitoring,
    Person,
    Policy,
    Step,
    StepKind,
    Text,
)
from tracker.storage.base import Extension, StepTaken

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
KARIN = Person("karin")
MINUTE = 60_000
SECOND = 1_000


def mark(at: str) -> Mark:
    """A mark as the policy file writes it."""
    if at.endswith("%"):
        return Mark(MarkKind.SHARE, int(at[:-1]), at)
    kind = MarkKind.BEFORE if at.startswith("-") else MarkKind.AFTER
    return Mark(kind, int(at.strip("+-m")), at)


def ladder(*steps: str, extend: Extend | None = None, name: str = "default") -> Ladder:
    """A ladder of steps such as ``80% notify``."""
    pairs = [step.split() for step in steps]
    return Ladder(name, tuple(Step(mark(at), StepKind(do)) for at, do in pairs), extend)


USUAL = ladder("80% notify", "-5m notify", "100% ask", "+5m overlay", extend=Extend(5, per_day=2))


def limit(name: str, day: int | Mapping[int, int] | None = None, **more: Any) -> Limit:
    """A limit; ``day`` is minutes, or minutes by weekday."""
    if isinstance(day, int):
        more["day"] = DayAllowance((day,) * 7)
    elif day is not None:
        more["day"] = DayAllowance(tuple(day.get(number) for number in range(7)))
    if "window" in more:
        more["window"] = LimitWindow(more["window"])
    for name_of_many in ("groups", "purposes", "channels", "replaces"):
        if name_of_many in more:
            more[name_of_many] = tuple(more[name_of_many].split())
    return Limit(name, Text((("en", name),)), **more)


def policy(
    *limits: Limit,
    channels: str = "linkedin x youtube",
    ladders: Sequence[Ladder] = (USUAL,),
    groups: Sequence[Group] = (Group("sales", ("user:karin",)),),
    enforce_titles: bool = False,
) -> Policy:
    """A policy of these limits."""
    return Policy(
        "test",
        "1",
        ("en",),
        "Europe/Stockholm",
        Text((("en", "Test"),)),
        "hash",
        "",
        Monitoring(Text((("en", "Test"),))),
        enforce_titles=enforce_titles,
        groups=tuple(groups),
        channels=tuple(
            Channel(name, Text((("en", name),)), ChannelKind.SOCIAL, ())
            for name in channels.split()
        ),
        limits=limits,
        ladders=tuple(ladders),
    )


def key(
    channel: str = "linkedin",
    purpose: str = "private",
    window: Window = Window.WORK,
    *,
    certain: bool = True,
) -> TotalKey:
    """What time is totalled by."""
    return TotalKey(channel, purpose, window, certain)


def book(
    totals: Mapping[TotalKey, int] | None = None,
    *,
    day: date = MONDAY,
    week: Mapping[TotalKey, int] | None = None,
    extensions: Sequence[Extension] = (),
    taken: Sequence[StepTaken] = (),
    lifted: str = "",
) -> Book:
    """A book; the week's totals are the day's where nothing else is said."""
    totals = {} if totals is None else totals
    return Book(
        day,
        totals,
        totals if week is None else week,
        tuple(extensions),
        tuple(taken),
        frozenset(lifted.split()),
    )


def extension(
    name: str, channel: str | None = None, *, day: date = MONDAY, minutes: int = 5
) -> Extension:
    """An extension that was taken on ``day``."""
    return Extension(day, name, channel, AT, minutes)


def step_taken(
    name: str, step: str, channel: str | None = None, *, day: date = MONDAY, **more: Any
) -> StepTaken:
    """A step such as ``80% notify`` that was taken on ``day``; ``week=True`` for its week."""
    at, do = step.split()
    period = week_of(day) if more.pop("week", False) else day.isoformat()
    return StepTaken(period, name, channel, at, do, AT, **more)


def may_extend(rules: Rules, book: Book, limit: str, channel: str | None) -> int | ExtendRefusal:
    """The minutes of an extension that may be taken now, or why there is none."""
    offer = extension_offer(rules, book, limit, channel)
    return offer.minutes if offer.refusal is None else offer.refusal
