"""The page of a day's visits, as a list and along the hours: say afterwards what each was for."""

from __future__ import annotations

import contextlib
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QActionGroup,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
)

from tracker.error_texts import describe
from tracker.errors import OutsideError
from tracker.model import Device, Span
from ui.channel_colours import colour_slots
from ui.charts.drawing import Style
from ui.charts.zoomed_day import ZoomedDay
from ui.spans_view import SpansView, chosen_text, corrected_text, shared_options, view_spans
from ui.theme import Theme
from ui.time_window import TimeWindow
from ui.typography import Type
from ui.windows.choosers import arrow_button
from ui.windows.day_timeline import DayTimeline
from ui.windows.page import Page, PageHost
from ui.windows.results_row import ResultsRow
from ui.windows.spans_model import SpansModel
from ui.windows.spans_table import SpansTable
from ui.windows.texts import dim_label, plain_label

_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class SpansPage(Page):
    """The day's visits, one day at a time, as a list or as a timeline.

    Ctrl+A chooses all, Enter on the list opens what they may be for, Ctrl+Z takes the last
    correction back, Alt+Left and Alt+Right go from day to day, F3 and Shift+F3 along the
    timeline from one visit that was looked for to another. Which visits are chosen, and
    which channel is looked for, holds for the list and the timeline alike.
    """

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        _ = host.language.gettext
        self.fonts = Type(self.font())
        self._day: date | None = None
        self._view: SpansView | None = None
        self._fitted: tuple[date, int] | None = None
        self._undo: tuple[Span, ...] = ()
        self.title = plain_label(self.fonts, Style.HEADING)
        self.earlier = arrow_button(Qt.ArrowType.LeftArrow, _("The day before"))
        self.later = arrow_button(Qt.ArrowType.RightArrow, _("The day after"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find a channel"))
        self.search.setAccessibleName(_("Find a channel"))
        self.search.setClearButtonEnabled(True)
        self.summary = dim_label(self.fonts)
        self.model = SpansModel(host.language, self)
        self.table = SpansTable(self.model, _("The day's visits"), self.fonts)
        self.timeline = DayTimeline(host.language, host.theme(), self.fonts)
        self.as_list = self._choice(_("List"))
        self.as_timeline = self._choice(_("Timeline"))
        self.as_list.setChecked(True)
        self.empty = dim_label(self.fonts)
        self.chosen = plain_label(self.fonts, Style.BODY)
        self.menu = QMenu(_("It was for …"), self)
        self.correct = QPushButton(_("It was for …"))
        self.correct.setMenu(self.menu)
        self.undo = QPushButton(_("Undo"))
        self.undo.setAccessibleName(_("Undo the last correction"))
        self.told = plain_label(self.fonts, Style.BODY)
        self.results = ResultsRow(host.overview, host.language, self.fonts)
        self.kept = dim_label(self.fonts)
        self._lay_out()
        self._connect()
        self._show_chosen()

    def refresh(self) -> None:
        """Show the day that was chosen, up to this instant."""
        # Where the store can't be read its trouble is told, and what was seen last stays.
        with contextlib.suppress(OutsideError):
            self._load()

    def show_part(self, part: str) -> None:
        """Show a day, such as ``2026-11-23``; of anything else, today.

        A part that ends in ``timeline`` shows it as one.
        """
        if part.rsplit("/", maxsplit=1)[-1] == "timeline":
            self.as_timeline.setChecked(True)
            part = part.rpartition("/")[0]
        try:
            self._show_day(date.fromisoformat(part))
        except ValueError:
            self._show_day(None)

    def _load(self) -> None:
        overview, language = self.host.overview, self.host.language
        day = self._day or overview.today().day
        view = view_spans(overview, day, self.search.text(), self.host.now(), language)
        self._view = view
        self.title.setText(view.title)
        self.earlier.setEnabled(view.earlier is not None)
        self.later.setEnabled(view.later is not None)
        self.summary.setText(view.summary)
        chosen = {span.seq for span in self.selected()}
        self.model.set_lines(view.lines)
        self._select(chosen)
        if (view.day, len(view.lines)) != self._fitted:
            self._fitted = (view.day, len(view.lines))
            self.table.fit_columns()
        self.empty.setText(view.empty)
        self._show_part_seen(view)
        self.search.setVisible(view.any_visits)
        for part in (self.chosen, self.correct, self.undo):
            part.setVisible(view.any_visits)
        self.results.show_results(view.results, changeable=view.is_today)
        self.kept.setText(view.kept)
        self._show_chosen()

    def _show_part_seen(self, view: SpansView) -> None:
        gaps_alone = not view.any_visits and bool(view.timeline.holes)
        if self.as_timeline.isChecked() and (view.lines or gaps_alone):
            self._stack.setCurrentWidget(self.timeline)
            self._show_timeline()
        else:
            self._stack.setCurrentWidget(self.table if view.lines else self.empty)

    def _show_timeline(self) -> None:
        if self._view is None or not self.as_timeline.isChecked():
            return
        policy, shown = self.host.overview.policy, self._view.timeline
        day = ZoomedDay(
            shown,
            TimeWindow(shown.start, shown.end),
            colour_slots(policy.channels),
            ZoneInfo(policy.timezone),
            self.host.language,
            frozenset((span.device, span.seq) for span in self.selected()),
        )
        self.timeline.show_day(self._view.day, day)

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self.timeline.set_theme(theme)

    def selected(self) -> list[Span]:
        """Return the visits that are chosen in the list."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return self.model.spans(rows)

    def _select(self, seqs: set[int]) -> None:
        """Choose these again where the list was made anew."""
        if not seqs or {span.seq for span in self.selected()} == seqs:
            return
        selection = QItemSelection()
        for row, line in enumerate(self.model.lines):
            if line.span.seq in seqs:
                selection.select(self.model.index(row, 0), self.model.index(row, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)

    def _show_chosen(self) -> None:
        spans = self.selected()
        self.chosen.setText(chosen_text(spans, self.host.language))
        self._show_timeline()
        self.correct.setEnabled(bool(spans))
        self.undo.setEnabled(bool(self._undo))

    # What is done

    def _fill_menu(self) -> None:
        self.menu.clear()
        group = QActionGroup(self.menu)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for option in shared_options(self.host.overview, self.selected(), self.host.language):
            action = group.addAction(option.name.replace("&", "&&"))
            self.menu.addAction(action)
            action.setCheckable(True)
            action.setChecked(option.chosen)
            action.triggered.connect(
                lambda _checked=False, purpose=option.id: self.correct_to(purpose)
            )

    def open_menu(self) -> None:
        """Open what the chosen visits may be for."""
        if self.correct.isEnabled():
            place = self.correct.mapToGlobal(self.correct.rect().bottomLeft())
            self.menu.popup(place)

    def _ask_about(self, keys: tuple[tuple[Device, int], ...], at: QPoint) -> None:
        """Choose these visits, and open what they may be for beside them."""
        self._select({seq for _device, seq in keys})
        self.menu.popup(at)

    def correct_to(self, purpose: str) -> None:
        """Let the chosen visits be for ``purpose``."""
        overview, language = self.host.overview, self.host.language
        keys = [(span.device, span.seq) for span in self.selected()]
        try:
            before = overview.correct(keys, purpose)
        except OutsideError as error:
            self._tell_error(error)
        else:
            self._undo = before or self._undo
            self._tell(corrected_text(len(before), purpose, overview, language))
        self.refresh()

    def undo_last(self) -> None:
        """Take the last correction back."""
        if not self._undo:
            return
        try:
            self.host.overview.restore(self._undo)
        except OutsideError as error:
            self._tell_error(error)
        else:
            self._tell(self.host.language.gettext("They are as they were."))
        self._undo = ()
        self.refresh()

    def _tell_error(self, error: OutsideError) -> None:
        described = describe(error, self.host.language)
        self._tell(f"{described.text} {described.remedy}")

    def _tell(self, text: str) -> None:
        """Say what was done, to screen readers too: the keyboard stays where it is."""
        self.told.setText(text)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.told, text))

    def _find(self, step: int) -> None:
        """Go to the next visit that was looked for, or to the one before."""
        if self.as_timeline.isChecked():
            self.timeline.view.walk(step, visits_only=True)

    def _show_day(self, day: date | None) -> None:
        if day is not None:
            self.table.clearSelection()
        self._day = day
        self.told.setText("")
        self.refresh()

    def _turn(self, *, later: bool) -> None:
        if self._view is None:
            return
        day = self._view.later if later else self._view.earlier
        if day is not None:
            # Today stays today when the day turns while the list is looked at.
            self._show_day(None if day == self.host.overview.today().day else day)

    # How it is made

    def _choice(self, text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setAutoRaise(True)
        return button

    def _connect(self) -> None:
        self._choices = QButtonGroup(self)
        for button in (self.as_list, self.as_timeline):
            self._choices.addButton(button)
        self.as_timeline.toggled.connect(lambda _on: self.refresh())
        self.timeline.asked.connect(self._ask_about)
        self.search.returnPressed.connect(lambda: self._find(1))
        self.earlier.clicked.connect(lambda _checked=False: self._turn(later=False))
        self.later.clicked.connect(lambda _checked=False: self._turn(later=True))
        self.search.textChanged.connect(lambda _text: self.refresh())
        self.menu.aboutToShow.connect(self._fill_menu)
        self.undo.clicked.connect(lambda _checked=False: self.undo_last())
        self.table.selectionModel().selectionChanged.connect(lambda *_sets: self._show_chosen())
        self.table.asked.connect(self.open_menu)
        self.results.counted.connect(self.refresh)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Undo), self.undo_last),
            (QKeySequence(QKeySequence.StandardKey.FindNext), lambda: self._find(1)),
            (QKeySequence(QKeySequence.StandardKey.FindPrevious), lambda: self._find(-1)),
            (QKeySequence("Alt+Left"), lambda: self._turn(later=False)),
            (QKeySequence("Alt+Right"), lambda: self._turn(later=True)),
        ):
            QShortcut(keys, self, context=_HERE).activated.connect(act)

    def _lay_out(self) -> None:
        unit = round(self.fonts.unit)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.as_list)
        top.addWidget(self.as_timeline)
        top.addSpacing(unit * 2)
        top.addWidget(self.earlier)
        top.addWidget(self.later)
        seek = QHBoxLayout()
        seek.setSpacing(unit * 2)
        seek.addWidget(self.summary, 1)
        seek.addWidget(self.search)
        below = QHBoxLayout()
        below.setSpacing(unit)
        below.addWidget(self.chosen, 1)
        below.addWidget(self.correct)
        below.addWidget(self.undo)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.timeline)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(unit * 3, unit * 2, unit * 3, unit * 3)
        layout.setSpacing(unit)
        layout.addLayout(top)
        layout.addLayout(seek)
        layout.addWidget(self._stack, 1)
        layout.addLayout(below)
        layout.addWidget(self.told)
        layout.addSpacing(unit)
        layout.addWidget(self.results)
        layout.addWidget(self.kept)
