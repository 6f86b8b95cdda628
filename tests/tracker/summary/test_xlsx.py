"""The summary as a workbook: typed cells, a chart, and no formula but the sums."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from tests.summary_weeks import SECRET_NOTE, WEEKS, full_week
from tracker.i18n import LANGUAGES, Language
from tracker.reports.week_facts import Ticks, WeekFacts
from tracker.summary.week import summarise
from tracker.summary.xlsx import week_xlsx

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


class Book:
    """What is in a workbook."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        root = ET.fromstring(self.files["xl/workbook.xml"])
        self.names = [each.attrib["name"] for each in root.iterfind(".//m:sheet", NS)]
        strings = ET.fromstring(self.files["xl/sharedStrings.xml"])
        self.strings = ["".join(each.itertext()) for each in strings.iterfind("m:si", NS)]

    def sheet(self, number: int) -> ET.Element:
        return ET.fromstring(self.files[f"xl/worksheets/sheet{number}.xml"])

    def cells(self, number: int) -> dict[str, str | float]:
        found: dict[str, str | float] = {}
        for cell in self.sheet(number).iterfind(".//m:c", NS):
            value = cell.find("m:v", NS)
            if value is not None and value.text is not None:
                text = cell.get("t") == "s"
                found[cell.attrib["r"]] = (
                    self.strings[int(value.text)] if text else float(value.text)
                )
        return found

    def formulas(self) -> list[str]:
        numbers = range(1, len(self.names) + 1)
        found = [each.text or "" for n in numbers for each in self.sheet(n).iterfind(".//m:f", NS)]
        return [text for text in found if not re.fullmatch(r"SUM\([C-G]6:[C-G]12\)", text)]


def book(facts: WeekFacts, code: str = "en", *, ticked: bool = True) -> Book:
    ticks = Ticks(notes=ticked, results=ticked)
    return Book(week_xlsx(summarise(facts, Language(code), ticks)))


@pytest.mark.parametrize("name", WEEKS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_week_makes_a_workbook_with_a_chart_and_no_strange_formula(
    name: str, code: str
) -> None:
    made = book(WEEKS[name](), code)
    assert len(made.names) >= 5
    assert "xl/charts/chart1.xml" in made.files
    assert made.formulas() == []
    assert not any("hyperlink" in name.lower() for name in made.files)


def test_dates_and_times_are_numbers() -> None:
    cells = book(full_week()).cells(2)
    assert [cells[name] for name in ("A1", "B1", "C1", "D1")] == [
        *("Date", "Channel", "Purpose"),
        "Time",
    ]
    assert cells["A2"] == 46342  # 16 November 2026, in days since 1899-12-30
    assert cells["D2"] == pytest.approx(40 / 1440)


def test_sums_are_there_when_no_spreadsheet_has_computed_them() -> None:
    cells = book(full_week()).cells(1)
    assert cells["C13"] == pytest.approx((40 + 47 + 54 + 61 + 68) / 1440)
    assert cells["F13"] == pytest.approx(38 / 1440)


def test_header_stays_in_sight_and_times_have_their_form() -> None:
    made = book(full_week())
    pane = made.sheet(2).find(".//m:pane", NS)
    assert pane is not None
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    assert b'formatCode="[h]:mm:ss"' in made.files["xl/styles.xml"]


def test_chart_stacks_the_days() -> None:
    chart = book(full_week()).files["xl/charts/chart1.xml"].decode()
    assert '<c:grouping val="stacked"/>' in chart
    assert chart.count("<c:ser>") == 2
    assert "Week!$C$6:$C$12" in chart


def test_limits_say_what_is_left_and_beyond_without_negative_times() -> None:
    made = book(full_week())
    cells = made.cells(3)
    rows = [
        [cells.get(f"{letter}{row}") for letter in "ABCDEFGH"]
        for row in range(2, 20)
        if f"A{row}" in cells
    ]
    friday = next(row for row in rows if row[0] == 46346 and row[1] == "LinkedIn")
    assert friday[3:] == [pytest.approx(each / 1440) for each in (68, 60, 0, 0, 8)]
    assert all(isinstance(value, str) or value >= 0 for value in cells.values())


def test_nothing_tells_who_or_when_it_was_made() -> None:
    core = book(full_week()).files["docProps/core.xml"].decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core) == ["2026-11-16T00:00:00Z"] * 2
    assert "<dc:creator></dc:creator>" in core


def test_notes_and_results_have_sheets_only_if_ticked() -> None:
    ticked, plain = book(full_week()), book(full_week(), ticked=False)
    assert ticked.names[-2:] == ["Own results", "Notes"]
    assert plain.names[-1] == "Extensions and lifts"
    assert SECRET_NOTE in ticked.strings
    assert not any(SECRET_NOTE.encode() in content for content in plain.files.values())
