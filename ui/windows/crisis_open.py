"""The crisis that is open: what is due next, the checklist, whom to reach, and the way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from tracker.i18n import Language
from ui.charts.drawing import Style
from ui.crisis_view import MailView, OpenView
from ui.theme import Theme
from ui.typography import Type
from ui.windows.crisis_parts import ContactLabel, LevelButton, TaskRow, flow_row, without_keys
from ui.windows.reading_view import Heading
from ui.windows.texts import dim_label, plain_label


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways out of the program that the person takes.

    Attributes:
        open_url: Opens a mail or a call; returns whether something took it up.
        copy: Puts a text on the clipboard.
    """

    open_url: Callable[[str], bool]
    copy: Callable[[str], None]


class OpenCrisisPart(QWidget):
    """Shows the open level. It is made anew where the level or the policy is another."""

    task_ticked = Signal(int, bool)
    link_changed = Signal(str)
    level_chosen = Signal(str)
    closed = Signal()
    evaluation_wanted = Signal()

    def __init__(self, view: OpenView, language: Language, theme: Theme, ways: Ways) -> None:
        super().__init__()
        self._language = language
        self._theme = theme
        self._ways = ways
        self._view = view
        self._fonts = Type(self.font())
        self._contacts: list[ContactLabel] = []
        unit = round(self._fonts.unit)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(unit * 3)
        self._add_head(view)
        self._add_checklist(view)
        self._add_reply(view)
        self._add_mail(view)
        self._add_end()
        self._add_others(view)
        self.show_crisis(view)

    def fits(self, view: OpenView) -> bool:
        """Return whether this part can show ``view`` without being made anew."""
        return _frame(view) == _frame(self._view)

    def show_crisis(self, view: OpenView) -> None:
        """Show how it stands at this instant."""
        self._view = view
        self.number.setText(view.number)
        self.number.setVisible(bool(view.number))
        self.words.setText(view.words)
        if self.number.accessibleName() != view.spoken:
            # The figure counts along unheard.
            self.number.setAccessibleName(view.spoken)
        if not self.link.hasFocus():
            self.link.setText(view.link)
        for row, task in zip(self.tasks, view.tasks, strict=True):
            row.show_task(task)

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self._theme = theme
        for row in self.tasks:
            row.set_theme(theme)
        for contact in self._contacts:
            contact.show_anew()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._take_link()

    # Its parts

    def _add_head(self, view: OpenView) -> None:
        _ = self._language.gettext
        unit = round(self._fonts.unit)
        self.number = plain_label(self._fonts, Style.NUMBER)
        self.words = plain_label(self._fonts, Style.BODY)
        self.lifts = plain_label(self._fonts, Style.BODY, view.lifts)
        self.lifts.setVisible(bool(view.lifts))
        self.link = QLineEdit(view.link)
        self.link.setPlaceholderText("https://")
        self.link.editingFinished.connect(self._take_link)
        name = plain_label(self._fonts, Style.BODY, _("Link to the comment, if there is one"))
        name.setBuddy(self.link)
        self.link.setAccessibleName(name.text())
        note = dim_label(self._fonts, _("It stays here, and stands in the mail below."))
        head = QVBoxLayout()
        head.setSpacing(unit // 2)
        head.addWidget(dim_label(self._fonts, view.since))
        head.addWidget(Heading(self._fonts, Style.HEADING, view.trigger))
        head.addSpacing(unit // 2)
        head.addWidget(self.number)
        head.addWidget(self.words)
        head.addSpacing(unit // 2)
        head.addWidget(self.lifts)
        head.addSpacing(unit)
        for part in (name, self.link, note):
            head.addWidget(part)
        self._column.addLayout(head)

    def _add_checklist(self, view: OpenView) -> None:
        self.tasks = [
            TaskRow(task, self._language, self._fonts, self._theme, self._open)
            for task in view.tasks
        ]
        for row in self.tasks:
            row.toggled.connect(self.task_ticked)
        if self.tasks:
            self._add_section(self._language.gettext("Checklist"), *self.tasks)

    def _add_reply(self, view: OpenView) -> None:
        _ = self._language.gettext
        self.copy_button = QPushButton(_("Copy"))
        self.copy_button.setAccessibleName(_("Copy the holding reply"))
        self.copy_button.clicked.connect(lambda _checked=False: self._copy_reply())
        self.copied = dim_label(self._fonts)
        self.copied.hide()
        if view.reply:
            reply = plain_label(self._fonts, Style.BODY, view.reply)
            row = flow_row(self._fonts, self.copy_button, self.copied)
            self._add_section(_("Holding reply"), reply, row)

    def _add_mail(self, view: OpenView) -> None:
        _ = self._language.gettext
        to = view.mail.to
        words = (
            _("Write a mail to {role} …").format(role=without_keys(to.role))
            if to
            else _("Write a mail …")
        )
        self.mail_button = QPushButton(words)
        self.mail_button.clicked.connect(lambda _checked=False: self._write_mail())
        self.mail_said = plain_label(self._fonts, Style.BODY)
        self.mail_said.hide()
        note = _("Your mail program opens with the text; you read it and send it yourself.")
        parts: list[QWidget] = [dim_label(self._fonts, note)]
        if to is not None:
            self._contacts.append(ContactLabel(to, self._language, self._fonts, self._open))
            parts += self._contacts
        self._add_section(
            _("Tell others"), *parts, flow_row(self._fonts, self.mail_button), self.mail_said
        )

    def _add_end(self) -> None:
        _ = self._language.gettext
        self.evaluate_button = QPushButton(_("Evaluate and close …"))
        self.evaluate_button.clicked.connect(lambda _checked=False: self.evaluation_wanted.emit())
        self.close_button = QPushButton(_("Close, evaluate later"))
        self.close_button.clicked.connect(lambda _checked=False: self.closed.emit())
        self._add_section(
            _("When it is over"), flow_row(self._fonts, self.evaluate_button, self.close_button)
        )

    def _add_others(self, view: OpenView) -> None:
        _ = self._language.gettext
        self.others = [LevelButton(level, self._fonts) for level in view.others]
        for button in self.others:
            button.clicked.connect(
                lambda _checked=False, level=button.level.id: self.level_chosen.emit(level)
            )
        if self.others:
            note = _("Another level takes this one's place, and its deadlines count from then on.")
            self._add_section(
                _("It has become something else"), dim_label(self._fonts, note), *self.others
            )

    def _add_section(self, heading: str, *parts: QWidget) -> None:
        section = QVBoxLayout()
        section.setSpacing(round(self._fonts.unit * 1.5))
        section.addWidget(Heading(self._fonts, Style.HEADING, heading))
        for part in parts:
            section.addWidget(part)
        self._column.addLayout(section)

    # What the person does

    def _take_link(self) -> None:
        if self.link.text().strip() != self._view.link:
            self.link_changed.emit(self.link.text().strip())

    def _copy_reply(self) -> None:
        self._ways.copy(self._view.reply)
        _say(self.copied, self._language.gettext("Copied"))

    def _write_mail(self) -> None:
        self._take_link()  # the mail holds it
        mail = self._view.mail
        if self._ways.open_url(mail.url):
            self.mail_said.hide()
        else:
            self._say_copied(mail)

    def _say_copied(self, mail: MailView) -> None:
        _ = self._language.gettext
        self._ways.copy(f"{mail.subject}\n\n{mail.body}")
        _say(self.mail_said, _("No mail program answered. The text is copied; send it yourself."))

    def _open(self, url: str) -> None:
        if not self._ways.open_url(url):
            address = url.partition(":")[2]
            self._ways.copy(address)
            text = self._language.gettext("No program answered. {address} is copied.")
            _say(self.mail_said, text.format(address=address))


def _frame(view: OpenView) -> tuple[object, ...]:
    """Return what a part is made for: all that does not change by itself."""
    tasks = tuple((task.index, task.text, task.who) for task in view.tasks)
    return (
        view.level,
        view.trigger,
        view.since,
        view.lifts,
        tasks,
        view.reply,
        view.mail.to,
        (view.others),
    )


def _say(label: QWidget, text: str) -> None:
    label.setProperty("text", text)
    label.setAccessibleName(text)
    label.show()
