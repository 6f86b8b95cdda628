"""The policy file as frozen values: the whole of schema 1, with the catalogue worked in.

Durations are in the unit that the file uses and the name tells; local times are
minutes after midnight of a calendar date, so that ``24:00`` is 1440.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date, time

from tracker.model import PRIVATE

ANY = "*"
"""Stands for all channels, all purposes or everybody."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text by language; the first is the default."""

    by_language: tuple[tuple[str, str], ...]

    def in_language(self, code: str) -> str:
        """Return the text in ``code``, else in the default language."""
        for language, text in self.by_language:
            if language == code:
                return text
        return self.by_language[0][1] if self.by_language else ""


class ChannelKind(enum.StrEnum):
    """The five kinds of channel."""

    SOCIAL = "social"
    VIDEO = "video"
    MESSAGING = "messaging"
    BLOG = "blog"
    FORUM = "forum"


@dataclass(frozen=True, slots=True)
class Match:
    """One rule of a channel: exactly one of host (with a path or without), app or title."""

    host: str | None = None
    path: str | None = None
    app: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of the policy, with the catalogue's rules where it names a catalogue id.

    ``group`` is true where the id stands for a whole kind: then a channel that is named
    by itself wins over it where both match alike.
    """

    id: str
    name: Text
    kind: ChannelKind
    match: tuple[Match, ...]
    exclude: tuple[Match, ...] = ()
    default_purpose: str | None = None
    group: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """Minutes after midnight ``[start, end)``; ``end`` past 1440 reaches into the next date."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FlexibleBreak:
    """A break of ``minutes`` a day, taken by a click within a range."""

    within: Range
    minutes: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours: ranges by weekday (Monday first), breaks inside them, holidays."""

    by_weekday: tuple[tuple[Range, ...], ...]
    breaks: tuple[Range, ...] = ()
    flexible: tuple[FlexibleBreak, ...] = ()
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Consulted:
    """Who was consulted on the measuring, and under which rule."""

    body: str
    law: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who receives something by the policy's own word; the program sends nothing."""

    role: str
    sees: str


@dataclass(frozen=True, slots=True)
class KeepDays:
    """How many days spans and daily totals are kept."""

    spans: int = 30
    totals: int = 400


@dataclass(frozen=True, slots=True)
class Monitoring:
    """What is measured, why and for how long: what the privacy page says."""

    purpose: Text
    legal_basis: str = ""
    law: str | None = None
    dpia: str | None = None
    consulted: Consulted | None = None
    keep_days: KeepDays = KeepDays()
    recipients: tuple[Recipient, ...] = ()
    contact: str | None = None
    idle_after: int = 180
    """Seconds without input until the person counts as idle."""

    audible_cap: int = 120
    """Minutes that an audible channel in front counts without input."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to."""

    id: str
    role: Text
    email: str | None = None
    phone: str | None = None
    backup: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """People by ``user:NAME`` and ``os-group:NAME``; ``*`` is everybody."""

    id: str
    members: tuple[str, ...]
    default_purpose: tuple[tuple[str, str], ...] = ()
    """Purpose by channel id."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """A work purpose: where, for whom and until when it may be chosen."""

    id: str
    name: Text
    channels: tuple[str, ...] = (ANY,)
    groups: tuple[str, ...] = (ANY,)
    note: str = "none"
    approver: str | None = None
    until: date | None = None
    reset_after: int | None = None
    """Minutes without use after which the choice ends; None: it holds until the day ends."""

    result: str | None = None


class LimitWindow(enum.StrEnum):
    """The part of the day that a limit speaks of."""

    WORK = "work"
    BREAKS = "breaks"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class DayAllowance:
    """Minutes a day, Monday first; None where that weekday has no allowance of its own."""

    by_weekday: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """How much time the policy allows for some purposes on some channels."""

    id: str
    name: Text
    """Without any language where the file gives none."""

    groups: tuple[str, ...] = (ANY,)
    purposes: tuple[str, ...] = (ANY,)
    channels: tuple[str, ...] = (ANY,)
    shared: bool = False
    day: DayAllowance | None = None
    week: int | None = None
    """Minutes an ISO week."""

    unlimited: bool = False
    window: LimitWindow = LimitWindow.ANY
    replaces: tuple[str, ...] = ()
    ladder: str = "default"


class StepKind(enum.StrEnum):
    """What a ladder's step does; none of them kills, closes or logs out."""

    NOTIFY = "notify"
    ASK = "ask"
    OVERLAY = "overlay"
    MINIMISE = "minimise"


class MarkKind(enum.StrEnum):
    """What a mark is measured from."""

    SHARE = "share"
    """Percent of the allowance without extensions."""

    BEFORE = "before"
    """Minutes before the limit."""

    AFTER = "after"
    """Minutes after the limit; ``at = "0"`` is after by 0."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a step is due; ``text`` is as the file has it, such as ``80%`` or ``-5m``."""

    kind: MarkKind
    value: int
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ladder."""

    mark: Mark
    do: StepKind


NO_REASON, REQUIRED = "none", "required"
"""Whether the person says why they take more time: ``optional`` lies between."""


@dataclass(frozen=True, slots=True)
class Extend:
    """More time that a person may take; None for no bound.

    ``reason`` is ``NO_REASON``, ``optional`` or ``REQUIRED``.
    """

    minutes: int
    per_day: int | None = None
    per_week: int | None = None
    reason: str = NO_REASON


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps that a limit takes as it fills, in the order of the file."""

    id: str
    steps: tuple[Step, ...]
    extend: Extend | None = None


@dataclass(frozen=True, slots=True)
class Guideline:
    """How to behave: ``applies`` is ``work`` or ``always``."""

    id: str
    text: Text
    applies: str = "always"
    law: str | None = None
    example_do: Text | None = None
    example_dont: Text | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class CrisisLevel:
    """A level of the crisis plan; ``first_reply`` in minutes, ``lifts`` names limits."""

    id: str
    trigger: Text
    first_reply: int | None = None
    owner: str | None = None
    lifts: tuple[str, ...] = ()
    reply: Text | None = None


@dataclass(frozen=True, slots=True)
class CrisisStep:
    """A step of the crisis plan; ``within`` in minutes."""

    level: str
    text: Text
    who: str | None = None
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A company's social media policy, in force as a whole."""

    id: str
    version: str
    languages: tuple[str, ...]
    timezone: str
    title: Text
    hash: str
    """SHA-256 of the file's bytes, hexadecimal."""

    text: str = field(repr=False)
    """The file as it was read."""

    monitoring: Monitoring
    effective_from: date | None = None
    review_by: date | None = None
    approved_by: str | None = None
    day_start: time = time(0, 0)
    scope: Text | None = None
    default_purpose: str = PRIVATE
    enforce_titles: bool = False
    hours: Hours | None = None
    contacts: tuple[Contact, ...] = ()
    groups: tuple[Group, ...] = ()
    channels: tuple[Channel, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    limits: tuple[Limit, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    guidelines: tuple[Guideline, ...] = ()
    crisis_levels: tuple[CrisisLevel, ...] = ()
    crisis_steps: tuple[CrisisStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Who the policy is asked for: the login name and the operating system's groups."""

    user: str
    os_groups: frozenset[str] = frozenset()
