"""The pages that there are, in the order of the sidebar. Each is imported when it is opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from tracker.i18n import Language
from ui.windows.page import Page, PageHost, PagePlan

TODAY = "today"


def page_plans(
    language: Language, pauses: QMenu, settings: Callable[[PageHost], Page]
) -> tuple[PagePlan, ...]:
    """Return the plans of all pages.

    Args:
        language: The person's.
        pauses: The menu of pauses.
        settings: Makes the page of settings.
    """
    _ = language.gettext

    def today(host: PageHost) -> Page:
        from ui.windows.today import TodayPage

        return TodayPage(host, pauses)

    def week(host: PageHost) -> Page:
        from ui.windows.week_page import WeekPage

        return WeekPage(host)

    def spans(host: PageHost) -> Page:
        from ui.windows.spans_page import SpansPage

        return SpansPage(host)

    def trends(host: PageHost) -> Page:
        from ui.windows.trends_page import TrendsPage

        return TrendsPage(host)

    def what_if(host: PageHost) -> Page:
        from ui.windows.what_if_page import WhatIfPage

        return WhatIfPage(host)

    def policy(host: PageHost) -> Page:
        from ui.windows.policy_page import PolicyPage

        return PolicyPage(host)

    def crisis(host: PageHost) -> Page:
        from ui.windows.crisis_page import CrisisPage

        return CrisisPage(host)

    def privacy(host: PageHost) -> Page:
        from ui.windows.privacy_page import PrivacyPage

        return PrivacyPage(host, pauses)

    return (
        PagePlan(TODAY, _("Today"), today),
        PagePlan("week", _("Week"), week),
        PagePlan("spans", _("Visits"), spans),
        PagePlan("trends", _("Trends"), trends),
        PagePlan("what-if", _("What if"), what_if),
        PagePlan("policy", _("Policy"), policy, before_acceptance=True),
        PagePlan("crisis", _("Crisis plan"), crisis, before_acceptance=True),
        PagePlan("privacy", _("Privacy"), privacy, before_acceptance=True),
        PagePlan("settings", _("Settings"), settings, before_acceptance=True),
    )
