"""Judges windows and tabs: from here on there are verdicts, no titles and no addresses."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tracker.classify.classifier import Classifier
from tracker.classify.verdict import Verdict
from tracker.facts import Foreground, Tab
from tracker.process_names import ProcessNames
from tracker.situation import Front, FrontSeen, Page, PageSeen

OWN_APP = "kanaltid"
NOTHING = Front(None, Verdict(rule="nothing in front"))
PRIVATE_PAGE = Verdict(rule="private window", private=True, browser=True)
WITHHELD = Verdict(rule="withheld by the browser", browser=True)


class Judge:
    """Turns what watchers report into what the situation holds.

    It remembers the last window and the last tab of each browser, in memory only, so that
    a changed policy can judge them anew.
    """

    def __init__(
        self, classifier: Classifier, channels: frozenset[str], own_pid: int | None
    ) -> None:
        self._names = ProcessNames()
        self._classifier = classifier
        self._channels = channels
        self._own_pid = own_pid
        self._window: Foreground | None = None
        self._tabs: dict[str, Tab] = {}

    def front(self, fact: Foreground) -> FrontSeen:
        """Judge the window in front."""
        self._window = fact
        if fact.app is None:
            return FrontSeen(fact.at, NOTHING)
        app = fact.app
        if not app and fact.pid is not None:
            app = self._names.name_of(fact.pid)
        own = app.casefold() == OWN_APP or (fact.pid is not None and fact.pid == self._own_pid)
        verdict = self._classifier.classify(app, fact.title, None)
        return FrontSeen(fact.at, Front(app, verdict, own))

    def page(self, fact: Tab) -> PageSeen:
        """Judge the front tab of a browser."""
        browser = fact.browser.casefold()
        self._tabs[browser] = fact
        return PageSeen(fact.at, browser, Page(self._page_verdict(fact), fact.audible))

    def _page_verdict(self, fact: Tab) -> Verdict:
        if fact.private:
            return PRIVATE_PAGE
        if fact.channel is not None:
            known = fact.channel in self._channels
            rule = f"channel {fact.channel} of the extension"
            return Verdict(fact.channel if known else None, "host", rule, browser=True)
        if fact.url is None:
            return WITHHELD
        return self._classifier.classify(fact.browser, "", fact.url)

    def change(
        self, classifier: Classifier, channels: frozenset[str], at: datetime
    ) -> tuple[FrontSeen | PageSeen, ...]:
        """Go by another policy from ``at`` on; return anew what is known."""
        self._classifier = classifier
        self._channels = channels
        front = (replace(self.front(self._window), at=at),) if self._window is not None else ()
        return (*front, *(replace(self.page(tab), at=at) for tab in list(self._tabs.values())))

    def forget_window(self) -> None:
        """Forget the window in front: it can't be seen any more."""
        self._window = None
