"""What the Privacy page says. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from tracker.i18n import Language, mark
from tracker.policy.types import Policy
from tracker.reports.stored_words import what_goes
from tracker.storage.base import LASTING, Consent, Stored
from ui.first_page_view import Topic, first_page

EVER = (date.min, date.max)
_IN_LANGUAGES = {"sv": mark("in Swedish"), "en": mark("in English")}


@dataclass(frozen=True, slots=True)
class PrivacyView:
    """The words at the top of the page.

    Attributes:
        promise: What the employer sees.
        nothing: Whether that is nothing.
        accepted: When which version was accepted, in which language.
        topics: What there is to know, each a heading and its paragraphs.
    """

    promise: str
    nothing: bool
    accepted: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before something goes for good: what it is, and what goes with it."""

    title: str
    text: str
    lines: tuple[str, ...]
    button: str


def view_privacy(
    policy: Policy, consent: Consent | None, language: Language, *, accepted: bool
) -> PrivacyView:
    """Return the words at the top of the page."""
    page = first_page(policy, language)
    return PrivacyView(
        page.promise,
        not policy.monitoring.recipients,
        _accepted(policy, consent if accepted else None, language, accepted=accepted),
        page.topics,
    )


def _accepted(
    policy: Policy, consent: Consent | None, language: Language, *, accepted: bool
) -> str:
    _ = language.gettext
    if not accepted:
        return _("Not accepted: nothing is measured.")
    if consent is None:
        return _("Accepted when Kanaltid was started.")
    day = consent.at.astimezone(ZoneInfo(policy.timezone)).date()
    spoken = _IN_LANGUAGES.get(consent.language)
    return _("You accepted version {version} on {date}, {language}.").format(
        version=consent.version,
        date=language.date(day),
        language=_(spoken) if spoken else consent.language,
    )


def rows_text(kind: Stored, counted: Mapping[Stored, int], language: Language) -> str:
    """Return how many rows of a kind there are."""
    number = counted[kind]
    if not number:
        return language.gettext("Nothing is stored of this.")
    form = language.ngettext("{number} row", "{number} rows", number)
    return form.format(number=language.number(number))


def days_goes(counted: Mapping[Stored, int]) -> int:
    """Return how many rows would go with the days that were counted."""
    return sum(number for kind, number in counted.items() if kind not in LASTING)


def ask_days(
    first: date, last: date, counted: Mapping[Stored, int], language: Language
) -> Question:
    """Return what is asked before all of some days is deleted."""
    _ = language.gettext
    return Question(
        _("Delete these days?"),
        _("All that is stored of {days} goes for good, today's count too if it is among them.")
        .format(days=language.date_range(first, last)),
        what_goes(counted, language, everything=False),
        _("Delete"),
    )  # fmt: skip


def ask_everything(counted: Mapping[Stored, int], language: Language) -> Question:
    """Return what is asked before everything is deleted."""
    _ = language.gettext
    return Question(
        _("Delete everything?"),
        _(
            "All that Kanaltid has stored goes for good, and what you accepted with it. Nothing"
            " is measured until you accept again. Your settings stay."
        ),
        what_goes(counted, language, everything=True),
        _("Delete everything"),
    )


def ask_withdraw(language: Language) -> Question:
    """Return what is asked before measuring stops."""
    _ = language.gettext
    return Question(
        _("Stop measuring?"),
        _(
            "Kanaltid measures nothing until you accept again. What is stored stays until you"
            " delete it, or its time is over."
        ),
        (),
        _("Stop measuring"),
    )


def export_name(today: date) -> str:
    """Return the name that is offered for the file."""
    return f"kanaltid-{today.isoformat()}.json"
