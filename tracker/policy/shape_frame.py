"""The frame of a policy file as pydantic models: what it is, hours, and people."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, Tag

from tracker.policy import forms
from tracker.policy.shape_values import (
    DAY_MINUTES,
    ONE_TABLE,
    ONE_VALUE,
    Either,
    Id,
    Minutes,
    Reference,
    Table,
    Texts,
    Words,
)


class PolicyTable(Table):
    """What the policy is, and the day it counts by."""

    id: Id
    version: Words = Field(description="A text, so that 2.10 is not 2.1.")
    effective_from: date | None = Field(None, description="From when it holds.")
    review_by: date | None = Field(None, description="After this date `policy check` warns.")
    approved_by: Words | None = Field(None, description="Who decided on it, and where.")
    languages: list[Annotated[str, Field(pattern=forms.LANGUAGE)]] = Field(
        min_length=1, description="Language codes such as sv and en; the first is the default."
    )
    timezone: Words = Field(description="An IANA zone such as Europe/Stockholm.")
    day_start: Annotated[str, Field(pattern=forms.TIME)] = Field(
        "00:00", description="When a day begins, HH:MM in the policy's zone."
    )
    title: Texts = Field(description="What the policy is called.")
    scope: Texts | None = Field(None, description="Whom the policy applies to.")
    default_purpose: Reference | None = Field(
        None, description="The purpose where nothing else is chosen; private where not given."
    )
    enforce_titles: bool = Field(
        False, description="Let overlay and minimise act on a channel told by its title alone."
    )


class ConsultedTable(Table):
    """Who was consulted on the measuring."""

    body: Words = Field(description="The union or other body.")
    law: Words | None = Field(None, description="The rule that asks for it, such as MBL 11 §.")
    on: date | None = Field(None, alias="date", description="When.")


class KeepDaysTable(Table):
    """How many days rows are kept."""

    spans: int = Field(
        default=30, ge=1, le=3660, description="Days that every single visit is kept."
    )
    totals: int = Field(400, ge=1, le=3660, description="Days that a day's sums are kept.")


class RecipientTable(Table):
    """Somebody who receives something by the policy's own word."""

    role: Words = Field(description="Who it is.")
    sees: Words = Field(description="What they see, such as weekly_totals.")


class MonitoringTable(Table):
    """What is measured, why and for how long: what the privacy page says."""

    purpose: Texts = Field(description="Why time is measured.")
    legal_basis: (
        Literal[
            "contract", "legal_obligation", "legitimate_interest", "public_task", "vital_interests"
        ]
        | None
    ) = Field(None, description="GDPR article 6; consent is no basis at work.")
    law: Words | None = Field(None, description="The law behind a legal_obligation.")
    dpia: Words | None = Field(None, description="Where the impact assessment is found.")
    consulted: ConsultedTable | None = Field(None, description="Who was asked before.")
    keep_days: KeepDaysTable | None = Field(None, description="How long rows are kept.")
    recipients: list[RecipientTable] = Field(
        [], description="Who receives something; empty: nobody but the employee."
    )
    contact: Reference | None = Field(None, description="The id of the contact to ask.")
    idle_after: int = Field(
        180, ge=1, le=86_400, description="Seconds without input until a person counts as idle."
    )
    audible_cap: Minutes = Field(
        120, description="Minutes that an audible channel in front counts without input."
    )


class FlexibleBreakTable(Table):
    """A break that is taken by a click."""

    within: Annotated[str, Field(pattern=forms.HOURS)] = Field(description="HH:MM-HH:MM.")
    minutes: int = Field(ge=1, le=DAY_MINUTES, description="The day's sum.")


HoursRange = Annotated[str, Field(pattern=forms.HOURS, description="HH:MM-HH:MM, up to 24:00.")]
Break = Annotated[
    Annotated[HoursRange, Tag(ONE_VALUE)] | Annotated[FlexibleBreakTable, Tag(ONE_TABLE)], Either
]


class HoursTable(Table):
    """Working hours: besides breaks and holidays, keys are weekdays or ranges of them."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "additionalProperties": False,
            "patternProperties": {
                forms.WEEKDAY_KEY: {
                    "type": "array",
                    "description": "Working hours of mon, tue … or of a range such as mon-fri.",
                    "items": {"type": "string", "pattern": forms.HOURS},
                }
            },
        },
    )
    __pydantic_extra__: dict[str, list[HoursRange]] = Field(init=False)

    breaks: list[Break] = Field([], description="Fixed or flexible breaks, inside the hours.")
    holidays: list[date] = Field([], description="Dates without hours.")


class ContactTable(Table):
    """Somebody to turn to."""

    id: Id
    role: Texts = Field(description="What they are, such as head of communications.")
    email: Annotated[str, Field(pattern=forms.EMAIL, max_length=254)] | None = Field(
        None, description="An address such as press@example.se."
    )
    phone: Words | None = Field(None, description="A telephone number, written freely.")
    backup: Reference | None = Field(None, description="The contact to try next.")


class GroupTable(Table):
    """People who have purposes or limits of their own."""

    id: Id
    members: list[Annotated[str, Field(pattern=forms.MEMBER)]] = Field(
        description="user:NAME, os-group:NAME, or * for everybody."
    )
    default_purpose: dict[str, Reference] = Field({}, description="A purpose by channel id.")
