"""What channels and purposes came to in a year, and own results beside the time. No Qt."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from tracker.notices.names import Names
from tracker.reports.trends import TrendWeek


@dataclass(frozen=True, slots=True)
class SumView:
    """What a channel or a purpose came to."""

    id: str
    name: str
    total_ms: int
    median_ms: int
    """In the median of the full weeks."""


@dataclass(frozen=True, slots=True)
class ResultView:
    """What the person counted of a purpose in a month, beside the time for it."""

    month: str
    purpose: str
    counted: str
    ms: int


def median_ms(values: Sequence[int]) -> int:
    """Return the median in whole milliseconds; 0 of nothing."""
    return round(median(values)) if values else 0


def sums_by(
    weeks: Sequence[TrendWeek],
    full: Sequence[TrendWeek],
    part_of: Callable[[tuple[str, str]], str],
    name_of: Callable[[str], str],
) -> tuple[SumView, ...]:
    """Return what each part came to, the most first.

    Args:
        weeks: The year.
        full: The weeks of it that the medians are of.
        part_of: Gives the part that a channel and a purpose belong to.
        name_of: Gives a part's name.
    """
    totals: Counter[str] = Counter()
    by_week: defaultdict[str, list[int]] = defaultdict(list)
    over = {week.monday for week in full}
    for week in weeks:
        sums: Counter[str] = Counter()
        for key, ms in week.totals.items():
            sums[part_of((key.channel, key.purpose))] += ms
        totals.update(sums)
        if week.monday in over:
            for part, ms in sums.items():
                by_week[part].append(ms)
    views = (
        SumView(
            part,
            _capital(name_of(part)),
            ms,
            median_ms(by_week[part] + [0] * (len(full) - len(by_week[part]))),
        )
        for part, ms in totals.items()
        if ms
    )
    return tuple(sorted(views, key=lambda view: (-view.total_ms, view.id)))


def results_by_month(
    weeks: Sequence[TrendWeek], first: date, names: Names
) -> tuple[ResultView, ...]:
    """Return a row for each month and purpose that has a count, the latest month first.

    Args:
        weeks: Those that hold the months.
        first: The first day of the first month.
        names: Gives the words.
    """
    counts: Counter[tuple[date, str]] = Counter()
    times: Counter[tuple[date, str]] = Counter()
    for day in (day for week in weeks for day in week.days):
        month = day.day.replace(day=1)
        for purpose, count in day.results.items():
            counts[month, purpose] += count
        for key, ms in day.totals.items():
            times[month, key.purpose] += ms
    rows = sorted(
        (key for key, count in counts.items() if count and key[0] >= first),
        key=lambda k: (-k[0].toordinal(), k[1]),
    )
    return tuple(
        ResultView(
            _capital(names.language.month(month)),
            names.purpose(purpose),
            _counted(names, purpose, counts[month, purpose]),
            times[month, purpose],
        )
        for month, purpose in rows
    )


def _counted(names: Names, purpose_id: str, count: int) -> str:
    purpose = names.purpose_of(purpose_id)
    word = purpose.result if purpose is not None and purpose.result else names.purpose(purpose_id)
    return names.language.gettext("{count} {result}").format(
        count=names.language.number(count), result=word
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
