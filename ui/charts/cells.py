"""Days and hours as cells: the figure in each, and behind it a shade of how much that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.i18n import Language
from ui.calendar_view import DayCell, HourRow, HoursView, MonthView
from ui.charts.drawing import (
    SHADES,
    Area,
    Box,
    Drawing,
    Gauge,
    Item,
    Role,
    Shade,
    Sheet,
    Side,
    Style,
    Table,
    Words,
)
from ui.charts.week import time_axis

_GAP = 2.0


def shade_of(ms: int, most_ms: int) -> Shade:
    """Return the step of the scale up to ``most_ms`` that a time falls into; 0 for none at all."""
    if ms <= 0 or most_ms <= 0:
        return Shade(0)
    return Shade(min(SHADES, 1 + ms * SHADES // (most_ms + 1)))


def _scale(
    sheet: Sheet, at: tuple[float, float], most_ms: int, language: Language, gauge: Gauge
) -> float:
    """Draw the scale of shades from 0 to ``most_ms`` at a place; return where it ends."""
    (x, y), line, mark = at, gauge.line(Style.BODY), gauge.unit * 2
    sheet.add(Words(Box(x, y, gauge.unit * 2, line), "0", Role.DIM))
    x += gauge.text("0", Style.BODY) + gauge.unit
    for step in range(SHADES + 1):
        box = Box(x, y + (line - gauge.unit) / 2, mark, gauge.unit)
        sheet.add(Area(box, Shade(step), Role.GRID))
        x += mark
    text = language.duration(most_ms)
    words = Box(x + gauge.unit, y, gauge.text(text, Style.BODY), line)
    sheet.add(Words(words, text, Role.DIM))
    return y + line


@dataclass(frozen=True, slots=True)
class MonthChart:
    """The calendar of a month; its items are its days."""

    month: MonthView
    language: Language

    def lay_out(self, width: float, gauge: Gauge) -> Drawing:
        """See :class:`ui.charts.drawing.Chart`."""
        sheet = Sheet()
        line = gauge.line(Style.BODY)
        wide, high = width / 7, line * 2 + gauge.unit
        for number, name in enumerate(self.month.weekdays):
            head = Box(wide * number, 0, wide - _GAP, line)
            sheet.add(Words(head, name, Role.DIM, side=Side.CENTRE))
        y = line + gauge.unit / 2
        most = time_axis(self.month.longest_ms).top_ms
        texts = self._figures(wide - _GAP - gauge.unit, gauge)
        for cell in self.month.days:
            box = Box(wide * cell.day.weekday(), y, wide - _GAP, high - _GAP)
            self._draw_day(sheet, cell, box, (most, texts.get(cell.day, "")), gauge)
            if cell.day.weekday() == 6:
                y += high
        if self.month.days[-1].day.weekday() != 6:
            y += high
        end = _scale(sheet, (0.0, y + gauge.unit / 2), most, self.language, gauge)
        return sheet.finish(width, end + gauge.unit / 4)

    def table(self) -> Table:
        """See :class:`ui.charts.drawing.Chart`."""
        _ = self.language.gettext
        duration = self.language.duration
        rows = tuple(
            (cell.title, duration(cell.work_ms), duration(cell.private_ms), duration(cell.total_ms))
            for cell in self.month.days
            if not cell.ahead
        )
        return Table((_("Day"), _("Work"), _("Private"), _("in all")), rows, frozenset({1, 2, 3}))

    def _figures(self, room: float, gauge: Gauge) -> Mapping[date, str]:
        """Return what is written of the days: bare minutes where a time does not fit."""
        used = {cell.day: cell.total_ms for cell in self.month.days if cell.total_ms}
        texts = {day: self.language.duration(ms) for day, ms in used.items()}
        if all(gauge.text(text, Style.STRONG) <= room for text in texts.values()):
            return texts
        return {day: self.language.minutes(ms) for day, ms in used.items()}

    def _draw_day(
        self, sheet: Sheet, cell: DayCell, box: Box, how: tuple[int, str], gauge: Gauge
    ) -> None:
        (most, text), line = how, gauge.line(Style.BODY)
        outline = Role.TEXT if cell.is_today else Role.GRID
        sheet.add(Area(box, shade_of(cell.total_ms, most), outline, 2.0))
        inset = gauge.unit / 2
        number = Box(box.x + inset, box.y + gauge.unit / 4, box.width - 2 * inset, line)
        shaded = cell.total_ms > 0
        ink = Role.TEXT if cell.is_today or shaded else Role.DIM
        sheet.add(Words(number, str(cell.day.day), ink))
        if shaded:
            figure = Box(number.x, number.bottom, number.width, line)
            sheet.add(Words(figure, text, Role.TEXT, Style.STRONG, Side.END))
        sheet.items.append(Item(box, self._spoken(cell)))

    def _spoken(self, cell: DayCell) -> str:
        _ = self.language.gettext
        if not cell.total_ms:
            return cell.title if cell.ahead else _("{day}: no time").format(day=cell.title)
        duration = self.language.duration
        return _("{day}: {time}, work {work}, private {private}").format(
            day=cell.title,
            time=duration(cell.total_ms),
            work=duration(cell.work_ms),
            private=duration(cell.private_ms),
        )


@dataclass(frozen=True, slots=True)
class HoursChart:
    """The hours of weekdays; its items go through them row by row."""

    view: HoursView
    language: Language

    def lay_out(self, width: float, gauge: Gauge) -> Drawing:
        """See :class:`ui.charts.drawing.Chart`."""
        sheet, view = Sheet(), self.view
        line = gauge.line(Style.BODY)
        left = max((gauge.text(row.name, Style.BODY) for row in view.rows), default=0.0)
        left += gauge.unit
        slot = (width - left) / max(len(view.hours), 1)
        y = line + gauge.unit / 4
        every = 1 if slot >= gauge.text("00", Style.BODY) + 4 else 3
        for place, hour in enumerate(view.hours):
            if hour % every == 0:
                room = Box(left + slot * place, 0, slot * every, line)
                sheet.add(Words(room, str(hour), Role.DIM))
        most = time_axis(max((max(row.ms) for row in view.rows), default=0)).top_ms
        high = line + gauge.unit / 2
        for row in view.rows:
            name = Box(0, y, left - gauge.unit, high - _GAP)
            sheet.add(Words(name, row.name, Role.DIM))
            for place, ms in enumerate(row.ms):
                box = Box(left + slot * place, y, slot - _GAP, high - _GAP)
                sheet.add(Area(box, shade_of(ms, most), Role.GRID, 2.0))
                text = self.language.minutes(ms)
                if ms >= 30_000 and gauge.text(text, Style.BODY) <= box.width:
                    sheet.add(Words(box, text, Role.TEXT, side=Side.CENTRE))
                sheet.items.append(Item(box, self._spoken(row, place)))
            y += high
        end = _scale(sheet, (left, y + gauge.unit / 2), most, self.language, gauge)
        return sheet.finish(width, end + gauge.unit / 4)

    def table(self) -> Table:
        """See :class:`ui.charts.drawing.Chart`."""
        _ = self.language.gettext
        rows = tuple(
            (f"{hour}–{hour + 1}", *(self._cell(row.ms[place]) for row in self.view.rows))
            for place, hour in enumerate(self.view.hours)
        )
        headers = (_("Hour"), *(row.name for row in self.view.rows))
        return Table(headers, rows, frozenset(range(1, len(headers))))

    def _cell(self, ms: int) -> str:
        return self.language.duration(ms) if ms else "–"

    def _spoken(self, row: HourRow, place: int) -> str:
        hour = self.view.hours[place]
        text = self.language.ngettext(
            "{weekday}, {hour}: {time} on average of {n} day",
            "{weekday}, {hour}: {time} on average of {n} days",
            row.days,
        )
        return text.format(
            weekday=row.name,
            hour=f"{hour}–{hour + 1}",
            time=self.language.duration(row.ms[place]),
            n=row.days,
        )
