"""How much a limit allows, in plain words: ``60 minutes a day, 90 on Fridays``."""

from __future__ import annotations

import enum
from collections import Counter

from tracker.i18n import Language, mark
from tracker.policy.types import ANY, Limit

_WEEKDAYS = (
    mark("Mondays"),
    mark("Tuesdays"),
    mark("Wednesdays"),
    mark("Thursdays"),
    mark("Fridays"),
    mark("Saturdays"),
    mark("Sundays"),
)


class _Spread(enum.Enum):
    """How an allowance is given to the channels of a limit."""

    ONE = enum.auto()
    TOGETHER = enum.auto()
    EACH = enum.auto()


class AllowanceWords:
    """Puts allowances in words.

    Args:
        language: Of the words.
        weekdays: The weekdays that have hours, Monday being 0; on others nothing counts.
    """

    def __init__(self, language: Language, weekdays: frozenset[int]) -> None:
        self._language = language
        self._weekdays = weekdays

    def in_general(self, limit: Limit) -> str:
        """Return what a limit allows: a day, on weekdays that differ, and a week."""
        if limit.unlimited or (limit.day is None and limit.week is None):
            return self._language.gettext("no limit")
        parts = self._days(limit)
        if limit.week is not None:
            parts.append(self._week(limit.week, limit, alone=not parts))
        return ", ".join(parts)

    def on_weekday(self, limit: Limit, weekday: int) -> str:
        """Return what a limit allows on one weekday, and in the whole week."""
        _ = self._language.gettext
        minutes = limit.day.by_weekday[weekday] if limit.day else None
        if limit.unlimited or (minutes is None and limit.week is None):
            return _("no limit")
        parts = [] if minutes is None else [self._day(minutes, limit, today=True)]
        if limit.week is not None:
            parts.append(self._week(limit.week, limit, alone=not parts))
        return ", ".join(parts)

    def _days(self, limit: Limit) -> list[str]:
        """Return the allowance of most weekdays, then those of the others."""
        if limit.day is None:
            return []
        days = sorted(self._weekdays or range(7))
        by_day = {day: limit.day.by_weekday[day] for day in days}
        usual = Counter(by_day.values()).most_common(1)[0][0]
        parts = [] if usual is None else [self._day(usual, limit, today=False)]
        others: dict[int | None, list[int]] = {}
        for day, minutes in by_day.items():
            if minutes != usual:
                others.setdefault(minutes, []).append(day)
        # "60 minutes a day, 90 on Fridays": the unit is said once.
        parts += [self._on(minutes, days, with_unit=not usual) for minutes, days in others.items()]
        return parts

    def _day(self, n: int, limit: Limit, *, today: bool) -> str:
        if n == 0:
            return self._language.gettext("not allowed")
        ngettext = self._language.ngettext
        match _spread(limit), today:
            case _Spread.ONE, False:
                text = ngettext("{n} minute a day", "{n} minutes a day", n)
            case _Spread.ONE, True:
                text = ngettext("{n} minute", "{n} minutes", n)
            case _Spread.TOGETHER, False:
                text = ngettext("{n} minute a day in all", "{n} minutes a day in all", n)
            case _Spread.TOGETHER, True:
                text = ngettext("{n} minute in all", "{n} minutes in all", n)
            case _Spread.EACH, False:
                text = ngettext("{n} minute a day each", "{n} minutes a day each", n)
            case _:
                text = ngettext("{n} minute each", "{n} minutes each", n)
        return text.format(n=n)

    def _on(self, minutes: int | None, days: list[int], *, with_unit: bool) -> str:
        _, ngettext = self._language.gettext, self._language.ngettext
        if minutes is None:
            text = _("no limit on {weekdays}")
        elif minutes == 0:
            text = _("not allowed on {weekdays}")
        elif with_unit:
            text = ngettext("{n} minute on {weekdays}", "{n} minutes on {weekdays}", minutes)
        else:
            text = _("{n} on {weekdays}")
        names = [_(_WEEKDAYS[day]) for day in days]
        weekdays = names[-1]
        if names[:-1]:
            weekdays = _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
        return text.format(n=minutes, weekdays=weekdays)

    def _week(self, n: int, limit: Limit, *, alone: bool) -> str:
        if not alone:
            return self._language.gettext("{n} a week").format(n=n)
        if n == 0:
            return self._language.gettext("not allowed")
        ngettext = self._language.ngettext
        match _spread(limit):
            case _Spread.ONE:
                text = ngettext("{n} minute a week", "{n} minutes a week", n)
            case _Spread.TOGETHER:
                text = ngettext("{n} minute a week in all", "{n} minutes a week in all", n)
            case _:
                text = ngettext("{n} minute a week each", "{n} minutes a week each", n)
        return text.format(n=n)


def _spread(limit: Limit) -> _Spread:
    if len(limit.channels) == 1 and ANY not in limit.channels:
        return _Spread.ONE
    return _Spread.TOGETHER if limit.shared else _Spread.EACH
