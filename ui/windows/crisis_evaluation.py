"""What is written down after a crisis: the form, and what was written before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import Language
from ui.charts.drawing import Style
from ui.crisis_view import EvaluationView, questions
from ui.typography import Type
from ui.windows.crisis_parts import flow_row, without_keys
from ui.windows.reading_view import Heading
from ui.windows.texts import dim_label, plain_label

LINES = 4
"""The lines of an answer that can be seen at once; longer ones scroll."""


class EvaluationForm(QWidget):
    """Asks what happened, what was at fault and what was learnt."""

    saved = Signal(str, str, str)
    left = Signal()

    def __init__(self, language: Language, kept: str) -> None:
        super().__init__()
        _ = language.gettext
        self._fonts = Type(self.font())
        unit = round(self._fonts.unit)
        self.heading = Heading(self._fonts, Style.HEADING, "")
        self.fields = [QPlainTextEdit() for _question in questions(language)]
        self.save_button = QPushButton(_("Save and close the level"))
        self.save_button.clicked.connect(lambda _checked=False: self._save())
        self.back_button = QPushButton(_("Back"))
        self.back_button.clicked.connect(lambda _checked=False: self.left.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(unit)
        column.addWidget(self.heading)
        for question, field in zip(questions(language), self.fields, strict=True):
            label = plain_label(self._fonts, Style.STRONG, question)
            label.setBuddy(field)
            field.setAccessibleName(question)
            field.setTabChangesFocus(True)
            field.setFixedHeight(round(self._fonts.line(Style.BODY) * LINES) + unit * 2)
            field.textChanged.connect(self._see)
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(dim_label(self._fonts, kept))
        column.addWidget(flow_row(self._fonts, self.save_button, self.back_button))
        self._see()

    def begin(self, title: str, *, open_: bool, language: Language) -> None:
        """Ask about the crisis of that title; what is written already stays."""
        _ = language.gettext
        self.heading.say(title)
        self.save_button.setText(_("Save and close the level") if open_ else _("Save"))
        self.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Let go of what was written."""
        for field in self.fields:
            field.clear()

    def _see(self) -> None:
        self.save_button.setEnabled(any(field.toPlainText().strip() for field in self.fields))

    def _save(self) -> None:
        self.saved.emit(*(field.toPlainText().strip() for field in self.fields))


class EvaluationList(QWidget):
    """The evaluations that were written, each behind its title.

    Args:
        language: The person's.
        save: Saves one as a PDF.
    """

    def __init__(self, language: Language, save: Callable[[EvaluationView], None]) -> None:
        super().__init__()
        self._language = language
        self._save = save
        self._fonts = Type(self.font())
        self._shown: Sequence[EvaluationView] = ()
        self.rows: list[EvaluationRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(round(self._fonts.unit))
        heading = language.gettext("What was learnt before")
        self._column.addWidget(Heading(self._fonts, Style.HEADING, heading))
        self.hide()

    def show_evaluations(self, written: Sequence[EvaluationView]) -> None:
        """Show what was written; the list is hidden where there is nothing."""
        self.setVisible(bool(written))
        if written == self._shown:
            return
        self._shown = written
        for row in self.rows:
            row.setParent(None)
            row.deleteLater()
        self.rows = [
            EvaluationRow(each, self._language, self._fonts, self._save) for each in written
        ]
        for row in self.rows:
            self._column.addWidget(row)


class EvaluationRow(QWidget):
    """One evaluation: its title, and the rest where it is opened."""

    def __init__(
        self,
        written: EvaluationView,
        language: Language,
        fonts: Type,
        save: Callable[[EvaluationView], None],
    ) -> None:
        super().__init__()
        _, unit = language.gettext, round(fonts.unit)
        self.button = QToolButton()
        self.button.setText(without_keys(written.title))
        self.button.setAccessibleName(written.title)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.toggled.connect(self._open)
        self.pdf_button = QPushButton(_("Save as PDF …"))
        self.pdf_button.setAccessibleName(_("Save as PDF: {title}").format(title=written.title))
        self.pdf_button.clicked.connect(lambda _checked=False: save(written))
        self.text = QWidget()
        inside = QVBoxLayout(self.text)
        inside.setContentsMargins(unit * 3, 0, 0, unit)
        inside.setSpacing(unit // 2)
        for fact in written.facts:
            inside.addWidget(dim_label(fonts, fact))
        for question, answer in written.answers:
            inside.addWidget(plain_label(fonts, Style.STRONG, question))
            inside.addWidget(plain_label(fonts, Style.BODY, answer or "–"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(unit // 2)
        column.addWidget(flow_row(fonts, self.button, self.pdf_button))
        column.addWidget(self.text)
        self._open(False)

    def _open(self, opened: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self.text.setVisible(opened)
