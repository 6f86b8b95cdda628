"""The small values that the models of a policy file are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Discriminator, Field

from tracker.policy import forms

NOT_BLANK = r"\S"
DAY_MINUTES = forms.DAY_MINUTES
WEEK_MINUTES = 7 * DAY_MINUTES

ONE_VALUE = "\0value"
"""Tags of unions: places in pydantic's paths that no file has."""

ONE_TABLE = "\0table"


def _value_or_table(value: object) -> str:
    return ONE_TABLE if isinstance(value, dict | BaseModel) else ONE_VALUE


class Table(BaseModel):
    """A table that has these keys and no others."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Id = Annotated[
    str,
    Field(
        pattern=forms.ID,
        max_length=64,
        description="A short name for references: letters, digits, dots, _ and -.",
    ),
]
Words = Annotated[str, Field(pattern=NOT_BLANK, max_length=500)]
LongText = Annotated[str, Field(pattern=NOT_BLANK, max_length=5000)]
Texts = Annotated[
    dict[str, LongText],
    Field(description="A text by language; the first of policy.languages must be there."),
]
Minutes = Annotated[int, Field(ge=0, le=DAY_MINUTES)]
Reference = str
Either = Discriminator(_value_or_table)
