"""The Today page: what is left first, then limits, channels and the day along its hours."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from tracker.errors import OutsideError
from tracker.model import Gap, Span
from ui.channel_colours import colour_slots
from ui.charts.day import charts_of
from ui.charts.drawing import Style
from ui.charts.limits import worth_a_bar
from ui.charts.twin import ChartWithTable
from ui.day_view import DayView, LimitView, view_day
from ui.status_view import view_status
from ui.theme import Theme
from ui.timeline_view import view_timeline
from ui.visit_clock import visit_words
from ui.windows.page import PageHost, ScrollPage, why_page
from ui.windows.state_line import StateLine
from ui.windows.texts import dim_label, plain_label
from ui.windows.trouble_box import TroubleBox


class TodayPage(ScrollPage):
    """Shows the present day.

    Args:
        host: What every page is given.
        pauses: The menu of pauses, which the page's button opens.
    """

    def __init__(self, host: PageHost, pauses: QMenu) -> None:
        super().__init__(host)
        _ = host.language.gettext
        theme = host.theme()
        self._rows: tuple[Sequence[Span], Sequence[Gap]] = ((), ())
        self.date = dim_label(self.fonts)
        self.number = plain_label(self.fonts, Style.NUMBER)
        self.words = plain_label(self.fonts, Style.BODY)
        self.state = StateLine(theme)
        self.trouble = TroubleBox(host.language, theme, open_page=host.open_page)
        self.limits, self.channels, self.timeline = self._make_charts(theme)
        self.limits.view.activated.connect(self._explain)
        self.limits.view.set_leads_to(_("Why?"))
        self.why = self.limits.add_button(_("Why?"))
        self.why.clicked.connect(lambda _checked=False: self._offer_why())
        self.why_menu = QMenu(self.why)
        self.timeline.view.activated.connect(lambda _at: host.open_page("spans/timeline"))
        self.timeline.view.set_leads_to(_("Look closer"))
        self._limits: tuple[LimitView, ...] = ()
        self.promise = dim_label(self.fonts)
        self.pause = QPushButton(_("Pause"))
        self.pause.setMenu(pauses)
        self.resume = QPushButton(_("Resume"))
        self.resume.clicked.connect(host.overview.resume)
        self._lay_out()

    def refresh(self) -> None:
        """Show the present instant."""
        _, overview = self.host.language.gettext, self.host.overview
        policy, status = overview.policy, overview.status()
        day = view_day(overview.today(), policy, self.host.language)
        view = view_status(status, day, policy, self.host.now(), self.host.language)
        self.date.setText(day.title)
        self.number.setText(day.headline.number)
        self.words.setText(day.headline.words)
        self.state.show_state(view, visit_words(status, self.host.now(), self.host.language))
        self.trouble.show_troubles(view.troubles)
        self.pause.setVisible(status.accepted and not status.paused)
        self.resume.setVisible(status.accepted and status.paused)
        self._show_charts(day)
        promised = not policy.monitoring.recipients
        self.promise.setText(_("What your employer sees: nothing.") if promised else "")
        self.promise.setVisible(promised)

    def _show_charts(self, day: DayView) -> None:
        overview, language = self.host.overview, self.host.language
        policy = overview.policy
        # Where the store can't be read its trouble is told, and the rows seen last stay.
        with contextlib.suppress(OutsideError):
            self._rows = overview.rows(day.day)
        bounds = overview.day_bounds(day.day)
        timeline = view_timeline(self._rows, bounds, self.host.now(), policy, language)
        slots, zone = colour_slots(policy.channels), ZoneInfo(policy.timezone)
        charts = charts_of(day, timeline, slots, zone, language)
        self._limits = worth_a_bar(day.limits)
        self.limits.set_chart(charts.limits)
        self.limits.setVisible(bool(day.limits))
        self.channels.set_chart(charts.channels)
        self.channels.setVisible(bool(day.channels))
        self.timeline.set_chart(charts.timeline)

    def _offer_why(self) -> None:
        """Name the limits that have a bar: behind each is why it stands there."""
        menu = self.why_menu
        menu.clear()
        for index, limit in enumerate(self._limits):
            text = f"{limit.name} · {limit.detail}" if limit.detail else limit.name
            action = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, at=index: self._explain(at))
        menu.popup(self.why.mapToGlobal(self.why.rect().bottomLeft()))

    def _explain(self, index: int) -> None:
        """Say why a limit stands where it does: behind each bar."""
        if index < len(self._limits):
            limit = self._limits[index]
            self.host.open_page(why_page(limit.limit, limit.channel))

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        for part in (self.limits, self.channels, self.timeline):
            part.set_theme(theme)
        self.state.set_theme(theme)
        self.trouble.set_theme(theme)

    def _make_charts(self, theme: Theme) -> tuple[ChartWithTable, ChartWithTable, ChartWithTable]:
        _ = self.host.language.gettext
        switch = (_("As a table"), _("As a chart"))
        return (
            ChartWithTable(_("Limits"), _("Limits, used and left today"), switch, theme),
            ChartWithTable(_("Channels"), _("Time in each channel today"), switch, theme),
            ChartWithTable(_("The day"), _("Channels along the day's hours"), switch, theme),
        )

    def _lay_out(self) -> None:
        unit = round(self.fonts.unit)
        top = QHBoxLayout()
        top.addWidget(self.date, 1)
        top.addWidget(self.pause)
        top.addWidget(self.resume)
        head = QVBoxLayout()
        head.setSpacing(unit // 2)
        head.addLayout(top)
        head.addWidget(self.number)
        head.addWidget(self.words)
        head.addSpacing(unit // 2)
        head.addWidget(self.state)
        self.column.addLayout(head)
        self.column.addWidget(self.trouble)
        for part in (self.limits, self.channels, self.timeline):
            self.column.addWidget(part)
        self.column.addWidget(self.promise)
        self.column.addStretch()
