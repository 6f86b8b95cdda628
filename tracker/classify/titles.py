"""Window titles: which windows show pages, and what of their titles is the page's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import re2

from tracker.policy.catalogue import Browser, Browsers

_DASHES = (" - ", " – ", " — ")
_OPENING = ("(", "[", "\uff08")
_CLOSING = (")", "]", "\uff09")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]")
"""Edge writes a zero-width space into its name, and right-to-left pages bring marks."""

_COUNTER_STARTS = frozenset("([•●·*▶🔴🔔")
_COUNTER = re.compile(r"(?:\(\d[\d., \u00a0]{0,8}\+?\)|\[\d{1,6}\+?\]|[•●·*▶🔴🔔])\s*")
_MOST_COUNTERS = 4
_CHROMIUM_APP = re.compile(r"(?:^|[^a-p])([a-p]{32})(?:$|[^a-p])")


@dataclass(frozen=True, slots=True)
class PageTitle:
    """The page's own title, without counters and what the browser adds; or a private window."""

    text: str
    private: bool = False


_PRIVATE = PageTitle("", private=True)


class TitleForm:
    """How one browser writes its titles: ``page – profile – name``, and private marks."""

    __slots__ = ("_marks", "_names", "_note", "_profiles", "_words")

    def __init__(self, browsers: Iterable[Browser]) -> None:
        known = tuple(browsers)
        self._names = frozenset(_folded(name) for browser in known for name in browser.names)
        self._words = frozenset(_folded(word) for browser in known for word in browser.private)
        self._marks = frozenset(mark for browser in known for mark in _private_marks(browser))
        self._profiles = frozenset(_folded(name) for browser in known for name in browser.profiles)
        notes = [re.escape(note).replace(r"\#", r"\d{1,6}") for b in known for note in b.notes]
        self._note = re.compile(rf"(?:{'|'.join(notes)})\Z") if notes else None

    def read(self, title: str) -> PageTitle:
        """Return what of a window's title is the page's own."""
        if not title.isascii():
            title = _INVISIBLE.sub("", title)
        title = title.strip()
        page, last = _cut_last_section(title)
        last = last.casefold()
        if last in self._marks or self._ends_bracketed(last):
            return _PRIVATE
        if last in self._names:
            if self._ends_bracketed(page.casefold()):
                return _PRIVATE
            title = self._without_profile(page)
        else:
            # On macOS Chrome ends with the person's profile, after its own name.
            page, name = _cut_last_section(page)
            if name.casefold() in self._names:
                title = page
        return PageTitle(_without_counters(title))

    def _ends_bracketed(self, folded: str) -> bool:
        """Tell whether a text ends with a private mark in brackets, ``… [InPrivate]``."""
        if folded[-1:] not in _CLOSING:
            return False
        opening = max(map(folded.rfind, _OPENING))
        return opening >= 0 and folded[opening + 1 : -1] in self._words

    def _without_profile(self, page: str) -> str:
        if self._profiles:
            rest, profile = _cut_last_section(page)
            if rest and profile.casefold().rstrip("0123456789 ") in self._profiles:
                page = rest
        if self._note is not None:
            note = self._note.search(page[-60:])
            if note is not None:
                page = page[: note.start() - note.end()]
        return page


class Windows:
    """Tells which application's windows show pages, and how it writes their titles."""

    def __init__(self, browsers: Browsers) -> None:
        self._forms: dict[str, TitleForm] = {}
        for browser in browsers.known:
            form = TitleForm([browser])
            self._forms.update((app.casefold(), form) for app in browser.apps)
        # A web app's window belongs to a browser that its class may not name.
        self._web_app_form = TitleForm(_never_alone(browser) for browser in browsers.known)
        self._web_apps = PatternSet([f"^(?:{pattern})$" for pattern in browsers.web_apps])

    def form_of(self, app: str) -> TitleForm | None:
        """Return how ``app``, case folded, writes page titles; None if it shows no pages."""
        form = self._forms.get(app)
        if form is None and self._web_apps.matching(app):
            return self._web_app_form
        return form


class PatternSet:
    """RE2 patterns that are searched all at once, in time linear in the text."""

    __slots__ = ("_set",)

    def __init__(self, patterns: Sequence[str]) -> None:
        options = re2.Options()
        options.log_errors = False
        self._set: re2.Set | None = None
        if patterns:
            self._set = re2.Set.SearchSet(options)
            for pattern in patterns:
                self._set.Add(pattern)
            self._set.Compile()

    def matching(self, text: str) -> list[int]:
        """Return the positions of the patterns that are found in ``text``, in order."""
        if self._set is None:
            return []
        try:
            found = self._set.Match(text)
        except UnicodeEncodeError:
            # Half a surrogate pair, as Windows may cut a title.
            found = self._set.Match(text.encode("utf-8", "replace"))
        return sorted(found) if found else []


def chromium_app_id(app: str) -> str | None:
    """Return the id of an installed web app that a class, app id or bundle carries.

    Chromium's relatives write it as ``crx_ID``, ``chrome-ID-Default``, ``msedge-_ID-Default``
    or ``com.brave.Browser.app.ID``; the id itself is made of the web app's address.
    """
    found = _CHROMIUM_APP.search(app)
    return None if found is None else found[1]


def _cut_last_section(title: str) -> tuple[str, str]:
    """Return what stands before and after the last dash between spaces."""
    at = title.rfind(" - ") if title.isascii() else max(map(title.rfind, _DASHES))
    return ("", title) if at < 0 else (title[:at], title[at + 3 :])


def _without_counters(title: str) -> str:
    for _ in range(_MOST_COUNTERS):
        if title[:1] not in _COUNTER_STARTS:
            break
        counter = _COUNTER.match(title)
        if counter is None:
            break
        title = title[counter.end() :]
    return title


def _private_marks(browser: Browser) -> Iterable[str]:
    words = [_folded(word) for word in browser.private]
    for name in map(_folded, browser.names):
        for word in words:
            yield f"{name} {word}"
            yield f"{word} {name}"
    if browser.private_alone:
        yield from words


def _never_alone(browser: Browser) -> Browser:
    return Browser(browser.id, browser.apps, browser.names, browser.private)


def _folded(text: str) -> str:
    return _INVISIBLE.sub("", text).strip().casefold()
