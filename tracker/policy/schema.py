"""The policy file's form as JSON Schema, for editors that complete and check TOML."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from tracker.policy.shape import PolicyFile

DIALECT = GenerateJsonSchema.schema_dialect


def policy_schema() -> dict[str, Any]:
    """Return the JSON Schema of a policy file, with a description of every key."""
    schema = PolicyFile.model_json_schema(by_alias=True, schema_generator=_TomlSchema)
    return {"$schema": DIALECT, **schema, "title": "Kanaltid policy"}


class _TomlSchema(GenerateJsonSchema):
    """Knows that TOML has no null, and that titles made of keys say nothing."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        found = super().default_schema(schema)
        if found.get("default", ()) is None:
            del found["default"]
        return found

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        # Which of them is meant is told by the value's type, so that one at least suffices.
        found = super().tagged_union_schema(schema)
        return {"anyOf": found["oneOf"]} if "oneOf" in found else found

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False
