"""The Today window: what is left first, then limits, channels and the day along its hours."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.model import Gap, Span
from tracker.notices.messages import Messages
from tracker.status import Overview
from ui.channel_colours import colour_slots
from ui.charts.day import charts_of
from ui.charts.drawing import Style
from ui.charts.twin import ChartWithTable
from ui.day_view import DayView
from ui.status_view import StatusView
from ui.theme import Theme
from ui.timeline_view import view_timeline
from ui.typography import Type
from ui.windows.notice_bar import NoticeBar
from ui.windows.state_line import StateLine
from ui.windows.texts import dim_label, plain_label
from ui.windows.trouble_box import TroubleBox


class TodayWindow(QWidget):
    """Shows the present day; :meth:`refresh` brings it up to the instant.

    Args:
        overview: The running service.
        messages: What no notification daemon could show.
        pauses: The menu of pauses, which the window's button opens.
        now: Gives the present instant.
        language: The person's.
        theme: The colours.
        seen: Called with whether the window can be seen, when that changes.
    """

    def __init__(
        self,
        overview: Overview,
        messages: Messages,
        pauses: QMenu,
        *,
        now: Callable[[], datetime],
        language: Language,
        theme: Theme,
        seen: Callable[[bool], None],
    ) -> None:
        super().__init__()
        _ = language.gettext
        self._overview = overview
        self._now = now
        self._language = language
        self._seen = seen
        self._rows: tuple[Sequence[Span], Sequence[Gap]] = ((), ())
        fonts = Type(self.font())
        self.setWindowTitle(_("Today – Kanaltid"))
        self.date = dim_label(fonts)
        self.number = plain_label(fonts, Style.NUMBER)
        self.words = plain_label(fonts, Style.BODY)
        self.bar = NoticeBar(messages, language, theme)
        self.state = StateLine(theme)
        self.trouble = TroubleBox(language, theme)
        self.limits, self.channels, self.timeline = self._make_charts(theme)
        self.promise = dim_label(fonts)
        self.pause = QPushButton(_("Pause"))
        self.pause.setMenu(pauses)
        self.resume = QPushButton(_("Resume"))
        self.resume.clicked.connect(overview.resume)
        self._lay_out(fonts)
        for keys in (QKeySequence.StandardKey.Close, QKeySequence(Qt.Key.Key_Escape)):
            QShortcut(QKeySequence(keys), self, self.close)
        unit = fonts.unit
        self._fitted = False
        self._width = round(unit * 80)
        self.setMinimumSize(round(unit * 46), round(unit * 40))

    def refresh(self, status: StatusView, day: DayView, *, accepted: bool, paused: bool) -> None:
        """Show the present instant."""
        _ = self._language.gettext
        policy = self._overview.policy
        self.date.setText(day.title)
        self.number.setText(day.headline.number)
        self.words.setText(day.headline.words)
        self.state.show_state(status)
        self.trouble.show_troubles(status.troubles)
        self.pause.setVisible(accepted and not paused)
        self.resume.setVisible(accepted and paused)
        self._show_charts(day)
        self.promise.setText(
            "" if policy.monitoring.recipients else _("What your employer sees: nothing.")
        )
        self.promise.setVisible(not policy.monitoring.recipients)

    def _show_charts(self, day: DayView) -> None:
        policy = self._overview.policy
        # Where the store can't be read its trouble is told, and the rows seen last stay.
        with contextlib.suppress(OutsideError):
            self._rows = self._overview.rows(day.day)
        bounds = self._overview.day_bounds(day.day)
        timeline = view_timeline(self._rows, bounds, self._now(), policy, self._language)
        slots, zone = colour_slots(policy.channels), ZoneInfo(policy.timezone)
        charts = charts_of(day, timeline, slots, zone, self._language)
        self.limits.set_chart(charts.limits)
        self.limits.setVisible(bool(day.limits))
        self.channels.set_chart(charts.channels)
        self.channels.setVisible(bool(day.channels))
        self.timeline.set_chart(charts.timeline)

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        for part in (self.limits, self.channels, self.timeline):
            part.set_theme(theme)
        self.bar.set_theme(theme)
        self.state.set_theme(theme)
        self.trouble.set_theme(theme)

    def fit(self) -> None:
        """Give the window room for the whole day, as far as the screen has it; once."""
        if self._fitted:
            return
        self._fitted = True
        layout = self._page.layout()
        assert layout is not None
        room = self.screen().availableGeometry().height() * 9 // 10
        self.resize(self._width, min(layout.heightForWidth(self._width), room))

    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)
        self._seen(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._seen(False)

    def _make_charts(self, theme: Theme) -> tuple[ChartWithTable, ChartWithTable, ChartWithTable]:
        _ = self._language.gettext
        switch = (_("As a table"), _("As a chart"))
        return (
            ChartWithTable(_("Limits"), _("Limits, used and left today"), switch, theme),
            ChartWithTable(_("Channels"), _("Time in each channel today"), switch, theme),
            ChartWithTable(_("The day"), _("Channels along the day's hours"), switch, theme),
        )

    def _lay_out(self, fonts: Type) -> None:
        unit = round(fonts.unit)
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
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(unit * 3, unit * 2, unit * 3, unit * 3)
        column.setSpacing(unit * 3)
        column.addWidget(self.bar)
        column.addLayout(head)
        column.addWidget(self.trouble)
        for part in (self.limits, self.channels, self.timeline):
            column.addWidget(part)
        column.addWidget(self.promise)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(self._page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
