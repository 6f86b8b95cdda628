"""The bars of limits: thin, with a notch when near, capped when reached, running past when over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.i18n import Language
from tracker.limits.types import Level
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
from ui.day_view import LimitView

MOST_BARS = 8
MOST_PAST = 0.35
"""The part of a bar's width that the time over a limit takes at most."""


@dataclass(frozen=True, slots=True)
class BarMeasures:
    """Where a limit's bar begins, ends and is marked, along its width."""

    fill: float
    """Where the used time ends, at most at ``mark``."""

    mark: float
    """Where the allowance ends."""

    past: float
    """Where the time over the limit ends; ``mark`` where there is none."""

    notch: float | None
    """Where the limit counts as near; None where it is not near yet or the mark is unknown."""


def measure_bar(view: LimitView, width: float, spare: float) -> BarMeasures:
    """Return the measures of a bar.

    Args:
        view: The limit.
        width: The room there is.
        spare: What the words beside the time over a limit take of it.
    """
    if not view.allowed_ms:
        # Nothing is allowed: whatever was used lies past the mark, which is at the start.
        past = (width - spare) * MOST_PAST if view.used_ms and view.allowed_ms == 0 else 0.0
        return BarMeasures(0.0, 0.0, past, None)
    over_ms = max(0, view.used_ms - view.allowed_ms)
    if view.level is not Level.OVER:
        fill = width * min(1.0, view.used_ms / view.allowed_ms)
        notch = None
        if view.level is Level.NEAR and view.near_ms is not None:
            notch = width * min(1.0, view.near_ms / view.allowed_ms)
        return BarMeasures(fill, width, width, notch)
    share = min(over_ms / (view.allowed_ms + over_ms), MOST_PAST)
    room = width - spare
    mark = room * (1 - share)
    return BarMeasures(mark, mark, room, None)


def worth_a_bar(limits: Sequence[LimitView]) -> tuple[LimitView, ...]:
    """Return the limits that get a bar: all of a few; of many, those that say something.

    A limit that gives each of twenty channels its own allowance would else bury the one
    that counts. The table has them all.
    """
    if len(limits) <= MOST_BARS:
        return tuple(limits)
    return tuple(view for view in limits if view.used_ms > 0 or view.channel is None)


@dataclass(frozen=True, slots=True)
class LimitsChart:
    """A bar for each limit, with its name above it and what is left beside the name."""

    limits: Sequence[LimitView]
    language: Language

    def lay_out(self, width: float, gauge: Gauge) -> Drawing:
        """See :class:`ui.charts.drawing.Chart`."""
        sheet, y = Sheet(), 0.0
        shown = worth_a_bar(self.limits)
        for index, view in enumerate(shown):
            if index:
                y += gauge.unit * 2
            top = y
            y = self._head(sheet, view, y, width, gauge) + gauge.unit * 0.75
            box = Box(0, y, width, bar_height(view, gauge))
            y = draw_bar(sheet, view, box, gauge, self._past(view))
            sheet.items.append(Item(Box(0, top, width, y - top), self._spoken(view)))
        folded = len(self.limits) - len(shown)
        if folded:
            y += gauge.unit * 2 if shown else 0
            box = Box(0, y, width, gauge.line(Style.BODY))
            sheet.add(Words(box, self._folded(folded), Role.DIM))
            y = box.bottom
        return sheet.finish(width, y)

    def table(self) -> Table:
        """See :class:`ui.charts.drawing.Chart`."""
        _, duration = self.language.gettext, self.language.duration
        rows = tuple(
            (
                view.name,
                view.detail,
                duration(view.used_ms),
                _("no limit") if view.allowed_ms is None else duration(view.allowed_ms),
                view.left_text,
            )
            for view in self.limits
        )
        headers = (_("Limit"), _("For"), _("Used"), _("Allowed"), _("Left"))
        return Table(headers, rows, frozenset({2, 3, 4}))

    def _head(self, sheet: Sheet, view: LimitView, y: float, width: float, gauge: Gauge) -> float:
        line = gauge.line(Style.BODY)
        right = gauge.text(view.left_text, Style.STRONG)
        used = f"{view.used_text}"
        gap = gauge.unit * 1.5
        used_width = gauge.text(used, Style.BODY)
        warning = view.level in (Level.REACHED, Level.OVER)
        ink = Role.WARNING if warning else Role.TEXT
        sheet.add(
            Words(Box(width - right, y, right, line), view.left_text, ink, Style.STRONG, Side.END),
            Words(Box(width - right - gap - used_width, y, used_width, line), used, Role.DIM,
                  Style.BODY, Side.END),
        )  # fmt: skip
        room = width - right - used_width - gap * 2
        name_width = min(gauge.text(view.name, Style.STRONG), room)
        sheet.add(Words(Box(0, y, name_width, line), view.name, Role.TEXT, Style.STRONG))
        rest = room - name_width - gauge.unit
        if view.detail and rest > gauge.unit * 6:
            box = Box(name_width + gauge.unit, y, rest, line)
            sheet.add(Words(box, view.detail, Role.DIM))
        return y + line

    def _folded(self, n: int) -> str:
        form = self.language.ngettext(
            "{n} more limit, with no time used", "{n} more limits, with no time used", n
        )
        return form.format(n=n)

    def _past(self, view: LimitView) -> str:
        left = view.left_ms
        if view.level is not Level.OVER or left is None:
            return ""
        return "+" + self.language.duration(-left)

    def _spoken(self, view: LimitView) -> str:
        what = f"{view.name}, {view.detail}" if view.detail else view.name
        return self.language.gettext("{limit}: {used}, {left}").format(
            limit=what, used=view.used_text, left=view.left_text
        )


def bar_height(view: LimitView, gauge: Gauge) -> float:
    """Return the height of a bar: a limit that is reached has a stronger one."""
    strong = view.level in (Level.REACHED, Level.OVER)
    return gauge.unit * (1.25 if strong else 0.75)


def draw_bar(sheet: Sheet, view: LimitView, box: Box, gauge: Gauge, past_words: str) -> float:
    """Draw a limit's bar into its box and return where it ends below."""
    height, radius = box.height, box.height / 2
    spare = gauge.text(past_words, Style.STRONG) + gauge.unit if past_words else 0.0
    measures = measure_bar(view, box.width, spare)
    strong = view.level in (Level.REACHED, Level.OVER)
    if view.allowed_ms is None:
        # No bound: a dotted line in place of a bar, so that nobody reads a share off it.
        middle = box.y + height / 2
        sheet.add(Line(0, middle, box.width, middle, Role.TRACK, gauge.unit / 4, dashed=True))
        return box.bottom
    if not strong:
        sheet.add(Area(box, Role.TRACK, radius=radius))
    if measures.fill > 0:
        sheet.add(
            Area(Box(0, box.y, max(measures.fill, height), height), Role.LIMIT, radius=radius)
        )
    if measures.notch is not None:
        _draw_notch(sheet, measures.notch, box, gauge)
    if strong:
        _draw_cap(sheet, measures, box, gauge, past_words)
    return box.bottom


def _draw_notch(sheet: Sheet, x: float, box: Box, gauge: Gauge) -> None:
    wide = gauge.unit / 4
    reach = gauge.unit * 0.375
    x = min(x, box.width - wide)
    sheet.add(
        Area(Box(x - wide, box.y - reach, wide * 3, box.height + 2 * reach), Role.GROUND),
        Area(Box(x, box.y - reach, wide, box.height + 2 * reach), Role.TEXT),
    )


def _draw_cap(sheet: Sheet, measures: BarMeasures, box: Box, gauge: Gauge, past_words: str) -> None:
    """Close the bar with a cap at its mark; what lies past it follows, its minutes beside it."""
    wide = gauge.unit / 2
    reach = gauge.unit * 0.375
    if measures.past > measures.mark + wide:
        sheet.add(
            Area(
                Box(measures.mark, box.y, measures.past - measures.mark, box.height),
                Role.GROUND, Role.WARNING, box.height / 2,
            )
        )  # fmt: skip
    at = max(0.0, measures.mark - wide)
    sheet.add(
        Area(Box(at, box.y - reach, wide, box.height + 2 * reach), Role.WARNING, radius=wide / 4)
    )
    if past_words:
        line = gauge.line(Style.STRONG)
        words = Box(measures.past + gauge.unit, box.y + (box.height - line) / 2,
                    gauge.text(past_words, Style.STRONG), line)  # fmt: skip
        sheet.add(Words(words, past_words, Role.WARNING, Style.STRONG))
