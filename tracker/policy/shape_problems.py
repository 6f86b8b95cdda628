"""Turns pydantic's errors into problems with a line and a key."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from pydantic import BaseModel, ValidationError

from tracker.policy import forms
from tracker.policy.document import Document
from tracker.policy.problems import KeyPath, ProblemCode
from tracker.policy.shape import PolicyFile
from tracker.policy.shape_values import NOT_BLANK, ONE_TABLE, ONE_VALUE

Found = tuple[KeyPath, ProblemCode, dict[str, object]]

_EXPECTED = {
    "string_type": "text",
    "int_type": "number",
    "bool_type": "flag",
    "list_type": "list",
    "model_type": "table",
    "dict_type": "texts",
    "date_type": "date",
}
_PATTERNS = {
    NOT_BLANK: ProblemCode.EMPTY,
    forms.ID: ProblemCode.BAD_ID,
    forms.LANGUAGE: ProblemCode.BAD_LANGUAGE,
    forms.TIME: ProblemCode.BAD_TIME,
    forms.HOURS: ProblemCode.BAD_HOURS,
    forms.MARK: ProblemCode.BAD_MARK,
    forms.MEMBER: ProblemCode.BAD_MEMBER,
    forms.HOST: ProblemCode.BAD_HOST,
    forms.PATH: ProblemCode.BAD_PATH,
    forms.LINK: ProblemCode.BAD_LINK,
    forms.EMAIL: ProblemCode.BAD_EMAIL,
}
_ENTRIES = {
    *((name,) for name in ("contact", "group", "channel", "purpose", "limit", "guideline")),
    ("crisis", "level"),
    ("crisis", "step"),
}
"""What is written under headings with double brackets."""

_PLAIN_TABLES = ("default_purpose", "ladder")


def validate(document: Document, most: int) -> tuple[PolicyFile | None, list[Found]]:
    """Return the document as models, or up to ``most`` of the places where it has another shape."""
    try:
        return PolicyFile.model_validate(document.data), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)[:most]
        found = [_found(document.data, dict(detail)) for detail in details]
        return None, [item for item in found if not _is_hours_key(item[0])]


def _is_hours_key(path: KeyPath) -> bool:
    """Whether an unknown key of ``[hours]`` is meant, which the rules of hours report."""
    if len(path) < 2 or path[0] != "hours" or path[1] in ("breaks", "holidays"):
        return False
    return not forms.weekdays_of(str(path[1]))


def _found(data: object, detail: Mapping[str, object]) -> Found:
    location = detail["loc"]
    assert isinstance(location, tuple)
    path = tuple(part for part in location if part not in (ONE_VALUE, ONE_TABLE))
    kind = str(detail["type"])
    context = detail.get("ctx", {})
    assert isinstance(context, dict)
    match kind:
        case "missing":
            return path, ProblemCode.MISSING_KEY, {"name": path[-1]}
        case "extra_forbidden":
            return path, ProblemCode.UNKNOWN_KEY, unknown_key_fields(path)
        case "literal_error":
            return _wrong_choice(data, path, str(context["expected"]))
        case "string_pattern_mismatch":
            return path, _PATTERNS[str(context["pattern"])], {}
        case "greater_than_equal":
            return path, ProblemCode.OUT_OF_RANGE, {"least": context["ge"]}
        case "less_than_equal":
            return path, ProblemCode.OUT_OF_RANGE, {"most": context["le"]}
        case "string_too_long":
            return path, ProblemCode.TOO_LONG, {"most": context["max_length"]}
        case "too_short":
            return path, ProblemCode.EMPTY, {}
    expected = _EXPECTED.get(kind, "other")
    if expected == "texts" and path[-1] in _PLAIN_TABLES:
        expected = "table"
    if expected == "list" and path in _ENTRIES:
        return (
            path,
            ProblemCode.WRONG_TYPE,
            {"expected": "tables", "name": ".".join(map(str, path))},
        )
    return path, ProblemCode.WRONG_TYPE, {"expected": expected}


def _wrong_choice(data: object, path: KeyPath, expected: str) -> Found:
    value = _value_at(data, path)
    if path == ("schema",):
        return path, ProblemCode.WRONG_SCHEMA, {}
    if not isinstance(value, str):
        return path, ProblemCode.WRONG_TYPE, {"expected": "text"}
    if path == ("monitoring", "legal_basis") and value.casefold() == "consent":
        return path, ProblemCode.CONSENT_AS_BASIS, {}
    choices = ", ".join(re.findall(r"'([^']*)'", expected))
    return path, ProblemCode.UNKNOWN_VALUE, {"value": value[:80], "choices": choices}


def _value_at(data: object, path: KeyPath) -> object:
    for part in path:
        if isinstance(data, dict) and isinstance(part, str):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
    return data


def unknown_key_fields(path: KeyPath) -> dict[str, object]:
    """Return the fields of an unknown key: its name, the nearest known one, and all of them."""
    name = str(path[-1])
    known = sorted(_keys_at(path[:-1]))
    near = difflib.get_close_matches(name, known, n=1)
    return {"name": name[:80], "near": near[0] if near else "", "choices": ", ".join(known)}


def _keys_at(path: KeyPath) -> set[str]:
    """Return the keys that a table may have; names that people chose lead no deeper."""
    models: set[type[BaseModel]] = {PolicyFile}
    for part in path:
        deeper = {
            inner
            for model in models
            for name, field in model.model_fields.items()
            if (field.alias or name) == part
            for inner in _models_in([field.annotation])
        }
        models = deeper or models
    return {field.alias or name for model in models for name, field in model.model_fields.items()}


def _models_in(annotations: Iterable[object]) -> Iterator[type[BaseModel]]:
    for annotation in annotations:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        yield from _models_in(get_args(annotation))
