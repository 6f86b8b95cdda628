"""A year of weekly totals: work above, private below, each with the limits then in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.i18n import Language
from ui.charts.drawing import (
    Area,
    Box,
    Drawing,
    Gauge,
    Item,
    Line,
    Role,
    Sheet,
    Side,
    Style,
    Table,
    Words,
)
from ui.charts.week import TimeAxis, time_axis
from ui.trends_view import WeekBar

_HEIGHTS = (16, 9)
"""The panels of work and private time, in units of the grid."""


@dataclass(frozen=True, slots=True)
class Step:
    """Weeks in a row, from ``first`` up to and with ``last``, that had the same limit."""

    first: int
    last: int
    ms: int


def steps(limits: Sequence[int | None]) -> tuple[Step, ...]:
    """Return the stretches of the same limit; weeks without one have none."""
    found: list[Step] = []
    for index, ms in enumerate(limits):
        if ms is None:
            continue
        if found and (found[-1].last, found[-1].ms) == (index - 1, ms):
            found[-1] = Step(found[-1].first, index, ms)
        else:
            found.append(Step(index, index, ms))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where the bars of one kind stand."""

    private: bool
    frame: Box
    axis: TimeAxis
    slot: float

    def y(self, ms: int) -> float:
        return self.frame.bottom - self.axis.height(ms, self.frame.height)

    def x(self, index: int) -> float:
        return self.frame.x + self.slot * index

    def times(self, week: WeekBar) -> tuple[int, int | None]:
        """Return what a week came to, and what a limit allowed."""
        if self.private:
            return week.private_ms, week.private_limit_ms
        return week.work_ms, week.work_limit_ms


@dataclass(frozen=True, slots=True)
class YearChart:
    """The bars of a year's weeks."""

    weeks: tuple[WeekBar, ...]
    language: Language

    def lay_out(self, width: float, gauge: Gauge) -> Drawing:
        """See :class:`ui.charts.drawing.Chart`."""
        sheet = Sheet()
        panels = self._panels(width, gauge)
        for panel in panels:
            self._draw_axis(sheet, panel, gauge)
            self._draw_bars(sheet, panel)
            self._draw_limits(sheet, panel, width, gauge)
        bottom = panels[-1].frame.bottom
        self._draw_months(sheet, panels[0], bottom + gauge.unit / 2, gauge)
        for index, week in enumerate(self.weeks):
            box = Box(panels[0].x(index), panels[0].frame.y, panels[0].slot, 0)
            box = Box(box.x, box.y, box.width, bottom - box.y)
            sheet.items.append(Item(box, self._spoken(week)))
        return sheet.finish(width, bottom + gauge.unit + gauge.line(Style.BODY))

    def table(self) -> Table:
        """See :class:`ui.charts.drawing.Chart`."""
        _ = self.language.gettext
        headers = (_("Week"), _("Work"), _("Limit"), _("Private"), _("Limit"))
        rows = tuple(
            (
                week.title,
                self._duration(week.work_ms),
                self._duration(week.work_limit_ms),
                self._duration(week.private_ms),
                self._duration(week.private_limit_ms),
            )
            for week in reversed(self.weeks)
        )
        return Table(headers, rows, frozenset({1, 2, 3, 4}))

    def _duration(self, ms: int | None) -> str:
        return "–" if ms is None else self.language.duration(ms)

    def _panels(self, width: float, gauge: Gauge) -> tuple[_Panel, ...]:
        """Return where the bars stand: a kind of time that there is none of has no panel."""
        longest = [
            max([ms or 0 for week in self.weeks for ms in times(week)], default=0)
            for times in (_work, _private)
        ]
        axes = {
            bool(private): time_axis(ms)
            for private, ms in enumerate(longest)
            if ms or (not private and not any(longest))
        }
        marks = [self.language.duration(ms) for axis in axes.values() for ms in axis.marks]
        left = max(gauge.text(mark, Style.BODY) for mark in marks) + gauge.unit
        limits = [
            gauge.text(self._limit_text(week_ms), Style.BODY) + gauge.unit / 2
            for week in self.weeks
            for week_ms in (week.work_limit_ms, week.private_limit_ms)
            if week_ms is not None
        ]
        right = max(limits, default=0.0)
        slot = (width - left - right) / max(len(self.weeks), 1)
        head = gauge.line(Style.STRONG) + gauge.unit / 2
        found, y = [], 0.0
        for private, axis in axes.items():
            frame = Box(left, y + head, width - left - right, gauge.unit * _HEIGHTS[private])
            found.append(_Panel(private, frame, axis, slot))
            y = frame.bottom + gauge.unit
        return tuple(found)

    def _draw_axis(self, sheet: Sheet, panel: _Panel, gauge: Gauge) -> None:
        _ = self.language.gettext
        frame, line = panel.frame, gauge.line(Style.BODY)
        name = _("Private") if panel.private else _("Work")
        strong = gauge.line(Style.STRONG)
        head = Box(frame.x, frame.y - strong - gauge.unit / 2, frame.width, strong)
        sheet.add(Words(head, name, Role.TEXT, Style.STRONG))
        room = line * 1.1
        apart = panel.axis.height(panel.axis.step_ms, frame.height)
        every = next(n for n in (1, 2, 3, 5, 10) if apart * n >= room or n >= len(panel.axis.marks))
        for number, ms in enumerate(panel.axis.marks):
            if number % every:
                continue
            y = panel.y(ms)
            text = self.language.duration(ms) if ms else "0"
            words = Box(0, y - line / 2, frame.x - gauge.unit, line)
            sheet.add(
                Words(words, text, Role.DIM, side=Side.END),
                Line(frame.x, y, frame.right, y, Role.GRID),
            )

    def _draw_bars(self, sheet: Sheet, panel: _Panel) -> None:
        for index, week in enumerate(self.weeks):
            ms = panel.times(week)[0]
            if ms <= 0:
                continue
            gap = min(2.0, panel.slot * 0.2)
            y = panel.y(ms)
            box = Box(panel.x(index) + gap / 2, y, panel.slot - gap, panel.frame.bottom - y)
            if panel.private:
                sheet.add(Area(box, Role.TRACK, Role.LIMIT, 1.0))
            else:
                sheet.add(Area(box, Role.LIMIT, radius=1.0))

    def _draw_limits(self, sheet: Sheet, panel: _Panel, width: float, gauge: Gauge) -> None:
        found = steps([panel.times(week)[1] for week in self.weeks])
        for step in found:
            y = panel.y(step.ms)
            x1, x2 = panel.x(step.first), panel.x(step.last + 1)
            sheet.add(Line(x1, y, x2, y, Role.TEXT, 1.5, dashed=True))
        for before, after in pairwise(found):
            if before.last + 1 == after.first:
                x = panel.x(after.first)
                sheet.add(Line(x, panel.y(before.ms), x, panel.y(after.ms), Role.TEXT, 1.5))
        if found:
            line, last = gauge.line(Style.BODY), found[-1]
            x = panel.frame.right + gauge.unit / 2
            words = Box(x, panel.y(last.ms) - line / 2, width - x, line)
            sheet.add(Words(words, self._limit_text(last.ms)))

    def _limit_text(self, ms: int) -> str:
        return self.language.gettext("limit {time}").format(time=self.language.duration(ms))

    def _draw_months(self, sheet: Sheet, panel: _Panel, y: float, gauge: Gauge) -> None:
        """Name a month below the first week that begins in it, where there is room."""
        free = panel.frame.x
        for index, text in self._months():
            x, wide = panel.x(index), gauge.text(text, Style.BODY)
            if x >= free and x + wide <= panel.frame.right + gauge.unit:
                sheet.add(Words(Box(x, y, wide, gauge.line(Style.BODY)), text, Role.DIM))
                free = x + wide + gauge.unit

    def _months(self) -> Iterator[tuple[int, str]]:
        month = 0
        for index, week in enumerate(self.weeks):
            if week.monday.month != month:
                if index == 0 and week.monday.day > 14:
                    continue  # so little of it is left that the next one's name is worth more
                month = week.monday.month
                yield index, self.language.month(week.monday, short=True)

    def _spoken(self, week: WeekBar) -> str:
        _ = self.language.gettext
        parts = []
        for name, ms, limit in (
            (_("work"), week.work_ms, week.work_limit_ms),
            (_("private"), week.private_ms, week.private_limit_ms),
        ):
            text = _("{name} {time} of {limit}") if limit is not None else _("{name} {time}")
            time, bound = self.language.duration(ms), self.language.duration(limit or 0)
            parts.append(text.format(name=name, time=time, limit=bound))
        return _("{day}: {parts}").format(day=week.title, parts=", ".join(parts))


def _work(week: WeekBar) -> tuple[int, int | None]:
    return week.work_ms, week.work_limit_ms


def _private(week: WeekBar) -> tuple[int, int | None]:
    return week.private_ms, week.private_limit_ms
