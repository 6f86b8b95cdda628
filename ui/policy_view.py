"""The policy as a text to read: what it allows, by what, and whom to ask. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

from tracker.i18n import Language, mark
from tracker.policy.changes import changes
from tracker.policy.load import Loaded
from tracker.policy.person import groups_of
from tracker.policy.problem_texts import describe
from tracker.policy.purposes import permitted
from tracker.policy.types import (
    Channel,
    ChannelKind,
    Contact,
    Guideline,
    Match,
    Person,
    Policy,
    Purpose,
    Text,
)
from tracker.policy.words import PolicyWords
from ui.reading import Block, Line, Reading, Section

CHANGES, ALLOWED, CHANNELS, PURPOSES = "changes", "allowed", "channels", "purposes"
GUIDELINES, CONTACTS, TROUBLE = "guidelines", "contacts", "trouble"

INSTALLED_SITE = "crx_"

_KINDS = {
    ChannelKind.SOCIAL: mark("Social network"),
    ChannelKind.VIDEO: mark("Video"),
    ChannelKind.MESSAGING: mark("Messaging"),
    ChannelKind.BLOG: mark("Blog"),
    ChannelKind.FORUM: mark("Forum"),
}


def view_policy(
    policy: Policy,
    earlier: Policy | None,
    person: Person,
    day: date,
    language: Language,
    *,
    broken: Loaded | None = None,
) -> Reading:
    """Return the policy as it is for this person.

    Args:
        policy: The one in force.
        earlier: The version before it, where it is known.
        person: Whose groups count.
        day: The present day key.
        language: Of the words.
        broken: A later file that was refused, if any.
    """
    return _View(policy, person, day, language).reading(earlier, broken)


def view_trouble(broken: Loaded, language: Language) -> Section:
    """Return what is wrong with a policy file that was refused, as ``policy check`` has it."""
    _, ngettext = language.gettext, language.ngettext
    n = len(broken.errors)
    lines = [
        Line(
            ngettext(
                "{file} has {n} error. The policy below stays in force until it is corrected.",
                "{file} has {n} errors. The policy below stays in force until they are corrected.",
                n,
            ).format(file=broken.source, n=n)
        )
    ]
    for problem in broken.errors:
        form = _("Line {line}, {key}: {message}") if problem.key else _("Line {line}: {message}")
        text = form.format(line=problem.line, key=problem.key, message=describe(problem, language))
        lines.append(Line(text, point=True))
    return Section(TROUBLE, _("The new policy has errors"), (Block(lines=tuple(lines)),))


class _View:
    def __init__(self, policy: Policy, person: Person, day: date, language: Language) -> None:
        self._policy = policy
        self._person = person
        self._groups = groups_of(policy, person)
        self._day = day
        self._language = language
        self._words = PolicyWords(policy, self._groups, language)
        self._contacts = {contact.id: contact for contact in policy.contacts}

    def reading(self, earlier: Policy | None, broken: Loaded | None) -> Reading:
        _ = self._language.gettext
        sections = [
            Section(ALLOWED, _("What is allowed for you"), tuple(self._allowed())),
            Section(CHANNELS, _("Channels"), tuple(map(self._channel, self._policy.channels))),
            Section(PURPOSES, _("What time may be for"), tuple(self._purposes())),
            Section(
                GUIDELINES,
                _("Guidelines"),
                tuple(map(self._guideline, self._policy.guidelines)),
            ),
            Section(CONTACTS, _("Contacts"), tuple(map(self._contact, self._policy.contacts))),
        ]
        if earlier is not None:
            sections.insert(0, self._changes(earlier))
        if broken is not None:
            sections.insert(0, view_trouble(broken, self._language))
        return Reading(
            title=self._text(self._policy.title),
            facts=tuple(Line(text) for text in self._facts()),
            sections=tuple(section for section in sections if section.blocks),
        )

    def _text(self, text: Text | None) -> str:
        return text.in_language(self._language.code) if text is not None else ""

    def _facts(self) -> Iterator[str]:
        _, date_ = self._language.gettext, self._language.date
        policy = self._policy
        version = _("Version {version}").format(version=policy.version)
        if policy.effective_from is not None:
            version = _("Version {version}, in force from {date}").format(
                version=policy.version, date=date_(policy.effective_from)
            )
        yield version
        if policy.approved_by:
            yield _("Approved by: {who}").format(who=policy.approved_by)
        if policy.review_by is not None:
            passed = policy.review_by < self._day
            text = _("Was to be reviewed by {date}") if passed else _("To be reviewed by {date}")
            yield text.format(date=date_(policy.review_by))
        if policy.scope is not None:
            yield self._text(policy.scope)

    def _changes(self, earlier: Policy) -> Section:
        _ = self._language.gettext
        groups = (groups_of(earlier, self._person), self._groups)
        lines = changes(earlier, self._policy, groups, self._language) or (
            _("Nothing that concerns you."),
        )
        heading = _("What has changed since version {version}").format(version=earlier.version)
        return Section(CHANGES, heading, (Block(lines=_points(lines)),))

    def _allowed(self) -> Iterator[Block]:
        yield Block(lines=_points(self._words.in_general()))
        day = self._language.date(self._day, "full")
        yield Block(day[:1].upper() + day[1:], _points(self._words.on_day(self._day)))

    # Channels

    def _channel(self, channel: Channel) -> Block:
        _ = self._language.gettext
        work = permitted(self._policy, self._groups, channel.id, self._day)
        kind = _(_KINDS[channel.kind])
        names = ", ".join(self._text(purpose.name) for purpose in work)
        about = _("{kind}. For work: {purposes}").format(kind=kind, purposes=names)
        name = self._text(channel.name) or channel.id
        return Block(
            title=name,
            lines=(Line(about if names else kind, dim=True),),
            more_title=_("What counts as {channel}").format(channel=name),
            more=_points(list(self._rules(channel))),
        )

    def _rules(self, channel: Channel) -> Iterator[str]:
        _ = self._language.gettext
        for form, found in (
            (_("Addresses: {list}"), [_address(each) for each in channel.match if each.host]),
            (_("Programs: {list}"), self._programs(channel.match)),
            (_("Not: {list}"), [_address(each) for each in channel.exclude if each.host]),
            (_("Not the programs: {list}"), self._programs(channel.exclude)),
        ):
            if found:
                yield form.format(list=", ".join(found))
        if any(each.title for each in channel.match):
            yield _("Browser windows whose title names it: a guess, counted as uncertain")

    def _programs(self, matches: tuple[Match, ...]) -> list[str]:
        """Return programs by name; what a browser calls an installed site says nobody anything."""
        apps = [each.app for each in matches if each.app]
        named = [app for app in apps if not app.startswith(INSTALLED_SITE)]
        if len(named) < len(apps):
            named.append(self._language.gettext("the site installed as an app"))
        return named

    # Purposes

    def _purposes(self) -> Iterator[Block]:
        channels: dict[str, list[str]] = {}
        for channel in self._policy.channels:
            for purpose in permitted(self._policy, self._groups, channel.id, self._day):
                channels.setdefault(purpose.id, []).append(channel.id)
        for purpose in self._policy.purposes:
            if purpose.id in channels:
                texts = self._purpose(purpose, channels[purpose.id])
                yield Block(self._text(purpose.name), tuple(map(Line, texts)))

    def _purpose(self, purpose: Purpose, channels: list[str]) -> Iterator[str]:
        _, ngettext = self._language.gettext, self._language.ngettext
        where = self._words.channel_list(channels)
        yield where[:1].upper() + where[1:]
        if purpose.approver:
            approver = self._contacts.get(purpose.approver)
            who = self._text(approver.role) if approver is not None else purpose.approver
            yield _("Approved by: {who}").format(who=who)
        if purpose.until is not None:
            yield _("Until {date}").format(date=self._language.date(purpose.until))
        if purpose.reset_after is not None:
            n = purpose.reset_after
            yield ngettext(
                "Ends by itself after {n} minute without use.",
                "Ends by itself after {n} minutes without use.",
                n,
            ).format(n=n)
        if purpose.result:
            text = _("You may count your own {results} beside the time.")
            yield text.format(results=purpose.result)

    # Guidelines and contacts

    def _guideline(self, guideline: Guideline) -> Block:
        _ = self._language.gettext
        applies = _("When you work in a channel") if guideline.applies == "work" else _("Always")
        law = _("{applies}. By: {law}").format(applies=applies, law=guideline.law)
        lines = [Line(law if guideline.law else applies, dim=True)]
        for form, text in (
            (_("Do: {text}"), guideline.example_do),
            (_("Don't: {text}"), guideline.example_dont),
        ):
            if text is not None:
                lines.append(Line(form.format(text=self._text(text))))
        if guideline.link:
            lines.append(Line(guideline.link, url=guideline.link))
        return Block(self._text(guideline.text), tuple(lines))

    def _contact(self, contact: Contact) -> Block:
        lines = list(_ways(contact))
        backup = self._contacts.get(contact.backup or "")
        if backup is not None:
            text = self._language.gettext("When nobody answers: {role}")
            lines.append(Line(text.format(role=self._text(backup.role)), dim=True))
        return Block(self._text(contact.role), tuple(lines))


def _address(match: Match) -> str:
    return (match.host or "") + (match.path or "")


def _ways(contact: Contact) -> Iterator[Line]:
    if contact.email:
        yield Line(contact.email, url="mailto:" + quote(contact.email, safe="@"))
    if contact.phone:
        digits = "".join(each for each in contact.phone if each.isdigit() or each == "+")
        yield Line(contact.phone, url=f"tel:{digits}")


def _points(texts: tuple[str, ...] | list[str]) -> tuple[Line, ...]:
    return tuple(Line(text, point=True) for text in texts)
