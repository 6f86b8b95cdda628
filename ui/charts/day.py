"""A whole day on one sheet: for pictures and pages, where there is no window around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tracker.i18n import Language
from ui.charts.channels import ChannelsChart
from ui.charts.drawing import Box, Chart, Drawing, Gauge, Role, Sheet, Style, Words, column
from ui.charts.limits import LimitsChart
from ui.charts.timeline import TimelineChart
from ui.day_view import DayView
from ui.timeline_view import TimelineView


@dataclass(frozen=True, slots=True)
class DayCharts:
    """The three charts of a day."""

    limits: LimitsChart
    channels: ChannelsChart
    timeline: TimelineChart


def charts_of(
    day: DayView,
    timeline: TimelineView,
    slots: Mapping[str, int | None],
    zone: ZoneInfo,
    language: Language,
) -> DayCharts:
    """Return the charts of a day."""
    return DayCharts(
        LimitsChart(day.limits, language),
        ChannelsChart(day.channels, slots, language),
        TimelineChart(timeline, slots, zone, language),
    )


@dataclass(frozen=True, slots=True)
class DaySheet:
    """A day's title, its one number, and its charts under their headings."""

    day: DayView
    charts: DayCharts
    language: Language

    def lay_out(self, width: float, gauge: Gauge) -> Drawing:
        """Place everything in a column of the width, without a margin."""
        _ = self.language.gettext
        parts = [_headline(self.day, width, gauge)]
        if self.day.limits:
            parts.append(_section(_("Limits"), self.charts.limits, width, gauge))
        if self.day.channels:
            parts.append(_section(_("Channels"), self.charts.channels, width, gauge))
        parts.append(_section(_("The day"), self.charts.timeline, width, gauge))
        return column(parts, gauge.unit * 4, width)


def _headline(day: DayView, width: float, gauge: Gauge) -> Drawing:
    return _lines(
        [
            (day.title, Role.DIM, Style.BODY),
            (day.headline.number, Role.TEXT, Style.NUMBER),
            (day.headline.words, Role.TEXT, Style.BODY),
        ],
        width,
        gauge,
    )


def _section(heading: str, chart: Chart, width: float, gauge: Gauge) -> Drawing:
    title = _lines([(heading, Role.TEXT, Style.HEADING)], width, gauge)
    return column([title, chart.lay_out(width, gauge)], gauge.unit * 1.5, width)


def _lines(lines: list[tuple[str, Role, Style]], width: float, gauge: Gauge) -> Drawing:
    sheet, y = Sheet(), 0.0
    for text, ink, style in lines:
        height = gauge.line(style)
        sheet.add(Words(Box(0, y, width, height), text, ink, style))
        y += height + gauge.unit / 2
    return sheet.finish(width, y - gauge.unit / 2)
