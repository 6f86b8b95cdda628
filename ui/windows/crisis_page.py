"""The crisis plan at hand: choose the level, work through it, write down what was learnt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tracker.error_texts import describe
from tracker.errors import OutsideError
from tracker.policy.types import Person, Policy
from tracker.storage.base import Evaluation
from ui.charts.drawing import Style
from ui.crisis_sheet import evaluation_html, plan_html, plan_title
from ui.crisis_view import CrisisView, CrisisWords, EvaluationView, LevelView, OpenView
from ui.documents import print_document, save_pdf
from ui.theme import Theme
from ui.windows.crisis_evaluation import EvaluationForm, EvaluationList
from ui.windows.crisis_open import OpenCrisisPart, Ways
from ui.windows.crisis_parts import LevelButton, flow_row
from ui.windows.fields import lift_fields
from ui.windows.page import PageHost, ScrollPage
from ui.windows.reading_view import Heading, open_link
from ui.windows.texts import dim_label, plain_label, text_column

_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
AskPath = Callable[[QWidget, str, str], str]
"""Asks where to save: given a parent, a title and a name; empty where the person does not."""


def _ask_path(parent: QWidget, title: str, name: str) -> str:
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, title, str(Path.home() / name), "PDF (*.pdf)"
    )
    return chosen


class CrisisPage(ScrollPage):
    """The plan of the policy in force; it works before acceptance too, and without a network.

    Args:
        host: What every page is given.
        ways: Where mails, calls and copies go; the desktop's by default.
        ask_path: Asks where a PDF goes.
    """

    def __init__(
        self, host: PageHost, ways: Ways | None = None, ask_path: AskPath = _ask_path
    ) -> None:
        super().__init__(host)
        self._ways = ways or Ways(open_link, QGuiApplication.clipboard().setText)
        self._ask_path = ask_path
        self._words: CrisisWords | None = None
        self._known: tuple[Policy, Person, bool] | None = None
        self._written: Sequence[Evaluation] | None = None
        self._evaluating = False
        self._levels: tuple[LevelView, ...] = ()
        self.open_part: OpenCrisisPart | None = None
        self.level_buttons: list[LevelButton] = []
        self._make_parts()
        self._lay_out()
        lift_fields(self)
        self.refresh()

    def refresh(self) -> None:
        """Show the present instant."""
        overview = self.host.overview
        known = (overview.policy, overview.person, overview.status().accepted)
        if known != self._known or self._words is None:
            self._known = known
            policy, person, measured = known
            self._words = CrisisWords(policy, person, self.host.language, measured=measured)
            self._show_evaluations()
        closed = overview.unevaluated_crisis()
        view = self._words.view(overview.crisis(), closed, self.host.now())
        self._evaluating &= view.open is not None or closed is not None
        self._show_choice(view)
        self._show_open(view.open)
        self.form.setVisible(self._evaluating)
        self.order_tabs()

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        if self.open_part is not None:
            self.open_part.set_theme(theme)
        lift_fields(self)

    def plan_document(self) -> str:
        """Return the whole plan as the HTML of a document."""
        overview = self.host.overview
        return plan_html(overview.policy, overview.person, self.host.language)

    # What is shown

    def _show_choice(self, view: CrisisView) -> None:
        choosing = view.open is None and not self._evaluating
        has_plan = bool(view.levels)
        self.paper.setVisible(has_plan and not self._evaluating)
        self.empty.setVisible(choosing and not has_plan)
        self.ask.setVisible(choosing and has_plan)
        self.choice.setVisible(choosing and has_plan)
        self.closed_box.setVisible(choosing and bool(view.closed))
        self.closed_text.setText(view.closed)
        if view.levels == self._levels:
            return
        self._levels = view.levels
        layout = self.choice.layout()
        assert layout is not None
        for button in self.level_buttons:
            button.setParent(None)
            button.deleteLater()
        self.level_buttons = [LevelButton(level, self.fonts) for level in view.levels]
        for button in self.level_buttons:
            button.clicked.connect(
                lambda _checked=False, level=button.level.id: self._open_level(level)
            )
            layout.addWidget(button)

    def _show_open(self, view: OpenView | None) -> None:
        part = self.open_part
        if part is not None and (view is None or not part.fits(view)):
            self.open_part = None
            part.setParent(None)
            part.deleteLater()
        if view is not None and self.open_part is None:
            self.open_part = self._make_open(view)
            self._text.insertWidget(self._text.indexOf(self.form), self.open_part)
            lift_fields(self)
        if view is not None and self.open_part is not None:
            self.open_part.show_crisis(view)
            self.open_part.setVisible(not self._evaluating)

    def _show_evaluations(self) -> None:
        assert self._words is not None
        try:
            self._written = tuple(self.host.overview.evaluations())
        except OutsideError:
            self._written = self._written or ()  # its trouble is told on Today
        self.evaluations.show_evaluations(self._words.evaluations(self._written))

    # What the person does

    def _act(self, act: Callable[[], object]) -> bool:
        """Do something and show what came of it; return whether it could be done."""
        self.said.hide()
        try:
            act()
        except OutsideError as error:
            text = describe(error, self.host.language)
            self._say(f"{text.title}. {text.text} {text.remedy}".strip())
            return False
        finally:
            self.refresh()
        return True

    def _open_level(self, level: str) -> None:
        if self._act(lambda: self.host.overview.open_crisis(level)):
            self._scroll.verticalScrollBar().setValue(0)
            if self.open_part is not None:
                self.open_part.link.setFocus()

    def _set_link(self, link: str) -> None:
        crisis = self.host.overview.crisis()
        if crisis is not None:
            self._act(lambda: self.host.overview.open_crisis(crisis.level, link))

    def _close(self) -> None:
        self._act(lambda: self.host.overview.open_crisis(None))
        self._scroll.verticalScrollBar().setValue(0)

    def _evaluate(self) -> None:
        overview, words = self.host.overview, self._words
        crisis = overview.crisis() or overview.unevaluated_crisis()
        if crisis is None or words is None:
            return
        self._evaluating = True
        self.refresh()
        is_open = overview.crisis() is not None
        self.form.begin(words.trigger(crisis.level), open_=is_open, language=self.host.language)
        self._scroll.verticalScrollBar().setValue(0)

    def _leave_form(self) -> None:
        self._evaluating = False
        self.refresh()

    def _save_evaluation(self, happened: str, fault: str, learnt: str) -> None:
        overview = self.host.overview
        if self._act(lambda: overview.evaluate_crisis(happened, fault, learnt)):
            self.form.clear()
            self._evaluating = False
            self._show_evaluations()
            self.refresh()
            self._say(self.host.language.gettext("Saved. It stands below."))

    def _drop(self) -> None:
        self._act(self.host.overview.drop_crisis)

    # Documents

    def _save_plan(self) -> None:
        policy = self.host.overview.policy
        title = plan_title(self.host.language)
        self._save(self.plan_document(), title, f"{policy.id}-{title}.pdf")

    def _save_written(self, written: EvaluationView) -> None:
        html = evaluation_html(written, self.host.language)
        self._save(html, written.title, f"{written.title}.pdf")

    def _save(self, html: str, title: str, name: str) -> None:
        _ = self.host.language.gettext
        chosen = self._ask_path(self, _("Save as PDF …"), _NOT_IN_NAMES.sub("-", name))
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix else path.with_suffix(".pdf")
        if self._act(lambda: save_pdf(html, title, path, self.host.language)):
            self._say(_("Saved: {file}").format(file=path))

    def _print(self) -> None:
        title = plan_title(self.host.language)
        print_document(self.plan_document(), title, self.host.language, self)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setAccessibleName(text)
        self.said.show()

    # Its parts

    def _make_open(self, view: OpenView) -> OpenCrisisPart:
        overview = self.host.overview
        part = OpenCrisisPart(view, self.host.language, self.host.theme(), self._ways)
        part.task_ticked.connect(
            lambda index, done: self._act(lambda: overview.set_crisis_step(index, done=done))
        )
        part.link_changed.connect(self._set_link)
        part.level_chosen.connect(self._open_level)
        part.closed.connect(self._close)
        part.evaluation_wanted.connect(self._evaluate)
        return part

    def _make_parts(self) -> None:
        _, fonts = self.host.language.gettext, self.fonts
        self.title = Heading(fonts, Style.HEADING, plan_title(self.host.language))
        self.save_button = QPushButton(_("Save as PDF …"))
        self.save_button.clicked.connect(lambda _checked=False: self._save_plan())
        self.print_button = QPushButton(_("Print …"))
        self.print_button.clicked.connect(lambda _checked=False: self._print())
        whole = dim_label(fonts, _("The whole plan on paper, for the day when nothing works:"))
        self.paper = QWidget()
        paper = QVBoxLayout(self.paper)
        paper.setContentsMargins(0, round(fonts.unit), 0, 0)
        paper.addWidget(whole)
        paper.addWidget(flow_row(fonts, self.save_button, self.print_button))
        self.said = plain_label(fonts, Style.BODY)
        self.said.hide()
        self.empty = plain_label(
            fonts, Style.BODY, _("The policy has no crisis plan. Its contacts are on Policy.")
        )
        self.ask = plain_label(fonts, Style.BODY, _("What has happened? Choose what fits best."))
        self.choice = QWidget()
        self.closed_text = plain_label(fonts, Style.BODY)
        self.write_button = QPushButton(_("Write down what you learnt …"))
        self.write_button.clicked.connect(lambda _checked=False: self._evaluate())
        self.drop_button = QPushButton(_("Nothing to write down"))
        self.drop_button.clicked.connect(lambda _checked=False: self._drop())
        self.closed_box = QWidget()
        policy = self.host.overview.policy
        words = CrisisWords(policy, self.host.overview.person, self.host.language)
        self.form = EvaluationForm(self.host.language, words.kept())
        self.form.saved.connect(self._save_evaluation)
        self.form.left.connect(self._leave_form)
        self.evaluations = EvaluationList(self.host.language, self._save_written)

    def _lay_out(self) -> None:
        unit = round(self.fonts.unit)
        choice = QVBoxLayout(self.choice)
        choice.setContentsMargins(0, 0, 0, 0)
        choice.setSpacing(unit)
        closed = QVBoxLayout(self.closed_box)
        closed.setContentsMargins(0, 0, 0, 0)
        closed.setSpacing(unit)
        closed.addWidget(self.closed_text)
        closed.addWidget(flow_row(self.fonts, self.write_button, self.drop_button))
        # Beside it is room: text is read in a column of 72 characters at most.
        column = QWidget()
        column.setMaximumWidth(text_column(self.fonts))
        self._text = QVBoxLayout(column)
        self._text.setContentsMargins(0, 0, 0, 0)
        self._text.setSpacing(unit * 2)
        for part in (self.said, self.empty, self.closed_box, self.ask, self.choice, self.form):
            self._text.addWidget(part)
        self._text.addWidget(self.paper)
        self._text.addWidget(self.evaluations)
        row = QHBoxLayout()
        row.addWidget(column, 1)
        row.addStretch()
        self.column.setSpacing(unit * 2)
        self.column.addWidget(self.title)
        self.column.addLayout(row)
        self.column.addStretch(1)
