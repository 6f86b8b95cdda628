"""Takes a week along: as what, with what, what it holds, and where it goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.error_texts import describe
from tracker.errors import OutsideError
from tracker.reports.week_facts import Ticks, WeekFacts
from tracker.reports.writers import write_file
from tracker.summary.forms import Form, file_name, make_summary
from tracker.summary.week import summarise
from tracker.summary.words import summary_words
from ui.charts.drawing import Style
from ui.export_view import (
    csv_sheets,
    file_filter,
    form_views,
    notes_label,
    page_text,
    promise,
    results_label,
    xlsx_sheets,
)
from ui.mailing import MailDraft, mailer
from ui.summary_pdf import SummaryPaper
from ui.typography import Type
from ui.windows.export_preview import ExportPreview
from ui.windows.page import PageHost
from ui.windows.texts import dim_label, plain_label

_COPIED = frozenset({Form.CSV, Form.JSON, Form.HTML})
"""The forms that are texts, and can be copied as such."""


class ExportDialog(QDialog):
    """Asks for the form of a week's summary, shows exactly what leaves, and lets it leave.

    Args:
        host: What pages are given.
        week_day: Any day of the week.
        parent: The window that it belongs to.
    """

    def __init__(self, host: PageHost, week_day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = host.language.gettext
        self._host = host
        self._language = host.language
        self._day = week_day
        self._facts: WeekFacts | None = None
        self._make: Callable[[], bytes] = bytes
        self._saved: Path | None = None
        self._mails = False
        self._fonts = Type(self.font())
        self._forms = form_views(host.language)
        self.form = QComboBox()
        for view in self._forms:
            self.form.addItem(view.name, view.form)
        self.form_words = dim_label(self._fonts)
        self.notes, self.results = QCheckBox(), QCheckBox()
        self.preview = ExportPreview(host.language)
        self.promise = plain_label(self._fonts, Style.BODY, promise(host.language))
        self.said = plain_label(self._fonts, Style.STRONG)
        self.save_button = QPushButton(_("Save as …"))
        self.copy_button = QPushButton(_("Copy"))
        self.mail_button = QPushButton(_("Mail …"))
        self.close_button = QPushButton(_("Close"))
        self.mail_words = dim_label(self._fonts)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lay_out()
        self._connect()
        self.refresh()

    # What is shown

    def refresh(self) -> None:
        """Read the week anew."""
        _ = self._language.gettext
        try:
            self._facts = self._host.overview.week_facts(self._day)
        except OutsideError as error:
            self._facts = None
            self._fail(error)
            return
        finally:
            for widget in (self.form, self.save_button, self.copy_button, self.mail_button):
                widget.setEnabled(self._facts is not None)
            self._find_mailer()
        facts = self._facts
        title = summary_words(summarise(facts, self._language, Ticks())).title
        self.setWindowTitle(_("Export: {week}").format(week=title))
        for box, label, there in (
            (self.notes, notes_label(facts, self._language), facts.noted),
            (self.results, results_label(facts, self._language), facts.counted),
        ):
            box.setText(label)
            box.setEnabled(bool(there))
        self._show()

    @property
    def chosen(self) -> Form:
        """The form that is chosen."""
        return Form(self.form.currentData())

    @property
    def ticks(self) -> Ticks:
        """What is ticked."""
        return Ticks(self.notes.isChecked(), self.results.isChecked())

    def _show(self) -> None:
        """Make the file anew, and show what is in it."""
        if self._facts is None:
            return
        form, facts, language, ticks = self.chosen, self._facts, self._language, self.ticks
        self._saved = None
        self._say("")
        self.form_words.setText(self._forms[self.form.currentIndex()].words)
        self.copy_button.setVisible(form in _COPIED)
        if form is Form.PDF:
            # Each of the two takes some 40 ms: the file is made when it is wanted.
            paper = SummaryPaper(facts, language, ticks)
            self._make = paper.pdf
            words = summary_words(summarise(facts, language, ticks))
            told = f"{words.title}. {words.number} {words.words}. {words.policy}"
            self.preview.show_paper(paper.pictures, told)
            return
        content = make_summary(form, facts, language, ticks, None)
        self._make = lambda: content
        match form:
            case Form.HTML:
                self.preview.show_page(page_text(content))
            case Form.XLSX:
                self.preview.show_sheets(xlsx_sheets(content))
            case Form.CSV:
                self.preview.show_sheets(csv_sheets(content))
            case Form.JSON:
                self.preview.show_text(content.decode())

    # Where it goes

    def _choose_file(self, *, mails: bool) -> None:
        self._mails = mails
        view = self._forms[self.form.currentIndex()]
        dialog = QFileDialog(self, self.save_button.text().rstrip(" …"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(file_filter(view))
        dialog.setDefaultSuffix(view.form.value)
        dialog.setDirectory(str(Path.home()))
        dialog.selectFile(file_name(view.form, self._day))
        # The dialog has asked already whether a file that is there is to be replaced.
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, file: Path) -> None:
        """Write what is shown to a file; one that is there is replaced."""
        try:
            write_file(file, self._make(), force=True)
        except OutsideError as error:
            self._fail(error)
            return
        self._saved = file
        self._say(self._language.gettext("Saved: {file}").format(file=file))
        if self._mails:
            self._mail(file)

    def copy(self) -> None:
        """Put what is shown on the clipboard."""
        text = self._make().decode("utf-8-sig")
        data = QMimeData()
        data.setText(text)
        if self.chosen is Form.HTML:
            data.setHtml(text)
        QGuiApplication.clipboard().setMimeData(data)
        self._say(self._language.gettext("Copied."))

    def mail(self) -> None:
        """Begin a mail with the file attached; it has to be saved first."""
        if self._saved is None:
            self._choose_file(mails=True)
        else:
            self._mail(self._saved)

    def _mail(self, file: Path) -> None:
        program = mailer()
        if program is not None:
            MailDraft(program, self._mailed, self).begin(file, self.windowTitle())

    def _mailed(self, taken: bool) -> None:
        _ = self._language.gettext
        text = (
            _("Your mail program has the file: {file}. Nothing is sent before you send it.")
            if taken
            else _("No mail program took the file. It is saved: {file}.")
        )
        self._say(text.format(file=self._saved))

    def _find_mailer(self) -> None:
        there = mailer() is not None
        self.mail_button.setEnabled(there and self._facts is not None)
        words = (
            ""
            if there
            else self._language.gettext(
                "Nothing here can begin a mail with a file: save it, and attach it yourself."
            )
        )
        self.mail_words.setText(words)
        self.mail_words.setVisible(not there)

    def _fail(self, error: OutsideError) -> None:
        text = describe(error, self._language)
        self._say(" ".join(part for part in (text.title, text.text, text.remedy) if part))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    # How it is built

    def _connect(self) -> None:
        self.form.currentIndexChanged.connect(lambda _index: self._show())
        for box in (self.notes, self.results):
            box.toggled.connect(lambda _on: self._show())
        self.save_button.clicked.connect(lambda _on: self._choose_file(mails=False))
        self.copy_button.clicked.connect(lambda _on: self.copy())
        self.mail_button.clicked.connect(lambda _on: self.mail())
        self.close_button.clicked.connect(lambda _on: self.reject())
        self.save_button.setDefault(True)

    def _lay_out(self) -> None:
        _, unit = self._language.gettext, round(self._fonts.unit)
        label = QLabel(_("&Form:"))
        label.setBuddy(self.form)
        self.form.setAccessibleName(_("Form of the file"))
        top = QHBoxLayout()
        top.setSpacing(unit)
        for widget in (label, self.form):
            top.addWidget(widget)
        top.addWidget(self.form_words, 1)
        ticks = QHBoxLayout()
        ticks.setSpacing(unit * 2)
        ticks.addWidget(QLabel(_("Only if you tick it:")))
        ticks.addWidget(self.notes)
        ticks.addWidget(self.results)
        ticks.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(unit)
        buttons.addWidget(self.mail_words, 1)
        buttons.addStretch()
        for button in (self.mail_button, self.copy_button, self.save_button, self.close_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(unit * 3, unit * 2, unit * 3, unit * 2)
        layout.setSpacing(unit * 2)
        layout.addLayout(top)
        layout.addLayout(ticks)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.promise)
        layout.addWidget(self.said)
        layout.addLayout(buttons)
        room = self.screen().availableSize() * 0.9
        self.resize(min(unit * 105, room.width()), min(unit * 90, room.height()))
