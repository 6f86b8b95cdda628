"""The summary's chart for the web page: the days' bars as inline SVG."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.summary.week import DaySummary, WeekSummary
from tracker.summary.words import short_day

WIDTH, HEIGHT = 720, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 92, 8, 26, 28
_STEPS_MIN = (5, 10, 15, 30, 60, 120, 180, 240, 360, 480)
_MOST_LINES = 5

_HATCH = (
    '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><line class="stripe" x1="0" y1="0" x2="0" y2="7"/>'
    "</pattern></defs>"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's bar, from ``bottom`` up: work first, private on top of it."""

    x: float
    width: float
    bottom: float
    work: float
    private: float

    @property
    def top(self) -> float:
        """The y of its upper edge."""
        return self.bottom - self.work - self.private


def axis_of(longest_ms: int) -> tuple[int, int]:
    """Return the top of the time axis and the step of its lines, in milliseconds."""
    longest = max(longest_ms, 15 * 60_000)
    for minutes in _STEPS_MIN:
        step = minutes * 60_000
        if -(-longest // step) <= _MOST_LINES:
            return -(-longest // step) * step, step
    step = -(-longest // (_MOST_LINES * 3_600_000)) * 3_600_000
    return -(-longest // step) * step, step


def bars_of(summary: WeekSummary) -> tuple[Bar, ...]:
    """Return the bars of the days, in order."""
    top_ms, _step = axis_of(max(day.total_ms for day in summary.days))
    room, slot = HEIGHT - _TOP - _BOTTOM, (WIDTH - _LEFT - _RIGHT) / len(summary.days)

    def bar(place: int, day: DaySummary) -> Bar:
        return Bar(
            _LEFT + slot * place + slot * 0.22,
            slot * 0.56,
            HEIGHT - _BOTTOM,
            room * day.work_ms / top_ms,
            room * day.private_ms / top_ms,
        )

    return tuple(bar(place, day) for place, day in enumerate(summary.days))


def week_svg(summary: WeekSummary, title: str, description: str) -> str:
    """Return the chart. Colours are the page's own, by class; private time is hatched too."""
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="chart-title chart-desc">',
        f'<title id="chart-title">{html.escape(title)}</title>',
        f'<desc id="chart-desc">{html.escape(description)}</desc>',
        _HATCH,
        *_axis(summary),
    ]
    for day, bar in zip(summary.days, bars_of(summary), strict=True):
        parts += _day(summary, day, bar)
    return "\n".join([*parts, "</svg>"])


def _axis(summary: WeekSummary) -> Iterator[str]:
    top_ms, step = axis_of(max(day.total_ms for day in summary.days))
    for ms in range(0, top_ms + 1, step):
        y = HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * ms / top_ms
        label = html.escape(summary.language.duration(ms)) if ms else "0"
        yield f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{WIDTH - _RIGHT}" y2="{y:.1f}"/>'
        yield f'<text class="dim" x="{_LEFT - 10}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'


def _day(summary: WeekSummary, day: DaySummary, bar: Bar) -> Iterator[str]:
    middle = bar.x + bar.width / 2
    edge = bar.bottom - bar.work
    place = f'x="{bar.x:.1f}" width="{bar.width:.1f}"'
    if bar.work:
        yield f'<rect class="work" {place} y="{edge:.1f}" height="{bar.work:.1f}"/>'
    if bar.private:
        yield f'<rect class="private" {place} y="{bar.top:.1f}" height="{bar.private:.1f}"/>'
    if day.total_ms:
        total = html.escape(summary.language.duration(day.total_ms))
        yield (
            f'<text class="strong" x="{middle:.1f}" y="{bar.top - 7:.1f}" text-anchor="middle">'
            f"{total}</text>"
        )
    label = html.escape(short_day(summary.language, day.day))
    yield (
        f'<text class="dim" x="{middle:.1f}" y="{HEIGHT - 9}" text-anchor="middle">{label}</text>'
    )
