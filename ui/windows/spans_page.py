"""The page of a day's visits: see each, and say afterwards what it was for."""

from __future__ import annotations

import contextlib
from datetime import date

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QActionGroup,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
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
from tracker.model import Span
from ui.charts.drawing import Style
from ui.spans_view import SpansView, chosen_text, corrected_text, shared_options, view_spans
from ui.typography import Type
from ui.windows.page import Page, PageHost
from ui.windows.results_row import ResultsRow
from ui.windows.spans_model import SpansModel
from ui.windows.spans_table import SpansTable
from ui.windows.texts import dim_label, plain_label

_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class SpansPage(Page):
    """The day's visits, one day at a time.

    Ctrl+A chooses all, Enter on the list opens what they may be for, Ctrl+Z takes the last
    correction back, Alt+Left and Alt+Right go from day to day.
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
        self.earlier = self._arrow(Qt.ArrowType.LeftArrow, _("The day before"))
        self.later = self._arrow(Qt.ArrowType.RightArrow, _("The day after"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find a channel"))
        self.search.setAccessibleName(_("Find a channel"))
        self.search.setClearButtonEnabled(True)
        self.summary = dim_label(self.fonts)
        self.model = SpansModel(host.language, self)
        self.table = SpansTable(self.model, _("The day's visits"), self.fonts)
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
        """Show a day, such as ``2026-11-23``; of anything else, today."""
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
        self._stack.setCurrentIndex(0 if view.lines else 1)
        self.search.setVisible(view.any_visits)
        for part in (self.chosen, self.correct, self.undo):
            part.setVisible(view.any_visits)
        self.results.show_results(view.results, changeable=view.is_today)
        self.kept.setText(view.kept)
        self._show_chosen()

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

    def _arrow(self, arrow: Qt.ArrowType, name: str) -> QToolButton:
        button = QToolButton()
        button.setArrowType(arrow)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def _connect(self) -> None:
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
            (QKeySequence("Alt+Left"), lambda: self._turn(later=False)),
            (QKeySequence("Alt+Right"), lambda: self._turn(later=True)),
        ):
            QShortcut(keys, self, context=_HERE).activated.connect(act)

    def _lay_out(self) -> None:
        unit = round(self.fonts.unit)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
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
