"""What the headless tracker tells: through the desktop's daemon where there is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tracker.i18n import Language
from tracker.loop import Loop
from tracker.notice import Notice
from tracker.notices.herald import DesktopHerald
from tracker.notices.messages import Messages
from tracker.notices.session_bus import SessionBus
from tracker.notices.texts import NoticeText
from tracker.status import Overview

MEASURES = "measures"


class HeadlessHerald:
    """Notices without an app: see :class:`tracker.notices.herald.DesktopHerald`.

    What no daemon shows is kept by nobody; ``kanaltid today`` tells how things stand.
    """

    def __init__(
        self,
        loop: Loop,
        environ: Mapping[str, str],
        language: Language,
        overview: Callable[[], Overview],
    ) -> None:
        self._language = language
        self._session = SessionBus(loop, environ)
        self._herald = DesktopHerald(
            loop, self._session, Messages(), overview=overview, language=language, show=None
        )
        self._session.connect()

    def tell(self, notice: Notice) -> None:
        """See :class:`tracker.notice.Herald`."""
        self._herald.tell(notice)

    def say_that_it_measures(self) -> None:
        """Tell the person, for as long as they let it stand, that time is measured."""
        _ = self._language.gettext
        self._herald.announce(
            MEASURES,
            NoticeText(
                _("Kanaltid measures your time in the policy's channels"),
                _("It runs without a tray icon. “kanaltid pause” pauses it."),
            ),
        )

    def close(self) -> None:
        """Let go of everything."""
        self._session.close()
