"""Why a moment counted, and why a limit stands where it does, as texts to read. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from tracker.i18n import Language, mark
from tracker.limits.types import Period, Standing
from tracker.notices.amounts import used_of
from tracker.notices.names import Names
from tracker.policy.types import ANY, Policy, StepKind
from tracker.policy.words import PolicyWords
from tracker.reports.why import Why
from tracker.reports.why_json import why_json
from tracker.reports.why_limit import Part, WhyLimit
from tracker.reports.why_words import WhyWords
from ui.reading import Block, Line, Reading, Section

_INDENT = "  "

_STEPS = {
    StepKind.NOTIFY: mark("After {time} more, a notice tells you."),
    StepKind.ASK: mark("After {time} more, you are asked how to go on."),
    StepKind.OVERLAY: mark("After {time} more, a calm layer covers the window."),
    StepKind.MINIMISE: mark("After {time} more, the window is minimised; you can say no."),
}


def view_moment(why: Why, language: Language) -> Reading:
    """Return why a moment counted as it did, in the words of ``kanaltid why``."""
    found = why_json(why, ZoneInfo(why.policy.timezone))
    words = PolicyWords(why.policy, frozenset(), language)
    limits = {limit.id: limit for limit in why.policy.limits}
    for row in found["limits"]:
        row["name"] = {language.code: words.limit_name(limits[row["id"]])}
    title, *lines = WhyWords(found, language, with_ids=False).lines()
    shown = tuple(
        Line(line.removeprefix(_INDENT), point=line.startswith(_INDENT)) for line in lines
    )
    return Reading(title, (), (Section("moment", "", (Block(lines=shown),)),))


def view_limit(why: WhyLimit, language: Language) -> Reading:
    """Return why a limit stands where it does today."""
    return _LimitView(why, language).reading()


class _LimitView:
    def __init__(self, why: WhyLimit, language: Language) -> None:
        self._why = why
        self._policy: Policy = why.policy
        self._language = language
        self._names = Names(why.policy, language)
        groups = frozenset(why.limit.groups) - {ANY}
        self._words = PolicyWords(why.policy, groups, language)
        self._zone = ZoneInfo(why.policy.timezone)

    def reading(self) -> Reading:
        _ = self._language.gettext
        title = self._words.limit_name(self._why.limit)
        if self._why.channel is not None and len(self._why.limit.channels) > 1:
            channel = self._names.channel(self._why.channel)
            title = _("{limit}, {channel}").format(limit=title, channel=channel)
        return Reading(
            title,
            tuple(Line(self._standing(each)) for each in self._why.standings),
            (
                Section("counted", _("What counted today"), (self._counted(),)),
                Section("next", _("What comes next"), (self._next(),)),
                Section("policy", _("What the policy says"), (self._rule(),)),
            ),
        )

    def _standing(self, standing: Standing) -> str:
        _ = self._language.gettext
        allowed, left = standing.allowed_ms, standing.left_ms
        if allowed is None or left is None:
            used = self._language.duration(standing.used_ms)
            return _("{used} today, without a limit.").format(used=used)
        used = used_of(self._language, standing.used_ms, allowed + standing.extended_ms)
        if left >= 0:
            forms = (_("{used} today, {left} left."), _("{used} this week, {left} left."))
        else:
            forms = (_("{used} today, {left} over."), _("{used} this week, {left} over."))
        form = forms[standing.period is Period.WEEK]
        return form.format(used=used, left=self._language.duration(abs(left)))

    def _counted(self) -> Block:
        _ = self._language.gettext
        if not self._why.parts:
            return Block(lines=(Line(_("Nothing yet.")),))
        return Block(
            lines=tuple(Line(self._part(each), point=True) for each in self._why.parts),
            more_title=_("Each stretch of time"),
            more=tuple(Line(text, point=True) for text in self._spans()),
        )

    def _part(self, part: Part) -> str:
        _ = self._language.gettext
        text = _("{channel}, {purpose}: {time}")
        if part.uncertain_ms:
            text = _("{channel}, {purpose}: {time}, of which {uncertain} uncertain")
        return text.format(
            channel=self._names.channel(part.channel),
            purpose=self._names.purpose(part.purpose),
            time=self._language.duration(part.ms),
            uncertain=self._language.duration(part.uncertain_ms),
        )

    def _spans(self) -> Iterator[str]:
        text = self._language.gettext("{start}–{end} {channel}, {purpose}")
        for span in self._why.spans:
            yield text.format(
                start=self._language.time(span.start, self._zone),
                end=self._language.time(span.end, self._zone),
                channel=self._names.channel(span.channel),
                purpose=self._names.purpose(span.purpose),
            )

    def _next(self) -> Block:
        return Block(lines=tuple(Line(text) for text in self._coming()))

    def _coming(self) -> Iterator[str]:
        _, ngettext = self._language.gettext, self._language.ngettext
        for taken in self._why.extensions:
            yield ngettext(
                "You took {n} minute more at {time}.",
                "You took {n} minutes more at {time}.",
                taken.minutes,
            ).format(n=taken.minutes, time=self._language.time(taken.at, self._zone))
        step = self._why.next_step
        if self._why.lifted_by is not None:
            levels = {each.id: each for each in self._policy.crisis_levels}
            trigger = levels[self._why.lifted_by].trigger.in_language(self._language.code)
            yield _(
                "The crisis plan is open, “{trigger}”: the time counts on, and nothing stops you."
            ).format(trigger=trigger)
        elif step is not None:
            yield _(_STEPS[step.do]).format(time=self._language.duration(step.wait_ms))
        else:
            yield _("Nothing more comes today.")

    def _rule(self) -> Block:
        _ = self._language.gettext
        limit = self._why.limit
        lines = [
            Line(
                _("{what}: {allowance}.").format(
                    what=self._words.limit(limit), allowance=self._words.allowance(limit)
                )
            )
        ]
        for ids, form in (
            (self._why.replaces, _("Where it takes the time, it stands in for “{limit}”.")),
            (
                self._why.replaced_by,
                _("Where “{limit}” takes the time, it stands in for this one."),
            ),
        ):
            lines += [Line(form.format(limit=self._named(each))) for each in ids]
        source = _("{title}, version {version}, line {line} of the file.").format(
            title=self._policy.title.in_language(self._language.code),
            version=self._policy.version,
            line=self._why.line,
        )
        return Block(lines=(*lines, Line(source, dim=True)))

    def _named(self, limit: str) -> str:
        found = next(each for each in self._policy.limits if each.id == limit)
        return self._words.limit_name(found)
