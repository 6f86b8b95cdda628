"""What a year came to by channel, by purpose, and beside own results, as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.i18n import Language
from tracker.model import PRIVATE
from ui.charts.drawing import Hue, Ink, Role
from ui.charts.sums import SumRow, SumsChart
from ui.trend_sums_view import SumView
from ui.trends_view import TrendsView

MOST_BARS = 12
"""The channels that have a bar; those with less time share one, and stand in the table."""


def channels_chart(
    view: TrendsView, slots: Mapping[str, int | None], language: Language
) -> SumsChart:
    """Return the bars of channels, each in its own colour."""
    _ = language.gettext
    rows = [_row(each, Hue(slots.get(each.id)), None, language) for each in view.channels]
    shown, rest = tuple(rows[:MOST_BARS]), tuple(rows[MOST_BARS:])
    if len(rest) > 1:
        shown += (_together(view.channels[MOST_BARS:], language),)
    else:
        shown, rest = tuple(rows), ()
    headers = (_("Channel"), _("in all"), _("median week"))
    return SumsChart(headers, shown, language, rest)


def purposes_chart(view: TrendsView, language: Language) -> SumsChart:
    """Return the bars of purposes; private time is outlined, as everywhere."""
    _ = language.gettext
    rows = tuple(
        _row(each, Role.TRACK, Role.LIMIT, language)
        if each.id == PRIVATE
        else _row(each, Role.LIMIT, None, language)
        for each in view.purposes
    )
    return SumsChart((_("Purpose"), _("in all"), _("median week")), rows, language)


def results_chart(view: TrendsView, language: Language) -> SumsChart:
    """Return a bar of time for each month in which the person counted results."""
    _ = language.gettext
    several = len({each.purpose for each in view.results}) > 1
    rows = tuple(
        SumRow(
            f"{each.month} · {each.purpose}" if several else each.month,
            each.ms,
            Role.LIMIT,
            None,
            (each.counted, language.duration(each.ms)),
        )
        for each in view.results
    )
    return SumsChart((_("Month"), _("Counted"), _("Time")), rows, language)


def _row(view: SumView, ink: Ink, outline: Ink | None, language: Language) -> SumRow:
    figures = (language.duration(view.total_ms), language.duration(view.median_ms))
    return SumRow(view.name, view.total_ms, ink, outline, figures)


def _together(views: Sequence[SumView], language: Language) -> SumRow:
    name = language.ngettext("{n} more channel", "{n} more channels", len(views))
    total = sum(view.total_ms for view in views)
    return SumRow(
        name.format(n=len(views)), total, Hue(None), None, (language.duration(total), "–")
    )
