"""Commands that are announced and not there yet: they say so."""

from __future__ import annotations

import click

from tracker.errors import ErrorCode, OutsideError


@click.command()
@click.argument("action", type=click.Choice(["install", "status", "uninstall"]))
def browser(action: str) -> None:
    """Not there yet: the browser extension."""
    raise OutsideError(ErrorCode.NOT_YET, what=f"browser {action}")


@click.command()
@click.argument("time", required=False, expose_value=False)
@click.option("--json", is_flag=True, expose_value=False)
def why() -> None:
    """Not there yet: why a moment counted as it did."""
    raise OutsideError(ErrorCode.NOT_YET, what="why")
