"""What the headless tracker tells: that it measures, and the ladder's steps, in the log."""

from __future__ import annotations

import logging

from tracker.notice import LimitNotice, Notice

log = logging.getLogger(__name__)


class HeadlessHerald:
    """Writes codes to the log: no titles, no names."""

    def tell(self, notice: Notice) -> None:
        """See :class:`tracker.notice.Herald`."""
        if isinstance(notice, LimitNotice):
            log.info("step %s of %s", notice.step.do, notice.step.standing.limit)
        else:
            log.info("trouble: %s", notice.code)

    def say_that_it_measures(self) -> None:
        """Tell the person that time is measured without a tray."""

    def close(self) -> None:
        """Let go of everything."""
