"""The first start: what must be read before anything is measured, in a few calm pages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import Language
from tracker.loop import Callback
from tracker.policy.types import Policy
from ui.app_icon import app_pixmap
from ui.charts.drawing import Style
from ui.first_start_view import FirstStart, Sheet, SheetView
from ui.status_view import Sign
from ui.theme import Theme
from ui.tray_icon import Look, draw_pixmap
from ui.typography import Type
from ui.windows.fields import lift_fields
from ui.windows.reading_view import Heading
from ui.windows.texts import dim_label, plain_label, text_column

_ICON_PX = 48


class FirstStartWindow(QDialog):
    """Asks once for a person and policy version; until then nothing is stored.

    Return goes on, and accepts on the last page, so that what is measured has been in front
    by then. Closing the window is *Not now*: nothing is measured, and the tray opens it again.

    Args:
        policy: What is asked for.
        story: What the pages say.
        language: The person's.
        theme: The colours of the icon's picture.
        read_policy: Opens the policy to be read whole; None: there is no such button.
        offer_login: Whether a start at login is offered.
    """

    declined = Signal()

    def __init__(
        self,
        policy: Policy,
        story: FirstStart,
        language: Language,
        theme: Theme,
        *,
        read_policy: Callback | None = None,
        offer_login: bool = False,
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._language = language
        _ = language.gettext
        self.policy = policy
        self.story = story
        self._theme = theme
        self._fonts = Type(self.font())
        self.setWindowTitle(_("Before you begin – Kanaltid"))
        self.login = QCheckBox(_("Start Kanaltid when I log in"))
        self.login.setAccessibleDescription(_("You can change this in Settings."))
        self._offer_login = offer_login
        self.policy_button = QPushButton(_("Read the whole policy"))
        if read_policy is not None:
            self.policy_button.clicked.connect(lambda _checked=False: read_policy())
        self._reads_policy = read_policy is not None
        self._make_buttons()
        self.pages = QStackedWidget()
        self._columns: list[QVBoxLayout] = []
        self._sheets = [self._make_page(sheet) for sheet in story.sheets]
        for page in self._sheets:
            self.pages.addWidget(page)
        self._lay_out()
        lift_fields(self)
        unit = round(self._fonts.unit)
        # The last page has the widest button.
        self.turn_to(self.pages.count() - 1)
        self.setMinimumSize(max(unit * 45, self.minimumSizeHint().width()), unit * 30)
        self.turn_to(0)
        self.resize(self._best_size())
        # QDialog's own place for it has the title bar above the screen where that is low.
        self.move(self.screen().availableGeometry().center() - self.rect().center())

    @property
    def wants_login(self) -> bool:
        """Whether the person asked for a start at login."""
        return self._offer_login and self.login.isChecked()

    def turn_to(self, number: int) -> None:
        """Show a page, counted from 0."""
        _ = self._language.gettext
        last = self.pages.count() - 1
        self.pages.setCurrentIndex(number)
        self.progress.setText(_("{number} of {count}").format(number=number + 1, count=last + 1))
        self.progress.setVisible(last > 0)
        self.back_button.setVisible(last > 0)
        self.back_button.setEnabled(number > 0)
        self.next_button.setVisible(number < last)
        self.accept_button.setVisible(number == last)
        forth = self.next_button if number < last else self.accept_button
        forth.setDefault(True)
        # What is to be read comes before what is to be pressed.
        self._sheets[number].setFocus()

    def reject(self) -> None:
        """Not now, be it by the button, by Escape or by the window's own cross."""
        super().reject()
        self.declined.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A key that is held down must not run through to the acceptance.
            event.accept()
            return
        super().keyPressEvent(event)

    def _best_size(self) -> QSize:
        """Return the size at which nothing need be scrolled, as far as the screen has it."""
        unit, width = round(self._fonts.unit), text_column(self._fonts)
        room = self.screen().availableGeometry().size() * 9 / 10
        height = max(each.heightForWidth(width) for each in self._columns) + unit * 10
        return QSize(min(width + unit * 9, room.width()), min(height, room.height()))

    def _make_buttons(self) -> None:
        _ = self._language.gettext
        self.progress = dim_label(self._fonts)
        self.decline_button = QPushButton(_("Not now"))
        self.decline_button.clicked.connect(lambda _checked=False: self.reject())
        self.back_button = QPushButton(_("Back"))
        self.back_button.clicked.connect(lambda _checked=False: self._turn_by(-1))
        self.next_button = QPushButton(_("Next"))
        self.next_button.clicked.connect(lambda _checked=False: self._turn_by(1))
        self.accept_button = QPushButton(_("Accept and begin"))
        # Not QDialog.accept, which closes: whoever listens closes the window, once it is stored.
        self.accept_button.clicked.connect(lambda _checked=False: self.accepted.emit())

    def _turn_by(self, step: int) -> None:
        self.turn_to(self.pages.currentIndex() + step)

    def _make_page(self, sheet: SheetView) -> QScrollArea:
        fonts, unit = self._fonts, round(self._fonts.unit)
        content = QWidget()
        column = QVBoxLayout(content)
        self._columns.append(column)
        column.setContentsMargins(unit * 3, unit * 3, unit * 3, unit * 3)
        column.setSpacing(unit)
        if sheet.sheet is Sheet.ABOUT:
            left = Qt.AlignmentFlag.AlignLeft
            column.addWidget(self._picture(app_pixmap, "Kanaltid"), 0, left)
            column.addSpacing(unit)
        else:
            column.addWidget(dim_label(fonts, self.story.source))
        column.addWidget(Heading(fonts, Style.HEADING, sheet.title))
        if sheet.lead:
            column.addWidget(plain_label(fonts, Style.STRONG, sheet.lead))
        for topic in sheet.topics:
            column.addSpacing(unit)
            if topic.heading:
                column.addWidget(Heading(fonts, Style.STRONG, topic.heading))
            for paragraph in topic.paragraphs:
                column.addWidget(plain_label(fonts, Style.BODY, paragraph))
        for label in content.findChildren(QLabel):
            label.setMaximumWidth(text_column(fonts))
        self._add_controls(sheet.sheet, column)
        column.addStretch()
        page = QScrollArea()
        page.setWidget(content)
        page.setWidgetResizable(True)
        page.setFrameShape(QFrame.Shape.NoFrame)
        page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page.setAccessibleName(sheet.title)
        page.setAccessibleDescription(sheet.lead)
        return page

    def _add_controls(self, sheet: Sheet, column: QVBoxLayout) -> None:
        unit = round(self._fonts.unit)
        if sheet is Sheet.POLICY and self._reads_policy:
            column.addSpacing(unit)
            column.addWidget(self.policy_button, 0, Qt.AlignmentFlag.AlignLeft)
        if sheet is not Sheet.TRAY:
            return
        look = Look(Sign.MEASURING, 9, self._theme.scheme)
        _ = self._language.gettext
        name = _("Kanaltid's icon: a ring that fills")
        picture = self._picture(lambda size: draw_pixmap(look, size), name)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignLeft)
        if self._offer_login:
            column.addSpacing(unit)
            column.addWidget(self.login)

    def _picture(self, draw: Callable[[int], QPixmap], name: str) -> QLabel:
        picture, ratio = QLabel(), self.devicePixelRatioF()
        pixmap = draw(round(_ICON_PX * ratio))
        pixmap.setDevicePixelRatio(ratio)
        picture.setPixmap(pixmap)
        picture.setAccessibleName(name)
        return picture

    def _lay_out(self) -> None:
        unit = round(self._fonts.unit)
        _ = self._language.gettext
        said = QHBoxLayout()
        note = dim_label(self._fonts, _("Nothing is stored before you accept."))
        said.addWidget(note, 1)
        self.progress.setWordWrap(False)
        said.addWidget(self.progress)
        buttons = QHBoxLayout()
        buttons.setSpacing(unit)
        buttons.addWidget(self.decline_button)
        buttons.addStretch()
        for button in (self.back_button, self.next_button, self.accept_button):
            buttons.addWidget(button)
        foot = QVBoxLayout()
        foot.setContentsMargins(unit * 3, unit * 2, unit * 3, unit * 2)
        foot.setSpacing(unit)
        foot.addLayout(said)
        foot.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pages, 1)
        layout.addWidget(_rule())
        layout.addLayout(foot)


def _rule() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(line.foregroundRole().Mid)
    return line
