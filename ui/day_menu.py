"""The menu of tray and small window: it reads like a sentence of the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.loop import Callback
from tracker.notices.messages import Message
from tracker.status import Overview, Status
from ui.day_view import DayView
from ui.host_menu import HostMenu
from ui.menu_view import MOST_LIMITS, MOST_RESULTS, MenuView, view_menu
from ui.purpose_menu import ChannelsMenu, PurposeMenu
from ui.status_view import StatusView, broken_policy_line


@dataclass(frozen=True, slots=True)
class Doings:
    """What can be done from a menu.

    Attributes:
        show_first_page: Opens what must be read before anything is measured.
        open_page: Brings a page of the main window to the front, by its id.
        acted: Called after the person did something that shows in the menu.
        failed: Called with what stood in the way.
        quit: Ends the program.
    """

    show_first_page: Callback
    open_page: Callable[[str], None]
    acted: Callback
    failed: Callable[[OutsideError], None]
    quit: Callback


def pause_until(overview: Overview, now: datetime, minutes: int | None) -> datetime:
    """Return when a pause of so many minutes ends; of None, when the policy's next day begins."""
    if minutes is not None:
        return now + timedelta(minutes=minutes)
    return overview.day_bounds(overview.today().day)[1]


class DayMenu(HostMenu):
    """Says how the day stands, takes what the person decides, and opens the rest.

    Its lines are there as actions that stay and change their texts: a host that shows the
    menu by itself, over the bus, would lose one that is made anew while it is open.

    Args:
        overview: The running service.
        now: Gives the present instant.
        language: The person's.
        doings: What its lines do beyond the service.
        parent: The window that it belongs to, if any.
    """

    def __init__(
        self,
        overview: Overview,
        now: Callable[[], datetime],
        language: Language,
        doings: Doings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._overview = overview
        self._now = now
        self._language = language
        self._doings = doings
        self.setTitle("Kanaltid")
        self._add_sentence()
        self.addSeparator()
        self._add_purposes()
        self.addSeparator()
        self._add_rests()
        self.addSeparator()
        self._add_pages()

    def _add_sentence(self) -> None:
        _ = self._language.gettext
        self._message = self._page_line("today")
        self._broken = self._page_line("policy/trouble")
        self._front = self._page_line("today")
        self._left = [self._page_line("today") for _number in range(MOST_LIMITS)]
        self._waiting = self._page_line("today")
        self._crisis = self._page_line("crisis")
        self._first = self._line(self._doings.show_first_page, _("What is measured …"))

    def _add_purposes(self) -> None:
        _ = self._language.gettext
        self._here = PurposeMenu(self._choose, _("From now on"), self)
        self.addMenu(self._here)
        self._others = ChannelsMenu(self._choose, self._language, self)
        self.addMenu(self._others)
        self._counted: list[str] = []
        self._results = [self._result_line(number) for number in range(MOST_RESULTS)]

    def _add_rests(self) -> None:
        _ = self._language.gettext
        self.pauses = QMenu(_("Pause"), self)
        for minutes, text in (
            (15, _("15 minutes")),
            (60, _("1 hour")),
            (None, _("Until tomorrow")),
        ):
            action = self.pauses.addAction(text)
            action.triggered.connect(lambda _checked=False, m=minutes: self._pause(m))
        self._pause_line = self.addMenu(self.pauses)
        self._resume = self._line(lambda: self._do(self._overview.resume), _("Resume"))
        self._take_break = self._line(lambda: self._do(self._overview.take_break))
        self._end_break = self._line(lambda: self._do(self._overview.end_break))
        # The day's measuring ends: the second click says that the first was meant.
        self.day_off = QMenu(_("Not working today"), self)
        sure = self.day_off.addAction(_("Yes, measure nothing more today"))
        sure.triggered.connect(lambda _checked=False: self._do(self._overview.take_day_off))
        self._day_off_line = self.addMenu(self.day_off)
        self._work = self._line(
            lambda: self._do(self._overview.end_day_off), _("Work today after all")
        )

    def _add_pages(self) -> None:
        _ = self._language.gettext
        self._today = self._page_line("today", _("Today"))
        self._policy = self._page_line("policy", _("Policy"))
        self._plan = self._page_line("crisis", _("Crisis plan"))
        self._settings = self._page_line("settings", _("Settings"))
        self.addSeparator()
        self._quit = self._line(self._doings.quit, _("Quit"))

    def refresh(
        self,
        status: Status,
        view: StatusView,
        day: DayView,
        messages: tuple[Message, ...],
    ) -> None:
        """Show the present."""
        menu = view_menu(self._overview, status, view, day, self._language)
        self.put(self._message, messages[0].title if messages else "")
        self.put(self._broken, broken_policy_line(self._overview.broken_policy, self._language))
        self._put_sentence(menu)
        self._first.setVisible(not status.accepted)
        self._here.show_choice(menu.here)
        self._others.show_choices(menu.others)
        self._counted = [result.purpose for result in menu.results]
        self._fill(self._results, [result.text for result in menu.results])
        self._pause_line.setVisible(status.accepted and not status.paused)
        self._resume.setVisible(status.accepted and status.paused)
        self.put(self._take_break, menu.take_break)
        self.put(self._end_break, menu.end_break)
        self._day_off_line.setVisible(status.accepted and not status.day_off)
        self._work.setVisible(status.accepted and status.day_off)
        self._today.setVisible(status.accepted)
        self._plan.setVisible(bool(self._overview.policy.crisis_levels))

    def _put_sentence(self, menu: MenuView) -> None:
        self.put(self._front, menu.front)
        self._fill(self._left, menu.left)
        self.put(self._waiting, menu.waiting)
        self.put(self._crisis, menu.crisis)

    def texts(self) -> tuple[str, ...]:
        """Return what can be read in it, from top to bottom."""
        return tuple(
            self.text_of(action)
            for action in self.actions()
            if action.isVisible() and not action.isSeparator()
        )

    def _page_line(self, page: str, text: str = "") -> QAction:
        return self._line(lambda: self._doings.open_page(page), text)

    def _result_line(self, number: int) -> QAction:
        return self._line(lambda: self._count(number))

    def _line(self, do: Callback, text: str = "") -> QAction:
        action = self.addAction(text)
        action.triggered.connect(lambda _checked=False: do())
        action.setVisible(bool(text))
        return action

    # What the person does

    def _do(self, act: Callback) -> None:
        try:
            act()
        except OutsideError as error:
            self._doings.failed(error)
        self._doings.acted()

    def _choose(self, purpose: str, channel: str, visit: bool) -> None:
        self._do(lambda: self._overview.choose_purpose(purpose, channel, visit=visit))

    def _count(self, number: int) -> None:
        self._do(lambda: self._overview.count_result(self._counted[number]))

    def _pause(self, minutes: int | None) -> None:
        self._do(lambda: self._overview.pause(pause_until(self._overview, self._now(), minutes)))

    def _fill(self, actions: list[QAction], texts: tuple[str, ...] | list[str]) -> None:
        """Show the texts on the first lines, and let the others not be there."""
        for number, action in enumerate(actions):
            self.put(action, texts[number] if number < len(texts) else "")
