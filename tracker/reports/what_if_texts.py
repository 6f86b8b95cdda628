"""What if, in words: the days under another policy, and what can't be told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tracker.i18n import Language, mark
from tracker.limits.types import Standing
from tracker.policy.types import Policy
from tracker.reports.doubts import Doubt, DoubtCode
from tracker.reports.what_if import FILLED, JudgedDay, Past, WhatIf

_DOUBTS: Mapping[DoubtCode, str] = {
    DoubtCode.POLICY_NOT_KEPT: mark(
        "The policy of that time is no longer kept; the present one stands in for it."
    ),
    DoubtCode.CHANNEL_NOT_KEPT: mark(
        "{channel}: the old policy did not name it, so nothing was measured there."
    ),
    DoubtCode.CHANNEL_KEPT_IN_ANOTHER: mark(
        "{channel}: its time was kept as part of {kept_as} and can't be told apart."
    ),
    DoubtCode.CHANNEL_COUNTED_AS: mark("{channel}: counts as part of {counted_as}."),
    DoubtCode.CHANNEL_NOT_NAMED: mark(
        "{channel}: the policy does not name it, so its time is left out."
    ),
    DoubtCode.CHANNEL_RULES_DIFFER: mark(
        "{channel}: the policies recognise it differently, so its time may be more or less."
    ),
    DoubtCode.PURPOSE_NOT_PERMITTED: mark(
        "{channel}: {purpose} could not be chosen there; its time stays as it was."
    ),
    DoubtCode.DEFAULT_PURPOSE_DIFFERS: mark(
        "{channel}: time would be for {would_be} instead of {was} where nothing is chosen; "
        "the totals do not say what was chosen."
    ),
    DoubtCode.HOURS_LONGER: mark(
        "The working hours are longer; what lay outside the old ones was not measured."
    ),
    DoubtCode.HOURS_SHORTER: mark(
        "The working hours are shorter; time outside them can't be told and counts all the same."
    ),
    DoubtCode.BREAKS_DIFFER: mark(
        "Breaks are at other times; time counts as in a break where the old policy had one."
    ),
    DoubtCode.BREAK_TIME_NOT_KEPT: mark(
        "{channel}: the old policy kept no time in breaks, and this one counts it."
    ),
    DoubtCode.DAY_DIFFERS: mark(
        "The day begins at another time, so some time may belong to the day before or after."
    ),
    DoubtCode.IDLE_AFTER_DIFFERS: mark(
        "You count as away after {would_be_s} s without input instead of {was_s} s."
    ),
    DoubtCode.AUDIBLE_CAP_DIFFERS: mark(
        "Sound without input counts for {would_be_min} min instead of {was_min} min."
    ),
    DoubtCode.EXTENSION_LEFT_OUT: mark(
        "The extension of {limit} is left out: there is nothing to extend."
    ),
    DoubtCode.EXTENSION_DIFFERS: mark(
        "The extension of {limit} counts as taken, {was_min} min; it would be {would_be_min} min."
    ),
    DoubtCode.EXTENSIONS_NOT_KEPT: mark(
        "Extensions of that time are deleted by now; the days are judged without them."
    ),
    DoubtCode.MOMENT_UNKNOWN: mark(
        "{limit} would be reached; the totals do not say when, or what you would have done then."
    ),
}


class WhatIfWords:
    """Says what came out, for the person.

    Args:
        past: The days, with the policies of their time.
        found: What :func:`tracker.reports.what_if.what_if` made of them.
        language: The person's.
        titles: What limits are called by their ids, where their policy gives them no name.
    """

    def __init__(
        self,
        past: Past,
        found: WhatIf,
        language: Language,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        self._found = found
        self._language = language
        self._channels: dict[str, str] = {}
        self._purposes = {"private": language.gettext("private")}
        self._titles = titles or {}
        self._limits: dict[str, str] = {}
        # What the new policy says comes last, and holds.
        olds = {policy.hash: policy for policy in past.policies.values()}
        for policy in (past.present, *olds.values(), found.policy):
            self._learn(policy)

    def _learn(self, policy: Policy) -> None:
        code = self._language.code
        for names, things in (
            (self._channels, policy.channels),
            (self._purposes, policy.purposes),
            (self._limits, policy.limits),
        ):
            names.update(
                {
                    each.id: each.name.in_language(code) or self._titles.get(each.id, each.id)
                    for each in things
                }
            )

    def summary(self) -> str:
        """Return how many days there are, and on how many a limit was or would be reached."""
        ngettext, days = self._language.ngettext, self._found.days
        was = sum(_is_filled(each.then.limits) for each in days)
        would_be = sum(_is_filled(each.would_be.limits) for each in days)
        text = ngettext(
            "{n} day. Days on which a limit was reached: {was}; would be reached: {would_be}.",
            "{n} days. Days on which a limit was reached: {was}; would be reached: {would_be}.",
            len(days),
        )
        return text.format(n=len(days), was=was, would_be=would_be)

    def days(self) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
        """Yield each day on which anything counted, and its limits as they were and would be."""
        for judged in self._found.days:
            rows = list(self.rows(judged))
            if rows:
                yield self._language.date(judged.day, "full"), rows

    def rows(self, judged: JudgedDay) -> Iterator[tuple[str, str, str]]:
        """Yield each limit of a day that was used, with what was and what would be."""
        then, would_be = _by_place(judged.then.limits), _by_place(judged.would_be.limits)
        for place in {**would_be, **then}:
            was, new = then.get(place), would_be.get(place)
            if any(each is not None and each.used_ms for each in (was, new)):
                limit, channel, _period = place
                yield self.limit(limit, channel), self._standing(was), self._standing(new)

    def _standing(self, standing: Standing | None) -> str:
        _, duration = self._language.gettext, self._language.duration
        if standing is None:
            return "–"
        used = duration(standing.used_ms)
        if standing.left_ms is None or standing.allowed_ms is None:
            return used
        allowed = duration(standing.allowed_ms + standing.extended_ms)
        text = _("{used} of {allowed}").format(used=used, allowed=allowed)
        if standing.left_ms >= 0:
            return text
        over = _("{duration} over").format(duration=duration(-standing.left_ms))
        return f"{text}, {over}"

    def doubts(self) -> Iterator[str]:
        """Yield a line for each thing that can't be told, with how many days it is about."""
        for doubt, days in self._found.doubts:
            text = self._language.ngettext("{text} ({n} day)", "{text} ({n} days)", len(days))
            yield text.format(text=self.doubt(doubt), n=len(days))

    def doubt(self, doubt: Doubt) -> str:
        """Return a sentence about what can't be told."""
        fields = dict(doubt.fields)
        named: dict[str, object] = {**fields}
        for key in ("channel", "kept_as", "counted_as"):
            if fields.get(key) is not None:
                named[key] = self._channels.get(str(fields[key]), fields[key])
        purposes = ("was", "would_be", "purpose")
        named |= {
            key: self._purposes.get(str(fields[key]), fields[key])
            for key in purposes
            if key in fields
        }
        if "limit" in fields:
            channel = fields["channel"]
            named["limit"] = self.limit(str(fields["limit"]), str(channel) if channel else None)
        return self._language.gettext(_DOUBTS[doubt.code]).format(**named)

    def limit(self, limit: str, channel: str | None) -> str:
        """Return what a limit is called, with its channel where it has its own allowance."""
        name = self._limits.get(limit, limit)
        return name if channel is None else f"{name}, {self._channels.get(channel, channel)}"


def _by_place(limits: tuple[Standing, ...]) -> dict[tuple[str, str | None, str], Standing]:
    return {(each.limit, each.channel, each.period): each for each in limits}


def _is_filled(limits: tuple[Standing, ...]) -> bool:
    return any(each.used_ms and each.level in FILLED for each in limits)
