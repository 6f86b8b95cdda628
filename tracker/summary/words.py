"""A week's summary as people read it: headings, sentences and tables, for HTML and paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.i18n import Language
from tracker.limits.types import Level
from tracker.summary.week import DaySummary, LimitRow, LimitUse, PolicyUse, Use7, WeekSummary

MINUTE_MS = 60_000
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: what it says, what is beside it, and whether it is to stand out."""

    text: str
    details: tuple[str, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table; its first columns, ``heads`` of them, say what a row is about."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the summary under a heading."""

    heading: str
    tables: tuple[WordTable, ...] = ()
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """The whole summary in words."""

    title: str
    dates: str
    number: str
    """The one thing first: the week's time in the policy's channels."""

    words: str
    policy: str
    days: Part
    """The part that the chart belongs to: its table is the chart's twin."""

    others: tuple[Part, ...]
    foot: str


def summary_words(summary: WeekSummary, *, most: int | None = None) -> SummaryWords:
    """Return the summary in words.

    Args:
        summary: What is told.
        most: How many rows of limits, and of channels and purposes, there is room for; the
            rest is summed up.
    """
    return _Words(summary, most).words()


def short_day(language: Language, day: date) -> str:
    """Return ``Mon 23``, as tables and charts head their days."""
    return f"{language.weekday(day, short=True)} {day.day}"


class _Words:
    def __init__(self, summary: WeekSummary, most: int | None) -> None:
        self._summary = summary
        self._most = most
        self._language = summary.language

    def words(self) -> SummaryWords:
        summary, language = self._summary, self._language
        _ = language.gettext
        first, last = summary.days[0].day, summary.days[-1].day
        number, words = self._headline()
        parts = (
            self._limits(),
            self._uses(),
            self._events(),
            self._results(),
            self._notes(),
        )
        return SummaryWords(
            title=_capital(language.week(first)),
            dates=language.date_range(first, last),
            number=number,
            words=words,
            policy=" · ".join(self._policy(each) for each in summary.policies),
            days=self._days(),
            others=tuple(part for part in parts if part is not None),
            foot=_(
                "Made with Kanaltid on the person's own computer. It measures only the channels "
                "that the policy names, and no phones. A day is judged by the last version of "
                "the policy that held on it."
            ),
        )

    def _headline(self) -> tuple[str, str]:
        summary, language = self._summary, self._language
        _ = language.gettext
        total = summary.work_ms + summary.private_ms
        if not total:
            return _("Nothing"), _("No time in the policy's channels this week.")
        words = _("in the policy's channels: {work} for work, {private} private")
        return language.duration(total), words.format(
            work=language.duration(summary.work_ms), private=language.duration(summary.private_ms)
        )

    def _policy(self, policy: PolicyUse) -> str:
        _ = self._language.gettext
        text = _("{title}, version {version}").format(title=policy.title, version=policy.version)
        if len(self._summary.policies) == 1:
            return text
        return f"{text} ({', '.join(short_day(self._language, day) for day in policy.days)})"

    def _time(self, ms: int) -> str:
        return self._language.duration(ms) if ms else NOTHING

    def _day_headers(self) -> tuple[str, ...]:
        return tuple(short_day(self._language, each.day) for each in self._summary.days)

    # Parts

    def _days(self) -> Part:
        _ = self._language.gettext
        summary = self._summary
        rows = [self._day_row(each) for each in summary.days]
        gaps = [(each.not_measured_ms, each.paused_ms) for each in summary.days]
        sums = (
            *(summary.work_ms, summary.private_ms, summary.work_ms + summary.private_ms),
            *(sum(each[0] for each in gaps), sum(each[1] for each in gaps)),
        )
        rows.append(
            (
                Cell(_("The week"), strong=True),
                *(Cell(self._time(ms), strong=True) for ms in sums),
            )
        )
        headers = (
            *(_("Day"), _("Work"), _("Private"), _("In all")),
            *(_("Not measured"), _("Paused")),
        )
        uncertain = sum(each.uncertain_ms for each in summary.days)
        told = []
        if uncertain:
            text = _("{time} of it is told by windows' titles alone, and not certain.")
            told.append(text.format(time=self._language.duration(uncertain)))
        if any(sum(each) for each in gaps):
            told.append(
                _("Not measured and paused are minutes of working hours that nothing is known of.")
            )
        return Part(
            _("Day by day"),
            (WordTable(_("Time by day"), headers, tuple(rows)),),
            tuple(told),
        )

    def _day_row(self, day: DaySummary) -> tuple[Cell, ...]:
        language = self._language
        name = Cell(_capital(language.weekday(day.day)), (language.date(day.day, "medium"),))
        if day.to_come:
            return (name, *(Cell("") for _ in range(5)))
        times = (day.work_ms, day.private_ms, day.total_ms, day.not_measured_ms, day.paused_ms)
        return (name, *(Cell(self._time(ms)) for ms in times))

    def _limits(self) -> Part | None:
        _ = self._language.gettext
        rows = [row for row in self._summary.limits if row.used]
        unused = [row for row in self._summary.limits if not row.used]
        if not rows and not unused:
            return None
        rest = self._least(rows)
        rows = [row for row in rows if row not in rest]
        weekly = any(row.week is not None for row in rows)
        headers = (_("Limit"), *self._day_headers(), *((_("The week"),) if weekly else ()))
        table = WordTable(
            _("What was used of each limit"),
            headers,
            tuple(self._limit_row(row, weekly=weekly) for row in rows),
        )
        if not rows:
            return Part(_("Limits"), paragraphs=(_("Nothing was used of any limit."),))
        told = (*self._rest(rest), *self._unused(unused))
        return Part(_("Limits"), (table,), told)

    def _least(self, rows: Sequence[LimitRow]) -> Sequence[LimitRow]:
        """Return the limits that there is no room for: of which the least share was used."""
        if self._most is None:
            return ()
        return sorted(rows, key=lambda row: -row.fullest)[self._most :]

    def _rest(self, rows: Sequence[LimitRow]) -> tuple[str, ...]:
        if not rows:
            return ()
        language = self._language
        text = language.ngettext(
            "{number} more limit was used, of which most was left; a spreadsheet shows it.",
            "{number} more limits were used, of which more was left; a spreadsheet shows them.",
            len(rows),
        )
        return (text.format(number=language.number(len(rows))),)

    def _unused(self, rows: Sequence[LimitRow]) -> tuple[str, ...]:
        if not rows:
            return ()
        _, language = self._language.gettext, self._language
        if len(rows) <= 4:
            names = ", ".join(f"{r.name} ({r.detail})" if r.detail else r.name for r in rows)
            return (_("Nothing was used of: {limits}.").format(limits=names),)
        text = language.ngettext(
            "Nothing was used of {number} other limit.",
            "Nothing was used of {number} other limits.",
            len(rows),
        )
        return (text.format(number=language.number(len(rows))),)

    def _limit_row(self, row: LimitRow, *, weekly: bool) -> tuple[Cell, ...]:
        uses = (*row.days, row.week) if weekly else row.days
        details = (row.detail,) if row.detail else ()
        return (Cell(row.name, details), *(self._limit_cell(use) for use in uses))

    def _limit_cell(self, use: LimitUse | None) -> Cell:
        _, language = self._language.gettext, self._language
        if use is None:
            return Cell("")
        if use.allowed_ms is None:
            return Cell(self._time(use.used_ms), (_("no limit"),) if use.used_ms else ())
        if not use.used_ms:
            return Cell(NOTHING)
        details = [_("of {allowed}").format(allowed=language.duration(use.allowed_ms))]
        left = use.left_ms or 0
        if left <= -MINUTE_MS:
            details.append(_("{time} over").format(time=language.duration(-left)))
        elif left <= 0:
            details.append(_("used up"))
        strong = use.level in (Level.REACHED, Level.OVER)
        return Cell(language.duration(use.used_ms), tuple(details), strong)

    def _uses(self) -> Part | None:
        _ = self._language.gettext
        uses, most = self._summary.uses, self._most
        if not uses:
            return None
        shown = uses if most is None or len(uses) <= most else uses[: most - 1]
        rest = uses[len(shown) :]
        rows = [self._use_row(each, each.channel_name, each.purpose_name) for each in shown]
        if rest:
            sums = Use7("", "", tuple(map(sum, zip(*(each.days_ms for each in rest), strict=True))))
            text = self._language.ngettext("{number} more row", "{number} more rows", len(rest))
            rows.append(self._use_row(sums, text.format(number=len(rest)), _("in all")))
        headers = (_("Channel"), _("Purpose"), *self._day_headers(), _("In all"))
        table = WordTable(_("Time by channel and purpose"), headers, tuple(rows), heads=2)
        return Part(_("Channels and purposes"), (table,))

    def _use_row(self, use: Use7, channel: str, purpose: str) -> tuple[Cell, ...]:
        times = (Cell(self._time(ms)) for ms in use.days_ms)
        return (Cell(channel), Cell(purpose), *times, Cell(self._time(use.ms), strong=True))

    def _events(self) -> Part | None:
        points = (*self._extensions(), *self._lifted())
        heading = self._language.gettext("Extensions and lifted limits")
        return Part(heading, points=points) if points else None

    def _extensions(self) -> Iterable[str]:
        language = self._language
        for each in self._summary.extensions:
            text = language.gettext("{day}: {time} more for “{limit}”").format(
                day=_capital(language.date(each.day, "full")),
                time=language.duration(each.minutes * MINUTE_MS),
                limit=each.limit_name,
            )
            if each.times > 1:
                times = language.ngettext("{number} time", "{number} times", each.times)
                text += f" ({times.format(number=each.times)})"
            yield text

    def _lifted(self) -> Iterable[str]:
        language = self._language
        for day in self._summary.days:
            for name in day.lifted:
                yield language.gettext(
                    "{day}: the crisis plan lifted “{limit}”; it took no step, and counted on"
                ).format(day=_capital(language.date(day.day, "full")), limit=name)

    def _results(self) -> Part | None:
        _ = self._language.gettext
        if self._summary.results is None:
            return None
        heading = _("Own results")
        if not self._summary.results:
            return Part(heading, paragraphs=(_("Nothing was counted this week."),))
        rows = tuple(
            (
                Cell(row.purpose_name, (row.word,) if row.word else ()),
                *(Cell(self._count(each)) for each in row.days),
                Cell(self._count(sum(row.days)), strong=True),
            )
            for row in self._summary.results
        )
        headers = (_("Purpose"), *self._day_headers(), _("In all"))
        return Part(heading, (WordTable(_("What the person counted"), headers, rows),))

    def _count(self, count: int) -> str:
        return self._language.number(count) if count else NOTHING

    def _notes(self) -> Part | None:
        _, language = self._language.gettext, self._language
        if self._summary.notes is None:
            return None
        if not self._summary.notes:
            return Part(_("Notes"), paragraphs=(_("Nothing was noted this week."),))
        points = tuple(
            f"{_capital(language.date(note.day, 'full'))} · {note.about}: {note.text}"
            for note in self._summary.notes
        )
        return Part(_("Notes"), points=points)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
