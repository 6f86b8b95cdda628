"""A week as it is shown: each day's work and private time by channel, and its limits. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.days import week_of
from tracker.i18n import Language
from tracker.limits.types import Period
from tracker.model import PRIVATE
from tracker.notices.names import Names
from tracker.policy.types import Policy
from tracker.reports.day import ChannelTime, DayReport
from ui.day_view import Headline, LimitView, nearest, view_limit

Focus = tuple[str, str | None]
"""A limit that the days are shown against, and its channel where each has its own."""


@dataclass(frozen=True, slots=True)
class StackView:
    """A channel's time of a day."""

    channel: str
    name: str
    work_ms: int
    private_ms: int
    breaks_ms: int = 0
    """What of the private time lies in breaks."""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A day of the week."""

    day: date
    label: str
    title: str
    stacks: tuple[StackView, ...]
    work_limit_ms: int | None
    """What a limit allowed on that day that takes just this time; None: there is no such limit."""

    private_limit_ms: int | None
    before: tuple[int, int]
    """Work and private time of the same weekday a week before."""

    remarks: tuple[str, ...]
    """What is to be said beside the figures: time not measured, limits that were lifted."""

    @property
    def work_ms(self) -> int:
        """Time at work for the policy's purposes."""
        return sum(stack.work_ms for stack in self.stacks)

    @property
    def private_ms(self) -> int:
        """Private time."""
        return sum(stack.private_ms for stack in self.stacks)

    @property
    def breaks_ms(self) -> int:
        """Private time in breaks."""
        return sum(stack.breaks_ms for stack in self.stacks)


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week."""

    title: str
    dates: str
    headline: Headline
    limits: tuple[LimitView, ...]
    """Those that have an allowance for the week."""

    columns: tuple[ColumnView, ...]
    channels: tuple[tuple[str, str], ...]
    """Id and name of the channels that have time, the most used first."""

    focuses: tuple[tuple[Focus, str], ...]
    """The limits that the days can be shown against, with their names."""

    focus: Focus | None


def view_week(
    days: Sequence[DayReport],
    before: Sequence[DayReport],
    policy: Policy,
    today: date,
    language: Language,
    *,
    focus: Focus | None = None,
) -> WeekView:
    """Return a week in the words and order in which it is shown.

    Args:
        days: Its seven days.
        before: The seven days before them.
        policy: The policy in force; gives the names.
        today: The present day: what is after it has no limits yet.
        language: The person's.
        focus: The limit whose time alone is shown; None: all time is. One that no day of
            the week used counts as none.
    """
    names = Names(policy, language)
    focuses = _focuses(days, names)
    focus = focus if focus in dict(focuses) else None
    columns = tuple(
        _column(
            report, earlier, names, focus, bounded=report.day <= today and _works(policy, report)
        )
        for report, earlier in zip(days, before, strict=True)
    )
    judged = [report for report in days if report.day <= today] or [days[0]]
    limits = tuple(
        view_limit(standing, policy, names)
        for standing in judged[-1].limits
        if standing.period is Period.WEEK
    )
    return WeekView(
        title=_capital(language.week(days[0].day)),
        dates=language.date_range(days[0].day, days[-1].day),
        headline=_headline(limits, days, this=week_of(today) == week_of(days[0].day), names=names),
        limits=limits,
        columns=columns,
        channels=_channels(columns),
        focuses=focuses,
        focus=focus,
    )  # fmt: skip


def _column(
    report: DayReport, before: DayReport, names: Names, focus: Focus | None, *, bounded: bool
) -> ColumnView:
    language = names.language
    stacks = tuple(
        StackView(time.channel, names.channel(time.channel), *parts)
        for time in report.channels
        if any(parts := _parts(time, focus, names))
    )
    earlier = [_parts(time, focus, names) for time in before.channels]
    work = sum(stack.work_ms for stack in stacks)
    private = sum(stack.private_ms for stack in stacks)
    breaks = sum(stack.breaks_ms for stack in stacks)
    bounds = _Bounds(report, names, focus) if bounded else None
    return ColumnView(
        day=report.day,
        label=f"{language.weekday(report.day, short=True)} {report.day.day}",
        title=_capital(language.date(report.day, "full")),
        stacks=stacks,
        work_limit_ms=bounds.of({work}, private=False) if bounds else None,
        private_limit_ms=bounds.of({private, private - breaks}, private=True) if bounds else None,
        before=(sum(each[0] for each in earlier), sum(each[1] for each in earlier)),
        remarks=_remarks(report, names),
    )


def _works(policy: Policy, report: DayReport) -> bool:
    """Return whether it is a working day, or time was spent on it all the same."""
    hours = policy.hours
    if hours is None or report.channels:
        return True
    return report.day not in hours.holidays and bool(hours.by_weekday[report.day.weekday()])


def _parts(time: ChannelTime, focus: Focus | None, names: Names) -> tuple[int, int, int]:
    """Return a channel's work time, private time, and what of that lies in breaks."""
    if focus is None:
        private = time.purposes.get(PRIVATE, 0)
        return time.total_ms - private, private, time.breaks_ms
    limit, channel = focus
    ms = time.toward.get(limit, 0) if channel in (None, time.channel) else 0
    return (0, ms, 0) if _is_private(limit, names) else (ms, 0, 0)


def _is_private(limit_id: str, names: Names) -> bool:
    limit = names.limit_with(limit_id)
    return limit is not None and set(limit.purposes) == {PRIVATE}


def _focuses(days: Sequence[DayReport], names: Names) -> tuple[tuple[Focus, str], ...]:
    found: dict[Focus, str] = {}
    for report in days:
        for standing in report.limits:
            if standing.period is Period.DAY and standing.used_ms and standing.allowed_ms:
                detail = names.limit_detail(standing)
                name = names.limit(standing)
                found[standing.limit, standing.channel] = f"{name} · {detail}" if detail else name
    return tuple(found.items())


class _Bounds:
    """What the day's limits allowed."""

    def __init__(self, report: DayReport, names: Names, focus: Focus | None) -> None:
        self._focus = focus
        self._names = names
        self._standings = [
            each
            for each in report.limits
            if each.period is Period.DAY
            and each.allowed_ms is not None
            and focus in (None, (each.limit, each.channel))
        ]

    def of(self, used_ms: set[int], *, private: bool) -> int | None:
        """Return what a limit allowed that takes just so much time.

        A bar of other time than a limit's must not stand against it: it would seem over
        what it is not. Where nothing was used any one limit of that kind will do.
        """
        found = [
            each
            for each in self._standings
            if _is_private(each.limit, self._names) is private
            and (self._focus is not None or (each.channel is None and each.used_ms in used_ms))
        ]
        if len(found) != 1:
            return None
        return (found[0].allowed_ms or 0) + found[0].extended_ms


def _remarks(report: DayReport, names: Names) -> tuple[str, ...]:
    language = names.language
    _ = language.gettext
    found = []
    for ms, text in (
        (report.not_measured_ms, _("not measured {time}")),
        (report.paused_ms, _("paused {time}")),
    ):
        if ms > 0:
            found.append(text.format(time=language.duration(ms)))
    found += [
        _("lifted in a crisis: {limit}").format(limit=names.limit_by_id(limit))
        for limit in report.lifted
    ]
    return tuple(found)


def _channels(columns: Sequence[ColumnView]) -> tuple[tuple[str, str], ...]:
    totals: dict[tuple[str, str], int] = {}
    for column in columns:
        for stack in column.stacks:
            key = (stack.channel, stack.name)
            totals[key] = totals.get(key, 0) + stack.work_ms + stack.private_ms
    return tuple(sorted(totals, key=lambda key: -totals[key]))


def _headline(
    limits: tuple[LimitView, ...], days: Sequence[DayReport], *, this: bool, names: Names
) -> Headline:
    language = names.language
    _ = language.gettext
    view = nearest(limits) if this else None
    if view is not None:
        words = _("{limit}: {used}").format(limit=view.name, used=view.used_text)
        return Headline(_capital(view.left_text), words, view)
    parts = [_parts(time, None, names) for report in days for time in report.channels]
    work, private = sum(each[0] for each in parts), sum(each[1] for each in parts)
    if not work + private:
        empty = _("No time in the policy's channels this week.")
        return Headline(_("Nothing yet") if this else _("Nothing"), empty, None)
    words = _("in the policy's channels: {work} for work, {private} private").format(
        work=language.duration(work), private=language.duration(private)
    )
    return Headline(language.duration(work + private), words, None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
