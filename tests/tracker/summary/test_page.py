"""The summary as a web page: whole in itself, and with all that a reader needs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.summary_weeks import SECRET_NOTE, WEEKS, full_week
from tracker.i18n import LANGUAGES, Language
from tracker.reports.week_facts import Ticks
from tracker.summary.chart import HEIGHT, axis_of, bars_of
from tracker.summary.page import week_html
from tracker.summary.week import summarise

ENGLISH = Language("en")
VOID = {"meta", "line", "rect"}


class Reader(HTMLParser):
    """Notes the elements of a page, and that each is closed in its turn."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def page(name: str, code: str = "en") -> bytes:
    ticks = Ticks(notes=True, results=True)
    return week_html(summarise(WEEKS[name](), Language(code), ticks))


@pytest.mark.parametrize("name", WEEKS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_page_is_whole_and_fetches_nothing(name: str, code: str) -> None:
    content = page(name, code)
    read = Reader(content)
    assert read.all("html") == [{"lang": code}]
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in read.found}
    assert not [a for _, attributes in read.found for a in attributes if a in ("src", "href")]
    assert b"url(http" not in content
    assert b"default-src 'none'" in content


@pytest.mark.parametrize("name", WEEKS)
def test_every_table_has_a_caption_and_headers_with_their_scope(name: str) -> None:
    read = Reader(page(name))
    assert len(read.all("caption")) == len(read.all("table")) >= 1
    assert {th.get("scope") for th in read.all("th")} == {"col", "row"}
    assert len(read.all("h1")) == 1


def test_chart_is_named_and_has_the_days_as_its_twin() -> None:
    read = Reader(page("full"))
    (svg,) = read.all("svg")
    ids = {attributes.get("id") for _, attributes in read.found}
    assert set((svg["aria-labelledby"] or "").split()) <= ids
    assert svg["role"] == "img"
    assert "1 h 08 min" in read.texts


def test_there_is_no_chart_when_there_is_nothing_to_draw() -> None:
    assert Reader(page("empty")).all("svg") == []


def test_bars_are_as_high_as_their_time() -> None:
    summary = summarise(full_week(), ENGLISH, Ticks())
    assert axis_of(77 * 60_000) == (90 * 60_000, 30 * 60_000)
    assert axis_of(0) == (15 * 60_000, 5 * 60_000)
    assert axis_of(60 * 3_600_000)[0] >= 60 * 3_600_000
    monday, *_, sunday = bars_of(summary)
    room = HEIGHT - 26 - 28
    assert monday.work == pytest.approx(room * 40 / 90)
    assert monday.top == pytest.approx(monday.bottom - room * 49.5 / 90)
    assert (sunday.work, sunday.private) == (0, 0)


def test_markup_in_names_and_notes_stays_text() -> None:
    content = page("wicked").decode()
    assert "<script" not in content
    assert "&lt;script&gt;" in content
    assert "Site 00 &amp; &lt;co&gt;" in content


def test_no_instant_and_no_unticked_note_is_in_it() -> None:
    content = week_html(summarise(full_week(), ENGLISH, Ticks())).decode()
    assert not re.search(r"\d\d:\d\d", content)
    assert SECRET_NOTE not in content
    assert SECRET_NOTE in page("full").decode()
