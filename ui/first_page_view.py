"""What the first page says: all that a person must know before anything is stored. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.i18n import Language
from tracker.policy.types import Channel, Contact, Policy, Recipient

SWEDISH_ZONE = "Europe/Stockholm"
MOST_CHANNELS = 12


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that a person has, and its answer in paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The whole page."""

    title: str
    promise: str
    """The sentence on who sees it: the one that comes first to most people's minds."""

    topics: tuple[Topic, ...]


def first_page(policy: Policy, language: Language) -> FirstPage:
    """Return what is to be read before the person accepts the policy's measuring."""
    _ = language.gettext
    return FirstPage(
        title=_("Before Kanaltid measures anything"),
        promise=_promise(policy, language),
        topics=(
            Topic(_("What is measured"), _what(policy, language)),
            Topic(_("Why"), _why(policy, language)),
            Topic(_("How long it is kept"), _how_long(policy, language)),
            Topic(_("Who receives it"), _who(policy, language)),
            Topic(_("Whom to ask"), _whom(policy, language)),
            Topic(_("Your rights"), _rights(policy, language)),
        ),
    )


def _promise(policy: Policy, language: Language) -> str:
    _ = language.gettext
    if not policy.monitoring.recipients:
        return _("What your employer sees: nothing.")
    told = [recipient_words(recipient, language) for recipient in policy.monitoring.recipients]
    return _("What your employer is to see by the policy: {list}.").format(list="; ".join(told))


def _what(policy: Policy, language: Language) -> tuple[str, ...]:
    _ = language.gettext
    names = [_channel(channel, language) for channel in policy.channels]
    if len(names) > MOST_CHANNELS:
        more = len(names) - MOST_CHANNELS
        form = language.ngettext("{number} more", "{number} more", more)
        names[MOST_CHANNELS:] = [form.format(number=more)]
    hours = (
        _("Time is measured within the policy's working hours only.")
        if policy.hours is not None
        else _("The policy has no working hours: time is measured whenever Kanaltid runs.")
    )
    return (
        _("How long a window of one of these channels is in front, and for which purpose: {list}.")
        .format(list=", ".join(names)),
        _(
            "Other windows leave nothing, not even their names. Titles, addresses, what you type"
            " and private browser windows are never stored."
        ),
        _("What you write here yourself, such as a note or what a crisis taught you, is kept."),
        hours,
    )  # fmt: skip


def _why(policy: Policy, language: Language) -> tuple[str, ...]:
    _ = language.gettext
    monitoring = policy.monitoring
    paragraphs = [monitoring.purpose.in_language(language.code)]
    basis = _basis(monitoring.legal_basis, language)
    if basis:
        law = f" ({monitoring.law})" if monitoring.law else ""
        paragraphs.append(_("Legal basis: {basis}.").format(basis=basis + law))
    consulted = monitoring.consulted
    if consulted is not None:
        told = [consulted.body]
        told += [consulted.law] if consulted.law else []
        told += [language.date(consulted.on)] if consulted.on else []
        paragraphs.append(_("Consulted: {list}.").format(list=", ".join(told)))
    if monitoring.dpia:
        text = _("Data protection impact assessment: {number}.")
        paragraphs.append(text.format(number=monitoring.dpia))
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _basis(basis: str, language: Language) -> str:
    _ = language.gettext
    words = {
        "legitimate_interest": _("legitimate interest"),
        "legal_obligation": _("legal obligation"),
        "contract": _("contract"),
        "public_task": _("public task"),
    }
    return words.get(basis, basis)


def _how_long(policy: Policy, language: Language) -> tuple[str, ...]:
    keep = policy.monitoring.keep_days
    spans = language.ngettext(
        "The single stretches of time: {days} day.",
        "The single stretches of time: {days} days.",
        keep.spans,
    )
    totals = language.ngettext(
        "Each day's totals: {days} day.", "Each day's totals: {days} days.", keep.totals
    )
    after = language.gettext("Then they are deleted for good, by themselves.")
    return (spans.format(days=keep.spans), totals.format(days=keep.totals), after)


def _who(policy: Policy, language: Language) -> tuple[str, ...]:
    _ = language.gettext
    here = _("Everything stays on this computer, readable by you alone. Kanaltid sends nothing.")
    recipients = policy.monitoring.recipients
    if not recipients:
        return (here, _("The policy names nobody who receives any of it."))
    told = [recipient_words(recipient, language) for recipient in recipients]
    return (here, _("By the policy you hand over: {list}.").format(list="; ".join(told)))


def recipient_words(recipient: Recipient, language: Language) -> str:
    """Return who receives what, in words."""
    _ = language.gettext
    forms = {
        "weekly_totals": _("{role}: the week's totals"),
        "daily_totals": _("{role}: each day's totals"),
    }
    form = forms.get(recipient.sees, "{role}: {sees}")
    return form.format(role=recipient.role, sees=recipient.sees)


def _whom(policy: Policy, language: Language) -> tuple[str, ...]:
    contacts = {contact.id: contact for contact in policy.contacts}
    contact = contacts.get(policy.monitoring.contact or "")
    if contact is None:
        return (language.gettext("The policy names nobody. Ask your manager."),)
    return (_contact(contact, language),)


def _contact(contact: Contact, language: Language) -> str:
    ways = [way for way in (contact.email, contact.phone) if way]
    return ", ".join([contact.role.in_language(language.code), *ways])


def _rights(policy: Policy, language: Language) -> tuple[str, ...]:
    _ = language.gettext
    complain = (
        _(
            "You may complain to the Swedish Authority for Privacy Protection, IMY: imy.se,"
            " imy@imy.se, +46 8 657 61 00."
        )
        if policy.timezone == SWEDISH_ZONE
        else _("You may complain to your country's data protection authority.")
    )
    return (
        _(
            "You have the right to see all that is stored about you, to have it corrected or"
            " deleted, to take it with you, and to object to the measuring."
        ),
        _("Pausing is one click, and quitting too. A pause shows in the day as paused."),
        complain,
    )


def _channel(channel: Channel, language: Language) -> str:
    return channel.name.in_language(language.code) or channel.id
