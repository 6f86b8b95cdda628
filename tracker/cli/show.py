"""``today``, ``week`` and ``spans``: what was measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from tracker.cli.context import Context
from tracker.cli.output import print_json, print_table
from tracker.days import day_of_text
from tracker.errors import ErrorCode, OutsideError
from tracker.reports.json_form import Json

if TYPE_CHECKING:
    from tracker.notices.names import Names

pass_context = click.make_pass_decorator(Context)
as_json = click.option("--json", "json_", is_flag=True, help="Print JSON.")


def _set_policy(ctx: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.ensure_object(Context).policy_file = value


with_policy = click.option(
    "--policy",
    type=click.Path(path_type=Path),
    callback=_set_policy,
    expose_value=False,
    help="The policy file to go by.",
)
"""The option of ``kanaltid`` itself, for those who write it behind the command."""


@click.command()
@with_policy
@as_json
@pass_context
def today(context: Context, json_: bool) -> None:
    """Show today's time in each channel, and where the limits stand."""
    day = _today(context)
    if json_:
        print_json(day)
        return
    names = _names(context)
    click.echo(names.language.date(day_of_text(day["day"])))
    _print_channels(day, names)
    _print_limits(day["limits"], names)
    _print_lifted([day], names)
    _print_gaps(day, names)


def _today(context: Context) -> Json:
    try:
        return dict(context.ask("today"))
    except OutsideError as error:
        if error.code is not ErrorCode.NOT_RUNNING:
            raise
    from tracker.reports.json_form import day_json

    storage = context.storage()
    try:
        return day_json(context.archive(storage).day(present_day(context)))
    finally:
        storage.close()


def present_day(context: Context) -> date:
    """Return the key of the present day, by the policy's zone and start of day."""
    from tracker.clock import LedgerClock, SystemTime
    from tracker.days import DayCalendar

    policy = context.keeper.policy
    calendar = DayCalendar(ZoneInfo(policy.timezone), policy.day_start)
    return calendar.day_of(LedgerClock(SystemTime()).now())


@click.command()
@click.argument("week", required=False)
@with_policy
@as_json
@pass_context
def week(context: Context, week: str | None, json_: bool) -> None:
    """Show an ISO week, such as 2026-W47; the present one by default."""
    from tracker.days import days_of_week

    if week is not None:
        days_of_week(week)  # a wrong key is said before anything else
    found = week_of_store(context, week)
    if json_:
        print_json(found)
        return
    names = _names(context)
    click.echo(names.language.week(day_of_text(found["from"])))
    for day in found["days"]:
        if day["channels"]:
            click.echo()
            click.echo(names.language.date(day_of_text(day["day"])))
            _print_channels(day, names)
    if not any(day["channels"] for day in found["days"]):
        click.echo(names.language.gettext("No time in the policy's channels this week."))
    _print_limits(found["limits"], names)
    _print_lifted(found["days"], names)


def week_of_store(context: Context, week: str | None) -> Json:
    """Return the week's JSON from the running app, or from the store."""
    try:
        return dict(context.ask("week", week=week))
    except OutsideError as error:
        if error.code is not ErrorCode.NOT_RUNNING:
            raise
    from tracker.days import week_of
    from tracker.limits.types import Period
    from tracker.reports.json_form import week_json

    storage = context.storage()
    try:
        present = present_day(context)
        key = week or week_of(present)
        days = context.archive(storage).week(key)
        judged = [each for each in days if each.day <= present] or [days[0]]
        limits = [each for each in judged[-1].limits if each.period is Period.WEEK]
        return week_json(key, days, limits)
    finally:
        storage.close()


@click.command()
@click.option("--from", "first", required=True, help="The first day, as 2026-11-23.")
@click.option("--to", "last", required=True, help="The last day.")
@with_policy
@as_json
@pass_context
def spans(context: Context, first: str, last: str, json_: bool) -> None:
    """Show every stored row of some days."""
    rows = _spans(context, day_of_text(first), day_of_text(last))
    if json_:
        print_json(rows)
        return
    if not rows:
        click.echo(context.language.gettext("No time in the policy's channels."))
    for row in rows:
        flags = "" if row["certain"] else " ?"
        flags += " *" if row["corrected"] else ""
        start, end = row["start"][:19].replace("T", " "), row["end"][11:19]
        click.echo(f"{start}–{end}  {row['channel']}  {row['purpose']}  {row['source']}{flags}")


def _spans(context: Context, first: date, last: date) -> list[Json]:
    try:
        return list(context.ask("spans", **{"from": first.isoformat(), "to": last.isoformat()}))
    except OutsideError as error:
        if error.code is not ErrorCode.NOT_RUNNING:
            raise
    from tracker.reports.json_form import span_json

    storage = context.storage()
    try:
        zone = ZoneInfo(context.keeper.policy.timezone)
        return [span_json(span, zone) for span in storage.spans(first, last)]
    finally:
        storage.close()


def _names(context: Context) -> Names:
    from tracker.notices.names import Names

    return Names(context.keeper.policy, context.language)


def _limit_name(row: Json, names: Names) -> str:
    name = names.limit_title(row["id"])
    return f"{name}, {names.channel(row['channel'])}" if row["channel"] else name


def _duration(seconds: float, names: Names) -> str:
    return names.language.duration(round(seconds * 1000))


def _print_channels(day: Json, names: Names) -> None:
    _ = names.language.gettext
    if not day["channels"]:
        click.echo(_("No time in the policy's channels."))
        return
    rows = []
    for channel in day["channels"]:
        parts = ", ".join(
            f"{names.purpose(id_)} {_duration(spent, names)}"
            for id_, spent in channel["purposes"].items()
        )
        rows.append((names.channel(channel["id"]), _duration(channel["total_s"], names), parts))
    print_table(rows)


def _print_limits(limits: list[dict[str, Any]], names: Names) -> None:
    _ = names.language.gettext
    shown = [row for row in limits if row["allowed_s"] is not None]
    if not shown:
        return
    click.echo()
    rows = []
    for row in shown:
        left = row["left_s"]
        text = _("{duration} left") if left > 0 else _("{duration} over")
        allowed = row["allowed_s"] + row["extended_s"]
        rows.append(
            (
                _limit_name(row, names),
                _("{used} of {allowed}").format(
                    used=_duration(row["used_s"], names), allowed=_duration(allowed, names)
                ),
                text.format(duration=_duration(abs(left), names)),
            )
        )
    print_table(rows)


def _print_lifted(days: list[Json], names: Names) -> None:
    """Say which limits a crisis lifted, and on which of the days."""
    language = names.language
    lifted = dict.fromkeys(limit for day in days for limit in day["lifted"])
    for limit in lifted:
        on = [language.date(day_of_text(day["day"])) for day in days if limit in day["lifted"]]
        text = language.gettext(
            "The crisis plan lifted “{limit}” ({days}): it took no step, and counted on."
        )
        click.echo(text.format(limit=names.limit_title(limit), days=", ".join(on)))


def _print_gaps(day: Json, names: Names) -> None:
    _ = names.language.gettext
    if day["not_measured_s"]:
        click.echo(
            _("Not measured: {duration}").format(duration=_duration(day["not_measured_s"], names))
        )
    if day["paused_s"]:
        click.echo(_("Paused: {duration}").format(duration=_duration(day["paused_s"], names)))
