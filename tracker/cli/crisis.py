"""``crisis``: the levels of the crisis plan, and the one that is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from tracker.cli.context import Context
from tracker.cli.output import print_json
from tracker.cli.show import as_json, pass_context, with_policy
from tracker.errors import ErrorCode, OutsideError
from tracker.reports.json_form import Json

if TYPE_CHECKING:
    from tracker.crisis import CrisisBook
    from tracker.storage.base import Storage


@click.command()
@click.argument("level", required=False)
@click.option("--link", help="What it is about; it stays on this computer.")
@click.option("--done", type=click.IntRange(min=0), help="Tick a step, by its number.")
@click.option("--close", is_flag=True, help="Close the level that is open.")
@with_policy
@as_json
@pass_context
def crisis(
    context: Context,
    level: str | None,
    *,
    link: str | None,
    done: int | None,
    close: bool,
    json_: bool,
) -> None:
    """Show the crisis plan, or open its LEVEL: limits that it lifts take no step meanwhile."""
    if close and (level is not None or link is not None or done is not None):
        raise click.UsageError("--close goes with nothing else.")
    if link is not None and level is None:
        raise click.UsageError("--link goes with a LEVEL.")
    wish = {"level": level, "link": link, "done": done, "close": close}
    try:
        found = dict(context.ask("crisis", **wish))
    except OutsideError as error:
        if error.code is not ErrorCode.NOT_RUNNING:
            raise
        acts = level is not None or done is not None or close
        found = _by_itself(context, wish, error if acts else None)
    if json_:
        print_json(found)
    else:
        _print(found, context)


def _by_itself(context: Context, wish: Json, not_running: OutsideError | None) -> Json:
    """Do it without the app; where nothing was ever measured nothing is written."""
    if not_running is None:
        return _with_book(context, context.storage(), lambda _book: None)
    if not context.paths.database.exists():
        raise not_running
    from tracker.crisis import do_wish
    from tracker.lock import ProcessLock
    from tracker.storage.sql import SqlStorage

    context.paths.ensure()
    lock = ProcessLock(context.paths.lock)
    try:
        storage = SqlStorage(context.paths.database)
        return _with_book(context, storage, lambda book: do_wish(book, **wish))
    finally:
        lock.release()


def _with_book(context: Context, storage: Storage, act: Callable[[CrisisBook], None]) -> Json:
    from tracker.clock import LedgerClock, SystemTime
    from tracker.crisis import CrisisBook
    from tracker.reports.crisis_json import crisis_json

    try:
        policy = context.keeper.policy
        book = CrisisBook(storage, LedgerClock(SystemTime()).now, lambda: policy)
        act(book)
        if book.trouble is not None:
            raise book.trouble
        return crisis_json(book.open, policy)
    finally:
        storage.close()


def _print(found: Json, context: Context) -> None:
    language = context.language
    _ = language.gettext
    if not found["levels"] and found["open"] is None:
        click.echo(_("The policy has no crisis plan."))
    opened = found["open"]
    for level in found["levels"]:
        mark = "*" if opened is not None and opened["level"] == level["id"] else " "
        click.echo(f"{mark} {level['id']}  {_in_language(level['trigger'], language.code)}")
    if opened is None:
        return
    zone = ZoneInfo(context.keeper.policy.timezone)
    click.echo()
    click.echo(_("Open since {time}").format(time=_instant(opened["opened"], zone, language)))
    if opened["link"]:
        click.echo(_("It is about: {link}").format(link=opened["link"]))
    for step in opened["steps"]:
        text = _in_language(step["text"], language.code) or _("Give the first reply.")
        if step["by"] is not None and not step["done"]:
            time = _instant(step["by"], zone, language)
            text = f"{text} ({_('by {time}').format(time=time)})"
        click.echo(f"  [{'x' if step['done'] else ' '}] {step['number']}  {text}")


def _instant(text: str, zone: ZoneInfo, language: Any) -> str:
    instant = datetime.fromisoformat(text)
    return f"{language.date(instant.astimezone(zone).date())} {language.time(instant, zone)}"


def _in_language(texts: dict[str, str], code: str) -> str:
    return texts.get(code) or next(iter(texts.values()), "")
