"""The shape of a policy file, as pydantic models: which keys there are, of what type.

Imported only where a policy is loaded or its schema is asked for. What one key means
for another is checked in ``tracker.policy.check``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from tracker.policy import forms
from tracker.policy.shape_frame import (
    ContactTable,
    GroupTable,
    HoursTable,
    MonitoringTable,
    PolicyTable,
)
from tracker.policy.shape_values import (
    DAY_MINUTES,
    NOT_BLANK,
    ONE_TABLE,
    ONE_VALUE,
    WEEK_MINUTES,
    Either,
    Id,
    Minutes,
    Reference,
    Table,
    Texts,
    Words,
)


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
    name: Texts | None = Field(None, description="In place of the catalogue's name.")
    kind: Literal["social", "video", "messaging", "blog", "forum"] | None = Field(
        None, description="What sort of channel it is; needed for one's own."
    )
    match: Annotated[list[MatchTable], Field(max_length=500)] | None = Field(
        None, description="In place of the catalogue's rules, where the catalogue has some."
    )
    exclude: list[MatchTable] = Field([], description="Wins over match; added to the catalogue's.")
    default_purpose: Reference | None = Field(
        None, description="What time here is for where nothing is chosen."
    )


class PurposeTable(Table):
    """A work purpose: what time may be for. `private` is always there."""

    id: Id
    name: Texts = Field(description="What people choose it by.")
    channels: list[Reference] = Field(["*"], description="Where it may be chosen.")
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

    default: Minutes | None = Field(None, description="For the weekdays that are not named.")
    mon: Minutes | None = Field(None, description="On Mondays.")
    tue: Minutes | None = Field(None, description="On Tuesdays.")
    wed: Minutes | None = Field(None, description="On Wednesdays.")
    thu: Minutes | None = Field(None, description="On Thursdays.")
    fri: Minutes | None = Field(None, description="On Fridays.")
    sat: Minutes | None = Field(None, description="On Saturdays.")
    sun: Minutes | None = Field(None, description="On Sundays.")


Day = Annotated[Annotated[Minutes, Tag(ONE_VALUE)] | Annotated[DayTable, Tag(ONE_TABLE)], Either]


class LimitTable(Table):
    """How much time a day or week is allowed for some purposes on some channels."""

    id: Id
    name: Texts | None = Field(None, description="What people see; the id where not given.")
    groups: list[Reference] = Field(["*"], description="Whom it concerns.")
    purposes: list[Reference] = Field(["*"], description="What the time is for; or private.")
    channels: list[Reference] = Field(["*"], description="Where the time is spent.")
    shared: bool = Field(False, description="Whether the channels draw on one allowance.")
    day: Day | None = Field(None, description="Minutes a day; 0 means not allowed.")
    week: int | None = Field(None, ge=0, le=WEEK_MINUTES, description="Minutes an ISO week.")
    unlimited: bool = Field(False, description="Show the time, without a bound.")
    window: Literal["work", "breaks", "any"] = Field(
        "any", description="The part of the working day that it speaks of."
    )
    replaces: list[Reference] = Field(
        [], description="Limits set aside for the time that this one takes."
    )
    ladder: Reference = Field("default", description="What happens as it fills.")


class StepTable(Table):
    """A step of a ladder."""

    at: Annotated[str, Field(pattern=forms.MARK)] = Field(
        description="80% of the allowance, -5m before it ends, +5m after, or 0."
    )
    do: Literal["notify", "ask", "overlay", "minimise"] = Field(
        description="Tell, ask what the time is for, cover the window, or put it away."
    )


class ExtendTable(Table):
    """More time that a person may take."""

    minutes: int = Field(ge=1, le=DAY_MINUTES, description="How much more each time.")
    per_day: int | None = Field(None, ge=0, le=1000, description="How often a day.")
    per_week: int | None = Field(None, ge=0, le=1000, description="How often an ISO week.")
    reason: Literal["none", "optional", "required"] = Field(
        "none", description="Whether a reason may, or must, be given."
    )


class LadderTable(Table):
    """What happens as a limit fills."""

    steps: list[StepTable] = Field(description="In the order in which they come.")
    extend: ExtendTable | None = Field(None, description="More time; none where not given.")


class ExampleTable(Table):
    """What to do and what not."""

    do: Texts | None = Field(None, description="How to do it.")
    dont: Texts | None = Field(None, description="How not to do it.")


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
    text: Texts = Field(description="The guideline itself.")
    applies: Literal["work", "always"] = Field("always", description="When it holds.")
    law: Words | None = Field(None, description="The law behind it.")
    example: Example | None = Field(None, description="By language, or with do and dont.")
    link: Annotated[str, Field(pattern=forms.LINK, max_length=2000)] | None = Field(
        None, description="Where to read more."
    )


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

    level: Reference = Field(description="The id of a crisis level.")
    text: Texts = Field(description="What to do.")
    who: Reference | None = Field(None, description="The id of a contact.")
    within: int | None = Field(None, ge=0, le=1_000_000, description="In minutes.")


class CrisisTable(Table):
    """The crisis plan."""

    level: list[CrisisLevelTable] = Field([], description="From harmless to grave.")
    step: list[CrisisStepTable] = Field([], description="What to do, in order.")


class PolicyFile(Table):
    """A company's social media policy for Kanaltid, schema 1."""

    schema_: Literal[1] = Field(alias="schema", description="The form of this file.")
    policy: PolicyTable = Field(description="What the policy is called and where it holds.")
    monitoring: MonitoringTable = Field(description="What is measured, why and for how long.")
    hours: HoursTable | None = Field(
        None, description="Working hours; without them all time is work."
    )
    contact: list[ContactTable] = Field([], description="People to turn to.")
    group: list[GroupTable] = Field([], description="People with purposes or limits of their own.")
    channel: list[ChannelTable] = Field([], description="The social media that the policy names.")
    purpose: list[PurposeTable] = Field([], description="What time may be for, beside private.")
    limit: list[LimitTable] = Field([], description="How much time is allowed.")
    ladder: dict[str, LadderTable] = Field({}, description="What happens as limits fill, by id.")
    guideline: list[GuidelineTable] = Field([], description="How to behave.")
    crisis: CrisisTable | None = Field(None, description="What to do when it gets serious.")
