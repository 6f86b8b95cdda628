"""What the export of a week asks and shows, from the very bytes that leave. No Qt here."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from tracker.i18n import Language
from tracker.reports.week_facts import WeekFacts
from tracker.summary.forms import Form

Rows = tuple[tuple[str, ...], ...]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NAME = re.compile(r"[A-Z]+")
_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets."""


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as it is offered: its name, and what it is good for."""

    form: Form
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """A table to be previewed; its first row heads it."""

    name: str
    rows: Rows


def form_views(language: Language) -> tuple[FormView, ...]:
    """Return the forms in the order in which they are offered."""
    _ = language.gettext
    return (
        FormView(Form.PDF, _("PDF"), _("One or two pages for paper or mail, with the chart.")),
        FormView(
            Form.HTML,
            _("Web page"),
            _("One file for any browser, with all rows; the best one for a screen reader."),
        ),
        FormView(Form.XLSX, _("Spreadsheet"), _("An Excel workbook with all rows and a chart.")),
        FormView(Form.CSV, _("CSV"), _("A row for each day, channel and purpose.")),
        FormView(Form.JSON, _("JSON"), _("For programs; its schema is published.")),
    )


def notes_label(facts: WeekFacts, language: Language) -> str:
    """Return what the tick for notes says."""
    text = language.ngettext("My note ({number})", "My notes ({number})", len(facts.noted))
    return text.format(number=language.number(len(facts.noted)))


def results_label(facts: WeekFacts, language: Language) -> str:
    """Return what the tick for own results says."""
    count = sum(each.count for each in facts.counted)
    text = language.ngettext("My counted result ({number})", "My counted results ({number})", count)
    return text.format(number=language.number(count))


def promise(language: Language) -> str:
    """Return what never leaves, whatever is ticked."""
    return language.gettext(
        "What you see is all that is in the file. Kanaltid puts in no name, no times of day, no "
        "window titles or addresses and nothing of how active you were, and sends it nowhere."
    )


def file_filter(view: FormView) -> str:
    """Return the filter of the dialog that asks for the file."""
    return f"{view.name} (*.{view.form.value})"


def csv_sheets(content: bytes) -> tuple[SheetView, ...]:
    """Return the rows of a CSV file."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return (SheetView("CSV", tuple(tuple(row) for row in rows)),)


def xlsx_sheets(content: bytes) -> tuple[SheetView, ...]:
    """Return the sheets of a workbook that was written by :mod:`tracker.summary.xlsx`."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = ET.fromstring(archive.read("xl/workbook.xml"))
        styles = _formats(ET.fromstring(archive.read("xl/styles.xml")))
        strings = [
            "".join(each.itertext())
            for each in ET.fromstring(archive.read("xl/sharedStrings.xml")).iter(f"{_MAIN}si")
        ]
        names = [each.attrib["name"] for each in book.iter(f"{_MAIN}sheet")]
        sheets = [
            ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            for number in range(1, len(names) + 1)
        ]
    return tuple(
        SheetView(name, _rows(sheet, strings, styles))
        for name, sheet in zip(names, sheets, strict=True)
    )


def _formats(styles: ET.Element) -> list[str]:
    """Return the number format of each style."""
    codes = {
        each.attrib["numFmtId"]: each.attrib["formatCode"] for each in styles.iter(f"{_MAIN}numFmt")
    }
    cells = styles.find(f"{_MAIN}cellXfs")
    return [codes.get(each.attrib["numFmtId"], "") for each in cells] if cells is not None else []


def _rows(sheet: ET.Element, strings: list[str], styles: list[str]) -> Rows:
    found: dict[int, dict[int, str]] = {}
    for row in sheet.iter(f"{_MAIN}row"):
        for cell in row.iter(f"{_MAIN}c"):
            value = cell.find(f"{_MAIN}v")
            if value is None or value.text is None:
                continue
            text = value.text
            if cell.get("t") == "s":
                text = strings[int(text)]
            else:
                text = _shown(float(text), styles[int(cell.get("s", "0"))])
            found.setdefault(int(row.attrib["r"]), {})[_column(cell.attrib["r"])] = text
    width = max((max(row) for row in found.values()), default=0) + 1
    last = max(found, default=0)
    return tuple(
        tuple(found.get(number, {}).get(column, "") for column in range(width))
        for number in range(1, last + 1)
    )


def _column(reference: str) -> int:
    letters = _NAME.match(reference)
    number = 0
    for letter in letters[0] if letters else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _shown(value: float, code: str) -> str:
    """Return a number as a spreadsheet shows it by its format."""
    if code.startswith("[h]"):
        seconds = round(value * 86_400)
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if "yyyy" in code:
        return (_EPOCH + timedelta(days=int(value))).isoformat()
    return f"{value:g}"


def page_text(content: bytes) -> str:
    """Return the web page as far as a text view shows it: without its style and its drawing."""
    # A drawing is told by its name.
    text = re.sub(
        r"<svg.*?<title[^>]*>(.*?)</title>.*?</svg>",
        r"<p>[\1]</p>",
        content.decode(),
        flags=re.DOTALL,
    )
    for tag in ("style", "title"):
        text = re.sub(rf"<{tag}[ >].*?</{tag}>", "", text, flags=re.DOTALL)
    # A text view centres what heads a table, whatever its style says.
    return re.sub(r'<th (scope="\w+" class="head)', r'<th align="left" \1', text)


def rows_told(sheets: Iterable[SheetView], language: Language) -> str:
    """Return how many rows there are, for who does not see them."""
    count = sum(max(0, len(sheet.rows) - 1) for sheet in sheets)
    return language.ngettext("{number} row", "{number} rows", count).format(
        number=language.number(count)
    )
