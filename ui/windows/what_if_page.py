"""The What if page: past weeks under another policy, beside how they were."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout

from tracker.error_texts import describe
from tracker.loop import Handle
from tracker.reports.what_if import Past, WhatIf
from tracker.reports.what_if_plan import LimitChange, WhatIfPlan, WhatIfProgress
from ui.charts.drawing import Style
from ui.charts.twin import ChartWithTable
from ui.charts.what_if import WhatIfChart
from ui.theme import Theme
from ui.what_if_view import Place, WhatIfView, changeable_limits, problem_lines, view_what_if
from ui.windows.page import PageHost, ScrollPage
from ui.windows.texts import dim_label, plain_label, text_column
from ui.windows.what_if_choice import WhatIfChoice


class WhatIfPage(ScrollPage):
    """Tries another policy, or other minutes, on past weeks.

    It judges anew when something else is chosen; what came out last stays until then.
    """

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        _ = host.language.gettext
        theme = host.theme()
        self._under_way = under_way = list[Handle]()
        # Nothing may be told to a page that is gone.
        self.destroyed.connect(lambda: _cancel_all(under_way))
        self._plan: WhatIfPlan | None = None
        self._answer: tuple[Past, WhatIf] | None = None
        self._place: Place | None = None
        self._tried: tuple[str | None, LimitChange | None] = (None, None)
        self._places: tuple[tuple[Place, str], ...] = ()
        self.title = plain_label(self.fonts, Style.HEADING, _("What if another policy held?"))
        self.note = dim_label(
            self.fonts, _("Your own past weeks, judged anew. Nothing is stored or changed.")
        )
        self.choice = WhatIfChoice(host.language, self.fonts)
        self.choice.changed.connect(self._judge)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Days judged"))
        self.progress.setTextVisible(False)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.clicked.connect(lambda _checked=False: self._cancel())
        self.problems = plain_label(self.fonts, Style.BODY)
        self.number = plain_label(self.fonts, Style.NUMBER)
        self.words = plain_label(self.fonts, Style.BODY)
        self.shown = QComboBox()
        self.shown.setAccessibleName(_("The limit that is shown"))
        self.shown.activated.connect(self._choose)
        switch = (_("As a table"), _("As a chart"))
        self.weeks = ChartWithTable(
            _("Week by week"), _("Weeks as they were, and as they would be"), switch, theme
        )
        self.doubts_heading = plain_label(
            self.fonts, Style.HEADING, _("What your totals can't tell")
        )
        self.doubts = plain_label(self.fonts, Style.BODY)
        self._lay_out()
        self._show_result(None)
        self._show_running(running=False)

    @property
    def judging(self) -> bool:
        """Whether days are being judged."""
        return bool(self._under_way)

    def refresh(self) -> None:
        """Offer the present policy's limits; the first time, begin."""
        overview = self.host.overview
        policy, report = overview.policy, overview.today()
        self.choice.blockSignals(True)
        self.choice.offer(changeable_limits(policy, report.limits, self.host.language))
        self.choice.blockSignals(False)
        if self._plan is None:
            self._judge()

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self.weeks.set_theme(theme)
        self.choice.lift()

    def _judge(self) -> None:
        self._plan = self.choice.plan(self.host.overview.today().day)
        tried = (self.choice.tried, self._plan.change)
        if tried != self._tried:
            self._place = None  # what is turned on is what is looked at
        self._tried = tried
        _cancel_all(self._under_way)
        self.progress.setRange(0, 0)
        self._show_problems("")
        self._under_way.append(self.host.overview.what_if(self._plan, self._told))
        self._show_running(running=True)

    def _cancel(self) -> None:
        _cancel_all(self._under_way)
        self._show_running(running=False)
        self._show_problems(self.host.language.gettext("Cancelled."))

    def _told(self, progress: WhatIfProgress) -> None:
        if not progress.done:
            self.progress.setRange(0, max(1, progress.of_days))
            self.progress.setValue(progress.days)
            return
        self._under_way.clear()
        self._show_running(running=False)
        language = self.host.language
        self._answer = progress.answer
        if progress.refused is not None:
            self._show_problems("\n".join(problem_lines(progress.refused, language)))
        elif progress.error is not None:
            text = describe(progress.error, language)
            parts = (text.title, text.text, text.remedy)
            self._show_problems("\n".join(part for part in parts if part))
        self._show_answer()

    def _show_answer(self) -> None:
        if self._answer is None:
            self._show_result(None)
            return
        past, found = self._answer
        tried = self.choice.tried
        self._show_result(view_what_if(past, found, self.host.language, self._place, tried))

    def _show_result(self, view: WhatIfView | None) -> None:
        for part in (self.number, self.words):
            part.setVisible(view is not None)
        shown = view is not None and bool(view.weeks)
        self.weeks.setVisible(shown)
        self.shown.setVisible(shown)
        doubted = view is not None and bool(view.doubts)
        self.doubts_heading.setVisible(doubted)
        self.doubts.setVisible(doubted)
        if view is None:
            return
        self.number.setText(view.number)
        self.words.setText(view.words)
        if view.choices != self._places:
            self._places = view.choices
            self.shown.clear()
            self.shown.addItems([name for _place, name in view.choices])
        places = [place for place, _name in view.choices]
        if view.place is not None:
            self.shown.setCurrentIndex(places.index(view.place))
        self.weeks.set_chart(WhatIfChart(view, self.host.language))
        self.doubts.setText("\n".join(f"• {line}" for line in view.doubts))

    def _choose(self, index: int) -> None:
        self._place = self._places[index][0]
        self._show_answer()

    def _show_running(self, *, running: bool) -> None:
        self.progress.setVisible(running)
        self.cancel.setVisible(running)

    def _show_problems(self, text: str) -> None:
        self.problems.setText(text)
        self.problems.setVisible(bool(text))

    def _lay_out(self) -> None:
        unit = round(self.fonts.unit)
        head = QVBoxLayout()
        head.setSpacing(unit // 2)
        head.addWidget(self.title)
        head.addWidget(self.note)
        self.column.addLayout(head)
        running = QHBoxLayout()
        running.setSpacing(unit)
        running.addWidget(self.progress, 1)
        running.addWidget(self.cancel)
        # Its room is kept, so that nothing jumps while minutes are turned on.
        for part in (self.progress, self.cancel):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            part.setSizePolicy(policy)
        chosen = QVBoxLayout()
        chosen.setSpacing(unit)
        chosen.addWidget(self.choice)
        chosen.addLayout(running)
        chosen.addWidget(self.problems)
        self.column.addLayout(chosen)
        result = QVBoxLayout()
        result.setSpacing(unit // 2)
        result.addWidget(self.number)
        result.addWidget(self.words)
        self.column.addLayout(result)
        weeks = QVBoxLayout()
        weeks.setSpacing(unit)
        self.shown.setMinimumWidth(unit * 12)
        weeks.addWidget(self.shown, 0, Qt.AlignmentFlag.AlignLeft)
        weeks.addWidget(self.weeks)
        self.column.addLayout(weeks)
        doubts = QVBoxLayout()
        doubts.setSpacing(unit)
        doubts.addWidget(self.doubts_heading)
        self.doubts.setMaximumWidth(text_column(self.fonts))
        doubts.addWidget(self.doubts)
        self.column.addLayout(doubts)
        self.column.addStretch()
        self.choice.lift()


def _cancel_all(handles: list[Handle]) -> None:
    for handle in handles:
        handle.cancel()
    handles.clear()
