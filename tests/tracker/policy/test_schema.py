from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker.policy.schema import policy_schema
from tracker.policy.select import shipped_policy

SCHEMA = json.loads(json.dumps(policy_schema()))
BROKEN = Path(__file__).with_name("broken")


def faults(value: Any, schema: dict[str, Any]) -> Iterator[str]:
    """Check a value by the part of JSON Schema that ours uses; a validator is no dependency."""
    if "$ref" in schema:
        yield from faults(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema and all(list(faults(value, each)) for each in schema["anyOf"]):
        yield f"{value!r} is none of {schema['anyOf']}"
    kinds = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
    kind = kinds.get(schema.get("type", ""), object)
    value = value.isoformat() if isinstance(value, date) else value
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        yield f"{value!r} is no {schema['type']}"
        return
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{value!r} is no choice"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{value!r} is not {schema['pattern']}"
    if isinstance(value, int) and not (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
    ):
        yield f"{value} is out of range"
    for item in value if isinstance(value, list) else ():
        yield from faults(item, schema.get("items", {}))
    if isinstance(value, dict):
        yield from table_faults(value, schema)


def table_faults(value: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    yield from (f"lacks {key}" for key in schema.get("required", ()) if key not in value)
    for key, item in value.items():
        patterns = schema.get("patternProperties", {}).items()
        inner = schema.get("properties", {}).get(key) or next(
            (each for pattern, each in patterns if re.search(pattern, key)), None
        )
        if inner is None:
            inner = schema.get("additionalProperties", {})
        if inner is False:
            yield f"has {key}"
        else:
            yield from faults(item, inner)


@pytest.mark.parametrize("name", ["nordisk-konsult", "harrow", "starter", "demo"])
def test_a_policy_fits_the_schema_when_it_is_shipped(name: str) -> None:
    data = tomllib.loads(shipped_policy(f"{name}.toml").decode())
    assert list(faults(data, SCHEMA)) == []


@pytest.mark.parametrize(
    "name",
    [
        "unknown-key-top",
        "unknown-key-hours",
        "unknown-key-day",
        "limit-id-missing",
        "wrong-type-title",
        "wrong-type-day-text",
        "out-of-range-day",
        "schema-2",
        "bad-mark",
        "consent-as-basis",
    ],
)
def test_a_file_does_not_fit_the_schema_when_its_shape_is_wrong(name: str) -> None:
    data = tomllib.loads((BROKEN / f"{name}.toml").read_text(encoding="utf-8"))
    assert list(faults(data, SCHEMA))


def test_every_key_has_a_description_when_an_editor_asks() -> None:
    tables = {"file": SCHEMA, **SCHEMA["$defs"]}
    assert [
        f"{name}.{key}"
        for name, table in tables.items()
        for key, part in table["properties"].items()
        if "description" not in part
    ] == []
    assert "null" not in json.dumps(SCHEMA)
    assert SCHEMA["$schema"].startswith("https://json-schema.org/")
