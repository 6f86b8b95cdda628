"""The day's timeline: a lane for each channel, hatched where nothing is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.i18n import Language
from tracker.model import GapKind, ms_between
from ui.charts.channels import name_column
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
from ui.timeline_view import Block, HoleSum, Lane, Tick, TimelineView

STEPS = (1, 2, 3, 4, 6, 12)
"""Hours between two labels of the axis."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns instants into places along the axis."""

    start: datetime
    end: datetime
    left: float
    width: float

    def x(self, instant: datetime) -> float:
        """Return the place of an instant; one beyond an end is put at that end."""
        whole = max(1, ms_between(self.start, self.end))
        share = ms_between(self.start, instant) / whole
        return self.left + self.width * min(1.0, max(0.0, share))

    def instant(self, x: float) -> datetime:
        """Return the instant at a place; beyond an end, that end."""
        share = (x - self.left) / self.width if self.width > 0 else 0.0
        return self.start + (self.end - self.start) * min(1.0, max(0.0, share))


@dataclass(frozen=True, slots=True)
class Run:
    """Stretches of a lane that touch each other at this scale."""

    blocks: tuple[Block, ...]

    @property
    def start(self) -> datetime:
        """Where the first begins."""
        return self.blocks[0].start

    @property
    def end(self) -> datetime:
        """Where the last ends."""
        return self.blocks[-1].end

    @property
    def ms(self) -> int:
        """The time in them, what lies between left out."""
        return sum(ms_between(block.start, block.end) for block in self.blocks)


def join(blocks: Sequence[Block], scale: Scale, gap: float) -> tuple[Run, ...]:
    """Return the blocks, those joined that are alike and less than ``gap`` apart."""
    runs: list[list[Block]] = []
    for block in blocks:
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and last.certain == block.certain
            and scale.x(block.start) - scale.x(last.end) < gap
        ):
            runs[-1].append(block)
        else:
            runs.append([block])
    return tuple(Run(tuple(run)) for run in runs)


def labelled(ticks: Sequence[Tick], scale: Scale, room: float) -> frozenset[datetime]:
    """Return the ticks that have room for a label: every first, second, third … hour."""
    if len(ticks) < 2:
        return frozenset(tick.at for tick in ticks)
    apart = scale.x(ticks[1].at) - scale.x(ticks[0].at)
    step = next((step for step in STEPS if apart * step >= room), STEPS[-1])
    return frozenset(tick.at for tick in ticks if int(tick.label) % step == 0)


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """The day along an axis of hours by the policy's clock."""

    view: TimelineView
    slots: Mapping[str, int | None]
    zone: ZoneInfo
    language: Language

    def lay_out(self, width: float, gauge: Gauge) -> Drawing:
        """See :class:`ui.charts.drawing.Chart`."""
        view, sheet = self.view, Sheet()
        left = name_column([lane.name for lane in view.lanes], width, gauge)
        # Half a label hangs over at the right end.
        hang = gauge.text("00", Style.BODY) / 2
        scale = Scale(view.start, view.end, left, width - left - hang)
        row = gauge.line(Style.BODY) + gauge.unit * 0.5
        height = row * max(1, len(view.lanes))
        for index, lane in enumerate(view.lanes):
            box = Box(0, index * row, width - hang, row)
            self._draw_lane(sheet, lane, box, scale, gauge)
        self._draw_holes(sheet, Box(0, 0, width, height), scale, gauge)
        if view.now is not None:
            x = scale.x(view.now)
            sheet.add(Line(x, 0, x, height + gauge.unit / 2, Role.TEXT, max(1.0, gauge.unit / 8)))
        bottom = self._draw_axis(sheet, height, scale, gauge)
        if view.hole_sums:
            bottom = draw_hole_key(sheet, bottom + gauge.unit, view.hole_sums, scale, gauge)
        return sheet.finish(width, bottom)

    def table(self) -> Table:
        """See :class:`ui.charts.drawing.Chart`."""
        _ = self.language.gettext
        headers = (_("From"), _("To"), _("Channel"), _("Purpose"), _("Time"))
        rows = tuple(
            (
                self.language.time(row.start, self.zone, seconds=True),
                self.language.time(row.end, self.zone, seconds=True),
                row.channel,
                row.purpose,
                self.language.duration(ms_between(row.start, row.end)),
            )
            for row in self.view.rows
        )
        return Table(headers, rows, frozenset({0, 1, 4}))

    def _draw_lane(self, sheet: Sheet, lane: Lane, box: Box, scale: Scale, gauge: Gauge) -> None:
        name = Box(0, box.y, scale.left - gauge.unit, box.height)
        middle = box.y + box.height / 2
        sheet.add(
            Line(scale.left, middle, box.right, middle, Role.GRID),
            Words(name, lane.name, Role.TEXT),
        )
        thick, slot = gauge.unit * 1.5, self.slots.get(lane.channel)
        least = gauge.unit / 4
        for run in join(lane.blocks, scale, gauge.unit / 8):
            x, end = scale.x(run.start), scale.x(run.end)
            area = Box(x, middle - thick / 2, max(end - x, least), thick)
            radius = min(gauge.unit / 4, area.width / 2)
            if run.blocks[0].certain:
                sheet.add(Area(area, Hue(slot), radius=radius))
            else:
                sheet.add(Area(area, Hue(slot, soft=True), Hue(slot), radius))
            sheet.items.append(Item(area, self._spoken(lane, run)))

    def _draw_holes(self, sheet: Sheet, box: Box, scale: Scale, gauge: Gauge) -> None:
        for hole in self.view.holes:
            x, end = scale.x(hole.start), scale.x(hole.end)
            area = Box(x, box.y, max(end - x, gauge.unit / 4), box.height)
            sheet.add(hole_hatch(area, hole.kind))
            sheet.items.append(Item(area, self._stretch(hole.start, hole.end, hole.what)))

    def _draw_axis(self, sheet: Sheet, y: float, scale: Scale, gauge: Gauge) -> float:
        line = gauge.line(Style.BODY)
        sheet.add(Line(scale.left, y, scale.left + scale.width, y, Role.GRID))
        wide = gauge.text("00", Style.BODY)
        marked = labelled(self.view.ticks, scale, wide + gauge.unit * 2)
        for tick in self.view.ticks:
            x = scale.x(tick.at)
            if tick.at not in marked:
                sheet.add(Line(x, y, x, y + gauge.unit * 0.375, Role.GRID))
                continue
            sheet.add(Line(x, y, x, y + gauge.unit * 0.625, Role.DIM))
            words = Box(x - wide, y + gauge.unit * 0.75, wide * 2, line)
            sheet.add(Words(words, tick.label, Role.DIM, Style.BODY, Side.CENTRE))
        return y + gauge.unit * 0.75 + line

    def _stretch(self, start: datetime, end: datetime, what: str) -> str:
        return self.language.gettext("{start} to {end}: {what}").format(
            start=self.language.time(start, self.zone),
            end=self.language.time(end, self.zone),
            what=what,
        )

    def _spoken(self, lane: Lane, run: Run) -> str:
        if len(run.blocks) == 1:
            return self._stretch(run.start, run.end, run.blocks[0].what)
        form = self.language.ngettext(
            "{start} to {end}: {channel}, {visits} visit, {time} in all",
            "{start} to {end}: {channel}, {visits} visits, {time} in all",
            len(run.blocks),
        )
        return form.format(
            start=self.language.time(run.start, self.zone),
            end=self.language.time(run.end, self.zone),
            channel=lane.name,
            visits=len(run.blocks),
            time=self.language.duration(run.ms),
        )


def hole_hatch(box: Box, kind: GapKind) -> Hatch:
    """Return a box hatched by its kind: rising where nothing was seen, falling where paused."""
    return Hatch(box, Role.DIM, falling=kind is GapKind.PAUSED)


def draw_hole_key(
    sheet: Sheet, y: float, sums: Sequence[HoleSum], scale: Scale, gauge: Gauge
) -> float:
    """Say what the hatches are, where the day's lanes begin; return where that ends."""
    line, x = gauge.line(Style.BODY), scale.left
    for hole_sum in sums:
        side = gauge.unit * 1.5
        swatch = Box(x, y + (line - side) / 2, side * 1.5, side)
        width = gauge.text(hole_sum.text, Style.BODY)
        end = swatch.right + gauge.unit + width
        if x > scale.left and end > scale.left + scale.width:
            y += line + gauge.unit / 2
            swatch = swatch.moved(scale.left - x, line + gauge.unit / 2)
        words = Box(swatch.right + gauge.unit, y, width, line)
        sheet.add(hole_hatch(swatch, hole_sum.kind), Words(words, hole_sum.text, Role.DIM))
        x = words.right + gauge.unit * 3
    return y + line
