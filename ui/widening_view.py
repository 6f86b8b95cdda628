"""What a policy measures beyond what was accepted, in words. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.i18n import Language
from tracker.policy.extent import More, Widening
from tracker.policy.types import Policy
from ui.first_page_view import recipient_words


def widening_words(
    widenings: Sequence[Widening], policy: Policy, language: Language
) -> tuple[str, ...]:
    """Return a sentence for each way in which ``policy`` measures more."""
    return tuple(_sentence(each, policy, language) for each in widenings)


def _sentence(widening: Widening, policy: Policy, language: Language) -> str:
    _ = language.gettext
    if widening.more in (More.CHANNELS, More.RULES, More.RECIPIENTS):
        texts = {
            More.CHANNELS: _("These channels are measured too: {list}."),
            More.RULES: _("More windows and pages count as: {list}."),
            More.RECIPIENTS: _("By the policy this is handed over too: {list}."),
        }
        names = _names(widening, policy, language)
        return texts[widening.more].format(list=", ".join(names))
    if widening.more is More.HOURS:
        if policy.hours is None:
            return _("There are no working hours any more: time is measured at any hour.")
        return _("The working hours in which time is measured are longer.")
    if widening.more is More.HOLIDAYS:
        return _("Days that were free are working days now, and time is measured on them.")
    if widening.more in (More.SPANS, More.TOTALS):
        return _kept(widening, language)
    texts = {
        More.IDLE: _("Time counts on for {after} without input, before it was {before}."),
        More.AUDIBLE: _(
            "What can be heard counts on for {after} without input, before it was {before}."
        ),
    }
    unit_ms = 1000 if widening.more is More.IDLE else 60_000
    return texts[widening.more].format(
        after=language.duration(widening.after * unit_ms),
        before=language.duration(widening.before * unit_ms),
    )


def _kept(widening: Widening, language: Language) -> str:
    ngettext, days = language.ngettext, widening.after
    if widening.more is More.SPANS:
        text = ngettext(
            "The single stretches of time are kept for {days} day, before it was {before}.",
            "The single stretches of time are kept for {days} days, before it was {before}.",
            days,
        )
    else:
        text = ngettext(
            "Each day's totals are kept for {days} day, before it was {before}.",
            "Each day's totals are kept for {days} days, before it was {before}.",
            days,
        )
    return text.format(days=days, before=widening.before)


def _names(widening: Widening, policy: Policy, language: Language) -> list[str]:
    if widening.more is More.RECIPIENTS:
        recipients = policy.monitoring.recipients
        return [
            recipient_words(each, language) for each in recipients if each.role in widening.names
        ]
    return [
        each.name.in_language(language.code) or each.id
        for each in policy.channels
        if each.id in widening.names
    ]
