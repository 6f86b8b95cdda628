"""A day's report as it is shown: what is nearest, each limit, each channel. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tracker.i18n import Language
from tracker.limits.scale import make_scale
from tracker.limits.types import Level, Period, Standing
from tracker.model import PRIVATE
from tracker.notices.amounts import used_of
from tracker.notices.names import Names
from tracker.policy.types import Limit, Policy
from tracker.reports.day import ChannelTime, DayReport

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class LimitView:
    """A limit's standing, in figures and words."""

    limit: str
    channel: str | None
    name: str
    detail: str
    level: Level
    used_ms: int
    allowed_ms: int | None
    """What is allowed, extensions included; None where unlimited."""

    near_ms: int | None
    """The used time from which it is near."""

    used_text: str
    left_text: str
    period: Period = Period.DAY

    @property
    def left_ms(self) -> int | None:
        """What is left; negative past the limit."""
        return None if self.allowed_ms is None else self.allowed_ms - self.used_ms


@dataclass(frozen=True, slots=True)
class PartView:
    """A channel's time for one purpose."""

    name: str
    ms: int
    private: bool
    text: str


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel's time of the day, by purpose."""

    channel: str
    name: str
    total_ms: int
    total_text: str
    parts: tuple[PartView, ...]
    uncertain_text: str
    """Says how much of it only a window's title told; empty where all is certain."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The one thing first: what is left of the nearest limit."""

    number: str
    words: str
    limit: LimitView | None


@dataclass(frozen=True, slots=True)
class DayView:
    """A day as it is shown."""

    day: date
    title: str
    headline: Headline
    limits: tuple[LimitView, ...]
    channels: tuple[ChannelView, ...]


def view_day(report: DayReport, policy: Policy, language: Language) -> DayView:
    """Return the report in the words and order in which it is shown."""
    names = Names(policy, language)
    limits = tuple(_view_todays(standing, report, policy, names) for standing in report.limits)
    channels = tuple(
        _view_channel(time, names)
        for time in sorted(report.channels, key=lambda time: -time.total_ms)
        if time.total_ms > 0
    )
    return DayView(
        day=report.day,
        title=_day_title(report.day, language),
        headline=_headline(limits, channels, language),
        limits=limits,
        channels=channels,
    )


def nearest(limits: tuple[LimitView, ...]) -> LimitView | None:
    """Return the limit of which least is left.

    One that allows nothing counts only once something was used: it is no news before.
    """
    return min(
        (view for view in limits if view.left_ms is not None and (view.allowed_ms or view.used_ms)),
        key=lambda view: (view.left_ms or 0, -view.used_ms),
        default=None,
    )


def near_from_ms(standing: Standing, limit: Limit, policy: Policy) -> int | None:
    """Return the used time from which a limit counts as near; None where it never does."""
    if not standing.allowed_ms:
        return None
    ladder = next((each for each in policy.ladders if each.id == limit.ladder), None)
    scale = make_scale(standing.allowed_ms // MINUTE_MS, ladder)
    near = standing.allowed_ms + standing.extended_ms - scale.near_ms
    return near if near > 0 else None


def left_words(language: Language, left_ms: int | None, allowed_ms: int | None) -> str:
    """Return ``12 min left``, ``used up``, ``7 min over``, ``not allowed`` or ``no limit``."""
    _ = language.gettext
    if left_ms is None:
        return _("no limit")
    if left_ms > 0:
        return _("{time} left").format(time=language.duration(left_ms))
    if allowed_ms == 0 and left_ms == 0:
        return _("not allowed")
    if left_ms > -MINUTE_MS:
        return _("used up")
    return _("{time} over").format(time=language.duration(-left_ms))


def _view_todays(standing: Standing, report: DayReport, policy: Policy, names: Names) -> LimitView:
    view = view_limit(standing, policy, names)
    if standing.limit not in report.lifted:
        return view
    lifted = names.language.gettext("lifted in a crisis")
    return replace(view, detail=f"{view.detail} · {lifted}" if view.detail else lifted)


def view_limit(standing: Standing, policy: Policy, names: Names) -> LimitView:
    """Return a standing in figures and words."""
    limit = names.limit_of(standing)
    allowed = None if standing.allowed_ms is None else standing.allowed_ms + standing.extended_ms
    detail = names.limit_detail(standing)
    if standing.period is Period.WEEK:
        week = names.language.gettext("this week")
        detail = f"{detail} · {week}" if detail else week
    return LimitView(
        limit=standing.limit,
        channel=standing.channel,
        name=names.limit(standing),
        detail=detail,
        level=standing.level,
        used_ms=standing.used_ms,
        allowed_ms=allowed,
        near_ms=near_from_ms(standing, limit, policy) if limit else None,
        used_text=used_of(names.language, standing.used_ms, allowed),
        left_text=left_words(names.language, standing.left_ms, allowed),
        period=standing.period,
    )


def _view_channel(time: ChannelTime, names: Names) -> ChannelView:
    language = names.language
    parts = tuple(
        PartView(names.purpose(purpose), ms, purpose == PRIVATE, language.duration(ms))
        for purpose, ms in sorted(time.purposes.items(), key=lambda part: -part[1])
        if ms > 0
    )
    uncertain = ""
    if time.uncertain_ms > 0:
        uncertain = language.gettext("{time} by the title alone").format(
            time=language.duration(time.uncertain_ms)
        )
    total = language.duration(time.total_ms)
    return ChannelView(
        time.channel, names.channel(time.channel), time.total_ms, total, parts, uncertain
    )


def _headline(
    limits: tuple[LimitView, ...], channels: tuple[ChannelView, ...], language: Language
) -> Headline:
    _ = language.gettext
    view = nearest(limits)
    if view is None:
        total = sum(channel.total_ms for channel in channels)
        if not total:
            return Headline(_("Nothing yet"), _("No time in the policy's channels today."), None)
        return Headline(language.duration(total), _("in the policy's channels today"), None)
    number = view.left_text[:1].upper() + view.left_text[1:]
    what = f"{view.name} · {view.detail}" if view.detail else view.name
    words = _("{limit}: {used}").format(limit=what, used=view.used_text)
    return Headline(number, words, view)


def _day_title(day: date, language: Language) -> str:
    title = language.date(day, "full")
    return title[:1].upper() + title[1:]
