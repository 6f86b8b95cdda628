"""What was used, the policy's own words, and the ways out: what the ladder's windows hold."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tracker.doings import LONGEST_NOTE
from tracker.i18n import Language
from tracker.limits.extending import LONGEST_REASON
from ui.charts.drawing import Role, Style
from ui.ladder_view import LadderView, MoreWay, WorkWay
from ui.theme import Theme
from ui.typography import Type
from ui.windows.texts import dim_label, plain_label

COLUMNS = 2
COLUMN_CHARACTERS = 56


class WaysOut(QWidget):
    """The panel of a step that holds.

    It takes the keyboard itself, as a whole, before any of its buttons does: who is still
    writing presses nothing by that. Tab goes on to the ways out.

    Args:
        view: What to say.
        language: The person's.
        theme: Its colours.
        minimises: Whether the window can be minimised from here.
        stops: Whether there is a button that ends the question.
    """

    stopped = Signal()
    minimised = Signal()
    chosen = Signal(str, bool, str)
    """A purpose, whether the visit counts from its start, and a note."""

    extended = Signal(str)
    """More time, with the reason."""

    asked_why = Signal()

    def __init__(
        self, view: LadderView, language: Language, theme: Theme, *, minimises: bool, stops: bool
    ) -> None:
        super().__init__()
        self._language = language
        self._theme = theme
        self._fonts = Type(self.font())
        self._unit = round(self._fonts.unit)
        self.view = view
        self._announced = False
        self._heights: dict[int, int] = {}
        self._keyboard_words = {False: "", True: ""}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(view.announcement)
        self.title = plain_label(self._fonts, Style.HEADING, view.title)
        self.used = plain_label(self._fonts, Style.BODY, view.used)
        self.policy = dim_label(self._fonts, view.policy)
        self.status = plain_label(self._fonts, Style.BODY)
        self.problem = plain_label(self._fonts, Style.STRONG)
        self.hint = dim_label(self._fonts)
        self.why_button = QToolButton()
        self.why_button.setText(language.gettext("Why?"))
        self.why_button.setAutoRaise(True)
        self.why_button.clicked.connect(self.asked_why)
        self.stop_button = QPushButton(language.gettext("Stop now"))
        self.minimise_button = QPushButton(view.minimise.replace("&", "&&"))
        self.purpose_buttons: dict[str, QPushButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[self._unit * 3] * 4)
        self._column.setSpacing(self._unit * 3)
        self._add_words()
        if view.work is not None:
            self._column.addLayout(self._make_work(view.work))
        if view.more is not None:
            self._column.addLayout(self._make_more(view.more))
        self._column.addLayout(self._make_stop(view, minimises=minimises, stops=stops))
        self._column.addWidget(self.hint)
        # The last that the tab key comes to: it answers nothing.
        self._first_row.addWidget(self.why_button, 0, Qt.AlignmentFlag.AlignTop)
        for label in (self.status, self.problem, self.hint):
            label.hide()

    # What may change while it is shown

    def refresh(self, view: LadderView) -> None:
        """Say how things stand now; the ways out stay as they are."""
        for label, text in (
            (self.title, view.title),
            (self.used, view.used),
            (self.policy, view.policy),
        ):
            if label.text() != text:
                label.setText(text)
                self._heights.clear()
        self.setAccessibleName(view.announcement)

    def say(self, label: QLabel, text: str) -> None:
        """Show a text in one of the lines that are empty at first, or take it away."""
        if label.text() != text or label.isHidden() is bool(text):
            label.setText(text)
            label.setVisible(bool(text))
            self._heights.clear()

    def explain_keyboard(self, away: str, here: str) -> None:
        """Say where the keyboard is.

        Args:
            away: How it comes here; empty where only a click brings it.
            here: What it does once it is here.
        """
        self._keyboard_words = {False: away, True: here}
        self._show_keyboard()

    def _show_keyboard(self) -> None:
        self.say(self.hint, self._keyboard_words[self.isActiveWindow()])

    def announce_once(self) -> None:
        """Have a screen reader say what this is about, the first time that it is shown."""
        if self._announced:
            return
        self._announced = True
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.view.announcement))

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self._theme = theme
        self.update()

    # How it is made

    def _add_words(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(self._unit)
        self._first_row = QHBoxLayout()
        self._first_row.setSpacing(self._unit)
        self._first_row.addWidget(self.title, 1)
        words.addLayout(self._first_row)
        for label in (self.used, self.policy, self.status, self.problem):
            words.addWidget(label)
        self._column.addLayout(words)

    def _make_work(self, work: WorkWay) -> QLayout:
        box = QVBoxLayout()
        box.setSpacing(self._unit)
        box.addWidget(plain_label(self._fonts, Style.STRONG, work.question))
        grid = QGridLayout()
        grid.setSpacing(self._unit)
        for number, option in enumerate(work.options):
            button = QPushButton(option.name.replace("&", "&&"))
            button.setAccessibleDescription(work.question)
            button.clicked.connect(lambda _checked=False, id_=option.id: self._choose(id_))
            grid.addWidget(button, number // COLUMNS, number % COLUMNS)
            self.purpose_buttons[option.id] = button
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        box.addLayout(grid)
        self.visit = QRadioButton(work.visit)
        self.later = QRadioButton(work.later)
        self.visit.setChecked(True)
        self._covers = QButtonGroup(self)
        covers = QHBoxLayout()
        covers.setSpacing(self._unit * 2)
        for radio in (self.visit, self.later):
            self._covers.addButton(radio)
            covers.addWidget(radio)
        covers.addStretch()
        box.addLayout(covers)
        self.note = self._make_line(work.note, LONGEST_NOTE)
        self.note_hint = dim_label(self._fonts, work.note_only)
        self.note_hint.hide()
        if work.note:
            box.addWidget(self.note)
            box.addWidget(self.note_hint)
        self.note.textChanged.connect(lambda _text: self._follow_note(work))
        return box

    def _follow_note(self, work: WorkWay) -> None:
        """While a note is written, only the purposes that take one can be chosen."""
        written = bool(self.note.text().strip())
        for option in work.options:
            self.purpose_buttons[option.id].setEnabled(option.note or not written)
        self.say(self.note_hint, work.note_only if written else "")

    def _make_more(self, more: MoreWay) -> QLayout:
        box = QVBoxLayout()
        box.setSpacing(self._unit)
        self.more_button = QPushButton(more.label)
        self.more_button.clicked.connect(lambda _checked=False: self._extend())
        self.more_button.setAccessibleDescription(more.words)
        self.reason = self._make_line(more.reason, LONGEST_REASON)
        row = QHBoxLayout()
        row.setSpacing(self._unit * 2)
        row.addWidget(self.more_button)
        row.addWidget(dim_label(self._fonts, more.words), 1)
        box.addLayout(row)
        if more.reason:
            box.addWidget(self.reason)

        def allow() -> None:
            given = bool(self.reason.text().strip())
            self.more_button.setEnabled(more.possible and (given or not more.reason_needed))

        self.reason.textChanged.connect(lambda _text: allow())
        self.reason.returnPressed.connect(self._extend)
        allow()
        return box

    def _make_stop(self, view: LadderView, *, minimises: bool, stops: bool) -> QLayout:
        box = QVBoxLayout()
        box.setSpacing(self._unit)
        row = QHBoxLayout()
        row.setSpacing(self._unit)
        self.stop_button.clicked.connect(lambda _checked=False: self.stopped.emit())
        self.minimise_button.clicked.connect(lambda _checked=False: self.minimised.emit())
        for button, there in ((self.stop_button, stops), (self.minimise_button, minimises)):
            button.setAccessibleDescription(view.stop)
            button.setVisible(there)
            if there:
                row.addWidget(button)
            else:
                button.setParent(None)
        row.addStretch()
        box.addLayout(row)
        box.addWidget(dim_label(self._fonts, view.stop))
        return box

    def _make_line(self, prompt: str, longest: int) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(prompt)
        line.setAccessibleName(prompt)
        line.setMaxLength(longest)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return line

    @property
    def width_wanted(self) -> int:
        """A column of text, or more where a row of purposes needs it."""
        column = round(self._fonts.text("n" * COLUMN_CHARACTERS, Style.BODY)) + self._unit * 6
        return max(column, self.minimumSizeHint().width())

    def height_for(self, width: int) -> int:
        """Return the height at which nothing need be scrolled."""
        if width not in self._heights:
            # What was shown or hidden since is not laid out yet.
            self._column.invalidate()
            self._column.activate()
            self._heights[width] = self._column.totalHeightForWidth(width)
        return self._heights[width]

    # What the person does

    def _choose(self, purpose: str) -> None:
        self.chosen.emit(purpose, self.visit.isChecked(), self.note.text().strip())

    def _extend(self) -> None:
        if self.more_button.isEnabled():
            self.extended.emit(self.reason.text().strip())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate):
            self._show_keyboard()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._heights.clear()
        elif event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour(Role.LIMIT), 2))
            radius = self._unit / 2
            painter.drawRoundedRect(self.rect().toRectF().adjusted(3, 3, -3, -3), radius, radius)
            painter.end()
