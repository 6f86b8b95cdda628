"""What an export shows before it leaves: read back from the very bytes."""

from __future__ import annotations

from dataclasses import replace

from tests.summary_weeks import SECRET_NOTE, empty_week, full_week
from tracker.i18n import Language
from tracker.reports.week_facts import Ticks
from tracker.summary.forms import Form, make_summary
from ui.export_view import (
    csv_sheets,
    form_views,
    notes_label,
    page_text,
    promise,
    results_label,
    rows_told,
    xlsx_sheets,
)

ENGLISH = Language("en")


def content(form: Form, *, notes: bool = False, results: bool = False) -> bytes:
    return make_summary(form, full_week(), ENGLISH, Ticks(notes, results), None)


def test_every_form_is_offered_once() -> None:
    views = form_views(ENGLISH)
    assert {view.form for view in views} == set(Form)
    assert len({view.name for view in views}) == len(views)


def test_rows_of_the_csv_are_those_of_the_file() -> None:
    (sheet,) = csv_sheets(content(Form.CSV))
    assert sheet.rows[0][:3] == ("week", "day", "channel")
    assert sheet.rows[1][2:6] == ("linkedin", "leads", "2400.000", "40.00")
    assert rows_told((sheet,), ENGLISH) == f"{len(sheet.rows) - 1} rows"


def test_cells_of_the_workbook_are_shown_as_a_spreadsheet_shows_them() -> None:
    sheets = xlsx_sheets(content(Form.XLSX, notes=True, results=True))
    assert [sheet.name for sheet in sheets] == [
        *("Week", "Channels and purposes", "Limits", "Extensions and lifts"),
        *("Own results", "Notes"),
    ]
    week = sheets[0].rows
    assert week[0][0] == "Week 47, 2026 · 16–22 Nov 2026"
    assert week[5][:5] == ("Mon 16", "2026-11-16", "0:40:00", "0:09:30", "0:49:30")
    assert week[12][:5] == ("The week", "", "4:30:00", "0:47:30", "5:17:30")
    assert sheets[4].rows[1] == ("2026-11-17", "Win leads", "leads", "2")
    assert sheets[5].rows[2] == ("2026-11-17", "Win leads", SECRET_NOTE)


def test_page_has_its_words_and_neither_style_nor_drawing() -> None:
    text = page_text(content(Form.HTML))
    assert "<style" not in text
    assert "<svg" not in text
    assert "<p>[Work and private time by day]</p>" in text
    assert "1 h 08 min" in text
    assert '<th align="left" scope="row" class="head">Monday' in text


def test_ticks_say_how_much_there_is() -> None:
    facts = full_week()
    assert notes_label(facts, ENGLISH) == "My notes (2)"
    assert results_label(facts, ENGLISH) == "My counted results (3)"
    assert notes_label(empty_week(), ENGLISH) == "My notes (0)"
    one = replace(facts, noted=facts.noted[:1])
    assert notes_label(one, ENGLISH) == "My note (1)"


def test_promise_says_what_never_leaves() -> None:
    assert "no name, no times of day" in promise(ENGLISH)
