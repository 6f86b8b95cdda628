"""The forms of the summary: all of them of the same week, JSON by its schema, CSV to the row."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from tests.summary_weeks import SECRET_NOTE, WEEKS, full_week
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.reports.week_facts import Ticks, WeekFacts
from tracker.summary.forms import Form, file_name, make_summary

ENGLISH = Language("en")
SCHEMA = json.loads((files("resources") / "schema" / "week.schema.json").read_text("utf-8"))
KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def problems(value: Any, schema: Any, place: str = "") -> list[str]:
    """Check a value by the part of JSON Schema that ours uses; return what is wrong where."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    kinds = schema.get("type", [*KINDS])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    found = []
    is_bool = isinstance(value, bool)
    if not any(isinstance(value, KINDS[k]) and is_bool <= (k == "boolean") for k in kinds):
        found.append(f"{place}: is no {kinds}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{place}: is not one of {schema['enum']}")
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        found.append(f"{place}: does not match")
    if isinstance(value, int | float) and not is_bool and value < schema.get("minimum", value):
        found.append(f"{place}: is too small")
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{place}: has {len(value)} items")
        for number, each in enumerate(value):
            found += problems(each, schema.get("items", {}), f"{place}[{number}]")
    if isinstance(value, dict):
        found += [
            f"{place}.{key}: missing" for key in schema.get("required", ()) if key not in value
        ]
        for key, each in value.items():
            known = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
            if known is False:
                found.append(f"{place}.{key}: unknown")
            else:
                found += problems(each, known, f"{place}.{key}")
    return found


def made(form: Form, facts: WeekFacts, *, notes: bool = False, results: bool = False) -> bytes:
    return make_summary(form, facts, ENGLISH, Ticks(notes, results), None)


@pytest.mark.parametrize("ticked", [False, True])
@pytest.mark.parametrize("name", WEEKS)
def test_json_keeps_to_the_published_schema(name: str, ticked: bool) -> None:
    form = json.loads(made(Form.JSON, WEEKS[name](), notes=ticked, results=ticked))
    assert problems(form, SCHEMA) == []
    assert ("notes" in form, "results" in form) == (ticked, ticked)


def test_schema_refuses_what_is_not_as_it_says() -> None:
    form = json.loads(made(Form.JSON, full_week()))
    form["days"][0]["at"] = "09:00"
    form["days"][1]["paused_s"] = -1
    form["limits"][0]["level"] = "fine"
    del form["week"]
    assert len(problems(form, SCHEMA)) == 4


@pytest.mark.parametrize("name", WEEKS)
def test_csv_adds_up_to_the_week(name: str) -> None:
    facts = WEEKS[name]()
    content = made(Form.CSV, facts, notes=True, results=True)
    assert content.startswith(b"\xef\xbb\xbfweek,day,channel,purpose,seconds,minutes,lifted,")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    gaps = ("not_measured", "paused")
    seconds = sum(float(r["seconds"] or 0) for r in rows if r["channel"] not in gaps)
    measured = sum(ms for d in facts.days for c in d.channels for ms in c.purposes.values())
    assert seconds * 1000 == pytest.approx(measured)
    assert not [v for row in rows for v in row.values() if v[:1] in ("=", "+", "@", "-")]


def test_csv_has_columns_for_what_is_ticked() -> None:
    content = made(Form.CSV, full_week(), notes=True, results=True).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [(r["day"], r["purpose"], r["results"]) for r in rows if r["results"]] == [
        ("2026-11-17", "leads", "2"),
        ("2026-11-19", "leads", "1"),
    ]
    assert [(r["purpose"], r["notes"]) for r in rows if r["notes"]] == [
        ("private", "Väntade på kund"),
        ("leads", SECRET_NOTE),
    ]
    plain = made(Form.CSV, full_week()).decode("utf-8-sig")
    assert plain.startswith("week,day,channel,purpose,seconds,minutes,lifted\r\n")
    assert SECRET_NOTE not in plain


def test_pdf_is_refused_when_nobody_can_make_it() -> None:
    with pytest.raises(OutsideError) as refused:
        made(Form.PDF, full_week())
    assert refused.value.code is ErrorCode.NOT_YET


def test_file_is_named_by_its_week() -> None:
    assert file_name(Form.XLSX, date(2027, 1, 2)) == "kanaltid-2026-W53.xlsx"


@pytest.mark.parametrize("form", [Form.CSV, Form.JSON, Form.HTML])
def test_no_form_tells_who_or_at_what_time(form: Form) -> None:
    """DESIGN §6.4 and §6.8: minutes a day, never instants; no name where nobody receives it."""
    content = made(form, full_week(), notes=True, results=True).decode()
    assert not re.search(r"\d\d:\d\d|karin", content, re.IGNORECASE)
