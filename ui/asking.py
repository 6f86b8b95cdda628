"""Asks whether the policy's measuring is accepted: once for each version, and where it grew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tracker.autostart import StartAtLogin
from tracker.errors import OutsideError
from tracker.i18n import Language
from tracker.loop import Callback
from tracker.status import Overview
from ui.raising import bring_to_front
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.windows.first_start import FirstStartWindow


class Asking:
    """Opens the first page, and takes the answer to the service.

    Args:
        overview: The running service.
        language: The person's.
        accepted: Called once the acceptance is stored.
        failed: Given the error where it can't be stored; the page stays.
        theme: Gives the present colours.
        read_policy: Opens the policy to be read whole, which needs no acceptance.
        login: Starts Kanaltid at login, if the person wants it to.
    """

    def __init__(
        self,
        overview: Overview,
        language: Language,
        *,
        accepted: Callback,
        failed: Callable[[OutsideError], None],
        theme: Callable[[], Theme] = Theme,
        read_policy: Callback | None = None,
        login: StartAtLogin | None = None,
    ) -> None:
        self._overview = overview
        self._language = language
        self._accepted_told = accepted
        self._failed = failed
        self._theme = theme
        self._read_policy = read_policy
        self._login = login
        self._page: FirstStartWindow | None = None
        self._accepted = False

    def show(self) -> None:
        """Bring the first page to the front."""
        if self._page is None:
            self._page = self._make_page()
            self._page.accepted.connect(self._accept)
            self._page.declined.connect(self.close)
        bring_to_front(self._page)

    def _make_page(self) -> FirstStartWindow:
        from ui.first_start_view import first_start
        from ui.windows.first_start import FirstStartWindow

        overview, login = self._overview, self._login
        story = first_start(
            overview.policy,
            overview.person,
            overview.accepted_last,
            overview.today().day,
            self._language,
        )
        return FirstStartWindow(
            overview.policy,
            story,
            self._language,
            self._theme(),
            read_policy=self._read_policy,
            offer_login=login is not None and login.available and not login.on,
        )

    def close(self) -> None:
        """Let the page go: it is made anew the next time, by the policy of then."""
        if self._page is not None:
            self._page.hide()
            self._page.deleteLater()
            self._page = None

    def review(self, *, accepted: bool) -> bool:
        """Ask for another policy than the one that was accepted, or than the page is about.

        Args:
            accepted: Whether the policy in force is accepted.

        Returns:
            Whether an acceptance has just ceased to hold.
        """
        was, self._accepted = self._accepted, accepted
        if accepted:
            # A version that was accepted before may come back into force while it is read.
            self.close()
            return False
        outdated = self._page is not None and self._page.policy != self._overview.policy
        if outdated:
            self.close()
        if was or outdated:
            self.show()
        return was

    def _accept(self) -> None:
        wants_login = self._page is not None and self._page.wants_login
        try:
            self._overview.accept(self._language.code)
        except OutsideError as error:
            # The store can't be written: nothing was accepted, and nothing is measured.
            self._failed(error)
            return
        self.close()
        if wants_login and self._login is not None:
            try:
                self._login.set(True)
            except OutsideError as error:
                self._failed(error)
        self._accepted_told()
