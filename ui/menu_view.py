"""What the tray's menu says: a sentence of the day, and what can be chosen. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tracker.i18n import Language
from tracker.limits.types import Period
from tracker.model import StateKind
from tracker.notices.names import Names
from tracker.policy.types import ANY, Limit, LimitWindow, Policy
from tracker.status import Overview, Status
from tracker.visit import Visit
from ui.day_view import DayView, LimitView, nearest
from ui.purpose_choice import PurposeOption, purpose_options
from ui.status_view import StatusView

MOST_CHANNELS = 12
MOST_LIMITS = 2
MOST_RESULTS = 3
_LONGEST = 48
"""A policy's own words are cut after so many characters: a menu is as wide as its longest line."""


@dataclass(frozen=True, slots=True)
class ChannelChoice:
    """What time in a channel may be for.

    Attributes:
        channel: Its id.
        text: Its name and its present purpose.
        options: At least two: with one there is nothing to choose.
    """

    channel: str
    text: str
    options: tuple[PurposeOption, ...]


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A line that counts one more result of a purpose."""

    purpose: str
    text: str


@dataclass(frozen=True, slots=True)
class MenuView:
    """The menu's lines; an empty text is a line that is not there."""

    front: str
    left: tuple[str, ...] = ()
    waiting: str = ""
    crisis: str = ""
    here: ChannelChoice | None = None
    others: tuple[ChannelChoice, ...] = ()
    results: tuple[ResultLine, ...] = ()
    take_break: str = ""
    end_break: str = ""


def view_menu(
    overview: Overview, status: Status, view: StatusView, day: DayView, language: Language
) -> MenuView:
    """Return what the menu says now.

    Args:
        overview: The running service.
        status: What it does at this moment.
        view: The moment in words.
        day: The day so far.
        language: The person's.
    """
    words = _MenuWords(overview, status, day, language)
    if not status.accepted:
        return MenuView(view.sentence, crisis=words.crisis())
    return MenuView(
        front=words.front() or view.sentence,
        left=words.left(),
        waiting=words.waiting(),
        crisis=words.crisis(),
        here=words.here(),
        others=words.others(),
        results=words.results(),
        take_break=words.take_break(),
        end_break=words.end_break(),
    )


class _MenuWords:
    """The words for one moment."""

    def __init__(
        self, overview: Overview, status: Status, day: DayView, language: Language
    ) -> None:
        self._overview = overview
        self._policy: Policy = overview.policy
        self._status = status
        self._day = day
        self._language = language
        self._names = Names(self._policy, language)
        self._visit = self._find_visit()
        self._channel = self._visit.channel if self._visit is not None else None

    def _find_visit(self) -> Visit | None:
        """Return what is in front, or was before the own window that this menu belongs to."""
        status, state = self._status, self._status.state
        if not status.accepted or status.paused:
            return None
        if state.kind is StateKind.CHANNEL and state.channel is not None:
            return Visit(state.channel, state.purpose or "", status.since)
        return self._overview.visit()

    def front(self) -> str:
        """Return what is in front and since when; empty where no channel is."""
        visit = self._visit
        if visit is None:
            return ""
        text = self._language.gettext("{channel}, {purpose}, since {time}")
        return text.format(
            channel=self._names.channel(visit.channel),
            purpose=self._names.purpose(visit.purpose),
            time=self._language.time(visit.since, ZoneInfo(self._policy.timezone)),
        )

    def left(self) -> tuple[str, ...]:
        """Return what is left of the limit that counts now, then of the nearest of all."""
        limits = [self._limit_in_front(), self._day.headline.limit]
        told = dict.fromkeys(limit for limit in limits if limit is not None)
        return tuple(self._left_of(limit) for limit in [*told][:MOST_LIMITS])

    def _limit_in_front(self) -> LimitView | None:
        """Return the nearest of the limits that what is in front counts toward."""
        known = {limit.limit for limit in self._day.limits}
        taking = {
            limit.id: limit
            for limit in self._policy.limits
            if limit.id in known and self._takes(limit)
        }
        replaced = {other for limit in taking.values() for other in limit.replaces}
        return nearest(
            tuple(
                limit
                for limit in self._day.limits
                if limit.limit in taking.keys() - replaced
                and limit.channel in (None, self._channel)
            )
        )

    def _takes(self, limit: Limit) -> bool:
        visit = self._visit
        return (
            visit is not None
            and not {ANY, visit.channel}.isdisjoint(limit.channels)
            and not {ANY, visit.purpose}.isdisjoint(limit.purposes)
            and limit.window in (LimitWindow.ANY, self._status.state.window.value)
        )

    def _left_of(self, limit: LimitView) -> str:
        _ = self._language.gettext
        text = (
            _("{limit} this week: {used}, {left}")
            if limit.period is Period.WEEK
            else _("{limit}: {used}, {left}")
        )
        return text.format(limit=cut(limit.name), used=limit.used_text, left=limit.left_text)

    def waiting(self) -> str:
        """Return that something waits until a presentation or a call is over."""
        waiting = self._overview.waiting()
        if not waiting:
            return ""
        text = self._language.ngettext(
            "{count} reminder waits until you are done: {limit}",
            "{count} reminders wait until you are done: {limit}",
            len(waiting),
        )
        limit = cut(self._names.limit(waiting[0].step.standing))
        return text.format(count=len(waiting), limit=limit)

    def crisis(self) -> str:
        """Return that a level of the crisis plan is open."""
        levels = self._policy.crisis_levels
        level = next((each for each in levels if each.id == self._status.crisis), None)
        if level is None:
            return ""
        trigger = cut(level.trigger.in_language(self._language.code))
        return self._language.gettext("Crisis open: {trigger}").format(trigger=trigger)

    def here(self) -> ChannelChoice | None:
        """Return what the channel in front may be for; None where there is no choice."""
        if self._channel is None:
            return None
        options = purpose_options(self._overview, self._channel, self._language)
        if len(options) < 2:
            return None
        text = self._language.gettext("Purpose: {purpose}")
        return ChannelChoice(self._channel, text.format(purpose=_chosen(options)), options)

    def others(self) -> tuple[ChannelChoice, ...]:
        """Return the channels that are not in front: those used today first."""
        used = [channel.channel for channel in self._day.channels]
        ids = [*used, *(each.id for each in self._policy.channels if each.id not in used)]
        choices = []
        for channel in ids:
            if channel == self._channel:
                continue
            options = purpose_options(self._overview, channel, self._language)
            if len(options) < 2:
                continue
            text = self._language.gettext("{channel}: {purpose}")
            name = self._names.channel(channel)
            words = text.format(channel=name, purpose=_chosen(options))
            choices.append(ChannelChoice(channel, words, options))
            if len(choices) == MOST_CHANNELS:
                break
        return tuple(choices)

    def results(self) -> tuple[ResultLine, ...]:
        """Return a counter for each purpose that has results; that of what is in front first."""
        _ = self._language.gettext
        counts = self._overview.results(self._day.day)
        purposes = [each for each in self._policy.purposes if each.id in counts and each.result]
        purpose_now = self._visit.purpose if self._visit is not None else None
        purposes.sort(key=lambda each: each.id != purpose_now)
        lines = []
        for purpose in purposes[:MOST_RESULTS]:
            count, result = counts[purpose.id], cut(purpose.result or "")
            text = _("+1 {result} ({count} today)") if count else _("+1 {result}")
            lines.append(ResultLine(purpose.id, text.format(result=result, count=count)))
        return tuple(lines)

    def take_break(self) -> str:
        """Return the line that begins a break, where one may be taken."""
        left_ms = self._break_left_ms()
        if not left_ms or self._status.on_break:
            return ""
        text = self._language.gettext("Break now ({time})")
        return text.format(time=self._language.duration(left_ms))

    def end_break(self) -> str:
        """Return the line that ends the break."""
        if not self._status.on_break:
            return ""
        text = self._language.gettext("End the break ({time} left)")
        return text.format(time=self._language.duration(self._break_left_ms()))

    def _break_left_ms(self) -> int:
        return self._overview.break_left_ms() or 0


def cut(text: str) -> str:
    """Return a policy's words, no longer than a line of a menu may be."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip(" ,.;:") + "…"


def _chosen(options: tuple[PurposeOption, ...]) -> str:
    return next((option.name for option in options if option.chosen), options[-1].name)
