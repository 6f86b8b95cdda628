"""``why``: why a moment counted as it did."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import click

from tracker.cli.context import Context
from tracker.cli.output import print_json
from tracker.cli.show import as_json, pass_context, with_policy
from tracker.days import DayCalendar, instant_of
from tracker.errors import ErrorCode, OutsideError
from tracker.reports.json_form import Json

_CLOCK_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d{1,3})?)?", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([+-]\d{2}:?\d{2}|Z)?", re.ASCII
)


def instant_of_text(text: str, today: date, calendar: DayCalendar) -> datetime:
    """Return the instant of ``14:05``, ``14:05:30``, ``2026-11-23T14:05`` or with an offset.

    Args:
        text: A time alone is of the day ``today``, which may begin later than midnight.
        today: The key of the present day.
        calendar: Whose zone a time without an offset is in.

    Raises:
        OutsideError: ``BAD_TIME``.
    """
    text = text.strip()
    try:
        if _CLOCK_TIME.fullmatch(text):
            clock = time.fromisoformat(f"0{text}" if text[1] == ":" else text)
            late = timedelta(days=1 if clock < calendar.day_start else 0)
            return instant_of(calendar.zone, datetime.combine(today + late, clock))
        if not _INSTANT.fullmatch(text):
            raise ValueError(text)
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            return instant_of(calendar.zone, moment)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise OutsideError(ErrorCode.BAD_TIME, text=text) from error


@click.command()
@click.argument("time", required=False)
@with_policy
@as_json
@pass_context
def why(context: Context, time: str | None, json_: bool) -> None:
    """Say why a moment counted as it did: 14:05, 14:05:30, 2026-11-23T14:05; by default now."""
    found = _why(context, time)
    if json_:
        print_json(found)
        return
    from tracker.reports.why_words import WhyWords

    for line in WhyWords(found, context.language).lines():
        click.echo(line)


def _why(context: Context, text: str | None) -> Json:
    from tracker.clock import LedgerClock, SystemTime

    now = LedgerClock(SystemTime()).now()
    at = _at(context, text, now) if text is not None else None
    try:
        return dict(context.ask("why", at=at.isoformat() if at is not None else None))
    except OutsideError as error:
        if error.code is not ErrorCode.NOT_RUNNING:
            raise
    return _of_store(context, at, now)


def _calendar(context: Context) -> DayCalendar:
    policy = context.keeper.policy
    return DayCalendar(ZoneInfo(policy.timezone), policy.day_start)


def _at(context: Context, text: str, now: datetime) -> datetime:
    from tracker.reports.why_evidence import past_moment

    calendar = _calendar(context)
    try:
        return past_moment(instant_of_text(text, calendar.day_of(now), calendar), now)
    except OutsideError as error:
        # As the person wrote it.
        raise OutsideError(error.code, **{**error.fields, "text": text}) from error


def _of_store(context: Context, at: datetime | None, now: datetime) -> Json:
    from tracker.reports.why import explain_moment
    from tracker.reports.why_evidence import gather, past_moment
    from tracker.reports.why_json import why_json

    calendar = _calendar(context)
    moment = past_moment(at, now)
    day = calendar.day_of(moment)
    storage = context.storage()
    try:
        rows = storage.spans(day, day), storage.gaps(day, day)
        rules = context.archive(storage).rules(day)
        evidence = gather(storage, day, rules, rows, None)
    finally:
        storage.close()
    return why_json(explain_moment(moment, evidence), calendar.zone)
