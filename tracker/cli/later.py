"""Commands that are announced and not there yet: they say so."""

from __future__ import annotations

import click

from tracker.errors import ErrorCode, OutsideError


@click.command()
@click.argument("action", type=click.Choice(["install", "status", "uninstall"]))
def browser(action: str) -> None:
    """Not there yet: the browser extension."""
    raise OutsideError(ErrorCode.NOT_YET, what=f"browser {action}")
