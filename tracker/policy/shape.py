"""The shape of a policy file, as pydantic models: which keys there are, of what type.

Imported only where a policy is loaded or its schema is asked for. What one key means
for another is checked in ``tracker.policy.check``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

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


class PolicyTable(Table):
    """What the policy is, and the day it counts by."""

    id: Id
    version: Words = Field(description="A text, so that 2.10 is not 2.1.")
    effective_from: date | None = None
    review_by: date | None = Field(None, description="After this date `policy check` warns.")
    approved_by: Words | None = None
    languages: list[Annotated[str, Field(pattern=forms.LANGUAGE)]] = Field(
        min_length=1, description="Language codes such as sv and en; the first is the default."
    )
    timezone: Words = Field(description="An IANA zone such as Europe/Stockholm.")
    day_start: Annotated[str, Field(pattern=forms.TIME)] = Field(
        "00:00", description="When a day begins, HH:MM in the policy's zone."
    )
    title: Texts
    scope: Texts | None = Field(None, description="Whom the policy applies to.")
    default_purpose: Reference | None = Field(
        None, description="The purpose where nothing else is chosen; private where not given."
    )
    enforce_titles: bool = Field(
        False, description="Let overlay and minimise act on a channel told by its title alone."
    )


class ConsultedTable(Table):
    """Who was consulted on the measuring."""

    body: Words
    law: Words | None = None
    on: date | None = Field(None, alias="date")


class KeepDaysTable(Table):
    """How many days rows are kept."""

    spans: int = Field(
        default=30, ge=1, le=3660, description="Days that every single visit is kept."
    )
    totals: int = Field(default=400, ge=1, le=3660, description="Days that a day's sums are kept.")


class RecipientTable(Table):
    """Somebody who receives something by the policy's own word."""

    role: Words
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
    consulted: ConsultedTable | None = None
    keep_days: KeepDaysTable = KeepDaysTable()
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
    role: Texts
    email: Annotated[str, Field(pattern=forms.EMAIL, max_length=254)] | None = None
    phone: Words | None = None
    backup: Reference | None = Field(None, description="The contact to try next.")


class GroupTable(Table):
    """People who have purposes or limits of their own."""

    id: Id
    members: list[Annotated[str, Field(pattern=forms.MEMBER)]] = Field(
        description="user:NAME, os-group:NAME, or * for everybody."
    )
    default_purpose: dict[str, Reference] = Field({}, description="A purpose by channel id.")


class MatchTable(Table):
    """One rule: exactly one of host (with or without path), app or title."""

    host: Annotated[str, Field(pattern=forms.HOST, max_length=253)] | None = Field(
        None, description="A host and all below it: x.com is mobile.x.com and not netflix.com."
    )
    path: Annotated[str, Field(pattern=forms.PATH, max_length=500)] | None = Field(
        None, description="The beginning of the path, whole segments; only with a host."
    )
    app: Words | None = Field(None, description="A whole X11 class, app id, exe or bundle.")
    title: Annotated[str, Field(pattern=NOT_BLANK, max_length=500)] | None = Field(
        None, description="An RE2 pattern, searched in a browser window's title; never certain."
    )


class ChannelTable(Table):
    """A channel: an id of the catalogue alone, one that is changed, or one's own."""

    id: Id
    name: Texts | None = None
    kind: Literal["social", "video", "messaging", "blog", "forum"] | None = None
    match: list[MatchTable] | None = Field(
        None, description="In place of the catalogue's rules, where the catalogue has some."
    )
    exclude: list[MatchTable] = Field([], description="Wins over match.")
    default_purpose: Reference | None = None


class PurposeTable(Table):
    """A work purpose: what time may be for. `private` is always there."""

    id: Id
    name: Texts
    channels: list[Reference] = ["*"]
    groups: list[Reference] = Field(["*"], description="Who may choose it.")
    note: Literal["none", "optional"] = Field("none", description="Whether a note may be added.")
    approver: Reference | None = Field(None, description="The id of a contact.")
    until: date | None = Field(None, description="The last day on which it may be chosen.")
    reset_after: int | None = Field(
        None, ge=1, le=DAY_MINUTES, description="Minutes without use that end the choice."
    )
    result: Words | None = Field(
        None, description="A word such as leads: people may count their own results."
    )


class DayTable(Table):
    """Minutes by weekday; `default` holds for those that are not named."""

    default: Minutes | None = None
    mon: Minutes | None = None
    tue: Minutes | None = None
    wed: Minutes | None = None
    thu: Minutes | None = None
    fri: Minutes | None = None
    sat: Minutes | None = None
    sun: Minutes | None = None


Day = Annotated[Annotated[Minutes, Tag(ONE_VALUE)] | Annotated[DayTable, Tag(ONE_TABLE)], Either]


class LimitTable(Table):
    """How much time a day or week is allowed for some purposes on some channels."""

    id: Id
    name: Texts | None = None
    groups: list[Reference] = ["*"]
    purposes: list[Reference] = ["*"]
    channels: list[Reference] = ["*"]
    shared: bool = Field(False, description="Whether the channels draw on one allowance.")
    day: Day | None = Field(None, description="Minutes a day; 0 means not allowed.")
    week: int | None = Field(None, ge=0, le=WEEK_MINUTES, description="Minutes an ISO week.")
    unlimited: bool = Field(False, description="Show the time, without a bound.")
    window: Literal["work", "breaks", "any"] = "any"
    replaces: list[Reference] = Field(
        [], description="Limits set aside for the time that this one takes."
    )
    ladder: Reference = "default"


class StepTable(Table):
    """A step of a ladder."""

    at: Annotated[str, Field(pattern=forms.MARK)] = Field(
        description="80% of the allowance, -5m before it ends, +5m after, or 0."
    )
    do: Literal["notify", "ask", "overlay", "minimise"]


class ExtendTable(Table):
    """More time that a person may take."""

    minutes: int = Field(ge=1, le=DAY_MINUTES)
    per_day: int | None = Field(None, ge=0, le=1000)
    per_week: int | None = Field(None, ge=0, le=1000)
    reason: Literal["none", "optional"] = "none"


class LadderTable(Table):
    """What happens as a limit fills."""

    steps: list[StepTable]
    extend: ExtendTable | None = None


class ExampleTable(Table):
    """What to do and what not."""

    do: Texts | None = None
    dont: Texts | None = None


Example = Annotated[
    Annotated[ExampleTable, Tag(ONE_TABLE)] | Annotated[Texts, Tag(ONE_VALUE)],
    Discriminator(lambda value: ONE_TABLE if _has_example_keys(value) else ONE_VALUE),
]


def _has_example_keys(value: object) -> bool:
    return isinstance(value, ExampleTable) or (
        isinstance(value, dict) and bool({"do", "dont"} & value.keys())
    )


class GuidelineTable(Table):
    """How to behave."""

    id: Id
    text: Texts
    applies: Literal["work", "always"] = "always"
    law: Words | None = None
    example: Example | None = Field(None, description="By language, or with do and dont.")
    link: Annotated[str, Field(pattern=forms.LINK, max_length=2000)] | None = None


class CrisisLevelTable(Table):
    """A level of the crisis plan."""

    id: Id
    trigger: Texts = Field(description="What makes it this level.")
    first_reply: int | None = Field(None, ge=0, le=100_000, description="In minutes.")
    owner: Reference | None = Field(None, description="The id of a contact.")
    lifts: list[Reference] = Field([], description="Limits that take no step meanwhile.")
    reply: Texts | None = Field(None, description="A holding reply.")


class CrisisStepTable(Table):
    """A step of the crisis plan."""

    level: Reference
    text: Texts
    who: Reference | None = Field(None, description="The id of a contact.")
    within: int | None = Field(None, ge=0, le=1_000_000, description="In minutes.")


class CrisisTable(Table):
    """The crisis plan."""

    level: list[CrisisLevelTable] = []
    step: list[CrisisStepTable] = []


class PolicyFile(Table):
    """A company's social media policy for Kanaltid, schema 1."""

    schema_: Literal[1] = Field(alias="schema")
    policy: PolicyTable
    monitoring: MonitoringTable
    hours: HoursTable | None = None
    contact: list[ContactTable] = []
    group: list[GroupTable] = []
    channel: list[ChannelTable] = []
    purpose: list[PurposeTable] = []
    limit: list[LimitTable] = []
    ladder: dict[str, LadderTable] = {}
    guideline: list[GuidelineTable] = []
    crisis: CrisisTable = CrisisTable()
