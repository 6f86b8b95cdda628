"""What a policy allows, in plain words: in general, and on one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.i18n import Language
from tracker.model import PRIVATE
from tracker.policy.allowance_words import AllowanceWords
from tracker.policy.person import groups_of
from tracker.policy.purposes import permitted
from tracker.policy.types import ANY, REQUIRED, Extend, Limit, LimitWindow, Person, Policy, Purpose


def describe_policy(policy: Policy, person: Person, day: date, language: Language) -> Iterator[str]:
    """Yield the lines of ``policy show``: what is allowed for this person."""
    _ = language.gettext
    words = PolicyWords(policy, groups_of(policy, person), language)
    title = policy.title.in_language(language.code)
    yield _("{title}, version {version}").format(title=title, version=policy.version)
    if policy.scope is not None:
        yield policy.scope.in_language(language.code)
    for heading, lines in (
        (_("What is allowed for you"), words.in_general()),
        (language.date(day, "full"), words.on_day(day)),
        (_("What time may be for"), words.purposes(day)),
    ):
        yield ""
        yield heading[:1].upper() + heading[1:]
        yield from (f"  {line}" for line in lines)


class PolicyWords:
    """Says what a policy allows the members of some of its groups."""

    def __init__(self, policy: Policy, groups: frozenset[str], language: Language) -> None:
        self._policy = policy
        self._groups = groups
        self._language = language
        self._channels = {channel.id: channel for channel in policy.channels}
        self._purposes = {purpose.id: purpose for purpose in policy.purposes}
        self._allowances = AllowanceWords(language, _working_weekdays(policy))
        self._limits = [
            limit
            for limit in policy.limits
            if ANY in limit.groups or not groups.isdisjoint(limit.groups)
        ]

    def in_general(self) -> list[str]:
        """Return a line for each limit, such as ``LinkedIn for leads: 60 minutes a day``."""
        _ = self._language.gettext
        lines = [self._line(limit, self._allowances.in_general(limit)) for limit in self._limits]
        lines.append(
            _("What is not named here has no limit.") if lines else _("There are no limits.")
        )
        return [*lines, *self._extensions()]

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits that apply to these groups, in the order of the file."""
        return tuple(self._limits)

    def allowance(self, limit: Limit) -> str:
        """Return what a limit allows: ``60 minutes a day, 90 on Fridays``."""
        return self._allowances.in_general(limit)

    def on_day(self, day: date) -> list[str]:
        """Return a line for each limit with what it allows on ``day`` alone."""
        _ = self._language.gettext
        hours = self._policy.hours
        if hours and (day in hours.holidays or not hours.by_weekday[day.weekday()]):
            return [_("No working hours: nothing is measured.")]
        return [
            self._line(limit, self._allowances.on_weekday(limit, day.weekday()))
            for limit in self._limits
        ] or [_("There are no limits.")]

    def purposes(self, day: date) -> list[str]:
        """Return a line for each purpose that may be chosen on ``day``, with its channels."""
        by_purpose: dict[str, list[str]] = {}
        for channel in self._policy.channels:
            for purpose in permitted(self._policy, self._groups, channel.id, day):
                by_purpose.setdefault(purpose.id, []).append(channel.id)
        everywhere = self._language.gettext("all channels")
        lines = [
            self._purpose_line(purpose, by_purpose[purpose.id])
            for purpose in self._policy.purposes
            if purpose.id in by_purpose
        ]
        private = self._language.gettext("private")
        return [*lines, f"{private[:1].upper()}{private[1:]}: {everywhere}"]

    def limit(self, limit: Limit) -> str:
        """Return what a limit takes: ``LinkedIn for leads, in working hours``."""
        _ = self._language.gettext
        channels = self.channel_list(limit.channels)
        text = channels[:1].upper() + channels[1:]
        work = [purpose for purpose in limit.purposes if purpose not in (ANY, PRIVATE)]
        names = [self._purpose_label(purpose) for purpose in work]
        if ANY not in limit.purposes and names:
            if PRIVATE in limit.purposes:
                names.append(_("private use"))
            text = _("{channels} for {purposes}").format(
                channels=text, purposes=self._joined(names)
            )
        elif limit.purposes == (PRIVATE,):
            text = _("{channels}, private").format(channels=text)
        if limit.window is LimitWindow.WORK:
            text = _("{what}, in working time").format(what=text)
        elif limit.window is LimitWindow.BREAKS:
            text = _("{what}, in breaks").format(what=text)
        return text

    def limit_on(self, limit: Limit, day: date) -> str:
        """Return a limit with what it allows on ``day``: ``LinkedIn for leads: 90 minutes``."""
        return self._line(limit, self._allowances.on_weekday(limit, day.weekday()))

    def _purpose_line(self, purpose: Purpose, channels: Sequence[str]) -> str:
        line = f"{self._purpose_name(purpose)}: {self.channel_list(channels)}"
        if purpose.until is None:
            return line
        until = self._language.date(purpose.until)
        return self._language.gettext("{line}, until {date}").format(line=line, date=until)

    def _line(self, limit: Limit, allowance: str) -> str:
        line = f"{self.limit(limit)}: {allowance}"
        replaced = [each for each in self._policy.limits if each.id in limit.replaces]
        if replaced:
            names = self._joined([self._quoted(self.limit_name(each)) for each in replaced])
            text = self._language.gettext("{line} (in place of {limits})")
            line = text.format(line=line, limits=names)
        return line

    def _extensions(self) -> Iterator[str]:
        """Yield how much more may be taken, where all limits of the person agree on it."""
        ladders = {limit.ladder for limit in self._limits if not limit.unlimited}
        extends = {each.extend for each in self._policy.ladders if each.id in ladders}
        if len(extends) == 1:
            extend = extends.pop()
            if extend is not None:
                yield self._extension(extend)

    def _extension(self, extend: Extend) -> str:
        ngettext = self._language.ngettext
        n = extend.minutes
        text = ngettext(
            "If it is not enough: {n} minute more at a time",
            "If it is not enough: {n} minutes more at a time",
            n,
        ).format(n=n)
        if extend.per_day is not None:
            n = extend.per_day
            text += ngettext(", at most {n} time a day", ", at most {n} times a day", n).format(n=n)
        if extend.per_week is not None:
            n = extend.per_week
            times = ngettext(", at most {n} time a week", ", at most {n} times a week", n)
            text += times.format(n=n)
        if extend.reason == REQUIRED:
            text += self._language.gettext(", for a reason that you give")
        return text

    def channel_list(self, channels: Sequence[str]) -> str:
        """Return the names of channels, one after the other."""
        if ANY in channels or {*channels} == {*self._channels}:
            return self._language.gettext("all channels")
        code = self._language.code
        names = [self._channels[each].name.in_language(code) for each in channels]
        return self._joined(names)

    def _purpose_label(self, given: str) -> str:
        """Return what fits after "for": the result, such as leads, else the name in quotes."""
        purpose = self._purposes[given]
        return purpose.result or self._quoted(self._purpose_name(purpose))

    def _purpose_name(self, purpose: Purpose) -> str:
        return purpose.name.in_language(self._language.code)

    def limit_name(self, limit: Limit) -> str:
        """Return what the policy calls a limit, else what it takes."""
        return limit.name.in_language(self._language.code) or self.limit(limit)

    def _quoted(self, text: str) -> str:
        return self._language.gettext("“{text}”").format(text=text)

    def _joined(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return names[0]
        text = self._language.gettext("{names} and {last}")
        return text.format(names=", ".join(names[:-1]), last=names[-1])


def _working_weekdays(policy: Policy) -> frozenset[int]:
    hours = policy.hours
    return frozenset(day for day in range(7) if hours is None or hours.by_weekday[day])
