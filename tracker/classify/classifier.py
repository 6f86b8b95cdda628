"""The classifier: which channel a window or tab belongs to, and which rule says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.classify.hosts import parse_address
from tracker.classify.rules import Rule, RuleBook, Rules
from tracker.classify.titles import TitleForm, Windows, chromium_app_id
from tracker.classify.verdict import Verdict
from tracker.policy.catalogue import Catalogue
from tracker.policy.types import Channel

NO_RULE = "no rule matches"
PRIVATE_WINDOW = "private window"

_PRIVATE = Verdict(None, None, PRIVATE_WINDOW, certain=True, private=True, browser=True)
_REMEMBERED = 4096
_REMEMBERED_APPS = 512
_LONGEST_APP = 512
_LONGEST_REMEMBERED = 4096
"""Longer titles and addresses are judged anew each time, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class _App:
    rules: Rules
    form: TitleForm | None


_UNKNOWN_APP = _App((), None)


class Classifier:
    """Tells channels apart by host, app and title.

    Among channels the longest host wins, then the longest path, then an app, then a title;
    a channel that is named by itself wins over a group, then the policy's order decides.
    A channel's exclusion takes it out altogether. A title counts only in a browser's or web
    app's window whose address is unknown, and not in a private window.
    """

    def __init__(self, channels: Sequence[Channel], catalogue: Catalogue) -> None:
        """Prepare the rules of a policy's channels.

        Raises:
            re2.error: a title is no RE2 pattern; a checked policy has none such.
        """
        self._rules = RuleBook(channels)
        self._windows = Windows(catalogue.browsers)
        self._app = lru_cache(_REMEMBERED_APPS)(self._look_up_app)
        self._remembered = lru_cache(_REMEMBERED)(self._judge)
        self._verdict = lru_cache(_REMEMBERED)(_verdict)

    @property
    def remembered(self) -> int:
        """How many verdicts are kept at hand; their number and size are bounded."""
        return self._remembered.cache_info().currsize

    def classify(self, app: str | None, title: str = "", url: str | None = None) -> Verdict:
        """Return what the window of ``app`` with ``title``, showing ``url``, belongs to.

        Args:
            app: X11 class, app id, executable or bundle; None where it is unknown.
            title: the window's title as the system gives it.
            url: the address of the page in front; None or empty where it is unknown.
        """
        if len(title) + len(url or "") + len(app or "") > _LONGEST_REMEMBERED:
            return self._judge(app, title, url)
        return self._remembered(app, title, url)

    def _judge(self, app: str | None, title: str, url: str | None) -> Verdict:
        window = self._app(app) if app and len(app) <= _LONGEST_APP else _UNKNOWN_APP
        page = ""
        if window.form is not None:
            page_title = window.form.page_title(title)
            if page_title is None:
                return _PRIVATE
            page = page_title
        met: list[Rule] = []
        if url:
            address = parse_address(url)
            if address is not None:
                met = self._rules.hosts.meeting(address)
        met += window.rules
        if window.form is not None and not url:
            met += self._rules.titles.meeting(page)
        first, second = _first_two(met)
        return self._verdict(first, second, window.form is not None)

    def _look_up_app(self, app: str) -> _App:
        folded = app.casefold()
        rules = self._rules.of_app(folded)
        web_app = chromium_app_id(folded)
        if web_app is not None:
            by_id = self._rules.of_app(f"crx_{web_app}")
            rules += tuple(rule for rule in by_id if rule not in rules)
        return _App(rules, self._windows.form_of(folded))


def _first_two(met: Sequence[Rule]) -> tuple[Rule | None, Rule | None]:
    """Return the rule that decides and the best of what it beat.

    An exclusion decides where no channel is left, and has beaten its own channel's match;
    else it comes second where its channel would have.
    """
    excluded = {rule.channel: rule for rule in met if rule.excludes}
    first: Rule | None = None
    beaten: Rule | None = None
    for rule in met:
        if rule.excludes or (first is not None and rule.channel == first.channel):
            continue
        if first is None and rule.channel not in excluded:
            first = rule
        elif beaten is None:
            beaten = rule
    if beaten is None or beaten.channel not in excluded:
        return first, beaten
    exclusion = excluded[beaten.channel]
    return (exclusion, beaten) if first is None else (first, exclusion)


def _verdict(first: Rule | None, second: Rule | None, browser: bool) -> Verdict:
    if first is None:
        return Verdict(None, None, NO_RULE, certain=True, browser=browser)
    beaten = None if second is None else f"{second.channel}: {second.text}"
    if first.excludes:
        return Verdict(None, None, first.text, certain=True, browser=browser, second=beaten)
    certain = first.via != "title"
    return Verdict(first.channel, first.via, first.text, certain, browser=browser, second=beaten)
