"""A day's visits in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_spans
from tracker.i18n import Language
from tracker.model import Source, State, StateKind
from ui.spans_view import (
    COLUMNS,
    chosen_text,
    column_names,
    corrected_text,
    shared_options,
    view_spans,
)

EN = Language("en")
DAY = date(2026, 11, 23)


def test_each_visit_is_told_with_how_it_is_known_when_the_day_has_some() -> None:
    spans = made_up_spans()
    overview = FakeOverview(
        spans=(*spans[:-1], replace(spans[-1], source=Source.APP, corrected=True)),
        state=State(StateKind.OTHER),
    )
    view = view_spans(overview, DAY, "", NOW, EN)
    assert (view.title, view.summary) == ("Monday, 23 November 2026", "12 visits, 1 h 41 min")
    assert [line.cells for line in view.lines[:2]] == [
        ("14:10–14:12", "2 min", "LinkedIn", "Win leads", "app", "corrected"),
        ("13:30–13:34", "4 min", "YouTube", "private", "title, uncertain", ""),
    ]
    assert view.lines[1].spoken == "13:30–13:34, 4 min, YouTube, private, title, uncertain"
    assert len(column_names(EN)) == COLUMNS == len(view.lines[0].cells)
    assert (view.empty, view.any_visits) == ("", True)


def test_the_visit_goes_on_when_its_channel_is_in_front() -> None:
    view = view_spans(FakeOverview(), DAY, "", NOW, EN)
    assert view.lines[0].cells[0] == "14:10–now"
    later = view_spans(FakeOverview(), DAY, "", NOW + timedelta(seconds=5), EN)
    assert later.lines[0].cells[0] == "14:10–14:12"


def test_only_channels_of_that_name_are_listed_when_one_is_looked_for() -> None:
    view = view_spans(FakeOverview(), DAY, " linKED", NOW, EN)
    assert {line.cells[2] for line in view.lines} == {"LinkedIn"}
    assert view.summary == "5 visits, 51 min"
    none = view_spans(FakeOverview(), DAY, "orkut ", NOW, EN)
    assert none.empty == "No visit to a channel with “orkut” in its name on this day."
    assert none.any_visits


def test_the_day_says_so_when_it_is_empty() -> None:
    view = view_spans(FakeOverview(spans=()), DAY, "orkut", NOW, EN)
    assert view.empty == "No visits to the policy's channels on this day."
    assert (view.summary, view.any_visits) == ("", False)


def test_days_can_be_turned_as_far_as_visits_are_kept() -> None:
    overview = FakeOverview()
    today = view_spans(overview, DAY, "", NOW, EN)
    assert (today.earlier, today.later) == (DAY - timedelta(days=1), None)
    assert today.kept == "Visits are kept for 30 days; after that only the day's totals are."
    oldest = view_spans(overview, date(2020, 1, 1), "", NOW, EN)
    assert (oldest.day, oldest.earlier) == (DAY - timedelta(days=30), None)
    assert (oldest.later, oldest.is_today) == (DAY - timedelta(days=29), False)
    assert view_spans(overview, date(2030, 1, 1), "", NOW, EN).day == DAY


def test_only_what_all_permit_is_offered_when_many_are_chosen() -> None:
    overview = FakeOverview()
    linkedin, x = overview.spans[0], overview.spans[1]

    def offered(*spans: object) -> list[tuple[str, bool]]:
        options = shared_options(overview, spans, EN)  # type: ignore[arg-type]
        return [(option.id, option.chosen) for option in options]

    assert offered(linkedin) == [("leads", True), ("varumarke", False), ("private", False)]
    assert offered(linkedin, x) == [("varumarke", False), ("private", False)]
    assert offered(x) == [("varumarke", True), ("private", False)]
    assert offered() == []


def test_what_is_chosen_and_done_is_told_by_number() -> None:
    overview = FakeOverview()
    spans = overview.spans
    assert chosen_text(spans[:1], EN) == "1 visit chosen, 12 min"
    assert chosen_text(spans[:2], EN) == "2 visits chosen, 16 min"
    assert chosen_text((), EN) == "Choose visits to say what they were for."
    assert corrected_text(1, "private", overview, EN) == "1 visit is now for: private"
    assert corrected_text(2, "leads", overview, EN) == "2 visits are now for: Win leads"
    assert corrected_text(0, "leads", overview, EN) == "Nothing to change: it was for that already."


def test_own_counts_are_told_when_a_purpose_has_results() -> None:
    [line] = view_spans(FakeOverview(counts={"leads": 3}), DAY, "", NOW, EN).results
    assert (line.purpose, line.text, line.more, line.count) == ("leads", "leads: 3", "+1 leads", 3)
