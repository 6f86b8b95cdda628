"""From checked models to the frozen values that the rest of the program sees."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import time
from typing import TYPE_CHECKING

from tracker.model import PRIVATE
from tracker.policy.build_channels import channel_of
from tracker.policy.build_hours import hours_of
from tracker.policy.catalogue import Catalogue
from tracker.policy.forms import WEEKDAYS, mark_of, text_of, time_of
from tracker.policy.types import (
    Consulted,
    Contact,
    CrisisLevel,
    CrisisStep,
    DayAllowance,
    Extend,
    Group,
    Guideline,
    KeepDays,
    Ladder,
    Limit,
    LimitWindow,
    Monitoring,
    Policy,
    Purpose,
    Recipient,
    Step,
    StepKind,
    Text,
)

if TYPE_CHECKING:
    from tracker.policy import shape, shape_frame

DEFAULT_LADDER = "default"


def build_policy(file: shape.PolicyFile, text: str, catalogue: Catalogue) -> Policy:
    """Return the policy of a file that has passed every check."""
    table = file.policy
    languages = tuple(table.languages)
    levels, steps = (file.crisis.level, file.crisis.step) if file.crisis else ([], [])
    return Policy(
        id=table.id,
        version=table.version,
        languages=languages,
        timezone=table.timezone,
        title=text_of(table.title, languages),
        hash=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        monitoring=_monitoring(file.monitoring, languages),
        effective_from=table.effective_from,
        review_by=table.review_by,
        approved_by=table.approved_by,
        day_start=time_of(table.day_start) or time(),
        scope=_text_or_none(table.scope, languages),
        default_purpose=table.default_purpose or PRIVATE,
        enforce_titles=table.enforce_titles,
        hours=hours_of(file.hours) if file.hours else None,
        contacts=tuple(_contact(item, languages) for item in file.contact),
        groups=tuple(_group(item) for item in file.group),
        channels=tuple(channel_of(item, languages, catalogue) for item in file.channel),
        purposes=tuple(_purpose(item, languages) for item in file.purpose),
        limits=tuple(_limit(item, languages) for item in file.limit),
        ladders=_ladders(file.ladder),
        guidelines=tuple(_guideline(item, languages) for item in file.guideline),
        crisis_levels=tuple(_level(item, languages) for item in levels),
        crisis_steps=tuple(_crisis_step(item, languages) for item in steps),
    )


def _text_or_none(by_language: Mapping[str, str] | None, languages: Iterable[str]) -> Text | None:
    return text_of(by_language, languages) if by_language else None


def _monitoring(table: shape_frame.MonitoringTable, languages: tuple[str, ...]) -> Monitoring:
    consulted, keep = table.consulted, table.keep_days
    return Monitoring(
        purpose=text_of(table.purpose, languages),
        legal_basis=table.legal_basis or "",
        law=table.law,
        dpia=table.dpia,
        consulted=Consulted(consulted.body, consulted.law, consulted.on) if consulted else None,
        keep_days=KeepDays(keep.spans, keep.totals) if keep else KeepDays(),
        recipients=tuple(Recipient(item.role, item.sees) for item in table.recipients),
        contact=table.contact,
        idle_after=table.idle_after,
        audible_cap=table.audible_cap,
    )


def _contact(table: shape_frame.ContactTable, languages: tuple[str, ...]) -> Contact:
    role = text_of(table.role, languages)
    return Contact(table.id, role, table.email, table.phone, table.backup)


def _group(table: shape_frame.GroupTable) -> Group:
    return Group(table.id, tuple(table.members), tuple(table.default_purpose.items()))


def _purpose(table: shape.PurposeTable, languages: tuple[str, ...]) -> Purpose:
    return Purpose(
        id=table.id,
        name=text_of(table.name, languages),
        channels=tuple(table.channels),
        groups=tuple(table.groups),
        note=table.note,
        approver=table.approver,
        until=table.until,
        reset_after=table.reset_after,
        result=table.result,
    )


def _limit(table: shape.LimitTable, languages: tuple[str, ...]) -> Limit:
    return Limit(
        id=table.id,
        name=text_of(table.name or {}, languages),
        groups=tuple(table.groups),
        purposes=tuple(table.purposes),
        channels=tuple(table.channels),
        shared=table.shared,
        day=_day_allowance(table.day),
        week=table.week,
        unlimited=table.unlimited,
        window=LimitWindow(table.window),
        replaces=tuple(table.replaces),
        ladder=table.ladder,
    )


def _day_allowance(day: int | shape.DayTable | None) -> DayAllowance | None:
    if day is None:
        return None
    if isinstance(day, int):
        return DayAllowance((day,) * len(WEEKDAYS))
    named = [getattr(day, weekday) for weekday in WEEKDAYS]
    return DayAllowance(tuple(day.default if own is None else own for own in named))


def _ladders(tables: Mapping[str, shape.LadderTable]) -> tuple[Ladder, ...]:
    """Return the ladders; limits that name none find one without steps, if there is no other."""
    ladders = [_ladder(name, table) for name, table in tables.items()]
    if DEFAULT_LADDER not in tables:
        ladders.append(Ladder(DEFAULT_LADDER, ()))
    return tuple(ladders)


def _ladder(name: str, table: shape.LadderTable) -> Ladder:
    marks = [(mark_of(step.at), StepKind(step.do)) for step in table.steps]
    steps = tuple(Step(mark, do) for mark, do in marks if mark is not None)
    extend = table.extend
    if extend is None:
        return Ladder(name, steps)
    more = Extend(extend.minutes, extend.per_day, extend.per_week, extend.reason)
    return Ladder(name, steps, more)


def _guideline(table: shape.GuidelineTable, languages: tuple[str, ...]) -> Guideline:
    example = table.example
    do, dont = (
        (example, None)
        if example is None or isinstance(example, dict)
        else (example.do, example.dont)
    )
    return Guideline(
        id=table.id,
        text=text_of(table.text, languages),
        applies=table.applies,
        law=table.law,
        example_do=_text_or_none(do, languages),
        example_dont=_text_or_none(dont, languages),
        link=table.link,
    )


def _level(table: shape.CrisisLevelTable, languages: tuple[str, ...]) -> CrisisLevel:
    return CrisisLevel(
        id=table.id,
        trigger=text_of(table.trigger, languages),
        first_reply=table.first_reply,
        owner=table.owner,
        lifts=tuple(table.lifts),
        reply=_text_or_none(table.reply, languages),
    )


def _crisis_step(table: shape.CrisisStepTable, languages: tuple[str, ...]) -> CrisisStep:
    return CrisisStep(table.level, text_of(table.text, languages), table.who, table.within)
