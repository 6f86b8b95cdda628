"""The pages that there are, in the order of the sidebar. Each is imported when it is opened."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from tracker.i18n import Language
from ui.windows.page import Page, PageHost, PagePlan

TODAY = "today"


def page_plans(language: Language, pauses: QMenu) -> tuple[PagePlan, ...]:
    """Return the plans of all pages.

    Args:
        language: The person's.
        pauses: The menu of pauses.
    """
    _ = language.gettext

    def today(host: PageHost) -> Page:
        from ui.windows.today import TodayPage

        return TodayPage(host, pauses)

    def week(host: PageHost) -> Page:
        from ui.windows.week_page import WeekPage

        return WeekPage(host)

    return (PagePlan(TODAY, _("Today"), today), PagePlan("week", _("Week"), week))
