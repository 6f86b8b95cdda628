"""The menu of tray and small window: it reads like a sentence of the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from tracker.i18n import Language
from tracker.limits.types import Level
from tracker.loop import Callback
from tracker.notices.messages import Message
from tracker.status import Overview, Status
from ui.day_view import DayView, LimitView
from ui.status_view import StatusView

MOST_LINES = 9


@dataclass(frozen=True, slots=True)
class Doings:
    """What can be done from a menu."""

    show_today: Callback
    show_first_page: Callback
    quit: Callback


def pause_until(overview: Overview, now: datetime, minutes: int | None) -> datetime:
    """Return when a pause of so many minutes ends; of None, when the policy's next day begins."""
    if minutes is not None:
        return now + timedelta(minutes=minutes)
    return overview.day_bounds(overview.today().day)[1]


def day_lines(day: DayView, language: Language) -> tuple[str, ...]:
    """Return a line for each channel of the day, then for the limits that channels share."""
    _ = language.gettext
    own = {limit.channel: limit for limit in reversed(day.limits) if limit.channel}
    lines = []
    for channel in day.channels:
        limit = own.get(channel.channel)
        if limit is None or limit.allowed_ms is None:
            line = _("{channel}: {time}").format(channel=channel.name, time=channel.total_text)
        else:
            line = _("{channel}: {time}, {left}").format(
                channel=channel.name, time=channel.total_text, left=limit.left_text
            )
        lines.append(line)
    lines += [
        _("{limit}: {used}, {left}").format(
            limit=limit.name, used=limit.used_text, left=limit.left_text
        )
        for limit in day.limits
        if _worth_a_line(limit)
    ]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [_("and more …")]
    return tuple(lines)


def _worth_a_line(limit: LimitView) -> bool:
    if limit.channel is not None or limit.allowed_ms is None:
        return False
    return limit.used_ms > 0 or (limit.allowed_ms > 0 and limit.level is Level.OK)


class DayMenu(QMenu):
    """Says how the day stands, pauses, and opens the rest.

    Its lines are there as actions that stay and change their texts: a host that shows the
    menu by itself, over the bus, would lose one that is made anew while it is open.

    Args:
        overview: The running service.
        now: Gives the present instant.
        language: The person's.
        doings: What its last lines do.
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
        super().__init__(parent)
        _ = language.gettext
        self._overview = overview
        self._now = now
        self._language = language
        self._doings = doings
        self.setTitle("Kanaltid")
        self._message = self._line(doings.show_today)
        self._state = self._line(doings.show_today)
        self._first = self._line(doings.show_first_page, _("What is measured …"))
        self.addSeparator()
        self._lines = [self._line(doings.show_today) for _number in range(MOST_LINES)]
        self.addSeparator()
        self.pauses = QMenu(_("Pause"), self)
        for minutes, text in (
            (15, _("15 minutes")),
            (60, _("1 hour")),
            (None, _("Until tomorrow")),
        ):
            action = self.pauses.addAction(text)
            action.triggered.connect(lambda _checked=False, m=minutes: self._pause(m))
        self._pause_line = self.addMenu(self.pauses)
        self._resume_line = self._line(self._resume, _("Resume"))
        self._today_line = self._line(doings.show_today, _("Today"))
        self.addSeparator()
        self._quit_line = self._line(doings.quit, _("Quit"))

    def refresh(
        self,
        status: Status,
        view: StatusView,
        day: DayView,
        messages: tuple[Message, ...],
    ) -> None:
        """Show the present."""
        newest = messages[0].title if messages else ""
        _put(self._message, newest)
        _put(self._state, view.sentence)
        self._first.setVisible(not status.accepted)
        lines = day_lines(day, self._language) if status.accepted else ()
        for action, text in zip(
            self._lines, [*lines, *[""] * (MOST_LINES - len(lines))], strict=True
        ):
            _put(action, text)
        self._pause_line.setVisible(status.accepted and not status.paused)
        self._resume_line.setVisible(status.accepted and status.paused)
        self._today_line.setVisible(status.accepted)

    def texts(self) -> tuple[str, ...]:
        """Return what can be read in it, from top to bottom."""
        return tuple(
            action.text().replace("&&", "&")
            for action in self.actions()
            if action.isVisible() and not action.isSeparator()
        )

    def _line(self, do: Callback, text: str = "") -> QAction:
        action = self.addAction(text)
        action.triggered.connect(lambda _checked=False: do())
        action.setVisible(bool(text))
        return action

    def _pause(self, minutes: int | None) -> None:
        self._overview.pause(pause_until(self._overview, self._now(), minutes))

    def _resume(self) -> None:
        self._overview.resume()


def _put(action: QAction, text: str) -> None:
    """Set a line's text where it changed; a lone ampersand would underline a letter."""
    escaped = text.replace("&", "&&")
    if action.text() != escaped:
        action.setText(escaped)
    if action.isVisible() != bool(text):
        action.setVisible(bool(text))
