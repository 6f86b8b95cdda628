"""The week's bars: a pair a day, work and private, stacked by channel, with each day's limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.i18n import Language
from ui.charts.drawing import (
    Area,
    Box,
    Drawing,
    Gauge,
    Hatch,
    Hue,
    Item,
    Line,
    Role,
    Sheet,
    Side,
    Style,
    Table,
    Words,
)
from ui.week_view import ColumnView, WeekView

MINUTE_MS = 60_000
STEPS_MIN = (5, 10, 15, 30, 60, 120, 180, 240, 360, 480)
MOST_LINES = 5
"""The horizontal lines above zero, at most."""

_LEAST_MS = 15 * MINUTE_MS


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """A vertical axis of time, from zero at the bottom."""

    top_ms: int
    step_ms: int

    @property
    def marks(self) -> tuple[int, ...]:
        """The times at which there is a line, zero included."""
        return tuple(range(0, self.top_ms + 1, self.step_ms))

    def height(self, ms: int, room: float) -> float:
        """Return how high so much time is where the whole axis takes ``room``."""
        return room * ms / self.top_ms


def time_axis(longest_ms: int) -> TimeAxis:
    """Return the axis with the shortest steps that has few enough of them."""
    longest = max(longest_ms, _LEAST_MS)
    for minutes in STEPS_MIN:
        step = minutes * MINUTE_MS
        count = -(-longest // step)
        if count <= MOST_LINES:
            return TimeAxis(count * step, step)
    step = -(-longest // (MOST_LINES * 60 * MINUTE_MS)) * 60 * MINUTE_MS
    return TimeAxis(-(-longest // step) * step, step)


@dataclass(frozen=True, slots=True)
class Layer:
    """A channel's part of a bar, from ``y`` above zero on."""

    channel: str
    y: float
    height: float


def pile(parts: Sequence[tuple[str, int]], axis: TimeAxis, room: float) -> tuple[Layer, ...]:
    """Return the parts of a bar one on top of the other; those without time are left out."""
    layers, done = [], 0
    for channel, ms in parts:
        if ms <= 0:
            continue
        y = axis.height(done, room)
        done += ms
        layers.append(Layer(channel, y, axis.height(done, room) - y))
    return tuple(layers)


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the bars stand."""

    frame: Box
    axis: TimeAxis
    slot: float

    def bar(self, index: int, private: bool) -> Box:
        """Return the room of a day's bar, as high as the plot."""
        thick = self.slot * 0.3
        middle = self.frame.x + self.slot * (index + 0.5)
        gap = self.slot * 0.03
        x = middle + gap if private else middle - gap - thick
        return Box(x, self.frame.y, thick, self.frame.height)

    def y(self, ms: int) -> float:
        """Return the place of a time."""
        return self.frame.bottom - self.axis.height(ms, self.frame.height)


@dataclass(frozen=True, slots=True)
class WeekChart:
    """The bars of a week's days."""

    week: WeekView
    slots: Mapping[str, int | None]
    """The place of each channel's colour in the palette."""

    language: Language

    def lay_out(self, width: float, gauge: Gauge) -> Drawing:
        """See :class:`ui.charts.drawing.Chart`."""
        sheet = Sheet()
        plot = self._plot(width, gauge)
        self._draw_axis(sheet, plot, width, gauge)
        for index, column in enumerate(self.week.columns):
            self._draw_day(sheet, plot, index, column, gauge)
        below = plot.frame.bottom + gauge.line(Style.BODY) + gauge.unit
        height = self._draw_key(sheet, below, width, gauge)
        return sheet.finish(width, height)

    def table(self) -> Table:
        """See :class:`ui.charts.drawing.Chart`."""
        _ = self.language.gettext
        rows = [
            (
                column.title,
                self._duration(column.work_ms),
                self._duration(column.work_limit_ms),
                self._duration(column.private_ms),
                self._duration(column.private_limit_ms),
                " · ".join(column.remarks),
            )
            for column in self.week.columns
        ]
        headers = (_("Day"), _("Work"), _("Limit"), _("Private"), _("Limit"), _("Remarks"))
        return Table(headers, tuple(rows), frozenset({1, 2, 3, 4}))

    def _duration(self, ms: int | None) -> str:
        return "–" if ms is None else self.language.duration(ms)

    def _plot(self, width: float, gauge: Gauge) -> _Plot:
        columns = self.week.columns
        times = [ms for column in columns for ms in self._times(column)]
        axis = time_axis(max(times, default=0))
        left = max(gauge.text(self.language.duration(ms), Style.BODY) for ms in axis.marks)
        left += gauge.unit
        top = gauge.line(Style.STRONG) + gauge.unit / 2
        frame = Box(left, top, width - left, gauge.unit * 26)
        return _Plot(frame, axis, frame.width / len(columns))

    def _times(self, column: ColumnView) -> tuple[int, ...]:
        return (
            column.work_ms,
            column.private_ms,
            *column.before,
            column.work_limit_ms or 0,
            column.private_limit_ms or 0,
        )

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

    def _draw_day(
        self, sheet: Sheet, plot: _Plot, index: int, column: ColumnView, gauge: Gauge
    ) -> None:
        highest = 0
        for private, before, limit in (
            (False, column.before[0], column.work_limit_ms),
            (True, column.before[1], column.private_limit_ms),
        ):
            bar = plot.bar(index, private)
            self._draw_before(sheet, plot, bar, before)
            draw = self._draw_private if private else self._draw_work
            draw(sheet, plot, bar, column)
            if limit is not None:
                y, reach = plot.y(limit), bar.width * 0.15
                sheet.add(Line(bar.x - reach, y, bar.right + reach, y, Role.TEXT, 1.5, dashed=True))
            highest = max(highest, column.private_ms if private else column.work_ms)
        slot = Box(plot.frame.x + plot.slot * index, 0, plot.slot, plot.frame.bottom)
        line = gauge.line(Style.BODY)
        label = Box(slot.x, plot.frame.bottom + gauge.unit / 2, slot.width, line)
        sheet.add(Words(label, column.label, Role.DIM, side=Side.CENTRE))
        total = column.work_ms + column.private_ms
        if total:
            y = plot.y(highest) - line - gauge.unit / 4
            words = Box(slot.x, y, slot.width, line)
            text = self.language.duration(total)
            sheet.add(Words(words, text, Role.TEXT, Style.STRONG, Side.CENTRE))
        sheet.items.append(Item(slot, self._spoken(column)))

    def _draw_before(self, sheet: Sheet, plot: _Plot, bar: Box, before_ms: int) -> None:
        """Draw the bar of a week before, a little wider, behind the day's own."""
        height = plot.axis.height(before_ms, plot.frame.height)
        if height > 0:
            wide = bar.width * 0.12
            box = Box(bar.x - wide, bar.bottom - height, bar.width + 2 * wide, height)
            sheet.add(Area(box, Role.TRACK, radius=2))

    def _draw_work(self, sheet: Sheet, plot: _Plot, bar: Box, column: ColumnView) -> None:
        parts = [(stack.channel, stack.work_ms) for stack in column.stacks]
        for layer in pile(parts, plot.axis, plot.frame.height):
            sheet.add(Area(_placed(layer, bar), Hue(self.slots.get(layer.channel)), radius=2))

    def _draw_private(self, sheet: Sheet, plot: _Plot, bar: Box, column: ColumnView) -> None:
        """Draw private time: what limits of working time take below, breaks hatched above."""
        stacks = column.stacks
        parts = [(stack.channel, stack.private_ms - stack.breaks_ms) for stack in stacks]
        below = len([ms for _channel, ms in parts if ms > 0])
        parts += [(stack.channel, stack.breaks_ms) for stack in stacks]
        for at, layer in enumerate(pile(parts, plot.axis, plot.frame.height)):
            hue, box = self.slots.get(layer.channel), _placed(layer, bar)
            inside = Role.GROUND if at >= below else Hue(hue, soft=True)
            sheet.add(Area(box, inside, Hue(hue), 2))
            if at >= below:
                sheet.add(Hatch(_inside(box), Hue(hue)))

    def _draw_key(self, sheet: Sheet, y: float, width: float, gauge: Gauge) -> float:
        """Say which colour is whose, and how work, private and last week look; return the end."""
        _ = self.language.gettext
        line, mark = gauge.line(Style.BODY), gauge.unit * 1.25
        entries: list[tuple[str, Area | Line | Hatch]] = []
        for channel, name in self.week.channels:
            hue = Hue(self.slots.get(channel))
            entries.append((name, Area(Box(0, 0, mark, mark), hue, radius=2)))
        soft = Area(Box(0, 0, mark, mark), Role.GROUND, Role.DIM, 2)
        entries.append((_("private, outlined"), soft))
        if any(column.breaks_ms for column in self.week.columns):
            entries.append((_("in breaks, hatched"), Hatch(Box(0, 0, mark, mark), Role.DIM)))
        if any(any(column.before) for column in self.week.columns):
            before = Area(Box(0, 0, mark, mark), Role.TRACK, radius=2)
            entries.append((_("the week before"), before))
        entries.append((_("the day's limit"), Line(0, 0, mark, 0, Role.TEXT, 1.5, dashed=True)))
        x, y = 0.0, y + gauge.unit
        for text, shape in entries:
            wide = mark + gauge.unit + gauge.text(text, Style.BODY)
            if x and x + wide > width:
                x, y = 0.0, y + line + gauge.unit / 2
            drawing = Drawing(mark, mark, (shape,))
            sheet.paste(drawing, x, y + (line - (0 if isinstance(shape, Line) else mark)) / 2)
            words = Box(x + mark + gauge.unit, y, wide - mark - gauge.unit, line)
            sheet.add(Words(words, text, Role.DIM))
            x += wide + gauge.unit * 2
        return y + line

    def _spoken(self, column: ColumnView) -> str:
        _ = self.language.gettext
        parts = []
        for name, ms, limit in (
            (_("work"), column.work_ms, column.work_limit_ms),
            (_("private"), column.private_ms, column.private_limit_ms),
        ):
            text = _("{name} {time} of {limit}") if limit is not None else _("{name} {time}")
            time, bound = self.language.duration(ms), self.language.duration(limit or 0)
            parts.append(text.format(name=name, time=time, limit=bound))
        parts += [
            f"{stack.name} {self.language.duration(stack.work_ms + stack.private_ms)}"
            for stack in column.stacks
        ]
        parts += column.remarks
        return _("{day}: {parts}").format(day=column.title, parts=", ".join(parts))


def _placed(layer: Layer, bar: Box) -> Box:
    """Return a layer's box in its bar, with a little ground between it and the next."""
    height = max(layer.height - 1.0, min(layer.height, 1.0))
    return Box(bar.x, bar.bottom - layer.y - layer.height, bar.width, height)


def _inside(box: Box) -> Box:
    edge = min(1.5, box.height / 2, box.width / 2)
    return Box(box.x + edge, box.y + edge, box.width - 2 * edge, box.height - 2 * edge)
