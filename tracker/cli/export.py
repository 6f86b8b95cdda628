"""``export``: a week's summary as a file."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.context import Context
from tracker.cli.show import pass_context, week_of_store, with_policy
from tracker.errors import ErrorCode, OutsideError


@click.command()
@click.option("--week", required=True, help="The ISO week, such as 2026-W47.")
@click.option(
    "--format", "form", type=click.Choice(["csv", "json", "xlsx", "pdf", "html"]), required=True
)
@click.option("--output", type=click.Path(path_type=Path), required=True)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@with_policy
@pass_context
def export(context: Context, week: str, form: str, output: Path, force: bool) -> None:
    """Write a week's summary: what leaves is what you see in the file."""
    from tracker.days import days_of_week
    from tracker.reports.writers import WRITERS, write_file

    days_of_week(week)
    if form not in WRITERS:
        raise OutsideError(ErrorCode.NOT_YET, what=f"export --format {form}")
    summary = week_of_store(context, week)
    write_file(output, WRITERS[form](summary), force=force)
    click.echo(str(output))
