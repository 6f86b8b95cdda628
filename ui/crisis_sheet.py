"""The crisis plan and evaluations as documents, to be printed or kept."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tracker.crisis import steps_of
from tracker.i18n import Language
from tracker.policy.types import CrisisLevel, CrisisStep, Person, Policy
from ui.crisis_times import Times
from ui.crisis_view import ContactView, CrisisWords, EvaluationView
from ui.documents import Sheet


def plan_title(language: Language) -> str:
    """Return what the printed plan is called."""
    return language.gettext("Crisis plan")


def plan_html(policy: Policy, person: Person, language: Language) -> str:
    """Return the whole plan: each level with its steps to tick, then whom to reach."""
    return _PlanSheet(policy, person, language).html()


def evaluation_html(written: EvaluationView, language: Language) -> str:
    """Return what was written down after one crisis."""
    sheet = Sheet()
    sheet.heading(language.gettext("Evaluation of a crisis"), 1)
    sheet.paragraph(written.title, strong=True)
    for fact in written.facts:
        sheet.paragraph(fact, dim=True)
    for question, answer in written.answers:
        sheet.heading(question)
        sheet.paragraph(answer or "–")
    return sheet.html


class _PlanSheet:
    def __init__(self, policy: Policy, person: Person, language: Language) -> None:
        self._policy = policy
        self._language = language
        self._words = CrisisWords(policy, person, language)
        self._times = Times(language, ZoneInfo(policy.timezone))

    def html(self) -> str:
        _, policy, sheet = self._language.gettext, self._policy, Sheet()
        sheet.heading(plan_title(self._language), 1)
        source = _("{title}, version {version}").format(
            title=policy.title.in_language(self._language.code), version=policy.version
        )
        sheet.paragraph(source, dim=True)
        for level in policy.crisis_levels:
            self._level(sheet, level)
        if policy.contacts:
            sheet.heading(_("Contacts"))
            contacts = (self._words.contact(each.id) for each in policy.contacts)
            sheet.points(contact_text(each, self._language) for each in contacts if each)
        return sheet.html

    def _level(self, sheet: Sheet, level: CrisisLevel) -> None:
        _, language = self._language.gettext, self._language
        sheet.heading(self._words.trigger(level.id))
        if level.first_reply is not None:
            sheet.paragraph(self._times.reply_within(level.first_reply), strong=True)
        if (owner := self._words.contact(level.owner)) is not None:
            sheet.paragraph(_("Owner: {contact}").format(contact=contact_text(owner, language)))
        sheet.boxes(self._step(step) for step in steps_of(self._policy, level.id))
        if level.reply is not None:
            sheet.heading(_("Holding reply"), 3)
            sheet.paragraph(level.reply.in_language(language.code))
        sheet.paragraph(self._words.lifts(level), dim=True)

    def _step(self, step: CrisisStep) -> str:
        parts = [step.text.in_language(self._language.code)]
        more = [self._times.step_within(step.within)] if step.within is not None else []
        who = self._words.contact(step.who)
        more += [who.role] if who is not None else []
        return f"{parts[0]} ({', '.join(more)})" if more else parts[0]


def contact_text(contact: ContactView, language: Language) -> str:
    """Return a contact in one line: role, mail, phone, and whom to try otherwise."""
    text = contact.role
    ways = [way for way in (contact.email, contact.phone) if way]
    if ways:
        text += ": " + ", ".join(ways)
    if contact.backup is not None:
        otherwise = contact_text(contact.backup, language)
        text += ". " + language.gettext("Otherwise: {contact}").format(contact=otherwise)
    return text
