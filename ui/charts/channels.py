"""The bars of channels: one a channel, its purposes one after the other, all on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.i18n import Language
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
from ui.day_view import ChannelView, PartView

WIDEST_NAME = 0.3
"""The part of the width that the names' column takes at most."""


def name_column(names: Sequence[str], width: float, gauge: Gauge) -> float:
    """Return how wide the column of names is, with the gap after it."""
    widest = max((gauge.text(name, Style.STRONG) for name in names), default=0.0)
    return min(widest + gauge.unit * 2, width * WIDEST_NAME)


@dataclass(frozen=True, slots=True)
class Piece:
    """A purpose's part of a channel's bar, from ``x`` on."""

    part: PartView
    x: float
    width: float


def cut_bar(view: ChannelView, longest_ms: int, width: float, gap: float) -> tuple[Piece, ...]:
    """Return a channel's purposes along its bar, on the scale on which ``longest_ms`` fills it.

    The gap between two pieces is taken from the first, so that the bar's end stays true.
    """
    pieces: list[Piece] = []
    done_ms = 0
    for index, part in enumerate(view.parts):
        x = width * done_ms / longest_ms
        done_ms += part.ms
        end = width * done_ms / longest_ms
        if index < len(view.parts) - 1:
            end -= gap
        pieces.append(Piece(part, x, max(end - x, 1.0)))
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class ChannelsChart:
    """A bar for each channel of the day."""

    channels: Sequence[ChannelView]
    slots: Mapping[str, int | None]
    """The place of each channel's colour in the palette."""

    language: Language

    def lay_out(self, width: float, gauge: Gauge) -> Drawing:
        """See :class:`ui.charts.drawing.Chart`."""
        sheet, y = Sheet(), 0.0
        left = name_column([view.name for view in self.channels], width, gauge)
        totals = [gauge.text(view.total_text, Style.STRONG) for view in self.channels]
        right = max(totals, default=0.0) + gauge.unit * 2
        for index, view in enumerate(self.channels):
            if index:
                y += gauge.unit * 1.5
            bar = Box(left, y, width - left - right, gauge.line(Style.BODY))
            self._draw_row(sheet, view, bar, right, gauge)
            below = self._draw_parts(sheet, view, bar, right, gauge)
            sheet.items.append(Item(Box(0, y, width, below - y), self._spoken(view)))
            y = below
        return sheet.finish(width, y)

    def table(self) -> Table:
        """See :class:`ui.charts.drawing.Chart`."""
        _ = self.language.gettext
        rows: list[tuple[str, ...]] = []
        for view in self.channels:
            rows += [(view.name, part.name, part.text) for part in view.parts]
            rows.append((view.name, _("in all"), view.total_text))
        return Table((_("Channel"), _("Purpose"), _("Time")), tuple(rows), frozenset({2}))

    def _draw_row(
        self, sheet: Sheet, view: ChannelView, bar: Box, right: float, gauge: Gauge
    ) -> None:
        name = Box(0, bar.y, bar.x - gauge.unit, bar.height)
        total = Box(bar.right, bar.y, right, bar.height)
        longest = max(channel.total_ms for channel in self.channels)
        thick = gauge.unit * 1.25
        top = bar.y + (bar.height - thick) / 2
        sheet.add(
            Words(name, view.name, Role.TEXT, Style.STRONG),
            Words(total, view.total_text, Role.TEXT, Style.STRONG, Side.END),
            Line(bar.x, top - 2, bar.x, top + thick + 2, Role.GRID, 1.0),
        )
        slot = self.slots.get(view.channel)
        radius = gauge.unit / 4
        for piece in cut_bar(view, longest, bar.width, gauge.unit / 4):
            box = Box(bar.x + piece.x, top, piece.width, thick)
            if piece.part.private:
                sheet.add(Area(box, Hue(slot, soft=True), Hue(slot), radius))
            else:
                sheet.add(Area(box, Hue(slot), radius=radius))

    def _draw_parts(
        self, sheet: Sheet, view: ChannelView, bar: Box, right: float, gauge: Gauge
    ) -> float:
        line, width = gauge.line(Style.BODY), bar.width + right
        y = bar.bottom + gauge.unit / 4
        for text in fill_lines(_words(view), width, gauge):
            sheet.add(Words(Box(bar.x, y, width, line), text, Role.DIM))
            y += line
        return y

    def _spoken(self, view: ChannelView) -> str:
        return self.language.gettext("{channel}: {time}; {parts}").format(
            channel=view.name, time=view.total_text, parts=", ".join(_words(view))
        )


def fill_lines(words: Sequence[str], width: float, gauge: Gauge) -> tuple[str, ...]:
    """Return the words in as few lines as fit the width, a dot between two in one line."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} · {word}" if lines else word
        if lines and gauge.text(longer, Style.BODY) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _words(view: ChannelView) -> list[str]:
    words = [f"{part.name} {part.text}" for part in view.parts]
    return [*words, view.uncertain_text] if view.uncertain_text else words
