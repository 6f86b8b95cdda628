"""The summary as a workbook: dates and times are typed, the chart is the spreadsheet's own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from tracker.summary.week import LimitUse, WeekSummary
from tracker.summary.words import SummaryWords, short_day, summary_words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

DAY_MS = 86_400_000
_LONG = 60
"""Texts of more characters than this are broken into lines."""

_TIME = "[h]:mm:ss"
_AXIS = "[h]:mm"
_WORK, _PRIVATE = "#2C6A8F", "#A8B4C0"

Value = str | int | date | None
"""What a cell holds: a text, a number, a date; None leaves it empty. Times are :class:`Ms`."""


class Ms(int):
    """A length of time in milliseconds."""


def week_xlsx(summary: WeekSummary) -> bytes:
    """Return the workbook. Texts are written as texts: none is taken for a formula or a link."""
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    _Book(book, summary).fill()
    book.close()
    return content.getvalue()


class _Book:
    def __init__(self, book: Workbook, summary: WeekSummary) -> None:
        self._book = book
        self._summary = summary
        self._language = summary.language
        self._words: SummaryWords = summary_words(summary)
        self._formats: dict[str, Format] = {
            "head": book.add_format(
                {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
            ),
            "head right": book.add_format(
                {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "align": "right"}
            ),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "time": book.add_format({"num_format": _TIME}),
            "title": book.add_format({"bold": True, "font_size": 16}),
            "strong": book.add_format({"bold": True}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "sum": book.add_format({"bold": True, "top": 1}),
            "sum time": book.add_format({"bold": True, "top": 1, "num_format": _TIME}),
        }

    def fill(self) -> None:
        # The week's own date: when the file was made is nobody's business.
        made = datetime.combine(self._summary.days[0].day, time())
        self._book.set_properties(
            {"title": f"{self._words.title} · {self._words.dates}", "created": made}
        )
        self._fill_week()
        self._fill_details()
        self._fill_limits()
        if self._summary.extensions or any(day.lifted for day in self._summary.days):
            self._fill_events()
        if self._summary.results is not None:
            self._fill_results()
        if self._summary.notes is not None:
            self._fill_notes()

    # Sheets

    def _fill_week(self) -> None:
        _, words = self._language.gettext, self._words
        sheet = self._sheet(_("Week"), landscape=False)
        sheet.write_string(0, 0, f"{words.title} · {words.dates}", self._formats["title"])
        sheet.write_string(1, 0, f"{words.number} {words.words}")
        sheet.write_string(2, 0, words.policy)
        headers = (
            *(_("Day"), _("Date"), _("Work"), _("Private"), _("In all")),
            *(_("Not measured"), _("Paused")),
        )
        rows: list[Sequence[Value]] = []
        for day in self._summary.days:
            name = short_day(self._language, day.day)
            if day.to_come:
                rows.append((name, day.day))
                continue
            times = (day.work_ms, day.private_ms, day.total_ms)
            rows.append((name, day.day, *map(Ms, (*times, day.not_measured_ms, day.paused_ms))))
        self._table(sheet, headers, rows, top=4)
        self._sums(sheet, 5, len(rows), _("The week"))
        self._chart(sheet, 5, len(rows))
        sheet.set_column(0, 0, 12)
        sheet.set_column(1, 6, 13)

    def _sums(self, sheet: Worksheet, top: int, count: int, name: str) -> None:
        days = self._summary.days
        sheet.write_string(top + count, 0, name, self._formats["sum"])
        sheet.write_blank(top + count, 1, None, self._formats["sum"])
        for column, sums in enumerate(
            (
                sum(day.work_ms for day in days),
                sum(day.private_ms for day in days),
                sum(day.total_ms for day in days),
                sum(day.not_measured_ms for day in days),
                sum(day.paused_ms for day in days),
            ),
            2,
        ):
            letter = "ABCDEFG"[column]
            formula = f"=SUM({letter}{top + 1}:{letter}{top + count})"
            sheet.write_formula(
                top + count, column, formula, self._formats["sum time"], sums / DAY_MS
            )

    def _chart(self, sheet: Worksheet, top: int, count: int) -> None:
        _, name = self._language.gettext, sheet.get_name()
        chart = self._book.add_chart({"type": "column", "subtype": "stacked"})
        assert chart is not None
        fills = (
            {"fill": {"color": _WORK}},
            # Told apart without colour too.
            {
                "pattern": {
                    "pattern": "wide_upward_diagonal",
                    "fg_color": _WORK,
                    "bg_color": "white",
                }
            },
        )
        for column, fill in zip((2, 3), fills, strict=True):
            chart.add_series(
                {
                    "name": [name, top - 1, column],
                    "categories": [name, top, 0, top + count - 1, 0],
                    "values": [name, top, column, top + count - 1, column],
                    "border": {"color": _WORK},
                    "gap": 60,
                    **fill,
                }
            )
        chart.set_title({"name": _("Work and private time by day"), "name_font": {"size": 12}})
        most = max((day.total_ms for day in self._summary.days), default=0)
        step = next((m for m in _STEPS_MIN if most <= m * 6 * 60_000), _STEPS_MIN[-1])
        chart.set_y_axis(
            {
                "num_format": _AXIS,
                "min": 0,
                "major_unit": step / 1440,
                "major_gridlines": {"visible": True, "line": {"color": "#DDE1E6"}},
                "line": {"none": True},
            }
        )
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 640, "height": 300})
        place = {"description": _("Work and private time by day"), "object_position": 1}
        sheet.insert_chart(top + count + 2, 0, chart, place)

    def _fill_details(self) -> None:
        _ = self._language.gettext
        sheet = self._sheet(_("Channels and purposes"))
        headers = (_("Date"), _("Channel"), _("Purpose"), _("Time"))
        rows: list[Sequence[Value]] = [
            (day.day, use.channel_name, use.purpose_name, Ms(use.ms))
            for day in self._summary.days
            for use in day.uses
        ]
        self._listing(sheet, headers, rows, (12, 26, 32, 12))

    def _fill_limits(self) -> None:
        _ = self._language.gettext
        sheet = self._sheet(_("Limits"))
        headers = (
            *(_("Date"), _("Limit"), _("About"), _("Used")),
            *(_("Allowed"), _("Of that extended"), _("Left"), _("Over")),
        )
        rows: list[Sequence[Value]] = []
        for row in self._summary.limits:
            if not row.used:  # fifty channels with an allowance each would hide what was used
                continue
            for day, use in zip(self._summary.days, row.days, strict=True):
                if use is not None:
                    rows.append((day.day, row.name, row.detail, *_limit_times(use)))
            if row.week is not None:
                rows.append((_("The week"), row.name, row.detail, *_limit_times(row.week)))
        self._listing(sheet, headers, rows, (12, 32, 28, *(12,) * 5))

    def _fill_events(self) -> None:
        _ = self._language.gettext
        sheet = self._sheet(_("Extensions and lifts"))
        headers = (_("Date"), _("What"), _("Limit"), _("Time"))
        rows: list[Sequence[Value]] = [
            (each.day, _("extended"), each.limit_name, Ms(each.minutes * 60_000))
            for each in self._summary.extensions
        ]
        rows += [
            (day.day, _("lifted in a crisis"), name, None)
            for day in self._summary.days
            for name in day.lifted
        ]
        self._listing(sheet, headers, rows, (12, 24, 40, 12))

    def _fill_results(self) -> None:
        _ = self._language.gettext
        sheet = self._sheet(_("Own results"))
        rows: list[Sequence[Value]] = [
            (day.day, row.purpose_name, row.word, count)
            for row in self._summary.results or ()
            for day, count in zip(self._summary.days, row.days, strict=True)
            if count
        ]
        headers = (_("Date"), _("Purpose"), _("Result"), _("Number"))
        self._listing(sheet, headers, rows, (12, 32, 20, 10))

    def _fill_notes(self) -> None:
        _ = self._language.gettext
        sheet = self._sheet(_("Notes"))
        rows: list[Sequence[Value]] = [
            (note.day, note.about, note.text) for note in self._summary.notes or ()
        ]
        self._listing(sheet, (_("Date"), _("About"), _("Note")), rows, (12, 32, 70))

    # Cells

    def _sheet(self, name: str, *, landscape: bool = True) -> Worksheet:
        sheet = self._book.add_worksheet(name[:31])
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if landscape:
            sheet.set_landscape()
        return sheet

    def _listing(
        self,
        sheet: Worksheet,
        headers: Sequence[str],
        rows: Sequence[Sequence[Value]],
        widths: Sequence[int],
    ) -> None:
        """Fill a sheet that is one table, its header always in sight."""
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        self._table(sheet, headers, rows)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(headers) - 1)

    def _table(
        self,
        sheet: Worksheet,
        headers: Sequence[str],
        rows: Sequence[Sequence[Value]],
        top: int = 0,
    ) -> None:
        for column, header in enumerate(headers):
            figures = any(isinstance(row[column], int) for row in rows if column < len(row))
            form = self._formats["head right" if figures else "head"]
            sheet.write_string(top, column, header, form)
        for place, row in enumerate(rows, top + 1):
            for column, value in enumerate(row):
                self._cell(sheet, place, column, value)

    def _cell(self, sheet: Worksheet, row: int, column: int, value: Value) -> None:
        match value:
            case None | "":
                return
            case Ms():
                sheet.write_number(row, column, value / DAY_MS, self._formats["time"])
            case int():
                sheet.write_number(row, column, value)
            case date():
                sheet.write_datetime(
                    row, column, datetime.combine(value, time()), self._formats["date"]
                )
            case str():
                long = len(value) > _LONG
                sheet.write_string(row, column, value, self._formats["wrap"] if long else None)


_STEPS_MIN = (5, 10, 15, 30, 60, 120, 240, 480)


def _limit_times(use: LimitUse) -> tuple[Value, ...]:
    """Return used, allowed, extended, left and over; times under zero have no cell form."""
    if use.allowed_ms is None:
        return (Ms(use.used_ms),)
    left = use.left_ms or 0
    return tuple(
        map(Ms, (use.used_ms, use.allowed_ms, use.extended_ms, max(0, left), max(0, -left)))
    )
