"""How the keyboard comes to the ladder's window: by a shortcut, or when nobody types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tracker.clock import Clock
from tracker.i18n import Language
from tracker.loop import Callback
from ui.x11_shortcut import Shortcut

QUIET_MS = 2_000
"""How long nobody may have typed before the keyboard comes to a window by itself."""


class KeyboardWay:
    """Brings the keyboard to a window, once for each that is shown, never in mid-word.

    Args:
        clock: Gives the time.
        input_age_ms: Tells how long ago the last input was; None: nobody knows.
        shortcut: What brings it at once; None where the desktop has no such thing.
    """

    def __init__(
        self, clock: Clock, input_age_ms: Callable[[], int | None], shortcut: Shortcut | None
    ) -> None:
        self._clock = clock
        self._input_age_ms = input_age_ms
        self._shortcut = shortcut
        self._since: datetime | None = None
        self._bring: Callback | None = None

    def begin(self, bring: Callback, language: Language) -> str:
        """Call ``bring`` when the keyboard is to come; return in words how it comes."""
        self._bring = bring
        self._since = self._clock.now()
        name = ""
        if self._shortcut is not None and self._shortcut.take(self.take):
            name = self._shortcut.name
        seconds = QUIET_MS // 1000 if self._input_age_ms() is not None else None
        return keyboard_away(name, seconds, language)

    def end(self) -> None:
        """The window is gone."""
        self._since = self._bring = None
        if self._shortcut is not None:
            self._shortcut.release()

    def take(self) -> None:
        """Bring the keyboard now; it does not come by itself any more."""
        self._since = None
        if self._bring is not None:
            self._bring()

    def look(self) -> None:
        """Bring the keyboard where nobody typed for a while since the window came."""
        age_ms = self._input_age_ms()
        if self._since is None or age_ms is None or age_ms < QUIET_MS:
            return
        if self._clock.now() - self._since >= timedelta(milliseconds=QUIET_MS):
            self.take()


def keyboard_away(shortcut: str, seconds: int | None, language: Language) -> str:
    """Return how the keyboard comes to a window; empty where only a click brings it.

    Args:
        shortcut: What it is called; empty where there is none.
        seconds: After how long a pause it comes by itself; None: it does not.
        language: Of the words.
    """
    _ = language.gettext
    if shortcut and seconds is not None:
        text = _(
            "{keys} moves the keyboard here, and so does a pause of {seconds} seconds."
            " Until then you go on writing where you are."
        )
    elif shortcut:
        text = _("{keys} moves the keyboard here. Until then you go on writing where you are.")
    elif seconds is not None:
        text = _(
            "A pause of {seconds} seconds moves the keyboard here. Until then you go on writing"
            " where you are."
        )
    else:
        text = ""
    return text.format(keys=shortcut, seconds=seconds)


def keyboard_here(language: Language, *, closes: bool) -> str:
    """Return what keys do in a window that has the keyboard.

    Args:
        language: Of the words.
        closes: Whether Esc closes it.
    """
    _ = language.gettext
    if closes:
        return _("The keyboard is here: Tab goes to the ways out, Esc closes the question.")
    return _("The keyboard is here: Tab goes to the ways out.")
