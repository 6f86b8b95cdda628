"""Opens the ways out of a notice in a window, where its buttons are too few for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tracker.error_texts import describe
from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.notice import LimitNotice
from tracker.notices.names import Names
from tracker.status import Overview
from tracker.watchers.base import Rect
from ui.ladder_view import view_step
from ui.raising import bring_to_front
from ui.screens import room_beside
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.windows.ask import AskWindow


class Choosing:
    """Shows one notice at a time, and closes once the person chose.

    The person asked for it by a click: so the keyboard comes to it at once.

    Args:
        overview: The running service.
        language: The person's.
        theme: Gives the present colours.
        why: Says why a limit stands where it does, with its standing's limit and channel;
            None: nobody does.
    """

    def __init__(
        self,
        overview: Overview,
        language: Language,
        theme: Callable[[], Theme] = Theme,
        why: Callable[[str, str | None], None] | None = None,
    ) -> None:
        self._overview = overview
        self._language = language
        self._theme = theme
        self._why = why
        self._window: AskWindow | None = None

    @property
    def window(self) -> AskWindow | None:
        """The window that is shown."""
        return self._window

    def open(self, notice: LimitNotice) -> None:
        """Offer the ways out of a notice, as they are by now."""
        from ui.windows.ask import AskWindow

        self.close()
        view = view_step(notice, self._overview, self._language)
        self._window = window = AskWindow(view, self._language, self._theme())
        window.closed.connect(self.close)
        panel = window.panel
        panel.stopped.connect(self.close)
        panel.chosen.connect(
            lambda purpose, visit, note: self._act(
                lambda: self._overview.choose_purpose(
                    purpose, notice.channel, visit=visit, note=note or None
                )
            )
        )
        standing = notice.step.standing
        panel.extended.connect(
            lambda reason: self._act(
                lambda: self._overview.extend(standing.limit, standing.channel, reason)
            )
        )
        if self._why is not None:
            why = self._why
            panel.asked_why.connect(lambda: why(standing.limit, standing.channel))
        panel.why_button.setVisible(self._why is not None)
        place = self._overview.front_place()
        beside = Rect(place.x, place.y, place.width, place.height) if place is not None else None
        window.stand(room_beside(beside))
        bring_to_front(window)
        window.take_keyboard()

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        if self._window is not None:
            self._window.set_theme(theme)

    def close(self) -> None:
        """Take the window off the screen."""
        window, self._window = self._window, None
        if window is not None:
            window.hide()
            window.deleteLater()

    def _act(self, act: Callable[[], object]) -> None:
        """Do what the person chose; where the policy refuses it, say so and stay."""
        try:
            act()
        except OutsideError as error:
            if self._window is not None:
                names = Names(self._overview.policy, self._language)
                text = describe(names.in_error(error), self._language)
                panel = self._window.panel
                panel.say(panel.problem, f"{text.text} {text.remedy}".strip())
                self._window.fit()
            return
        self.close()
