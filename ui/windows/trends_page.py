"""The Trends page: the median week first, then a year by week, day, channel, purpose and hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from tracker.days import week_of
from tracker.reports.trends import TrendWeek
from tracker.storage.base import Stored
from ui.calendar_view import Hours, MonthView, hours_of, view_hours, view_month
from ui.channel_colours import colour_slots
from ui.charts.cells import HoursChart, MonthChart
from ui.charts.drawing import Style
from ui.charts.trend_sums import channels_chart, purposes_chart, results_chart
from ui.charts.twin import ChartWithTable
from ui.charts.year import YearChart
from ui.theme import Theme
from ui.trends_view import TrendsView, view_trends
from ui.trends_year import EARLIEST, Year, year_of
from ui.windows.choosers import FocusBox, arrow_button
from ui.windows.page import PageHost, ScrollPage
from ui.windows.pieces import Pieces
from ui.windows.texts import dim_label, plain_label

_DAY = timedelta(days=1)
_CHUNK = timedelta(weeks=4)


class TrendsPage(ScrollPage):
    """Shows a year; the arrows go to others. A click on a week or a day opens it."""

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        _ = host.language.gettext
        self._years_back = 0
        self._month: date | None = None
        self._loaded: tuple[object, ...] = ()
        self._year: Year | None = None
        self._weeks: list[TrendWeek] = []
        self._first_ever = False
        self.hours_by_day: dict[date, Hours] = {}
        self._view: TrendsView | None = None
        self._shown_month: MonthView | None = None
        self.pieces = Pieces(self)
        self._make(host)
        self._lay_out()
        self.title.setText(_("Trends"))

    # What is read

    def refresh(self) -> None:
        """Show the year that was chosen, up to this instant."""
        overview = self.host.overview
        today = overview.today().day
        wanted = (today, self._years_back, overview.policy.hash)
        if self._loaded != wanted:
            self._loaded = wanted
            self.pieces.begin(self._load(year_of(today, self._years_back), today))
        elif not self.pieces.under_way and self._years_back == 0:
            self.pieces.begin(self._read_present(today))

    def showEvent(self, event: QShowEvent) -> None:
        # What is past changes only while another page is open: by corrections and deletion.
        self._loaded = ()
        super().showEvent(event)

    def _load(self, year: Year, today: date) -> Iterator[None]:
        overview = self.host.overview
        weeks: list[TrendWeek] = []
        monday = year.first_loaded
        while monday <= year.last_loaded:
            last = min(monday + _CHUNK - _DAY, year.last_loaded)
            weeks += overview.trend_weeks(monday, last)
            monday += _CHUNK
            yield
        before = overview.latest(Stored.DAY_TOTAL, EARLIEST, year.first_loaded - _DAY)
        self._year, self._weeks, self._first_ever = year, weeks, before is None
        self.earlier.setEnabled(before is not None)
        self.later.setEnabled(self._years_back > 0)
        yield from self._show(today)
        yield from self._load_hours(today)

    def _read_present(self, today: date) -> Iterator[None]:
        """Read the present week again, and show what changed by a minute."""
        (present,) = self.host.overview.trend_weeks(today, today)
        if self._weeks and _minutes(self._weeks[-1]) != _minutes(present):
            self._weeks[-1] = present
            yield from self._show(today)

    def _load_hours(self, today: date) -> Iterator[None]:
        policy = self.host.overview.policy
        zone = ZoneInfo(policy.timezone)
        found: dict[date, Hours] = {}
        day = self._oldest_kept(today)
        while day <= today:
            found[day] = hours_of(self.host.overview.rows(day)[0], zone)
            day += _DAY
            yield
        self.hours_by_day = found
        view = view_hours(found, self.host.language)
        self.hours.setVisible(bool(view.rows))
        if view.rows:
            self.hours.set_chart(HoursChart(view, self.host.language))
            self.based_on.setText(view.based_on)
        else:
            text = self.host.language.gettext(
                "The hours of your weekdays will be here, for as long as visits are kept."
            )
            self.based_on.setText(text)

    def _oldest_kept(self, today: date) -> date:
        return today - timedelta(days=self.host.overview.policy.monitoring.keep_days.spans)

    # What is shown

    def _show(self, today: date) -> Iterator[None]:
        year, overview, language = self._year, self.host.overview, self.host.language
        if year is None:
            return
        view = view_trends(
            [week for week in self._weeks if year.first <= week.monday <= year.last],
            overview.policy,
            today,
            language,
            first_ever=self._first_ever,
            focus=self.focus.choice,
            whole_months=self._weeks,
        )
        self._view = view
        self.dates.setText(view.title)
        self.number.setText(view.headline.number)
        self.words.setText(view.headline.words)
        yield
        self.focus.show_focuses(view.focuses, view.focus)
        self.weeks.setVisible(bool(view.channels))
        self.weeks.set_chart(YearChart(view.weeks, language))
        yield
        self._show_month(today)
        yield
        slots = colour_slots(overview.policy.channels)
        for part, chart in (
            (self.channels, channels_chart(view, slots, language)),
            (self.purposes, purposes_chart(view, language)),
            (self.results, results_chart(view, language)),
        ):
            part.setVisible(bool(chart.rows))
            part.set_chart(chart)
            yield
        counts = any(purpose.result for purpose in overview.policy.purposes)
        self.no_results.setVisible(counts and not view.results)

    def _show_month(self, today: date) -> None:
        year = self._year
        if year is None:
            return
        latest = min(today, year.last + 6 * _DAY).replace(day=1)
        earliest = year.first.replace(day=1)
        month = min(max(self._month or latest, earliest), latest)
        days = (day for week in self._weeks for day in week.days)
        view = view_month(month, days, today, self.host.language)
        self._shown_month = view
        self.calendar.heading.setText(view.title)
        self.month_before.setEnabled(month > earliest)
        self.month_after.setEnabled(month < latest)
        self.calendar.setVisible(True)
        self.calendar.set_chart(MonthChart(view, self.host.language))

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        for part in self._parts:
            part.set_theme(theme)

    # What is done

    def _choose(self) -> None:
        if self.pieces.under_way:
            self._loaded = ()
            self.refresh()
        else:
            self.pieces.begin(self._show(self.host.overview.today().day))

    def _turn(self, years: int) -> None:
        self._years_back = max(0, self._years_back + years)
        self._month = None
        self.refresh()

    def _turn_month(self, months: int) -> None:
        if self._shown_month is not None:
            first = self._shown_month.first
            near = first - _DAY if months < 0 else first + timedelta(days=31)
            self._month = near.replace(day=1)
            self._show_month(self.host.overview.today().day)

    def _open_week(self, index: int) -> None:
        if self._view is not None:
            self.host.open_page(f"week/{self._view.weeks[index].key}")

    def _open_day(self, index: int) -> None:
        if self._shown_month is None:
            return
        day, today = self._shown_month.days[index].day, self.host.overview.today().day
        if self._oldest_kept(today) <= day <= today:
            self.host.open_page(f"spans/{day.isoformat()}")
        elif day < today:
            self.host.open_page(f"week/{week_of(day)}")

    # How it is made

    def _make(self, host: PageHost) -> None:
        _ = host.language.gettext
        theme = host.theme()
        switch = (_("As a table"), _("As a chart"))

        def part(heading: str, description: str) -> ChartWithTable:
            return ChartWithTable(heading, description, switch, theme)

        self.title = plain_label(self.fonts, Style.HEADING)
        self.dates = dim_label(self.fonts)
        self.number = plain_label(self.fonts, Style.NUMBER)
        self.words = plain_label(self.fonts, Style.BODY)
        self.earlier = arrow_button(
            Qt.ArrowType.LeftArrow, _("The year before"), lambda: self._turn(1)
        )
        self.later = arrow_button(
            Qt.ArrowType.RightArrow, _("The year after"), lambda: self._turn(-1)
        )
        self.focus = FocusBox(_("What the weeks show"), self.host.language)
        self.focus.chosen.connect(self._choose)
        self.weeks = part(_("Weeks"), _("Work and private time by week"))
        self.weeks.view.activated.connect(self._open_week)
        self.weeks.view.set_leads_to(_("Open the week"))
        self.month_before = arrow_button(
            Qt.ArrowType.LeftArrow, _("The month before"), lambda: self._turn_month(-1)
        )
        self.month_after = arrow_button(
            Qt.ArrowType.RightArrow, _("The month after"), lambda: self._turn_month(1)
        )
        self.calendar = part(_("Calendar"), _("Time by day of the month"))
        self.calendar.view.activated.connect(self._open_day)
        self.calendar.view.set_leads_to(_("Open the day"))
        self.channels = part(_("Channels"), _("Time by channel"))
        self.purposes = part(_("Purposes"), _("Time by purpose"))
        self.results = part(_("Own results"), _("Own results by month, beside the time"))
        self.no_results = dim_label(
            self.fonts, _("What you count yourself will be here, beside the time for it.")
        )
        self.no_results.hide()
        self.hours = part(_("Hours"), _("Minutes by weekday and hour"))
        self.based_on = dim_label(self.fonts)
        self._parts = (
            *(self.weeks, self.calendar, self.channels),
            *(self.purposes, self.results, self.hours),
        )
        for each in self._parts:
            each.hide()
        self.focus.hide()

    def _lay_out(self) -> None:
        unit = round(self.fonts.unit)
        head = QVBoxLayout()
        head.setSpacing(unit // 2)
        head.addLayout(_row(self.title, self.earlier, self.later))
        head.addWidget(self.dates)
        head.addSpacing(unit)
        head.addWidget(self.number)
        head.addWidget(self.words)
        self.column.addLayout(head)
        weeks = QVBoxLayout()
        weeks.setSpacing(unit)
        weeks.addWidget(self.focus, 0, Qt.AlignmentFlag.AlignLeft)
        weeks.addWidget(self.weeks)
        self.column.addLayout(weeks)
        self.calendar.add_beside_heading(self.month_before, self.month_after)
        self.column.addWidget(self.calendar)
        self.column.addWidget(self.channels)
        self.column.addWidget(self.purposes)
        results = QVBoxLayout()
        results.addWidget(self.results)
        results.addWidget(self.no_results)
        self.column.addLayout(results)
        hours = QVBoxLayout()
        hours.setSpacing(unit)
        hours.addWidget(self.hours)
        hours.addWidget(self.based_on)
        self.column.addLayout(hours)
        self.column.addStretch()


def _minutes(week: TrendWeek) -> tuple[object, ...]:
    """Return what of a week can be seen: whole minutes, and own results."""
    return tuple(
        (day.day, sum(day.totals.values()) // 60_000, tuple(day.results.items()))
        for day in week.days
    )


def _row(label: QLabel, before: QToolButton, after: QToolButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(label, 1)
    row.addWidget(before)
    row.addWidget(after)
    return row
