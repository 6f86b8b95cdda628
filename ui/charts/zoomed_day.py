"""A stretch of a day, to the second: a lane for each channel, each visit with its purpose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.i18n import Language
from tracker.model import Device, ms_between
from ui.charts.channels import name_column
from ui.charts.drawing import (
    Area,
    Box,
    Drawing,
    Gauge,
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
from ui.charts.timeline import Run, Scale, TimelineChart, draw_hole_key, hole_hatch
from ui.time_window import TimeWindow
from ui.timeline_view import Block, Lane, TimelineView

STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200)
"""Seconds between two labels of the axis."""

HOUR_S = 3600
UNDER_WAY = timedelta(seconds=10)
"""A visit that ended so lately may be going on: what it is for is said beyond the present."""

EXACT_MS = 10_000
"""Shorter lengths are said to a tenth of a second."""


@dataclass(frozen=True, slots=True)
class StretchItem(Item):
    """A part of the chart with the time that it stands for, and the visits in it."""

    start: datetime
    end: datetime
    keys: tuple[tuple[Device, int], ...] = ()


def exact_length(ms: int, language: Language) -> str:
    """Return a length to the second: ``2.5 s``, ``45 s``, ``2 min 51 s``, ``1 h 05 min 09 s``."""
    _ = language.gettext
    if 0 < ms < EXACT_MS:
        return _("{seconds} s").format(seconds=language.number(ms / 1000, 1))
    whole = (ms + 500) // 1000
    seconds = _("{seconds} s").format(seconds=whole % 60)
    if whole < 60:
        return seconds
    return f"{language.duration(whole // 60 * 60_000)} {seconds}"


def axis_step_s(scale: Scale, room: float) -> int:
    """Return the shortest step at which labels have ``room`` each."""
    seconds = max(0.001, ms_between(scale.start, scale.end) / 1000)
    for step in STEPS_S:
        if scale.width * step / seconds >= room:
            return step
    return STEPS_S[-1]


def axis_instants(window: TimeWindow, step_s: int, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the instants in the window at which the zone's clock shows whole steps."""
    walk_s = min(step_s, HOUR_S)
    local = window.start.astimezone(zone)
    past_s = (local.minute * 60 + local.second) % walk_s
    at = window.start - timedelta(seconds=past_s, microseconds=local.microsecond)
    while at <= window.end:
        # Whole hours are taken one by one: where the clock is set, steps of several go astray.
        if at >= window.start and at.astimezone(zone).hour * HOUR_S % max(step_s, HOUR_S) == 0:
            yield at
        at += timedelta(seconds=walk_s)


def join_narrow(blocks: Sequence[Block], scale: Scale, unit: float) -> tuple[Run, ...]:
    """Return the blocks, those joined that touch and are too narrow to be pointed at."""
    runs: list[list[Block]] = []
    for block in blocks:
        last = runs[-1][-1] if runs else None
        if last is not None and last.certain == block.certain:
            apart = scale.x(block.start) - scale.x(last.end)
            narrow = max(_width(last, scale), _width(block, scale)) < unit / 2
            if narrow and apart < unit / 8:
                runs[-1].append(block)
                continue
        runs.append([block])
    return tuple(Run(tuple(run)) for run in runs)


def _width(block: Block, scale: Scale) -> float:
    return scale.x(block.end) - scale.x(block.start)


@dataclass(frozen=True, slots=True)
class ZoomedDay:
    """What lies in a window of a day."""

    view: TimelineView
    window: TimeWindow
    slots: Mapping[str, int | None]
    zone: ZoneInfo
    language: Language
    chosen: frozenset[tuple[Device, int]] = frozenset()
    """The visits that are chosen: they are underlined."""

    def scale(self, width: float, gauge: Gauge) -> Scale:
        """Return where instants stand in a chart of that width."""
        left = name_column([lane.name for lane in self.view.lanes], width, gauge)
        hang = gauge.text("00:00:00", Style.BODY) / 2
        return Scale(self.window.start, self.window.end, left, width - left - hang)

    def lay_out(self, width: float, gauge: Gauge) -> Drawing:
        """See :class:`ui.charts.drawing.Chart`."""
        sheet, scale = Sheet(), self.scale(width, gauge)
        row = gauge.line(Style.BODY) + gauge.unit * 3
        height = row * max(1, len(self.view.lanes))
        items: list[StretchItem] = []
        for index, lane in enumerate(self.view.lanes):
            name = Box(0, index * row, scale.left, row)
            items += self._draw_lane(sheet, lane, name, scale, gauge)
        items += self._draw_holes(sheet, height, scale, gauge)
        now = self.view.now
        if now is not None and self.window.start <= now <= self.window.end:
            x = scale.x(now)
            sheet.add(Line(x, 0, x, height + gauge.unit / 2, Role.TEXT, max(1.0, gauge.unit / 8)))
        # In order of time: so they are walked through.
        items.sort(key=lambda item: item.start)
        sheet.items += items
        bottom = self._draw_axis(sheet, height, scale, gauge)
        if self.view.hole_sums:
            bottom += gauge.unit
            bottom = draw_hole_key(sheet, bottom, self.view.hole_sums, scale, gauge)
        return sheet.finish(width, bottom)

    def table(self) -> Table:
        """See :class:`ui.charts.drawing.Chart`: the stretches of the whole day."""
        return TimelineChart(self.view, self.slots, self.zone, self.language).table()

    def _draw_lane(
        self, sheet: Sheet, lane: Lane, name: Box, scale: Scale, gauge: Gauge
    ) -> Iterator[StretchItem]:
        unit, slot = gauge.unit, self.slots.get(lane.channel)
        bar = Box(0, name.y + unit * 0.75, 0, unit * 1.5)
        middle = bar.y + bar.height / 2
        words = Box(0, middle - name.height / 2, name.width - unit, name.height)
        sheet.add(
            Line(scale.left, middle, scale.left + scale.width, middle, Role.GRID),
            Words(words, lane.name, Role.TEXT),
        )
        seen = [
            block
            for block in lane.blocks
            if block.end > self.window.start and block.start < self.window.end
        ]
        runs = join_narrow(seen, scale, unit)
        for at, run in enumerate(runs):
            x, end = scale.x(run.start), scale.x(run.end)
            # A pixel of ground between two visits that follow upon each other.
            area = Box(x, bar.y, max(end - x - 1, unit / 4), bar.height)
            radius = min(unit / 4, area.width / 2)
            if run.blocks[0].certain:
                sheet.add(Area(area, Hue(slot), radius=radius))
            else:
                sheet.add(Area(area, Hue(slot, soft=True), Hue(slot), radius))
            if not self.chosen.isdisjoint(block.key for block in run.blocks if block.key):
                under = Box(area.x, area.bottom + unit / 4, area.width, unit / 4)
                sheet.add(Area(under, Role.TEXT))
            followed = [hole.start for hole in self.view.holes if hole.start >= run.end]
            followed += [each.start for each in runs[at + 1 : at + 2]]
            if self.view.now is not None and self.view.now > run.end + UNDER_WAY:
                followed.append(self.view.now)
            free_to = min(map(scale.x, followed), default=scale.left + scale.width + unit) - unit
            _draw_purpose(sheet, run, area, free_to - x, gauge)
            yield self._item(lane, run, area)

    def _draw_holes(
        self, sheet: Sheet, height: float, scale: Scale, gauge: Gauge
    ) -> Iterator[StretchItem]:
        for hole in self.view.holes:
            if hole.end <= self.window.start or hole.start >= self.window.end:
                continue
            x, end = scale.x(hole.start), scale.x(hole.end)
            area = Box(x, 0, max(end - x, gauge.unit / 4), height)
            sheet.add(hole_hatch(area, hole.kind))
            text = self._said(hole.start, hole.end, hole.what)
            if gauge.text(hole.what, Style.BODY) + gauge.unit * 2 < area.width:
                _label_hole(sheet, area, hole.what, gauge)
            yield StretchItem(area, text, hole.start, hole.end)

    def _draw_axis(self, sheet: Sheet, y: float, scale: Scale, gauge: Gauge) -> float:
        line = gauge.line(Style.BODY)
        sheet.add(Line(scale.left, y, scale.left + scale.width, y, Role.GRID))
        wide = gauge.text("00:00:00", Style.BODY)
        step_s = axis_step_s(scale, wide + gauge.unit * 2)
        for at in axis_instants(self.window, step_s, self.zone):
            x = scale.x(at)
            sheet.add(Line(x, y, x, y + gauge.unit * 0.625, Role.DIM))
            words = Box(x - wide / 2, y + gauge.unit * 0.75, wide, line)
            text = self.language.time(at, self.zone, seconds=step_s < 60)
            sheet.add(Words(words, text, Role.DIM, Style.BODY, Side.CENTRE))
        return y + gauge.unit * 0.75 + line

    def _item(self, lane: Lane, run: Run, box: Box) -> StretchItem:
        keys = tuple(block.key for block in run.blocks if block.key is not None)
        if len(run.blocks) == 1:
            text = self._said(run.start, run.end, run.blocks[0].what)
            return StretchItem(box, text, run.start, run.end, keys)
        form = self.language.ngettext(
            "{start} to {end}: {channel}, {visits} visit, {time} in all",
            "{start} to {end}: {channel}, {visits} visits, {time} in all",
            len(run.blocks),
        )
        text = form.format(
            start=self._time(run.start),
            end=self._time(run.end),
            channel=lane.name,
            visits=len(run.blocks),
            time=exact_length(run.ms, self.language),
        )
        return StretchItem(box, text, run.start, run.end, keys)

    def _said(self, start: datetime, end: datetime, what: str) -> str:
        return self.language.gettext("{start} to {end}, {length}: {what}").format(
            start=self._time(start),
            end=self._time(end),
            length=exact_length(ms_between(start, end), self.language),
            what=what,
        )

    def _time(self, instant: datetime) -> str:
        return self.language.time(instant, self.zone, seconds=True)


def _draw_purpose(sheet: Sheet, run: Run, bar: Box, room: float, gauge: Gauge) -> None:
    """Say below visits what they were for, where there is room up to the next."""
    purposes = {block.purpose for block in run.blocks}
    if len(purposes) != 1:
        return
    (text,) = purposes
    wanted = gauge.text(text, Style.BODY)
    if room < wanted and room < gauge.unit * 6:
        return
    box = Box(bar.x, bar.bottom + gauge.unit * 0.5, min(wanted, room), gauge.line(Style.BODY))
    sheet.add(Words(box, text, Role.DIM))


def _label_hole(sheet: Sheet, area: Box, what: str, gauge: Gauge) -> None:
    wide, line = gauge.text(what, Style.BODY) + gauge.unit, gauge.line(Style.BODY)
    middle = area.x + area.width / 2
    box = Box(middle - wide / 2, area.y + area.height / 2 - line / 2, wide, line)
    sheet.add(Area(box, Role.GROUND, radius=2), Words(box, what, side=Side.CENTRE))
