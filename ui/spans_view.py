"""The visits of one day as a list, and what they may be corrected to. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.i18n import Language
from tracker.model import PRIVATE, Device, Gap, Source, Span, StateKind
from tracker.notices.names import Names
from tracker.status import Overview
from ui.purpose_choice import PurposeOption
from ui.timeline_view import TimelineView, view_timeline

NOW_WITHIN = timedelta(seconds=2)
"""An open visit's row may be that old: it grows while the list is looked at."""

COLUMNS = 6


@dataclass(frozen=True, slots=True)
class SpanLine:
    """A visit, in words.

    Attributes:
        key: Its device and number.
        span: The visit itself.
        cells: What its columns say, in the order of :func:`column_names`.
        spoken: All of it in one sentence, for a screen reader.
    """

    key: tuple[Device, int]
    span: Span
    cells: tuple[str, ...]
    spoken: str


@dataclass(frozen=True, slots=True)
class ResultLine:
    """The person's own count of one purpose on the day."""

    purpose: str
    text: str
    more: str
    count: int


@dataclass(frozen=True, slots=True)
class SpansView:
    """A day's visits.

    Attributes:
        day: The day key.
        title: The day in words.
        lines: The newest first; those of the channels that were looked for.
        summary: How many there are and how long they took together.
        empty: What stands in place of the list where it is empty.
        kept: For how long visits are kept.
        earlier: The day before, where visits may be kept of it.
        later: The day after, up to today.
        results: Own counts; only those of today can be changed.
        is_today: Whether it is the present day.
        any_visits: Whether the day has any, looked for or not.
        timeline: The day along its hours; of the channels, those that were looked for.
    """

    day: date
    title: str
    lines: tuple[SpanLine, ...]
    summary: str
    empty: str
    kept: str
    earlier: date | None
    later: date | None
    results: tuple[ResultLine, ...]
    is_today: bool
    any_visits: bool
    timeline: TimelineView


def column_names(language: Language) -> tuple[str, ...]:
    """Return the headers of the columns."""
    _ = language.gettext
    return (
        _("Time"),
        _("Length"),
        _("Channel"),
        _("Purpose"),
        _("Known from"),
        _("Corrected"),
    )


def view_spans(
    overview: Overview, day: date, looked_for: str, now: datetime, language: Language
) -> SpansView:
    """Return the visits of a day, as far as they are kept.

    Args:
        overview: The running service.
        day: The day; one of which no visits can be kept becomes the nearest that may have some.
        looked_for: A part of a channel's name; empty for all.
        now: The present instant.
        language: The person's.

    Raises:
        OutsideError: The store can't be read.
    """
    today = overview.today().day
    keep = overview.policy.monitoring.keep_days.spans
    oldest = today - timedelta(days=keep)
    day = min(max(day, oldest), today)
    spans, gaps = overview.rows(day)
    words = _Words(overview, now, language)
    lines = words.lines(spans, looked_for)
    return SpansView(
        day=day,
        title=words.title(day),
        lines=lines,
        summary=words.summary([line.span for line in lines]),
        empty="" if lines else words.empty(looked_for if spans else ""),
        kept=words.kept(keep),
        earlier=day - timedelta(days=1) if day > oldest else None,
        later=day + timedelta(days=1) if day < today else None,
        results=words.results(overview.results(day)),
        is_today=day == today,
        any_visits=bool(spans),
        timeline=words.timeline(spans, gaps, overview.day_bounds(day), lines),
    )


def shared_options(
    overview: Overview, spans: Sequence[Span], language: Language
) -> tuple[PurposeOption, ...]:
    """Return what all of these visits may be corrected to; without any, nothing.

    The one that all of them are for is marked as chosen.
    """
    if not spans:
        return ()
    names = Names(overview.policy, language)
    permitted = [
        {purpose.id for purpose in overview.purposes(channel, day)}
        for channel, day in sorted({(span.channel, span.day) for span in spans})
    ]
    shared = set.intersection(*permitted)
    held = {span.purpose for span in spans}
    ids = [each.id for each in overview.policy.purposes if each.id in shared]
    return tuple(
        PurposeOption(id_, names.purpose(id_), chosen=held == {id_}) for id_ in (*ids, PRIVATE)
    )


def chosen_text(spans: Sequence[Span], language: Language) -> str:
    """Return how much is chosen: ``2 visits chosen, 12 min``."""
    if not spans:
        return language.gettext("Choose visits to say what they were for.")
    text = language.ngettext(
        "{count} visit chosen, {time}", "{count} visits chosen, {time}", len(spans)
    )
    return text.format(count=len(spans), time=language.duration(_length_ms(spans)))


def corrected_text(count: int, purpose: str, overview: Overview, language: Language) -> str:
    """Return what was done: ``2 visits are now for: Win leads``."""
    if count == 0:
        return language.gettext("Nothing to change: it was for that already.")
    text = language.ngettext(
        "{count} visit is now for: {purpose}", "{count} visits are now for: {purpose}", count
    )
    return text.format(count=count, purpose=Names(overview.policy, language).purpose(purpose))


def _length_ms(spans: Sequence[Span]) -> int:
    return sum(span.duration_ms for span in spans)


class _Words:
    def __init__(self, overview: Overview, now: datetime, language: Language) -> None:
        self._policy = overview.policy
        self._state = overview.status().state
        self._now = now
        self._language = language
        self._names = Names(overview.policy, language)
        self._zone = ZoneInfo(overview.policy.timezone)
        _ = language.gettext
        self._sources = {Source.TAB: _("tab"), Source.APP: _("app"), Source.TITLE: _("title")}

    def lines(self, spans: Sequence[Span], looked_for: str) -> tuple[SpanLine, ...]:
        wanted = looked_for.strip().casefold()
        return tuple(
            self._line(span)
            for span in reversed(spans)
            if wanted in self._names.channel(span.channel).casefold()
        )

    def timeline(
        self,
        spans: Sequence[Span],
        gaps: Sequence[Gap],
        bounds: tuple[datetime, datetime],
        lines: Sequence[SpanLine],
    ) -> TimelineView:
        view = view_timeline((spans, gaps), bounds, self._now, self._policy, self._language)
        found = {line.span.channel for line in lines}
        return replace(view, lanes=tuple(lane for lane in view.lanes if lane.channel in found))

    def _line(self, span: Span) -> SpanLine:
        _ = self._language.gettext
        cells = (
            self._time(span),
            self._language.duration(span.duration_ms),
            self._names.channel(span.channel),
            self._names.purpose(span.purpose),
            self._known_from(span),
            _("corrected") if span.corrected else "",
        )
        spoken = ", ".join(cell for cell in cells if cell)
        return SpanLine((span.device, span.seq), span, cells, spoken)

    def _time(self, span: Span) -> str:
        _, start = self._language.gettext, self._language.time(span.start, self._zone)
        if self._is_open(span):
            return _("{start}–now").format(start=start)
        return f"{start}–{self._language.time(span.end, self._zone)}"

    def _is_open(self, span: Span) -> bool:
        in_channel = self._state.kind is StateKind.CHANNEL and self._state.channel == span.channel
        return in_channel and span.end >= self._now - NOW_WITHIN

    def _known_from(self, span: Span) -> str:
        source = self._sources[span.source]
        if span.certain:
            return source
        return self._language.gettext("{source}, uncertain").format(source=source)

    def title(self, day: date) -> str:
        title = self._language.date(day, "full")
        return title[:1].upper() + title[1:]

    def summary(self, spans: Sequence[Span]) -> str:
        if not spans:
            return ""
        text = self._language.ngettext(
            "{count} visit, {time}", "{count} visits, {time}", len(spans)
        )
        return text.format(count=len(spans), time=self._language.duration(_length_ms(spans)))

    def empty(self, looked_for: str) -> str:
        _ = self._language.gettext
        if looked_for:
            return _("No visit to a channel with “{text}” in its name on this day.").format(
                text=looked_for.strip()
            )
        return _("No visits to the policy's channels on this day.")

    def kept(self, days: int) -> str:
        text = self._language.ngettext(
            "Visits are kept for {count} day; after that only the day's totals are.",
            "Visits are kept for {count} days; after that only the day's totals are.",
            days,
        )
        return text.format(count=days)

    def results(self, counts: Mapping[str, int]) -> tuple[ResultLine, ...]:
        _ = self._language.gettext
        return tuple(
            ResultLine(
                purpose.id,
                _("{result}: {count}").format(result=purpose.result, count=counts[purpose.id]),
                _("+1 {result}").format(result=purpose.result),
                counts[purpose.id],
            )
            for purpose in self._policy.purposes
            if purpose.result and purpose.id in counts
        )
