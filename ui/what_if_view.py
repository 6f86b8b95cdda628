"""Past weeks under another policy, side by side, as they are shown. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.days import days_of_week, week_of
from tracker.i18n import Language
from tracker.limits.types import Period, Standing
from tracker.notices.names import Names, limit_titles
from tracker.policy.load import Loaded
from tracker.policy.problem_texts import describe
from tracker.policy.types import Limit, Policy
from tracker.reports.day import DayReport
from tracker.reports.what_if import FILLED, JudgedDay, Past, WhatIf
from tracker.reports.what_if_plan import LimitChange
from tracker.reports.what_if_texts import WhatIfWords

Place = tuple[str, str | None, Period]
"""A limit, its channel where each has its own allowance, and what the allowance is for."""


@dataclass(frozen=True, slots=True)
class SideView:
    """A week of one limit, under one of the policies.

    Attributes:
        used_ms: The time that the limit takes.
        over_ms: What of it lies over the limit: of an allowance a day, the days' sum.
        allowed_ms: The week's allowance; None for an allowance a day, and where there is none.
        reached: On how many days it was reached; of a week's allowance, 1 or 0.
    """

    used_ms: int
    over_ms: int
    allowed_ms: int | None
    reached: int


@dataclass(frozen=True, slots=True)
class PairView:
    """A week as it was, and as it would be; None on the side that has no such limit."""

    week: str
    label: str
    title: str
    then: SideView | None
    would_be: SideView | None


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """What came out.

    Attributes:
        number: The one thing: on how many days, instead of how many.
        words: What that is about.
        choices: The limits that have something to show, with their names.
        place: The one that is shown; None where there is none.
        weeks: The oldest first.
        doubts: What the totals can't tell, a line each.
    """

    number: str
    words: str
    choices: tuple[tuple[Place, str], ...]
    place: Place | None
    weeks: tuple[PairView, ...]
    doubts: tuple[str, ...]


def view_what_if(
    past: Past,
    found: WhatIf,
    language: Language,
    place: Place | None = None,
    tried: str | None = None,
) -> WhatIfView:
    """Return what came out, in words and figures.

    Args:
        past: The days.
        found: What they are judged to be.
        language: The person's.
        place: The limit to show; of None, or one that has nothing to show, the one that
            differs most.
        tried: The limit whose minutes are tried: then it is shown of its allowances.
    """
    policies = (past.present, *past.policies.values(), found.policy)
    said = WhatIfWords(past, found, language, limit_titles(policies, language))
    weeks = _by_week(found.days)
    sides = {
        each: tuple(_pair(each, week, days, language) for week, days in weeks.items())
        for each in _places(found.days)
    }
    if not sides:
        _ = language.gettext
        return WhatIfView(_("Nothing"), _("Nothing is kept of these days."), (), None, (), ())
    if place not in sides:
        mine = [each for each in sides if each[0] == tried] or [*sides]
        place = max(mine, key=lambda each: _difference(sides[each]))
    limit, channel, period = place
    number, words = _headline(sides[place], said.limit(limit, channel), period, found, language)
    return WhatIfView(
        number=number,
        words=words,
        choices=tuple((each, _name(each, said, language)) for each in sides),
        place=place,
        weeks=sides[place],
        doubts=tuple(said.doubts()),
    )


def _name(place: Place, said: WhatIfWords, language: Language) -> str:
    limit, channel, period = place
    name = said.limit(limit, channel)
    _ = language.gettext
    form = _("{limit}, a week") if period is Period.WEEK else _("{limit}, a day")
    return form.format(limit=name)


def _places(days: Iterable[JudgedDay]) -> tuple[Place, ...]:
    """Return the limits that took any time, and have an end on one side at least."""
    used: dict[Place, bool] = {}
    for judged in days:
        for standing in (*judged.then.limits, *judged.would_be.limits):
            if standing.used_ms:
                place = (standing.limit, standing.channel, standing.period)
                used[place] = used.get(place, False) or standing.allowed_ms is not None
    return tuple(place for place, ends in used.items() if ends)


def _by_week(days: Iterable[JudgedDay]) -> dict[str, list[JudgedDay]]:
    weeks: dict[str, list[JudgedDay]] = {}
    for judged in days:
        weeks.setdefault(week_of(judged.day), []).append(judged)
    return weeks


def _pair(place: Place, week: str, days: Sequence[JudgedDay], language: Language) -> PairView:
    monday: date = days_of_week(week)[0]
    title = language.week(monday)
    return PairView(
        week=week,
        label=str(monday.isocalendar().week),
        title=title[:1].upper() + title[1:],
        then=_side(place, [each.then for each in days]),
        would_be=_side(place, [each.would_be for each in days]),
    )


def _side(place: Place, reports: Sequence[DayReport]) -> SideView | None:
    # An allowance for the week stands as of the last day that was judged.
    counted = reports if place[2] is Period.DAY else reports[-1:]
    found = [each for report in counted for each in _standing(place, report)]
    if not found:
        return None
    return SideView(
        used_ms=sum(each.used_ms for each in found),
        over_ms=sum(max(0, -(each.left_ms or 0)) for each in found),
        allowed_ms=None if place[2] is Period.DAY else _allowed(found[-1]),
        reached=sum(bool(each.used_ms) and each.level in FILLED for each in found),
    )


def _standing(place: Place, report: DayReport) -> Iterator[Standing]:
    for each in report.limits:
        if (each.limit, each.channel, each.period) == place:
            yield each


def _allowed(standing: Standing) -> int | None:
    return None if standing.allowed_ms is None else standing.allowed_ms + standing.extended_ms


def _difference(weeks: Sequence[PairView]) -> tuple[int, int]:
    """Return how far the sides lie apart, and how much there is to see at all."""
    apart = sum(
        abs(
            (week.then.over_ms if week.then else 0)
            - (week.would_be.over_ms if week.would_be else 0)
        )
        for week in weeks
    )
    return apart, sum(week.then.used_ms for week in weeks if week.then)


def _headline(
    weeks: Sequence[PairView], limit: str, period: Period, found: WhatIf, language: Language
) -> tuple[str, str]:
    _, ngettext = language.gettext, language.ngettext
    was = sum(week.then.reached for week in weeks if week.then)
    would_be = sum(week.would_be.reached for week in weeks if week.would_be)
    if period is Period.WEEK:
        same = ngettext("{n} week, as it was", "{n} weeks, as it was", would_be)
        other = ngettext("{n} week instead of {was}", "{n} weeks instead of {was}", would_be)
        words = _("{limit}: weeks in which it would be reached, of {all}.")
        of_all = len(weeks)
    else:
        same = ngettext("{n} day, as it was", "{n} days, as it was", would_be)
        other = ngettext("{n} day instead of {was}", "{n} days instead of {was}", would_be)
        words = _("{limit}: days on which it would be reached, of {all}.")
        of_all = len(found.days)
    number = (same if was == would_be else other).format(n=would_be, was=was)
    return number, words.format(limit=limit, all=of_all)


@dataclass(frozen=True, slots=True)
class Changeable:
    """A limit whose minutes can be tried otherwise; None where it has no such allowance."""

    limit: str
    name: str
    day_min: int | None
    week_min: int | None


def changeable_limits(
    policy: Policy, standings: Iterable[Standing], language: Language
) -> tuple[Changeable, ...]:
    """Return the limits that have minutes, those first that apply to the person today."""
    names = Names(policy, language)
    today = {standing.limit for standing in standings}
    found = [
        Changeable(limit.id, names.limit_by_id(limit.id), _most(limit), limit.week)
        for limit in policy.limits
        if not limit.unlimited and (limit.day is not None or limit.week is not None)
    ]
    return tuple(sorted(found, key=lambda each: each.limit not in today))


def _most(limit: Limit) -> int | None:
    if limit.day is None:
        return None
    return max((minutes for minutes in limit.day.by_weekday if minutes is not None), default=None)


def change_of(limit: Changeable, day_min: int, week_min: int) -> LimitChange | None:
    """Return what the minutes change; None where they are the limit's own."""
    day = day_min if limit.day_min is not None and day_min != limit.day_min else None
    week = week_min if limit.week_min is not None and week_min != limit.week_min else None
    return None if day is None and week is None else LimitChange(limit.limit, day, week)


def problem_lines(refused: Loaded, language: Language) -> tuple[str, ...]:
    """Return what is wrong with a policy's file, a line each, as ``policy check`` tells it."""
    _, n = language.gettext, len(refused.errors)
    head = language.ngettext("{file} has {n} error.", "{file} has {n} errors.", n)
    lines = [head.format(file=refused.source, n=n)]
    for problem in refused.errors:
        form = _("Line {line}, {key}: {message}") if problem.key else _("Line {line}: {message}")
        message = describe(problem, language)
        lines.append(form.format(line=problem.line, key=problem.key, message=message))
    return tuple(lines)
