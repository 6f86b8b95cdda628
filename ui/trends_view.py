"""A year of weeks as it is shown: the median week, each week's time, channels, purposes. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.days import week_of
from tracker.i18n import Language
from tracker.limits.types import Standing
from tracker.model import PRIVATE
from tracker.notices.names import Names
from tracker.policy.types import Policy
from tracker.reports.trends import TrendWeek
from ui.day_view import Headline
from ui.trend_sums_view import ResultView, SumView, median_ms, results_by_month, sums_by
from ui.week_view import Focus


@dataclass(frozen=True, slots=True)
class WeekBar:
    """A week of the year."""

    monday: date
    key: str
    """What the Week page opens it by, such as ``2026-W47``."""

    title: str
    work_ms: int
    private_ms: int
    work_limit_ms: int | None
    """What the limit allowed that was in force that week and takes just this time."""

    private_limit_ms: int | None


@dataclass(frozen=True, slots=True)
class TrendsView:
    """A year."""

    title: str
    headline: Headline
    weeks: tuple[WeekBar, ...]
    channels: tuple[SumView, ...]
    purposes: tuple[SumView, ...]
    results: tuple[ResultView, ...]
    focuses: tuple[tuple[Focus, str], ...]
    """The week's limits that the weeks can be shown against, with their names."""

    focus: Focus | None


@dataclass(frozen=True, slots=True)
class _Parts:
    work_ms: int
    private_ms: int


def view_trends(
    weeks: Sequence[TrendWeek],
    policy: Policy,
    today: date,
    language: Language,
    *,
    first_ever: bool = False,
    focus: Focus | None = None,
    whole_months: Sequence[TrendWeek] = (),
) -> TrendsView:
    """Return a year of weeks in the words and order in which it is shown.

    Args:
        weeks: The weeks, in order.
        policy: The policy in force; gives the names.
        today: The present day: its week is no full one.
        language: The person's.
        first_ever: Whether nothing is kept of the time before; then the first week that
            has time is a full one only if its Monday has some.
        whole_months: The weeks that make the months whole in which the year begins and ends.
        focus: The week's limit whose time alone the weeks show; None: all time.
    """
    names = Names(policy, language)
    focuses = _focuses(weeks, names)
    focus = focus if focus in dict(focuses) else None
    full = full_weeks(weeks, today, first_ever=first_ever)
    return TrendsView(
        title=language.date_range(weeks[0].monday, today if _holds(weeks, today) else _end(weeks)),
        headline=_headline(full, weeks, language),
        weeks=_bars(weeks, focus, language),
        channels=sums_by(weeks, full, lambda key: key[0], names.channel),
        purposes=sums_by(weeks, full, lambda key: key[1], names.purpose),
        results=results_by_month(whole_months or weeks, weeks[0].monday.replace(day=1), names),
        focuses=focuses,
        focus=focus,
    )


def full_weeks(
    weeks: Sequence[TrendWeek], today: date, *, first_ever: bool
) -> tuple[TrendWeek, ...]:
    """Return the weeks that are over and have time, measured from their Monday on."""
    used = [week for week in weeks if _has_time(week)]
    if first_ever and used and used[0].days[0].day != used[0].monday:
        used = used[1:]
    return tuple(week for week in used if week_of(week.monday) != week_of(today))


def _has_time(week: TrendWeek) -> bool:
    return any(week.totals.values())


def _holds(weeks: Sequence[TrendWeek], day: date) -> bool:
    return week_of(weeks[-1].monday) == week_of(day)


def _end(weeks: Sequence[TrendWeek]) -> date:
    return weeks[-1].monday.fromordinal(weeks[-1].monday.toordinal() + 6)


def _parts(week: TrendWeek) -> _Parts:
    work = private = 0
    for key, ms in week.totals.items():
        if key.purpose == PRIVATE:
            private += ms
        else:
            work += ms
    return _Parts(work, private)


def _headline(
    full: Sequence[TrendWeek], weeks: Sequence[TrendWeek], language: Language
) -> Headline:
    _ = language.gettext
    if not full:
        if any(_has_time(week) for week in weeks):
            words = _("The median week is told when the first whole week is over.")
        else:
            words = _("Your weeks will be here, and what they come to over a year.")
        return Headline(_("Nothing yet"), words, None)
    parts = [_parts(week) for week in full]
    total = median_ms([each.work_ms + each.private_ms for each in parts])
    text = language.ngettext(
        "in the median week, of {n} full week with time. Median for work {work}, "
        "private {private}.",
        "in the median week, of {n} full weeks with time. Median for work {work}, "
        "private {private}.",
        len(full),
    )
    words = text.format(
        n=len(full),
        work=language.duration(median_ms([each.work_ms for each in parts])),
        private=language.duration(median_ms([each.private_ms for each in parts])),
    )
    return Headline(language.duration(total), words, None)


# A week


def _bars(
    weeks: Sequence[TrendWeek], focus: Focus | None, language: Language
) -> tuple[WeekBar, ...]:
    parts = [_parts(week) if focus is None else _toward(week, focus) for week in weeks]
    taking = frozenset({focus}) if focus is not None else _taking_just_that(weeks, parts)
    return tuple(
        _bar(week, each, taking, language) for week, each in zip(weeks, parts, strict=True)
    )


def _toward(week: TrendWeek, focus: Focus) -> _Parts:
    used = next((each.used_ms for each in week.limits if _key(each) == focus), 0)
    return _Parts(0, used) if _is_private(week, focus) else _Parts(used, 0)


def _taking_just_that(weeks: Sequence[TrendWeek], parts: Sequence[_Parts]) -> frozenset[Focus]:
    """Return the limits that take all work or all private time of each week that has some.

    A bar of other time than a limit's must not stand against it: it would seem over what
    it is not.
    """
    fits: set[Focus] = set()
    others: set[Focus] = set()
    for week, sums in zip(weeks, parts, strict=True):
        for standing in week.limits:
            key = _key(standing)
            ms = sums.private_ms if _is_private(week, key) else sums.work_ms
            if standing.used_ms != ms:
                others.add(key)
            elif ms:
                fits.add(key)
    return frozenset(fits - others)


def _bar(week: TrendWeek, parts: _Parts, taking: frozenset[Focus], language: Language) -> WeekBar:
    title = language.week(week.monday)
    return WeekBar(
        monday=week.monday,
        key=week_of(week.monday),
        title=title[:1].upper() + title[1:],
        work_ms=parts.work_ms,
        private_ms=parts.private_ms,
        work_limit_ms=_limit(week, taking, private=False),
        private_limit_ms=_limit(week, taking, private=True),
    )


def _key(standing: Standing) -> Focus:
    return standing.limit, standing.channel


def _is_private(week: TrendWeek, focus: Focus) -> bool:
    limit = next((each for each in week.policy.limits if each.id == focus[0]), None)
    return limit is not None and set(limit.purposes) == {PRIVATE}


def _limit(week: TrendWeek, taking: frozenset[Focus], *, private: bool) -> int | None:
    found = [
        each.allowed_ms
        for each in week.limits
        if _key(each) in taking and _is_private(week, _key(each)) is private
    ]
    return found[0] if len(found) == 1 else None


def _focuses(weeks: Sequence[TrendWeek], names: Names) -> tuple[tuple[Focus, str], ...]:
    found: dict[Focus, str] = {}
    for week in reversed(weeks):
        for standing in week.limits:
            if standing.used_ms and standing.allowed_ms:
                detail = names.limit_detail(standing)
                name = names.limit(standing)
                found.setdefault(_key(standing), f"{name} · {detail}" if detail else name)
    return tuple(found.items())
