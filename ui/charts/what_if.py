"""Weeks as pairs of bars: as they were, and as they would be under another policy."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.i18n import Language
from ui.charts.drawing import (
    Area,
    Box,
    Drawing,
    Gauge,
    Hatch,
    Item,
    Line,
    Role,
    Shape,
    Sheet,
    Side,
    Style,
    Table,
    Words,
)
from ui.charts.week import TimeAxis, time_axis
from ui.what_if_view import PairView, SideView, WhatIfView

HEIGHT = 22
"""The plot's height, in units of the grid."""


@dataclass(frozen=True, slots=True)
class _Plot:
    frame: Box
    axis: TimeAxis
    slot: float

    def bar(self, index: int, second: bool) -> Box:
        """Return the room of a bar, as high as the plot."""
        thick = min(self.slot * 0.36, 28.0)
        middle, gap = self.frame.x + self.slot * (index + 0.5), min(self.slot * 0.03, 2.0)
        x = middle + gap if second else middle - gap - thick
        return Box(x, self.frame.y, thick, self.frame.height)

    def y(self, ms: int) -> float:
        """Return the place of a time."""
        return self.frame.bottom - self.axis.height(ms, self.frame.height)


@dataclass(frozen=True, slots=True)
class WhatIfChart:
    """The weeks of one limit; what lies over it is hatched."""

    view: WhatIfView
    language: Language

    def lay_out(self, width: float, gauge: Gauge) -> Drawing:
        """See :class:`ui.charts.drawing.Chart`."""
        sheet = Sheet()
        plot = self._plot(width, gauge)
        self._draw_axis(sheet, plot, width, gauge)
        every = self._every(plot, gauge)
        for index, pair in enumerate(self.view.weeks):
            slot = Box(plot.frame.x + plot.slot * index, 0, plot.slot, plot.frame.bottom)
            for side, second in ((pair.then, False), (pair.would_be, True)):
                if side is not None:
                    self._draw_bar(sheet, plot, plot.bar(index, second), side, second=second)
            if (len(self.view.weeks) - 1 - index) % every == 0:
                wide = gauge.text(pair.label, Style.BODY) + gauge.unit
                middle = slot.x + slot.width / 2
                y = plot.frame.bottom + gauge.unit / 2
                box = Box(middle - wide / 2, y, wide, gauge.line(Style.BODY))
                sheet.add(Words(box, pair.label, Role.DIM, side=Side.CENTRE))
            sheet.items.append(Item(slot, self._spoken(pair)))
        below = plot.frame.bottom + gauge.line(Style.BODY) + gauge.unit * 2
        return sheet.finish(width, self._draw_key(sheet, below, width, gauge))

    def table(self) -> Table:
        """See :class:`ui.charts.drawing.Chart`."""
        _ = self.language.gettext
        headers = (
            _("Week"), _("Was"), _("Over"), _("Days reached"),
            _("Would be"), _("Over"), _("Days reached"),
        )  # fmt: skip
        rows = tuple(
            (pair.title, *self._cells(pair.then), *self._cells(pair.would_be))
            for pair in self.view.weeks
        )
        return Table(headers, rows, frozenset(range(1, 7)))

    def _cells(self, side: SideView | None) -> tuple[str, str, str]:
        if side is None:
            return "–", "–", "–"
        duration = self.language.duration
        return duration(side.used_ms), duration(side.over_ms), str(side.reached)

    def _plot(self, width: float, gauge: Gauge) -> _Plot:
        sides = [each for pair in self.view.weeks for each in (pair.then, pair.would_be) if each]
        longest = max((max(each.used_ms, each.allowed_ms or 0) for each in sides), default=0)
        axis = time_axis(longest)
        left = max(gauge.text(self.language.duration(ms), Style.BODY) for ms in axis.marks)
        left += gauge.unit
        frame = Box(left, gauge.line(Style.BODY) / 2, width - left, gauge.unit * HEIGHT)
        return _Plot(frame, axis, frame.width / max(1, len(self.view.weeks)))

    def _every(self, plot: _Plot, gauge: Gauge) -> int:
        """Return how many weeks have one label between them."""
        wide = max((gauge.text(p.label, Style.BODY) for p in self.view.weeks), default=0.0)
        return max(1, -int(-(wide + gauge.unit) // plot.slot))

    def _draw_axis(self, sheet: Sheet, plot: _Plot, width: float, gauge: Gauge) -> None:
        line = gauge.line(Style.BODY)
        for ms in plot.axis.marks:
            y = plot.y(ms)
            words = Box(0, y - line / 2, plot.frame.x - gauge.unit, line)
            text = self.language.duration(ms) if ms else "0"
            sheet.add(
                Words(words, text, Role.DIM, side=Side.END),
                Line(plot.frame.x, y, width, y, Role.GRID),
            )

    def _draw_bar(
        self, sheet: Sheet, plot: _Plot, bar: Box, side: SideView, *, second: bool
    ) -> None:
        within, top = plot.y(side.used_ms - side.over_ms), plot.y(side.used_ms)
        if within < bar.bottom:
            box = Box(bar.x, within, bar.width, bar.bottom - within)
            sheet.add(_solid(box, second=second))
        if top < within:
            box = Box(bar.x, top, bar.width, within - top)
            sheet.add(*_beyond(box))
        if side.allowed_ms is not None:
            y, reach = plot.y(side.allowed_ms), bar.width * 0.15
            sheet.add(Line(bar.x - reach, y, bar.right + reach, y, Role.TEXT, 1.5, dashed=True))

    def _draw_key(self, sheet: Sheet, y: float, width: float, gauge: Gauge) -> float:
        _ = self.language.gettext
        line, mark = gauge.line(Style.BODY), gauge.unit * 1.25
        box = Box(0, 0, mark, mark)
        entries: list[tuple[str, tuple[Shape, ...]]] = [
            (_("as it was"), (_solid(box, second=False),)),
            (_("as it would be"), (_solid(box, second=True),)),
            (_("over the limit, hatched"), _beyond(box)),
        ]
        if any(side and side.allowed_ms is not None for side in self._sides()):
            dashes = Line(0, mark / 2, mark, mark / 2, Role.TEXT, 1.5, dashed=True)
            entries.append((_("the week's limit"), (dashes,)))
        x = 0.0
        for text, shapes in entries:
            wide = mark + gauge.unit + gauge.text(text, Style.BODY)
            if x and x + wide > width:
                x, y = 0.0, y + line + gauge.unit / 2
            sheet.paste(Drawing(mark, mark, shapes), x, y + (line - mark) / 2)
            words = Box(x + mark + gauge.unit, y, wide - mark - gauge.unit, line)
            sheet.add(Words(words, text, Role.DIM))
            x += wide + gauge.unit * 2
        return y + line

    def _sides(self) -> list[SideView | None]:
        return [side for pair in self.view.weeks for side in (pair.then, pair.would_be)]

    def _spoken(self, pair: PairView) -> str:
        _ = self.language.gettext
        return _("{week}: was {then}; would be {would_be}").format(
            week=pair.title, then=self._said(pair.then), would_be=self._said(pair.would_be)
        )

    def _said(self, side: SideView | None) -> str:
        _, duration = self.language.gettext, self.language.duration
        if side is None:
            return _("without this limit")
        text = duration(side.used_ms)
        if side.allowed_ms is not None:
            text = _("{used} of {allowed}").format(used=text, allowed=duration(side.allowed_ms))
        if side.over_ms:
            over = _("{duration} over").format(duration=duration(side.over_ms))
            text = f"{text}, {over}"
        return text


def _solid(box: Box, *, second: bool) -> Area:
    if second:
        return Area(box, Role.LIMIT, radius=2)
    return Area(box, Role.TRACK, Role.DIM, 2)


def _beyond(box: Box) -> tuple[Shape, ...]:
    return Area(box, Role.GROUND, Role.WARNING, 2), Hatch(box, Role.WARNING, 2)
