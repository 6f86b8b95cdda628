"""The weekly summary on paper: one or two pages A4, with the week's chart as a drawing."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QImage,
    QPainter,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
)

from tracker.i18n import Language
from tracker.reports.day import DayReport
from tracker.reports.week_facts import Ticks, WeekFacts
from tracker.summary.week import summarise
from tracker.summary.words import Cell, Part, SummaryWords, WordTable, summary_words
from ui.channel_colours import colour_slots
from ui.charts.paint import paint
from ui.charts.week import WeekChart
from ui.documents import Look, pdf_of, pictures_of
from ui.theme import Theme
from ui.typography import Type
from ui.week_view import ColumnView, StackView, WeekView, view_week

MOST_ROWS = 12
"""The rows of a table on paper, so that there are two pages at most; a spreadsheet has all."""

BODY_POINTS = 8.5
MARGIN_MM = 16.0
CHART_UNITS = 860.0
"""The width that the chart is laid out for, in the units of its font; then it is scaled."""

# Qt makes headings larger than they are asked to be: these come out at 1.25 times the body.
_STYLE = """
h1 { font-size: 6.8pt; margin-top: 0px; margin-bottom: 0px; }
h2 { font-size: 8.5pt; margin-top: 10px; margin-bottom: 3px; }
p { margin-top: 0px; margin-bottom: 3px; line-height: 115%; }
ul { margin-top: 0px; margin-bottom: 4px; }
li { margin-bottom: 2px; }
.number { font-size: 17pt; font-weight: 600; margin-top: 6px; margin-bottom: 0px; }
.dim { color: #59626d; }
.chart { line-height: 100%; }
.small { font-size: 7pt; }
.told { margin-top: 4px; }
"""
_MADE = re.compile(rb"(/CreationDate ?\(D:)\d{14}")
_LINE = "border-bottom: 0.5px solid #c3c9d0; padding-top: 2.5px; padding-bottom: 2.5px;"
_APART = "padding-left: 5px;"


def write_pdf(facts: WeekFacts, language: Language, ticks: Ticks) -> bytes:
    """Return the PDF of a week.

    Where no application runs, one without a screen is made for its fonts.

    Raises:
        OutsideError: ``FILE_NOT_WRITTEN`` where it can't be made.
    """
    app = QGuiApplication.instance() or _without_screen()
    assert app is not None
    return SummaryPaper(facts, language, ticks).pdf()


class SummaryPaper:
    """A week on paper, laid out once for the file and for the screen.

    Args:
        facts: The week.
        language: The person's.
        ticks: What leaves because it was ticked.
    """

    def __init__(self, facts: WeekFacts, language: Language, ticks: Ticks) -> None:
        summary = summarise(facts, language, ticks)
        words = summary_words(summary, most=MOST_ROWS)
        drawn = summary.work_ms + summary.private_ms > 0
        title = language.gettext("{week} · {dates}").format(week=words.title, dates=words.dates)
        self._last_day = facts.days[-1].day
        self._paper = (_document(words, drawn=drawn), title, language)
        picture = _ChartPicture(_chart(facts, language))
        self._look = Look(_STYLE, BODY_POINTS, MARGIN_MM, picture, whole_parts=True)

    def pdf(self) -> bytes:
        """Return the PDF.

        Raises:
            OutsideError: ``FILE_NOT_WRITTEN`` where it can't be made.
        """
        return _undated(pdf_of(*self._paper, self._look), self._last_day)

    def pictures(self, dpi: int) -> tuple[QImage, ...]:
        """Return its pages for the screen."""
        return pictures_of(*self._paper, self._look, dpi=dpi)


def _without_screen() -> QGuiApplication:
    # The command line needs no screen, and must not fail where there is none.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QGuiApplication([])


def _undated(pdf: bytes, day: date) -> bytes:
    """Return the PDF without the instant at which it was made, which is nobody's business."""
    return _MADE.sub(lambda found: found[1] + f"{day:%Y%m%d}000000".encode(), pdf)


# The chart


def _chart(facts: WeekFacts, language: Language) -> WeekChart:
    policy = facts.naming_policy
    # Another week is not to leave with this one.
    before = [_nothing(report) for report in facts.days]
    view = view_week(facts.days, before, policy, facts.today, language)
    slots = colour_slots(policy.channels)
    return WeekChart(_folded(view, slots, language.gettext("other channels")), slots, language)


def _nothing(report: DayReport) -> DayReport:
    return replace(report, channels=(), limits=(), not_measured_ms=0, paused_ms=0, lifted=())


def _folded(view: WeekView, slots: Mapping[str, int | None], others: str) -> WeekView:
    """Return the week with the channels as one that have no colour of their own."""
    grey = {channel for channel, _name in view.channels if slots.get(channel) is None}
    if len(grey) < 2:
        return view

    def column(found: ColumnView) -> ColumnView:
        rest = [stack for stack in found.stacks if stack.channel in grey]
        kept = tuple(stack for stack in found.stacks if stack.channel not in grey)
        work, private = sum(s.work_ms for s in rest), sum(s.private_ms for s in rest)
        together = StackView("", others, work, private, sum(s.breaks_ms for s in rest))
        return replace(found, stacks=(*kept, together) if rest else kept)

    channels = [(channel, name) for channel, name in view.channels if channel not in grey]
    return replace(
        view,
        columns=tuple(column(each) for each in view.columns),
        channels=(*channels, ("", others)),
    )


class _ChartPicture(QPyTextObject):
    """Draws the chart where the document has a picture."""

    def __init__(self, chart: WeekChart) -> None:
        super().__init__()
        font = QFont(QGuiApplication.font())
        # In pixels of the chart's own grid: points would follow the paper's resolution.
        font.setPixelSize(13)
        font.setFeature(QFont.Tag("liga"), 0)
        self._fonts = Type(font)
        self._drawing = chart.lay_out(CHART_UNITS, self._fonts)

    def intrinsicSize(self, doc: QTextDocument, _position: int, _format: QTextFormat) -> QSizeF:
        width = doc.pageSize().width()
        return QSizeF(width, width * self._drawing.height / self._drawing.width)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _doc: QTextDocument,
        _position: int,
        _format: QTextFormat,
    ) -> None:
        scale = rect.width() / self._drawing.width
        painter.save()
        painter.translate(rect.topLeft())
        painter.scale(scale, scale)
        paint(painter, QPointF(0, 0), self._drawing, Theme(), self._fonts)
        painter.restore()


# The words


def _document(words: SummaryWords, *, drawn: bool) -> str:
    text = html.escape
    head = (
        f'<h1>{text(words.title)}</h1><p class="dim">{text(words.dates)} · {text(words.policy)}</p>'
        f'<p><span class="number">{text(words.number)}</span> {text(words.words)}</p>'
    )
    if drawn:
        head += '<p class="chart"><img src="chart"></p>'
    parts = [_part(part) for part in (words.days, *words.others)]
    foot = f'<p class="dim small told">{text(words.foot)}</p>'
    return f"<html><body>{head}{''.join(parts)}{foot}</body></html>"


def _part(part: Part) -> str:
    parts = [f"<h2>{html.escape(part.heading)}</h2>", *(_table(table) for table in part.tables)]
    parts += [f'<p class="dim small told">{html.escape(each)}</p>' for each in part.paragraphs]
    if part.points:
        items = "".join(f"<li>{html.escape(each)}</li>" for each in part.points)
        parts.append(f"<ul>{items}</ul>")
    return "".join(parts)


def _table(table: WordTable) -> str:
    """Return a table; its caption says no more than the heading above it, and is left out."""
    heads = "".join(
        f"<th {_style(place, table)}>{html.escape(header)}</th>"
        for place, header in enumerate(table.headers)
    )
    rows = "".join(_row(row, table) for row in table.rows)
    return (
        '<table width="100%" cellspacing="0" cellpadding="0" border="0" '
        'style="border-collapse: collapse; border-style: none;">'
        f"<thead><tr>{heads}</tr></thead>{rows}</table>"
    )


def _style(place: int, table: WordTable) -> str:
    side = "left" if place < table.heads else "right"
    return f'align="{side}" style="{_LINE}{_APART if place else ""}"'


def _row(row: Sequence[Cell], table: WordTable) -> str:
    tall = any(cell.details for cell in row[table.heads :])
    # What is beside a row's name stands below it only where the row is that high anyway.
    between = "<br>" if tall else " "
    cells = (_cell(cell, _style(place, table), between) for place, cell in enumerate(row))
    return f"<tr>{''.join(cells)}</tr>"


def _cell(cell: Cell, style: str, between: str) -> str:
    text = html.escape(cell.text)
    shown = f"<b>{text}</b>" if cell.strong else text
    for detail in cell.details:
        shown += f'{between}<span class="dim small">{html.escape(detail)}</span>'
    return f"<td {style}>{shown}</td>"
