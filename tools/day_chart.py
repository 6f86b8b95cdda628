"""Draws today's chart from a store: ``python -m tools.day_chart POLICY HOME OUTPUT``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from zoneinfo import ZoneInfo


def main() -> None:
    """Draw it with the app's own charts; Qt needs no screen for that."""
    policy_file, home, output = map(Path, sys.argv[1:4])
    from PySide6.QtGui import QGuiApplication

    from tracker.clock import LedgerClock, SystemTime
    from tracker.days import DayCalendar
    from tracker.i18n import language_for
    from tracker.paths import paths_for
    from tracker.policy.person import current_person
    from tracker.policy_wiring import find_catalogue, make_keeper, parse_with
    from tracker.reports.archive import Archive
    from tracker.storage.sql import open_readonly
    from ui.charts.png import day_chart_png
    from ui.theme import Theme

    application = QGuiApplication(["kanaltid"])
    paths = paths_for({"KANALTID_HOME": str(home)})
    catalogue = find_catalogue(paths)
    policy = make_keeper(policy_file, {}, paths, catalogue).policy
    storage = open_readonly(paths.database)
    calendar = DayCalendar(ZoneInfo(policy.timezone), policy.day_start)
    now = LedgerClock(SystemTime()).now()
    day = calendar.day_of(now)
    archive = Archive(storage, current_person(), policy, parse_with(catalogue))
    day_chart_png(
        archive.day(day),
        (storage.spans(day, day), storage.gaps(day, day)),
        output,
        policy=policy,
        bounds=calendar.bounds(day),
        now=now,
        language=language_for(os.environ),
        theme=Theme(),
    )
    storage.close()
    application.quit()


if __name__ == "__main__":
    main()
