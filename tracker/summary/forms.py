"""The forms that a summary can leave in, and the making of each."""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import date

from tracker.days import week_of
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.reports.week_facts import Ticks, WeekFacts
from tracker.reports.writers import week_as_json, week_csv
from tracker.summary.week import summarise

PdfWriter = Callable[[WeekFacts, Language, Ticks], bytes]
"""Makes the PDF; the one form that needs Qt, so the core is handed it."""


class Form(enum.StrEnum):
    """A form of the summary, by the ending of its file."""

    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


def make_summary(
    form: Form, facts: WeekFacts, language: Language, ticks: Ticks, write_pdf: PdfWriter | None
) -> bytes:
    """Return the bytes of a file.

    Raises:
        OutsideError: ``NOT_YET`` of a PDF where nobody is there to make one.
    """
    match form:
        case Form.CSV:
            return week_csv(facts.json(ticks))
        case Form.JSON:
            return week_as_json(facts.json(ticks))
        case Form.XLSX:
            from tracker.summary.xlsx import week_xlsx

            return week_xlsx(summarise(facts, language, ticks))
        case Form.HTML:
            from tracker.summary.page import week_html

            return week_html(summarise(facts, language, ticks))
        case Form.PDF:
            if write_pdf is None:
                raise OutsideError(ErrorCode.NOT_YET, what="PDF")
            return write_pdf(facts, language, ticks)


def file_name(form: Form, day: date) -> str:
    """Return the name that a summary of the day's week is offered under."""
    return f"kanaltid-{week_of(day)}.{form.value}"
