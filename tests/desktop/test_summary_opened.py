"""The summary opened by what people open it with: a spreadsheet, a browser, a PDF reader."""

from __future__ import annotations

import os
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.desktop.conftest import need_parts
from tests.desktop.headless_browser import HeadlessBrowser
from tests.summary_weeks import WEEKS, fifty_channels, full_week
from tracker.i18n import LANGUAGES, Language
from tracker.reports.week_facts import Ticks, WeekFacts
from tracker.summary.forms import Form, make_summary
from ui.summary_pdf import write_pdf

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CONTRAST = """
(() => {
  const part = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 };
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = light(rgb(getComputedStyle(document.body).backgroundColor));
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    if (!walk.currentNode.data.trim()) continue;
    const owner = walk.currentNode.parentElement;
    if (owner.closest('title, desc')) continue;
    const style = getComputedStyle(owner);
    const ink = light(rgb(owner.closest('svg') ? style.fill : style.color));
    const [high, low] = ink > ground ? [ink, ground] : [ground, ink];
    found.push((high + 0.05) / (low + 0.05));
  }
  return Math.min(...found);
})()
"""


@pytest.fixture(autouse=True)
def _readers() -> None:
    need_parts("documents")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadlessBrowser]:
    need_parts("documents")
    with HeadlessBrowser(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


def written(form: Form, facts: WeekFacts, folder: Path, code: str = "en") -> Path:
    path = folder / f"week.{form.value}"
    ticks = Ticks(notes=True, results=True)
    path.write_bytes(make_summary(form, facts, Language(code), ticks, write_pdf))
    return path


# The spreadsheet


def opened(file: Path) -> zipfile.ZipFile:
    """Let LibreOffice open a workbook, and return what it makes of it."""
    folder = file.parent / "converted"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(file.parent / 'profile').as_uri()}", "--headless",
         "--convert-to", "ods", "--outdir", folder, file],
        env={**os.environ, "HOME": str(file.parent)},
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return zipfile.ZipFile(folder / f"{file.stem}.ods")


def rows_of(content: ET.Element, sheet: str) -> list[list[str]]:
    """Return a sheet's cells: dates and times as the file says them, typed."""
    (table,) = (each for each in content.iter(f"{TABLE}table") if each.get(f"{TABLE}name") == sheet)
    found = []
    for row in table.iter(f"{TABLE}table-row"):
        cells = []
        for cell in row.iter(f"{TABLE}table-cell"):
            kind = cell.get(f"{OFFICE}value-type", "")
            typed = cell.get(f"{OFFICE}{kind}-value")
            cells.append(typed if typed is not None else "".join(cell.itertext()))
        found.append(cells)
    return found


def test_spreadsheet_opens_the_workbook_with_its_types_and_chart(tmp_path: Path) -> None:
    with opened(written(Form.XLSX, full_week(), tmp_path)) as made:
        content = ET.fromstring(made.read("content.xml"))
        charts = [name for name in made.namelist() if re.fullmatch(r"Object \d+/content.xml", name)]
        chart = made.read(charts[0]).decode()
    names = [each.get(f"{TABLE}name") for each in content.iter(f"{TABLE}table")]
    assert len(names) == 6
    assert rows_of(content, "Channels and purposes")[1][:4] == [
        *("2026-11-16", "LinkedIn", "Win leads", "PT00H40M00S")
    ]
    sums = next(row for row in rows_of(content, "Week") if row[0] == "The week")
    times = [each for each in sums if each.startswith("PT")]
    assert times == ["PT04H30M00S", "PT00H47M30S", "PT05H17M30S", "PT00H38M00S", "PT00H15M00S"]
    assert len(charts) == 1
    assert 'chart:class="chart:bar"' in chart
    assert 'chart:stacked="true"' in chart


def test_spreadsheet_computes_nothing_from_names_and_notes(tmp_path: Path) -> None:
    with opened(written(Form.XLSX, WEEKS["wicked"](), tmp_path)) as made:
        content = ET.fromstring(made.read("content.xml"))
    formulas = [
        cell.get(f"{TABLE}formula")
        for cell in content.iter(f"{TABLE}table-cell")
        if cell.get(f"{TABLE}formula")
    ]
    assert len(formulas) == 5
    assert all((formula or "").startswith("of:=SUM(") for formula in formulas)
    assert rows_of(content, "Channels and purposes")[1][1] == "=cmd|' /C calc'!A0"


# The browser


def value(node: dict[str, Any], key: str) -> Any:
    return node.get(key, {}).get("value")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["full", "empty", "fifty", "wicked"])
def test_page_can_be_read_by_everybody(
    browser: HeadlessBrowser, tmp_path: Path, name: str, code: str
) -> None:
    browser.open(written(Form.HTML, WEEKS[name](), tmp_path, code))
    nodes = browser.nodes()
    by_role: dict[str, list[dict[str, Any]]] = {}
    for node in nodes:
        by_role.setdefault(value(node, "role"), []).append(node)
    assert browser.run("document.documentElement.lang") == code
    assert browser.run("document.title").endswith("– Kanaltid")
    levels = [
        next(each["value"]["value"] for each in node["properties"] if each["name"] == "level")
        for node in by_role["heading"]
    ]
    assert levels == [1, *[2] * (len(levels) - 1)]
    assert len(by_role["main"]) == 1
    for role in ("table", "image", "columnheader", "region"):
        assert all(value(node, "name") for node in by_role.get(role, [])), role
    assert len(by_role["table"]) == browser.run("document.querySelectorAll('caption').length")
    assert len(by_role["columnheader"]) >= 6 * len(by_role["table"])
    assert len(by_role["rowheader"]) >= 7
    assert ("image" in by_role) is (name != "empty")
    # What scrolls on a narrow screen is reached by the keyboard.
    assert browser.run(
        "[...document.querySelectorAll('.wide')].every((each) => each.tabIndex == 0)"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_the_page_stands_out_from_its_ground(
    browser: HeadlessBrowser, tmp_path: Path, scheme: str
) -> None:
    browser.open(written(Form.HTML, full_week(), tmp_path))
    browser.prefer(scheme)
    assert browser.run(CONTRAST) >= 4.5
    ground = browser.run("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") is (scheme == "light")


def test_page_is_no_wider_than_a_narrow_window(browser: HeadlessBrowser, tmp_path: Path) -> None:
    browser.open(written(Form.HTML, full_week(), tmp_path))
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        width=360, height=740, deviceScaleFactor=1, mobile=False,
    )  # fmt: skip
    assert browser.run("document.documentElement.scrollWidth") <= 360
    browser.call("Emulation.clearDeviceMetricsOverride")


# The PDF reader


def test_text_of_the_pdf_is_read_and_its_fonts_are_in_it(qapp: object, tmp_path: Path) -> None:
    assert qapp is not None
    file = written(Form.PDF, full_week(), tmp_path)
    said = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    for words in ("Week 47, 2026", "5 h 18 min", "Not measured", "38 min", "version 1.0"):
        assert words in said
    assert "Väntade på kund" in said
    assert not re.search(r"\d\d:\d\d", said)
    fonts = subprocess.run(
        ["pdffonts", file], check=True, capture_output=True, encoding="utf-8"
    ).stdout.splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes +(yes|no) +yes +\d+ +\d+$", line) for line in fonts), fonts


def test_pdf_has_two_pages_at_most_when_there_are_fifty_channels(
    qapp: object, tmp_path: Path
) -> None:
    assert qapp is not None
    for number, facts in enumerate((full_week(), fifty_channels())):
        folder = tmp_path / str(number)
        folder.mkdir()
        told = subprocess.run(
            ["pdfinfo", written(Form.PDF, facts, folder)],
            check=True, capture_output=True, encoding="utf-8",
        ).stdout  # fmt: skip
        pages = re.search(r"Pages: +(\d+)", told)
        assert pages is not None
        assert int(pages[1]) <= 2
        assert "595.276 x 841.89 pts (A4)" in told or "(A4)" in told
