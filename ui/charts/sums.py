"""Sums as horizontal bars: a name, its bar, and two figures in columns under their headings."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.i18n import Language
from ui.charts.drawing import (
    Area,
    Box,
    Drawing,
    Gauge,
    Ink,
    Item,
    Line,
    Role,
    Sheet,
    Side,
    Style,
    Table,
    Words,
)

WIDEST_NAME = 0.4
"""The part of the width that the names take at most: they and the figures come before bars."""


@dataclass(frozen=True, slots=True)
class SumRow:
    """A row: its bar is as long as ``ms`` on the chart's scale."""

    name: str
    ms: int
    ink: Ink
    outline: Ink | None
    figures: tuple[str, str]


@dataclass(frozen=True, slots=True)
class SumsChart:
    """Bars one below the other.

    Attributes:
        headers: Of the names and the two figures.
        rows: What is drawn.
        rest: The names and figures of those that are only in the table, for brevity.
        language: The language of its words.
    """

    headers: tuple[str, str, str]
    rows: tuple[SumRow, ...]
    language: Language
    rest: tuple[SumRow, ...] = ()

    def lay_out(self, width: float, gauge: Gauge) -> Drawing:
        """See :class:`ui.charts.drawing.Chart`."""
        sheet = Sheet()
        line = gauge.line(Style.STRONG)
        names = [gauge.text(row.name, Style.STRONG) for row in self.rows]
        left = min(max(names, default=0.0) + gauge.unit * 2, width * WIDEST_NAME)
        columns = [self._figure_column(place, gauge) for place in range(2)]
        bar = width - left - sum(columns)
        edges = (left + bar, left + bar + columns[0])
        for place in range(2):
            head = Box(edges[place], 0, columns[place], line)
            text = self.headers[place + 1]
            sheet.add(Words(head, text, Role.DIM, side=Side.END))
        y = line + gauge.unit / 2
        longest = max((row.ms for row in self.rows), default=0)
        for row in self.rows:
            thick = gauge.unit * 1.25
            top = y + (line - thick) / 2
            sheet.add(
                Words(Box(0, y, left - gauge.unit, line), row.name, Role.TEXT, Style.STRONG),
                Line(left, top - 2, left, top + thick + 2, Role.GRID),
            )
            if row.ms > 0:
                box = Box(left, top, max(bar * row.ms / longest, 1.0), thick)
                sheet.add(Area(box, row.ink, row.outline, gauge.unit / 4))
            for place, style in enumerate((Style.STRONG, Style.BODY)):
                cell = Box(edges[place], y, columns[place], line)
                sheet.add(Words(cell, row.figures[place], Role.TEXT, style, Side.END))
            sheet.items.append(Item(Box(0, y, width, line), self._spoken(row)))
            y += line + gauge.unit * 0.75
        return sheet.finish(width, y)

    def table(self) -> Table:
        """See :class:`ui.charts.drawing.Chart`."""
        rows = tuple((row.name, *row.figures) for row in (*self.rows, *self.rest))
        return Table(self.headers, rows, frozenset({1, 2}))

    def _figure_column(self, place: int, gauge: Gauge) -> float:
        texts = [row.figures[place] for row in self.rows]
        wide = max((gauge.text(text, Style.STRONG) for text in texts), default=0.0)
        return max(wide, gauge.text(self.headers[place + 1], Style.BODY)) + gauge.unit * 2

    def _spoken(self, row: SumRow) -> str:
        first, second = (
            self.language.gettext("{name} {time}").format(name=header, time=figure)
            for header, figure in zip(self.headers[1:], row.figures, strict=True)
        )
        text = self.language.gettext("{channel}: {time}; {parts}")
        return text.format(channel=row.name, time=first, parts=second)
