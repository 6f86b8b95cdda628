"""The situation: the latest fact from each source, and the state that it resolves to.

Both functions are pure. Titles and addresses are gone by here: a window or a tab comes
as the verdict on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from tracker import facts
from tracker.classify.verdict import Verdict
from tracker.model import Source, State, StateKind, Window

OWN_WINDOW = "own_window"
"""The reason of a state in which one of Kanaltid's own windows is in front."""


class Rulebook(Protocol):
    """What resolving needs of the policy."""

    def default_purpose(self, channel: str) -> str:
        """Return the purpose that time in ``channel`` has where none was chosen."""

    def counts_in_break(self, channel: str, purpose: str) -> bool:
        """Return whether a finite limit takes a span in a break."""


@dataclass(frozen=True, slots=True)
class Front:
    """The window in front, judged; an ``app`` of None means that nothing is in front."""

    app: str | None
    verdict: Verdict
    own: bool = False
    pid: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The front tab of a browser, judged."""

    verdict: Verdict
    audible: bool = False


@dataclass(frozen=True, slots=True)
class FrontSeen:
    """From ``at`` on this window is in front."""

    at: datetime
    front: Front


@dataclass(frozen=True, slots=True)
class PageSeen:
    """From ``at`` on this page is the front tab of ``browser`` (case folded app)."""

    at: datetime
    browser: str
    page: Page


@dataclass(frozen=True, slots=True)
class HoursTurned:
    """From ``at`` on the policy's hours are in this window; None: outside hours."""

    at: datetime
    window: Window | None


@dataclass(frozen=True, slots=True)
class DayTurned:
    """A new day begins; choices of earlier days end."""

    at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """From ``at`` on another policy is in force."""

    at: datetime
    rules: Rulebook


@dataclass(frozen=True, slots=True)
class CapReached:
    """An audible channel has counted without input for as long as it may."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ChoiceMade:
    """From ``at`` on time in ``channel`` is for ``purpose``, until ``day`` ends or ``until``."""

    at: datetime
    day: date
    channel: str
    purpose: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChoiceLapsed:
    """The purpose chosen for ``channel`` was not used for as long as it may rest."""

    at: datetime
    channel: str


@dataclass(frozen=True, slots=True)
class ChoicesDue:
    """Choices that were made until ``at`` end; those made since hold on."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Unwatched:
    """Nobody looked from ``at`` on: the process stood still, or the machine slept."""

    at: datetime
    asleep: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """The process looks again."""

    at: datetime


JudgedFact = (
    FrontSeen
    | PageSeen
    | HoursTurned
    | DayTurned
    | RulesChanged
    | CapReached
    | ChoiceMade
    | ChoiceLapsed
    | ChoicesDue
    | Unwatched
    | Watched
    | facts.Idle
    | facts.Active
    | facts.Lock
    | facts.Unlock
    | facts.Sleep
    | facts.Wake
    | facts.Blind
    | facts.Sighted
    | facts.Pause
    | facts.Resume
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A purpose that was chosen for a channel, good for one day, or ``until`` an instant of it."""

    day: date
    purpose: str
    at: datetime
    until: datetime | None = None

    def ended(self, at: datetime) -> bool:
        """Return whether it holds no more at that instant of its day."""
        return self.until is not None and self.until <= at


@dataclass(frozen=True, slots=True)
class Situation:
    """The latest fact from each source, and the rules of the moment."""

    rules: Rulebook
    running: bool = True
    asleep: bool = False
    locked: bool = False
    paused: bool = False
    hours: Window | None = Window.WORK
    blind: str | None = None
    unwatched: StateKind | None = None
    front: Front | None = None
    pages: Mapping[str, Page] = field(default_factory=dict)
    idle: bool = False
    cap_reached: bool = False
    choices: Mapping[str, Choice] = field(default_factory=dict)

    @property
    def page(self) -> Page | None:
        """The page in front, where the window in front is a browser whose tab is known."""
        if self.front is None or self.front.app is None or not self.pages:
            return None
        return self.pages.get(self.front.app.casefold())

    @property
    def audible(self) -> bool:
        """Whether a channel in front is heard, and may still count without input."""
        page = self.page
        return page is not None and page.audible and not self.cap_reached


def apply(situation: Situation, fact: JudgedFact) -> Situation:
    """Return the situation after ``fact``."""
    match fact:
        case FrontSeen(front=front):
            return replace(situation, front=front, blind=None)
        case PageSeen(browser=browser, page=page):
            return replace(situation, pages={**situation.pages, browser: page})
        case facts.Idle():
            return replace(situation, idle=True)
        case facts.Active():
            return replace(situation, idle=False, cap_reached=False)
        case CapReached():
            return replace(situation, cap_reached=True)
        case HoursTurned(window=window):
            return replace(situation, hours=window)
        case RulesChanged(rules=rules):
            return replace(situation, rules=rules)
        case ChoiceMade() | ChoiceLapsed() | ChoicesDue() | DayTurned():
            return replace(situation, choices=_choices(situation.choices, fact))
        case facts.Blind(reason=reason):
            return replace(situation, blind=reason)
        case facts.Sighted():
            return replace(situation, blind=None)
        case facts.Pause() | facts.Resume():
            return replace(situation, paused=isinstance(fact, facts.Pause))
        case _:
            return _session(situation, fact)


def _session(situation: Situation, fact: JudgedFact) -> Situation:
    match fact:
        case facts.Lock():
            return replace(situation, locked=True)
        case facts.Unlock():
            return replace(situation, locked=False, idle=False, cap_reached=False)
        case facts.Sleep():
            return replace(situation, asleep=True)
        case facts.Wake():
            return replace(situation, asleep=False, idle=False, cap_reached=False)
        case Unwatched(asleep=asleep):
            kind = StateKind.ASLEEP if asleep else StateKind.NOT_MEASURED
            return replace(situation, unwatched=kind)
        case Watched():
            return replace(situation, unwatched=None)
        case _:
            raise TypeError(fact)


def _choices(
    choices: Mapping[str, Choice], fact: ChoiceMade | ChoiceLapsed | ChoicesDue | DayTurned
) -> Mapping[str, Choice]:
    match fact:
        case ChoiceMade():
            choice = Choice(fact.day, fact.purpose, fact.at, fact.until)
            return {**choices, fact.channel: choice}
        case ChoiceLapsed():
            return {name: held for name, held in choices.items() if name != fact.channel}
        case ChoicesDue():
            return {name: held for name, held in choices.items() if not held.ended(fact.at)}
        case DayTurned():
            return {name: held for name, held in choices.items() if held.day >= fact.day}


def resolve(situation: Situation) -> State:
    """Return the one state of ``situation``, by the precedence of DESIGN §1."""
    window = situation.hours or Window.WORK
    inside = situation.hours is not None
    kind, reason = _kind(situation)
    if kind is not StateKind.CHANNEL:
        return State(kind, window, reason=reason, within_hours=inside)
    verdict, source = front_verdict(situation)
    channel = verdict.channel
    if channel is None:
        return State(StateKind.OTHER, window, reason="no_channel")
    held = situation.choices.get(channel)
    purpose = held.purpose if held else situation.rules.default_purpose(channel)
    if window is Window.BREAKS and not situation.rules.counts_in_break(channel, purpose):
        return State(StateKind.OTHER, window, reason="break")
    reason = "audible" if situation.idle else ""
    return State(
        StateKind.CHANNEL, window, channel, purpose, source, verdict.certain, reason=reason
    )


def _kind(situation: Situation) -> tuple[StateKind, str]:
    if not situation.running:
        return StateKind.STOPPED, ""
    if situation.asleep or situation.unwatched is StateKind.ASLEEP:
        return StateKind.ASLEEP, ""
    if situation.locked:
        return StateKind.LOCKED, ""
    if situation.paused:
        return StateKind.PAUSED, ""
    if situation.hours is None:
        return StateKind.OFF_HOURS, ""
    if situation.blind is not None:
        return StateKind.NOT_MEASURED, situation.blind
    if situation.unwatched is not None:
        return StateKind.NOT_MEASURED, "stall"
    return _seen_kind(situation)


def _seen_kind(situation: Situation) -> tuple[StateKind, str]:
    front, page = situation.front, situation.page
    if front is not None and front.own:
        return StateKind.OTHER, OWN_WINDOW
    if (page is not None and page.verdict.private) or (front is not None and front.verdict.private):
        return StateKind.OTHER, "private_window"
    heard = situation.audible and page is not None and page.verdict.channel is not None
    if situation.idle and not heard:
        return StateKind.IDLE, ""
    if front is None or front.app is None:
        return StateKind.OTHER, "nothing_in_front"
    return StateKind.CHANNEL, ""


def front_verdict(situation: Situation) -> tuple[Verdict, Source]:
    """Return the verdict on what is in front, and what told it; there must be something."""
    page = situation.page
    if page is not None:
        return page.verdict, Source.TAB
    assert situation.front is not None
    verdict = situation.front.verdict
    return verdict, Source.APP if verdict.via == "app" else Source.TITLE
