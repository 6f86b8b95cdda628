"""``data``: where it is, all of it as JSON, and how to be rid of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context
from tracker.cli.show import pass_context
from tracker.days import day_of_text
from tracker.errors import ErrorCode, OutsideError

if TYPE_CHECKING:
    from tracker.exporting import ExportPlan
    from tracker.storage.base import Storage


@click.group()
def data() -> None:
    """Where your data are, all of them as JSON, and how to be rid of them."""


@data.command()
@pass_context
def path(context: Context) -> None:
    """Print the folder that holds your data."""
    click.echo(context.paths.data)


@data.command()
@click.option("--output", type=click.Path(path_type=Path), help="The file; else it is printed.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@pass_context
def export(context: Context, output: Path | None, force: bool) -> None:
    """Write all that is stored about you as JSON; docs/data-export.md says how to read it."""
    from tracker.clock import LedgerClock, SystemTime
    from tracker.exporting import ExportPlan, write_export
    from tracker.settings import stored_settings

    if not _anything_stored(context):
        return
    _ask(context, "store_now")
    settings = stored_settings(context.paths.settings)
    now = LedgerClock(SystemTime()).now()
    if output is None:
        _print_export(context, ExportPlan(Path("-"), settings, now))
        return
    plan = ExportPlan(output, settings, now, force)
    write_export(lambda: _snapshot(context), plan, lambda _rows, _of_rows: None)
    click.echo(str(output))


def _snapshot(context: Context) -> Storage:
    storage = context.storage()
    try:
        return storage.reader()
    finally:
        storage.close()


def _print_export(context: Context, plan: ExportPlan) -> None:
    from tracker.reports.own_data import own_data

    storage = _snapshot(context)
    try:
        for piece in own_data(storage, plan.settings, plan.at):
            click.echo(piece.data, nl=False)
    finally:
        storage.close()


@data.command()
@click.option("--from", "first_text", metavar="DATE", help="The first day; else all before it too.")
@click.option("--to", "last_text", metavar="DATE", help="The last day; else all after it too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_context
def delete(context: Context, first_text: str | None, last_text: str | None, yes: bool) -> None:
    """Delete everything, or all of some days, for good."""
    first = day_of_text(first_text) if first_text is not None else date.min
    last = day_of_text(last_text) if last_text is not None else date.max
    if first > last:
        raise click.UsageError(context.language.gettext("The last day is before the first."))
    everything = first_text is None and last_text is None
    if not _anything_stored(context) or not _agreed(context, first, last, everything, yes):
        return
    _delete(context, first, last, everything=everything)
    click.echo(context.language.gettext("Deleted."))


def _anything_stored(context: Context) -> bool:
    if context.paths.database.exists():
        return True
    click.echo(context.language.gettext("Nothing is stored."), err=True)
    return False


def _agreed(context: Context, first: date, last: date, everything: bool, yes: bool) -> bool:
    """Say what goes, and ask whether it is to."""
    from tracker.reports.stored_words import what_goes

    _ = context.language.gettext
    _ask(context, "store_now")
    storage = context.storage()
    try:
        lines = what_goes(storage.counted(first, last), context.language, everything=everything)
    finally:
        storage.close()
    if not lines:
        click.echo(_("Nothing is stored of these days."))
        return False
    if yes:
        return True
    if not sys.stdin.isatty():
        raise click.UsageError(_("Nobody can be asked here: say --yes."))
    click.echo("\n".join(lines))
    if click.confirm(_("Delete this for good?")):
        return True
    click.echo(_("Nothing was deleted."))
    return False


def _delete(context: Context, first: date, last: date, *, everything: bool) -> None:
    """Delete through the running app, else from the store itself."""
    try:
        if everything:
            while context.ask("erase")["more"]:
                pass
        else:
            to: str | None = last.isoformat()
            while to is not None:
                to = context.ask("delete", **{"from": first.isoformat(), "to": to})["left"]
    except OutsideError as error:
        if error.code is not ErrorCode.NOT_RUNNING:
            raise
        with _own_store(context) as storage:
            _delete_from(storage, first, last, everything=everything)
        if everything:
            from tracker.logs import erase_log

            erase_log(context.paths.log)


def _delete_from(storage: Storage, first: date, last: date, *, everything: bool) -> None:
    if everything:
        while storage.erase():
            pass
        return
    to: date | None = last
    while to is not None:
        to = storage.delete(first, to)


@contextmanager
def _own_store(context: Context) -> Iterator[Storage]:
    """Open the store to write to it, with the lock of the measuring process held."""
    from tracker.lock import ProcessLock
    from tracker.storage.sql import SqlStorage

    context.paths.ensure()
    lock = ProcessLock(context.paths.lock)
    try:
        storage = SqlStorage(context.paths.database, busy_ms=2000)
        try:
            yield storage
        finally:
            storage.close()
    finally:
        lock.release()


def _ask(context: Context, do: str) -> None:
    """Ask the running app, if there is one."""
    try:
        context.ask(do)
    except OutsideError as error:
        if error.code is not ErrorCode.NOT_RUNNING:
            raise
