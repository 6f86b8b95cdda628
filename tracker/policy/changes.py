"""What a new version of a policy changes for a person, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from tracker.i18n import Language
from tracker.policy.types import Contact, Guideline, Limit, Policy, Purpose, Text
from tracker.policy.words import PolicyWords


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def changes(
    before: Policy,
    after: Policy,
    groups: tuple[frozenset[str], frozenset[str]],
    language: Language,
) -> tuple[str, ...]:
    """Return a sentence for each thing that is another; what tells nothing new is left out.

    Args:
        before: The earlier version.
        after: The later one.
        groups: The person's groups under each of them.
        language: Of the words.
    """
    return tuple(_Changes(before, after, groups, language).lines())


class _Changes:
    def __init__(
        self,
        before: Policy,
        after: Policy,
        groups: tuple[frozenset[str], frozenset[str]],
        language: Language,
    ) -> None:
        self._before = before
        self._after = after
        self._language = language
        self._old = PolicyWords(before, groups[0], language)
        self._new = PolicyWords(after, groups[1], language)

    def lines(self) -> Iterator[str]:
        yield from self._scope()
        yield from self._limits()
        yield from self._channels()
        yield from self._purposes()
        yield from self._guidelines()
        yield from self._monitoring()
        yield from self._contacts()
        yield from self._crisis()

    def _text(self, text: Text | None) -> str:
        return text.in_language(self._language.code) if text is not None else ""

    def _scope(self) -> Iterator[str]:
        _ = self._language.gettext
        if self._text(self._before.scope) != self._text(self._after.scope):
            text = self._text(self._after.scope)
            yield (
                _("Whom it applies to: {text}").format(text=text)
                if text
                else _("It no longer says whom it applies to.")
            )

    def _limits(self) -> Iterator[str]:
        _ = self._language.gettext
        for was, now in _pairs(self._old.limits, self._new.limits):
            if was is None and now is not None:
                yield _("New limit: {limit}: {allowance}.").format(
                    limit=self._new.limit(now), allowance=self._new.allowance(now)
                )
            elif now is None and was is not None:
                yield _("No longer a limit: {limit}.").format(limit=self._old.limit_name(was))
            elif was is not None and now is not None:
                yield from self._limit(was, now)

    def _limit(self, was: Limit, now: Limit) -> Iterator[str]:
        _ = self._language.gettext
        name = self._new.limit_name(now)
        pairs = (
            (
                _("{limit}: {before} before, {after} now."),
                self._old.allowance(was),
                self._new.allowance(now),
            ),
            (
                _("{limit} is about something else: “{before}” before, “{after}” now."),
                self._old.limit(was),
                self._new.limit(now),
            ),
        )
        for text, before, after in pairs:
            if before != after:
                yield text.format(limit=name, before=before, after=after)
        ladders = [
            next((each for each in policy.ladders if each.id == limit.ladder), None)
            for policy, limit in ((self._before, was), (self._after, now))
        ]
        if ladders[0] is not None and ladders[1] is not None:
            if ladders[0].steps != ladders[1].steps:
                yield _("{limit}: it warns at other moments or in other ways.").format(limit=name)
            if ladders[0].extend != ladders[1].extend:
                yield _("{limit}: how much more time may be taken has changed.").format(limit=name)

    def _channels(self) -> Iterator[str]:
        _ = self._language.gettext
        for was, now in _pairs(self._before.channels, self._after.channels):
            either = now or was
            name = self._text(either.name) if either is not None else ""
            if was is None:
                yield _("New channel: {channel}.").format(channel=name)
            elif now is None:
                yield _("No longer a channel of the policy: {channel}.").format(channel=name)
            elif (was.match, was.exclude) != (now.match, now.exclude):
                yield _("{channel}: what counts as this channel has changed.").format(channel=name)

    def _purposes(self) -> Iterator[str]:
        _ = self._language.gettext
        for was, now in _pairs(self._before.purposes, self._after.purposes):
            either = now or was
            name = self._text(either.name) if either is not None else ""
            if was is None:
                yield _("New purpose: {purpose}.").format(purpose=name)
            elif now is None:
                yield _("No longer a purpose: {purpose}.").format(purpose=name)
            elif self._about(was) != self._about(now):
                text = _("{purpose}: where, for whom or until when it may be chosen has changed.")
                yield text.format(purpose=name)

    @staticmethod
    def _about(purpose: Purpose) -> tuple[object, ...]:
        return purpose.channels, purpose.groups, purpose.approver, purpose.until

    def _guidelines(self) -> Iterator[str]:
        _ = self._language.gettext
        for was, now in _pairs(self._before.guidelines, self._after.guidelines):
            if was is None and now is not None:
                yield _("New guideline: {text}").format(text=self._text(now.text))
            elif now is None and was is not None:
                yield _("No longer a guideline: {text}").format(text=self._text(was.text))
            elif was is not None and now is not None and self._said(was) != self._said(now):
                yield _("Guideline changed: {text}").format(text=self._text(now.text))

    def _said(self, guideline: Guideline) -> tuple[object, ...]:
        texts = (guideline.text, guideline.example_do, guideline.example_dont)
        return (*map(self._text, texts), guideline.applies, guideline.law, guideline.link)

    def _monitoring(self) -> Iterator[str]:
        _, ngettext = self._language.gettext, self._language.ngettext
        was, now = self._before.monitoring, self._after.monitoring
        n = now.keep_days.spans
        if was.keep_days.spans != n:
            yield ngettext(
                "The single stretches of time are kept for {n} day, before {before}.",
                "The single stretches of time are kept for {n} days, before {before}.",
                n,
            ).format(n=n, before=was.keep_days.spans)
        n = now.keep_days.totals
        if was.keep_days.totals != n:
            yield ngettext(
                "Each day's totals are kept for {n} day, before {before}.",
                "Each day's totals are kept for {n} days, before {before}.",
                n,
            ).format(n=n, before=was.keep_days.totals)
        if was.recipients != now.recipients:
            roles = ", ".join(each.role for each in now.recipients)
            text = _("Who receives something by the policy: {roles}.")
            yield text.format(roles=roles) if roles else _("Nobody receives anything any more.")
        if self._text(was.purpose) != self._text(now.purpose):
            yield _("Why time is measured: {text}").format(text=self._text(now.purpose))
        if (was.idle_after, was.audible_cap) != (now.idle_after, now.audible_cap):
            yield _("How long time counts without input has changed.")
        if self._before.hours != self._after.hours:
            yield _("The working hours, breaks or holidays have changed.")

    def _contacts(self) -> Iterator[str]:
        _ = self._language.gettext
        for was, now in _pairs(self._before.contacts, self._after.contacts):
            if was is None and now is not None:
                yield _("New contact: {contact}.").format(contact=self._contact(now))
            elif now is None and was is not None:
                yield _("No longer a contact: {contact}.").format(contact=self._text(was.role))
            elif was is not None and now is not None and self._contact(was) != self._contact(now):
                yield _("Contact changed: {contact}.").format(contact=self._contact(now))

    def _contact(self, contact: Contact) -> str:
        ways = (self._text(contact.role), contact.email, contact.phone)
        return ", ".join(way for way in ways if way)

    def _crisis(self) -> Iterator[str]:
        was = (self._before.crisis_levels, self._before.crisis_steps)
        if was != (self._after.crisis_levels, self._after.crisis_steps):
            yield self._language.gettext("The crisis plan has changed.")


def _pairs(before: Sequence[T], after: Sequence[T]) -> Iterator[tuple[T | None, T | None]]:
    """Yield what has the same id: the later version's order first, then what is gone."""
    old = {each.id: each for each in before}
    for each in after:
        yield old.pop(each.id, None), each
    for gone in old.values():
        yield gone, None
