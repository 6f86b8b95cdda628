"""The window that counts down before the channel's window is minimised."""

from __future__ import annotations

from tracker.i18n import Language
from ui.ladder_view import LadderView
from ui.theme import Theme
from ui.windows.ask import AskWindow


class CountdownWindow(AskWindow):
    """Says how long is left to answer, beside the ways out.

    Args:
        view: What to say.
        language: The person's.
        theme: Its colours.
        seconds: How long there is; None: nothing is minimised by itself.
    """

    def __init__(
        self, view: LadderView, language: Language, theme: Theme, seconds: int | None
    ) -> None:
        super().__init__(view, language, theme, minimises=True, stops=False)
        self._language = language
        self.show_left(seconds, held=False)

    def show_left(self, seconds: int | None, *, held: bool) -> None:
        """Say how many seconds are left.

        Args:
            seconds: 0 or less: as soon as nobody types; None: never by itself.
            held: Whether the count stands still, because the person is answering.
        """
        _, ngettext = self._language.gettext, self._language.ngettext
        if seconds is None:
            text = ""
        elif held:
            text = _("The countdown waits while you answer.")
        elif seconds > 0:
            text = ngettext(
                "{channel} is minimised in {n} second. Nothing is closed.",
                "{channel} is minimised in {n} seconds. Nothing is closed.",
                seconds,
            ).format(channel=self.panel.view.channel, n=seconds)
        else:
            text = _("{channel} is minimised as soon as you pause. Nothing is closed.").format(
                channel=self.panel.view.channel
            )
        self.panel.say(self.panel.status, text)
