"""``export``: a week's summary as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context
from tracker.cli.show import pass_context, present_day, with_policy
from tracker.errors import ErrorCode, OutsideError

if TYPE_CHECKING:
    from tracker.reports.week_facts import WeekFacts


def _print_schema(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.resources import files

        schema = files("resources") / "schema" / "week.schema.json"
        click.echo(schema.read_text(encoding="utf-8"), nl=False)
        ctx.exit()


@click.command()
@click.option("--week", required=True, help="The ISO week, such as 2026-W47.")
@click.option(
    "--format", "form", type=click.Choice(["csv", "json", "xlsx", "pdf", "html"]), required=True
)
@click.option("--output", type=click.Path(path_type=Path), required=True)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option("--notes", is_flag=True, help="Let your notes leave too.")
@click.option("--results", is_flag=True, help="Let the results that you counted leave too.")
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON Schema of the form json, and nothing else.",
)
@with_policy
@pass_context
def export(
    context: Context, *, week: str, form: str, output: Path, force: bool, notes: bool, results: bool
) -> None:
    """Write a week's summary: what leaves is what you see in the file."""
    from tracker.days import days_of_week
    from tracker.reports.week_facts import Ticks
    from tracker.reports.writers import write_file
    from tracker.summary.forms import Form, make_summary

    days_of_week(week)
    facts = _facts(context, week)
    ticks = Ticks(notes=notes, results=results)
    content = make_summary(Form(form), facts, context.language, ticks, context.write_pdf)
    write_file(output, content, force=force)
    click.echo(str(output))


def _facts(context: Context, week: str) -> WeekFacts:
    """Return the week's facts; what a running app has measured up to now is among them."""
    from tracker.reports.week_facts import week_facts

    try:
        context.ask("store_now")
    except OutsideError as error:
        if error.code is not ErrorCode.NOT_RUNNING:
            raise
    storage = context.storage()
    try:
        archive = context.archive(storage)
        return week_facts(archive.week(week), archive, storage, present_day(context))
    finally:
        storage.close()
