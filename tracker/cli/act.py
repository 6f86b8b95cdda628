"""``pause``, ``resume``, ``purpose``, ``extend`` and ``break``: what the person does."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click

from tracker.cli.context import Context
from tracker.cli.show import pass_context, with_policy
from tracker.errors import ErrorCode, OutsideError

_DURATION = re.compile(r"(?:(?P<h>\d{1,3})h)?(?:(?P<m>\d{1,4})m(?:in)?)?")


def parse_duration(text: str) -> timedelta:
    """Return the duration of ``15m``, ``1h`` or ``1h30m``; raises BAD_DURATION."""
    found = _DURATION.fullmatch(text.strip().lower())
    length = (
        timedelta(hours=int(found["h"] or 0), minutes=int(found["m"] or 0))
        if found
        else timedelta()
    )
    if not length:
        raise OutsideError(ErrorCode.BAD_DURATION, text=text)
    return length


def _now() -> datetime:
    from tracker.clock import LedgerClock, SystemTime

    return LedgerClock(SystemTime()).now()


def _pause_end(context: Context, length: str, now: datetime) -> datetime:
    from tracker.days import DayCalendar

    if length == "tomorrow":
        policy = context.keeper.policy
        return DayCalendar(ZoneInfo(policy.timezone), policy.day_start).next_boundary(now)
    return now + parse_duration(length)


@click.command()
@click.argument("length", required=False)
@with_policy
@pass_context
def pause(context: Context, length: str | None) -> None:
    """Stop measuring for a while: 15m, 1h or tomorrow; without a length until resumed."""
    now = _now()
    until = _pause_end(context, length, now) if length is not None else None
    try:
        context.ask("pause", until=until.isoformat() if until else None)
    except OutsideError as error:
        if error.code is not ErrorCode.NOT_RUNNING:
            raise
        _note_pause(context, until.isoformat() if until else FOR_GOOD, error)
    _ = context.language.gettext
    if until is None:
        click.echo(_("Paused."))
    else:
        zone = ZoneInfo(context.keeper.policy.timezone)
        time = context.language.time(until, zone)
        day = until.astimezone(zone).date()
        if day != now.astimezone(zone).date():
            time = f"{context.language.date(day)} {time}"
        click.echo(_("Paused until {time}").format(time=time))


FOR_GOOD = "for good"


def _note_pause(context: Context, value: str, not_running: OutsideError) -> None:
    """Keep the pause for the next start: nothing runs that could be told.

    Where nothing was ever measured there is nothing to pause, and nothing is written.
    """
    if not context.paths.database.exists():
        raise not_running
    from tracker.doings import PAUSE
    from tracker.lock import ProcessLock
    from tracker.storage.base import Batch
    from tracker.storage.sql import SqlStorage

    context.paths.ensure()
    lock = ProcessLock(context.paths.lock)
    try:
        storage = SqlStorage(context.paths.database)
        try:
            storage.write(Batch(notes={PAUSE: value}))
        finally:
            storage.close()
    finally:
        lock.release()


@click.command()
@pass_context
def resume(context: Context) -> None:
    """Measure again."""
    try:
        context.ask("resume")
    except OutsideError as error:
        if error.code is not ErrorCode.NOT_RUNNING:
            raise
        _note_pause(context, "", error)
    click.echo(context.language.gettext("Measuring again."))


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--channel", help="Only this channel; else every one that permits the purpose.")
@click.option("--until", metavar="HH:MM", help="When it ends; else with the day.")
@with_policy
@pass_context
def purpose(context: Context, id_: str, channel: str | None, until: str | None) -> None:
    """Say what the time is for, from now until the day ends."""
    end = _instant(context, until) if until is not None else None
    try:
        context.ask("purpose", id=id_, channel=channel, until=end.isoformat() if end else None)
    except OutsideError as error:
        if error.code is not ErrorCode.BAD_TIME:
            raise
        # As the person wrote it.
        raise OutsideError(error.code, **{**error.fields, "text": until}) from error


def _instant(context: Context, text: str) -> datetime:
    """Return the instant of a time of the present day."""
    from tracker.cli.why import instant_of_text
    from tracker.days import DayCalendar

    policy = context.keeper.policy
    calendar = DayCalendar(ZoneInfo(policy.timezone), policy.day_start)
    return instant_of_text(text, calendar.day_of(_now()), calendar)


@click.command()
@click.argument("limit")
@click.option("--channel", help="The channel, where each has an allowance of its own.")
@click.option("--reason", help="Why; some policies want to know.")
@pass_context
def extend(context: Context, limit: str, channel: str | None, reason: str | None) -> None:
    """Take more time of a limit, as far as the policy gives it."""
    taken = context.ask("extend", limit=limit, channel=channel, reason=reason)
    count = int(taken["minutes"])
    text = context.language.ngettext("{count} more minute.", "{count} more minutes.", count)
    click.echo(text.format(count=count))


@click.command("break")
@click.option("--end", is_flag=True, help="Be back at work.")
@pass_context
def break_(context: Context, end: bool) -> None:
    """Begin a flexible break, or end it."""
    context.ask("break", end=end)
