"""The Week page: the week against its limit first, then its days, one beside the other."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from tracker.days import days_of_week, week_of
from tracker.errors import OutsideError
from tracker.reports.day import DayReport
from ui.channel_colours import colour_slots
from ui.charts.drawing import Style
from ui.charts.limits import LimitsChart
from ui.charts.twin import ChartWithTable
from ui.charts.week import WeekChart
from ui.theme import Theme
from ui.week_view import WeekView, view_week
from ui.windows.choosers import FocusBox, arrow_button
from ui.windows.page import PageHost, ScrollPage
from ui.windows.texts import dim_label, plain_label

WEEK = timedelta(days=7)

Days = tuple[DayReport, ...]


class WeekPage(ScrollPage):
    """Shows a week; the arrows go to others, and a click on a day opens it."""

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        _ = host.language.gettext
        theme = host.theme()
        self._weeks_back = 0
        self._view: WeekView | None = None
        self._known: tuple[tuple[str, date, str], Days, Days] | None = None
        self.dates = dim_label(self.fonts)
        self.title = plain_label(self.fonts, Style.HEADING)
        self.number = plain_label(self.fonts, Style.NUMBER)
        self.words = plain_label(self.fonts, Style.BODY)
        self.earlier = arrow_button(
            Qt.ArrowType.LeftArrow, _("The week before"), lambda: self._turn(1)
        )
        self.later = arrow_button(
            Qt.ArrowType.RightArrow, _("The week after"), lambda: self._turn(-1)
        )
        self.export = QPushButton(_("Export …"))
        self.export.clicked.connect(lambda _checked=False: self._export())
        switch = (_("As a table"), _("As a chart"))
        self.days = ChartWithTable(_("Days"), _("Work and private time by day"), switch, theme)
        self.days.view.activated.connect(self._open_day)
        self.days.view.set_leads_to(_("Show the day"))
        self.focus = FocusBox(_("What the days show"), host.language)
        self.focus.chosen.connect(self.refresh)
        self.limits = ChartWithTable(
            _("Limits of the week"), _("Limits, used and left this week"), switch, theme
        )
        self._lay_out()

    def refresh(self) -> None:
        """Show the week that was chosen, up to this instant."""
        overview, language = self.host.overview, self.host.language
        report = overview.today()
        day = report.day - self._weeks_back * WEEK
        # Where the store can't be read its trouble is told, and what was seen last stays.
        with contextlib.suppress(OutsideError):
            days, before = self._read(day, report)
            self._view = view_week(
                days, before, overview.policy, report.day, language, focus=self.focus.choice
            )
        self.later.setEnabled(self._weeks_back > 0)
        if self._view is not None:
            self._show(self._view)

    def showEvent(self, event: QShowEvent) -> None:
        # What is past changes only while another page is open: by corrections and deletion.
        self._known = None
        super().showEvent(event)

    def _read(self, day: date, today: DayReport) -> tuple[Days, Days]:
        """Return the week of ``day``, live, and the one before it; the store is asked once."""
        key = (week_of(day), today.day, self.host.overview.policy.hash)
        if self._known is None or self._known[0] != key:
            overview = self.host.overview
            self._known = (key, overview.week(day), overview.week(day - WEEK))
        _key, days, before = self._known
        return tuple(today if each.day == today.day else each for each in days), before

    def show_part(self, part: str) -> None:
        """Show the week of that key, such as ``2026-W47``."""
        monday = days_of_week(part)[0]
        today = self.host.overview.today().day
        self._weeks_back = max(0, (days_of_week(week_of(today))[0] - monday) // WEEK)

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self.days.set_theme(theme)
        self.limits.set_theme(theme)

    def _show(self, view: WeekView) -> None:
        slots = colour_slots(self.host.overview.policy.channels)
        self.title.setText(view.title)
        self.dates.setText(view.dates)
        self.number.setText(view.headline.number)
        self.words.setText(view.headline.words)
        self.focus.show_focuses(view.focuses, view.focus)
        self.days.set_chart(WeekChart(view, slots, self.host.language))
        self.limits.set_chart(LimitsChart(view.limits, self.host.language))
        self.limits.setVisible(bool(view.limits))

    def _export(self) -> None:
        """Let the week that is shown be taken along."""
        from ui.windows.export_dialog import ExportDialog

        day = self.host.overview.today().day - self._weeks_back * WEEK
        ExportDialog(self.host, day, self.window()).open()

    def _turn(self, weeks: int) -> None:
        self._weeks_back = max(0, self._weeks_back + weeks)
        self.refresh()

    def _open_day(self, index: int) -> None:
        if self._view is not None:
            self.host.open_page(f"spans/{self._view.columns[index].day.isoformat()}")

    def _lay_out(self) -> None:
        unit = round(self.fonts.unit)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.export)
        top.addWidget(self.earlier)
        top.addWidget(self.later)
        head = QVBoxLayout()
        head.setSpacing(unit // 2)
        head.addLayout(top)
        head.addWidget(self.dates)
        head.addSpacing(unit)
        head.addWidget(self.number)
        head.addWidget(self.words)
        self.column.addLayout(head)
        days = QVBoxLayout()
        days.setSpacing(unit)
        days.addWidget(self.focus, 0, Qt.AlignmentFlag.AlignLeft)
        days.addWidget(self.days)
        self.column.addLayout(days)
        self.column.addWidget(self.limits)
        self.column.addStretch()
