"""The real app with the ladder's windows, as a program for the tests of this folder."""

from __future__ import annotations

import os

import ui.app
from tracker.loop import Loop
from tracker.notice import Herald, LimitNotice, Notice
from tracker.status import Overview
from ui.__main__ import main
from ui.desk_app import DeskApp
from ui.ladder import LadderScreen
from ui.x11_shortcut import X11Shortcut

COUNTDOWN_VARIABLE = "TEST_COUNTDOWN_S"


class LadderDesk(DeskApp):
    """The desk with the ladder's windows."""

    ladder: LadderScreen | None = None

    def attach(self, overview: Overview) -> None:
        super().attach(overview)
        seconds = int(os.environ.get(COUNTDOWN_VARIABLE, "20"))
        self.ladder = LadderScreen(
            overview,
            self.loop,
            self._language,
            self._theme,
            countdown_s=lambda: seconds,
            shortcut=X11Shortcut(os.environ["DISPLAY"], self.loop),
        )

    def make_herald(self, loop: Loop) -> Herald:
        return _LadderHerald(super().make_herald(loop), self)

    def close(self) -> None:
        if self.ladder is not None:
            self.ladder.close()
        super().close()


class _LadderHerald:
    def __init__(self, herald: Herald, desk: LadderDesk) -> None:
        self._herald = herald
        self._desk = desk

    def tell(self, notice: Notice) -> None:
        ladder = self._desk.ladder
        if isinstance(notice, LimitNotice) and ladder is not None and ladder.tell(notice):
            return
        self._herald.tell(notice)


if __name__ == "__main__":
    vars(ui.app)["DeskApp"] = LadderDesk
    main()
