"""The one translation system: texts through gettext, formats through Babel.

There is no global language. Whoever speaks is given a :class:`Language` and writes
``_ = language.gettext``, then ``_("literal {name}").format(name=name)``.

Babel is imported where a format is first asked for: it costs some 12 ms, and a headless
run has no use for it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from babel import Locale

LANGUAGES = ("en", "sv")
DEFAULT_LANGUAGE = "en"
DOMAIN = "kanaltid"

# British formats: a 24-hour clock and weeks that begin on Monday, as at Swedish workplaces.
_LOCALES = {"en": "en_GB", "sv": "sv_SE"}
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")

DateStyle = Literal["short", "medium", "long", "full"]


def mark(message: str) -> str:
    """Return ``message`` as it is: marks a text in a table, to be translated where it is shown."""
    return message


def language_for(environ: Mapping[str, str], setting: str | None = None) -> Language:
    """Return the language that the person set, else the system's, else English.

    ``LANGUAGE`` is a list by preference; of the others the first that is set decides.
    """
    wishes = [setting or ""]
    wishes += environ.get("LANGUAGE", "").split(":")
    wishes += [next((value for name in _VARIABLES if (value := environ.get(name))), "")]
    for wish in wishes:
        code = wish.replace("-", "_").partition(".")[0].partition("_")[0].lower()
        if code in LANGUAGES:
            return Language(code)
    return Language(DEFAULT_LANGUAGE)


class Language:
    """One language: its texts and its way of writing numbers, dates and durations."""

    def __init__(self, code: str) -> None:
        """Make the language ``code``, one of ``LANGUAGES``; its texts wait until asked for."""
        if code not in LANGUAGES:
            raise ValueError(f"no such language: {code}")
        self.code = code
        self._loaded: NullTranslations | None = None
        self._babel: Locale | None = None

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Language) and other.code == self.code

    def __hash__(self) -> int:
        return hash(self.code)

    def gettext(self, message: str) -> str:
        """Return the text in this language."""
        return self._texts.gettext(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the form of the text that goes with the number ``n``."""
        return self._texts.ngettext(singular, plural, n)

    def pgettext(self, context: str, message: str) -> str:
        """Return the text in this language, where the same English word has two meanings."""
        return self._texts.pgettext(context, message)

    def duration(self, ms: int) -> str:
        """Return ``45 s``, ``12 min`` or ``1 h 05 min``: rounded to what is shown, half up.

        Rounding, and not cutting off, makes used and left of an allowance add up to it.
        """
        sign, ms = ("−", -ms) if ms < 0 else ("", ms)
        seconds, minutes = (ms + 500) // 1000, (ms + 30_000) // 60_000
        if ms > 0 and seconds < 60:
            return sign + self.gettext("{seconds} s").format(seconds=seconds)
        if minutes < 60:
            return sign + self.gettext("{minutes} min").format(minutes=minutes)
        text = self.gettext("{hours} h {minutes} min")
        return sign + text.format(hours=minutes // 60, minutes=f"{minutes % 60:02d}")

    def minutes(self, ms: int) -> str:
        """Return the bare number of minutes, rounded as in :meth:`duration`: 48 of 60 min."""
        sign, ms = ("−", -ms) if ms < 0 else ("", ms)
        return f"{sign}{(ms + 30_000) // 60_000}"

    def date(self, day: dt.date, style: DateStyle = "long") -> str:
        """Return the day as it is written: ``23 november 2026`` in the long style."""
        from babel.dates import format_date

        return format_date(day, format=style, locale=self._locale)

    def date_range(self, first: dt.date, last: dt.date) -> str:
        """Return the days from ``first`` to ``last``: ``16–22 november 2026``."""
        from babel.dates import format_interval

        return format_interval(first, last, "yMMMMd", locale=self._locale)

    def weekday(self, day: dt.date, *, short: bool = False) -> str:
        """Return the weekday's name: ``måndag``, or ``mån`` where it is short."""
        from babel.dates import get_day_names

        names = get_day_names("abbreviated" if short else "wide", "stand-alone", self._locale)
        return str(names[day.weekday()])

    def month(self, day: dt.date, *, short: bool = False) -> str:
        """Return the month that the day lies in: ``november 2026``, or ``nov`` where short."""
        from babel.dates import format_skeleton, get_month_names

        if short:
            return str(get_month_names("abbreviated", "stand-alone", self._locale)[day.month])
        return format_skeleton("yMMMM", day, locale=self._locale)

    def week(self, day: dt.date) -> str:
        """Return the ISO week that the day lies in: ``vecka 47, 2026``."""
        year, week, _weekday = day.isocalendar()
        return self.gettext("week {week}, {year}").format(week=week, year=year)

    def time(self, instant: dt.datetime, zone: dt.tzinfo, *, seconds: bool = False) -> str:
        """Return the local time of the instant in ``zone``: ``14:30``."""
        from babel.dates import format_time

        style = "medium" if seconds else "short"
        return format_time(instant.astimezone(zone), format=style, locale=self._locale)

    def number(self, value: float, digits: int = 0) -> str:
        """Return the number with exactly ``digits`` decimals: ``1 234,5``."""
        from babel.numbers import format_decimal

        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(value, format=pattern, locale=self._locale)

    def percent(self, share: float) -> str:
        """Return the share, where 1 is the whole, in whole percent: ``80 %``."""
        from babel.numbers import format_percent

        return format_percent(share, locale=self._locale)

    @property
    def _texts(self) -> NullTranslations:
        if self._loaded is None:
            self._loaded = _load(self.code)
        return self._loaded

    @property
    def _locale(self) -> Locale:
        if self._babel is None:
            from babel import Locale

            self._babel = Locale.parse(_LOCALES[self.code])
        return self._babel


def messages_folder(code: str) -> Traversable:
    """Return the folder of a language's ``kanaltid.po`` and, once built, ``kanaltid.mo``."""
    from importlib.resources import files

    return files("resources") / "locale" / code / "LC_MESSAGES"


def compile_messages(source: bytes) -> bytes:
    """Return the ``.mo`` of a ``.po``; its version is the digest of what it was built from."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    catalog = read_po(io.BytesIO(source))
    catalog.project, catalog.version = DOMAIN, _digest(source)
    built = io.BytesIO()
    write_mo(built, catalog)
    return built.getvalue()


def is_current(built: bytes, source: bytes) -> bool:
    """Tell whether the ``.mo`` was built from just this ``.po``.

    A digest, not the files' times, tells it: a check-out, an installer and a package each
    set times as they please.
    """
    return _built_from(GNUTranslations(io.BytesIO(built)), source)


def _load(code: str) -> NullTranslations:
    """Load the built texts; build them in memory where they are missing or out of date."""
    folder = messages_folder(code)
    source, built = _read(folder / f"{DOMAIN}.po"), _read(folder / f"{DOMAIN}.mo")
    if built is not None:
        texts = GNUTranslations(io.BytesIO(built))
        if source is None or _built_from(texts, source):
            return texts
    if source is None:
        return NullTranslations()
    return GNUTranslations(io.BytesIO(compile_messages(source)))


def _built_from(texts: GNUTranslations, source: bytes) -> bool:
    return texts.info().get("project-id-version") == f"{DOMAIN} {_digest(source)}"


def _digest(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()


def _read(file: Traversable) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
