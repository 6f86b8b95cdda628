"""``data``: where it is; exporting and deleting all of it come later."""

from __future__ import annotations

import click

from tracker.cli.context import Context
from tracker.cli.show import pass_context
from tracker.errors import ErrorCode, OutsideError


@click.group()
def data() -> None:
    """Where your data are, all of them as JSON, and how to be rid of them."""


@data.command()
@pass_context
def path(context: Context) -> None:
    """Print the folder that holds your data."""
    click.echo(context.paths.data)


@data.command()
def export() -> None:
    """Not there yet."""
    raise OutsideError(ErrorCode.NOT_YET, what="data export")


@data.command()
def delete() -> None:
    """Not there yet."""
    raise OutsideError(ErrorCode.NOT_YET, what="data delete")
