"""The summary on paper: its chart, its pages, and what it does not tell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.summary_weeks import WEEKS, fifty_channels, full_week
from tests.ui.test_documents import pages_of, streams_of
from tracker.i18n import LANGUAGES, Language
from tracker.reports.week_facts import Ticks
from tracker.summary.week import summarise
from tracker.summary.words import summary_words
from ui.summary_pdf import _chart, _document, write_pdf

pytestmark = pytest.mark.usefixtures("qapp")

ENGLISH = Language("en")


@pytest.mark.parametrize("name", WEEKS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_week_has_one_or_two_pages(name: str, code: str) -> None:
    pdf = write_pdf(WEEKS[name](), Language(code), Ticks(notes=True, results=True))
    assert pdf.startswith(b"%PDF-")
    assert 1 <= pages_of(pdf) <= 2
    assert b"/FontFile2" in pdf or b"/FontFile3" in pdf


def test_paper_is_the_same_whenever_it_is_made() -> None:
    facts = full_week()
    first, second = (write_pdf(facts, ENGLISH, Ticks()) for _ in range(2))
    made = re.findall(rb"/CreationDate ?\(D:(\d+)", first)
    assert made == [b"20261122000000"]
    assert len(first) == len(second)


def test_chart_shows_no_other_week() -> None:
    chart = _chart(full_week(), ENGLISH)
    assert all(column.before == (0, 0) for column in chart.week.columns)
    assert [name for _id, name in chart.week.channels] == ["LinkedIn", "YouTube", "Site 00 & <co>"]


def test_channels_without_a_colour_are_one_when_there_are_fifty() -> None:
    facts = fifty_channels()
    chart = _chart(facts, ENGLISH)
    assert len(chart.week.channels) == 8
    assert chart.week.channels[-1] == ("", "other channels")
    summary = summarise(facts, ENGLISH, Ticks())
    shown = [column.work_ms + column.private_ms for column in chart.week.columns]
    assert shown == [day.total_ms for day in summary.days]


def test_there_is_no_chart_when_there_is_nothing_to_draw() -> None:
    words = summary_words(summarise(WEEKS["empty"](), ENGLISH, Ticks()))
    assert "<img" not in _document(words, drawn=False)
    empty, full = (write_pdf(WEEKS[name](), ENGLISH, Ticks()) for name in ("empty", "full"))
    colour = b"0.376470595 0.552941"  # LinkedIn's
    assert any(colour in each for each in streams_of(full))
    assert not any(colour in each for each in streams_of(empty))


def test_markup_stays_text() -> None:
    ticks = Ticks(notes=True, results=True)
    words = summary_words(summarise(WEEKS["wicked"](), ENGLISH, ticks))
    assert "<script" not in _document(words, drawn=True)
    assert "&lt;script&gt;" in _document(words, drawn=True)


def test_pdf_is_made_when_there_is_no_application_and_no_screen() -> None:
    code = (
        "from tests.summary_weeks import full_week\n"
        "from tracker.i18n import Language\n"
        "from tracker.reports.week_facts import Ticks\n"
        "from ui.__main__ import write_pdf\n"
        "pdf = write_pdf(full_week(), Language('sv'), Ticks())\n"
        "assert pdf.startswith(b'%PDF-') and len(pdf) > 10_000\n"
    )
    environ = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2], env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
