"""A day's timeline with what moves it: buttons, a scroll bar, and what is seen in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QScrollBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import Language
from ui.charts.drawing import Style
from ui.charts.zoomed_day import ZoomedDay
from ui.theme import Theme
from ui.time_window import TimeWindow
from ui.typography import Type
from ui.windows.texts import dim_label, plain_label
from ui.windows.zoom_view import CLOSER, FURTHER, ZoomView

TO_THE_SECOND = timedelta(minutes=30)
"""A shorter window is told with seconds."""


class DayTimeline(QWidget):
    """Shows one day; a click on a visit, or Return, asks about it.

    Args:
        language: The person's.
        theme: The colours.
        fonts: What it is measured by.
    """

    asked = Signal(object, QPoint)
    """See :attr:`ui.windows.zoom_view.ZoomView.asked`."""

    def __init__(self, language: Language, theme: Theme, fonts: Type) -> None:
        super().__init__()
        _ = language.gettext
        self._language = language
        self._day: date | None = None
        self._zone = ZoneInfo("UTC")
        self.view = ZoomView(_("Channels along the day's hours"), theme)
        self.view.asked.connect(self.asked)
        self.view.moved.connect(self._on_moved)
        self.seen = dim_label(fonts)
        self.before = self._button("◂", _("The visit before"), lambda: self._walk(-1))
        self.after = self._button("▸", _("The next visit"), lambda: self._walk(1))
        self.further = self._button("−", _("Zoom out"), lambda: self.view.zoom(FURTHER))
        self.closer = self._button("+", _("Zoom in"), lambda: self.view.zoom(CLOSER))
        self.whole = self._button(_("Whole day"), _("Whole day"), self.view.show_whole)
        self.told = plain_label(fonts, Style.BODY)
        self.view.pointed.connect(self.told.setText)
        self.bar = QScrollBar(Qt.Orientation.Horizontal)
        self.bar.setAccessibleName(_("What is seen of the day"))
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the timeline has keys for it
        self.bar.valueChanged.connect(self._on_bar)
        self._lay_out(fonts)

    def show_day(self, key: date, day: ZoomedDay) -> None:
        """Show a day; as long as it is the same one, the window that is seen stays."""
        if key != self._day:
            self._day = key
            self.view.forget()
            self.told.clear()
        self._zone = day.zone
        self.view.show_day(day)
        self._on_moved()

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self.view.set_theme(theme)

    def _walk(self, step: int) -> None:
        self.view.walk(step)
        self.view.setFocus()

    def _on_moved(self) -> None:
        self._scroll.setMaximumHeight(self.view.sizeHint().height())
        seen, whole = self.view.window_seen, self.view.whole
        seconds = seen.length < TO_THE_SECOND
        self.seen.setText(
            "–".join(
                self._language.time(each, self._zone, seconds=seconds)
                for each in (seen.start, seen.end)
            )
        )
        for button in (self.whole, self.further):
            button.setEnabled(not self.view.is_whole)
        self.bar.blockSignals(True)
        self.bar.setRange(0, _ms(whole.length - seen.length))
        self.bar.setPageStep(max(1, _ms(seen.length)))
        self.bar.setSingleStep(max(1, _ms(seen.length) // 10))
        self.bar.setValue(_ms(seen.start - whole.start))
        self.bar.blockSignals(False)

    def _on_bar(self, value: int) -> None:
        whole, length = self.view.whole, self.view.window_seen.length
        start = whole.start + timedelta(milliseconds=value)
        self.view.look_at(TimeWindow(start, start + length))

    def _button(self, text: str, name: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _lay_out(self, fonts: Type) -> None:
        unit = round(fonts.unit)
        row = QHBoxLayout()
        row.setSpacing(unit // 2)
        row.addWidget(self.seen, 1)
        for button in (self.before, self.after, self.further, self.closer, self.whole):
            row.addWidget(button)
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(self.view)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(unit)
        layout.addLayout(row)
        layout.addWidget(scroll, 1000)
        layout.addWidget(self.bar)
        layout.addWidget(self.told)
        layout.addStretch()


def _ms(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)
