"""Window titles: which windows show pages, and what of their titles is the page's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import re2

from tracker.policy.catalogue import Browser, Browsers

_OPENING = ("(", "[", "\uff08")
_CLOSING = (")", "]", "\uff09")
_ZERO_WIDTH_SPACE = "\u200b"
"""Edge writes one into its name; apart from the others, because this is the quicker way."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What right-to-left pages and copied titles bring; none of it is printable."""

_COUNTER_STARTS = frozenset("([•●·*▶🔴🔔")
_COUNTERS = re.compile(
    r"(?:(?:\(\d[\d., \u00a0]{0,8}\+?\)|\[\d{1,6}\+?\]|[•●·*▶🔴🔔]\ufe0f?)\s*){1,4}"
)
_LONGEST_SECTION = 60
_LONGEST_NOTE = 40
_CHROMIUM_APP = re.compile(r"(?:^|[^a-p])([a-p]{32})(?:$|[^a-p])")


class TitleForm:
    """How one browser writes its titles: ``page – profile – name``, and private marks."""

    __slots__ = ("_marks", "_names", "_notes", "_numbered", "_profiles", "_words")

    def __init__(self, browsers: Iterable[Browser]) -> None:
        known = tuple(browsers)
        self._names = frozenset(_folded(name) for browser in known for name in browser.names)
        self._words = frozenset(_folded(word) for browser in known for word in browser.private)
        self._marks = frozenset(mark for browser in known for mark in _private_marks(browser))
        self._profiles = _profiles_by_last_word(known)
        self._numbered = _numbered_profiles(known)
        self._notes = _notes_by_last_word(known)

    def page_title(self, title: str) -> str | None:
        """Return what of a window's title is the page's own; None for a private window."""
        if not title.isascii():
            title = title.replace(_ZERO_WIDTH_SPACE, "")
            if not title.isprintable():
                title = _INVISIBLE.sub("", title)
        title = title.rstrip()
        page, last = _cut_last_section(title)
        last = last.casefold()
        if last in self._marks or (last[-1:] in _CLOSING and self._ends_marked(last)):
            return None
        if last in self._names:
            if page[-1:] in _CLOSING and self._ends_marked(page.casefold()):
                return None
            title = self._without_additions(page)
        else:
            # On macOS Chrome ends with the person's profile, after its own name.
            page, name = _cut_last_section(page)
            if name.casefold() in self._names:
                if last in self._words:
                    return None
                title = self._without_additions(page)
        return _without_counters(title.strip())

    def _ends_marked(self, folded: str) -> bool:
        """Tell whether the bracket at the end is a private mark, ``… [InPrivate]``."""
        opening = max(map(folded.rfind, _OPENING))
        return opening >= 0 and folded[opening + 1 : -1] in self._words

    def _without_additions(self, page: str) -> str:
        """Take off the profile, and the note that stands before it."""
        word = page[page.rfind(" ") + 1 :]
        if word.isdecimal():
            numbered = self._numbered.search(page, max(0, len(page) - _LONGEST_SECTION))
            if numbered is not None:
                page = page[: numbered.start()]
                word = page[page.rfind(" ") + 1 :]
        else:
            for profile in self._profiles.get(word, ()):
                if page.endswith(profile):
                    page = page[: -len(profile)]
                    word = page[page.rfind(" ") + 1 :]
                    break
        note = self._notes.get(word)
        if note is not None:
            found = note.search(page, max(0, len(page) - _LONGEST_NOTE))
            if found is not None:
                page = page[: found.start()]
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
    """Return what stands before and after the last dash between spaces, if that is near."""
    near = max(0, len(title) - _LONGEST_SECTION)
    at = title.rfind(" - ", near)
    if not title.isascii():
        at = max(at, title.rfind(" – ", near), title.rfind(" — ", near))
    return ("", title) if at < 0 else (title[:at], title[at + 3 :])


def _without_counters(title: str) -> str:
    if title[:1] in _COUNTER_STARTS:
        counters = _COUNTERS.match(title)
        if counters is not None:
            return title[counters.end() :]
    return title


def _private_marks(browser: Browser) -> Iterable[str]:
    words = [_folded(word) for word in browser.private]
    for name in map(_folded, browser.names):
        for word in words:
            yield f"{name} {word}"
            yield f"{word} {name}"
    if browser.private_alone:
        yield from words


def _profiles_by_last_word(browsers: Iterable[Browser]) -> dict[str, tuple[str, ...]]:
    """Return the ways in which profiles end a title, by the word that they end with."""
    endings: dict[str, tuple[str, ...]] = {}
    for browser in browsers:
        for profile in browser.profiles:
            word = profile.rpartition(" ")[2]
            written = tuple(f" {dash} {profile}" for dash in "-–—")
            endings[word] = (*endings.get(word, ()), *written)
    return endings


def _numbered_profiles(browsers: Iterable[Browser]) -> re.Pattern[str]:
    names = {re.escape(profile) for browser in browsers for profile in browser.profiles}
    return re.compile(rf" [-–—] (?:{'|'.join(sorted(names))}) \d{{1,3}}\Z" if names else r"\Z.")


def _notes_by_last_word(browsers: Iterable[Browser]) -> dict[str, re.Pattern[str]]:
    """Return patterns of notes such as ``and 3 more pages``, by the word that they end with."""
    patterns: dict[str, list[str]] = {}
    for browser in browsers:
        for note in browser.notes:
            written = re.escape(note).replace(r"\#", r"\d{1,6}")
            patterns.setdefault(note.rpartition(" ")[2], []).append(written)
    return {word: re.compile(rf"(?:{'|'.join(written)})\Z") for word, written in patterns.items()}


def _never_alone(browser: Browser) -> Browser:
    return Browser(browser.id, browser.apps, browser.names, browser.private)


def _folded(text: str) -> str:
    return _INVISIBLE.sub("", text).strip().casefold()
