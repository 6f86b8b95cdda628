"""``doctor``: what can be seen on this desktop, what can't, and the remedy."""

from __future__ import annotations

import click

from tracker.cli.context import Context
from tracker.cli.doctor_quiet import ask_quiet
from tracker.cli.output import print_json
from tracker.cli.show import as_json, pass_context
from tracker.errors import ErrorCode, OutsideError
from tracker.reports.json_form import Json


@click.command()
@as_json
@pass_context
def doctor(context: Context, json_: bool) -> None:
    """Say what Kanaltid can see on this desktop, what it can't, and what helps."""
    try:
        found = dict(context.ask("status"))
        if not found["accepted"]:
            # It looks at nothing before the first page is accepted: look in its place.
            found |= _try_out(context) | {"running": True}
    except OutsideError as error:
        if error.code is not ErrorCode.NOT_RUNNING:
            raise
        found = _try_out(context)
    found |= ask_quiet(context)
    settings = [
        {"code": str(each.code), "fields": each.fields} for each in context.settings.troubles
    ]
    found["trouble"] = [*found.get("trouble", ()), *settings]
    if json_:
        print_json(found)
        return
    _print(found, context)


def _try_out(context: Context) -> Json:
    """Start the watchers for a moment, to see what they can tell."""
    from tracker.clock import LedgerClock, SystemTime
    from tracker.selector_loop import SelectorLoop
    from tracker.watchers.base import Refusal, Sense, WatchHost
    from tracker.wiring import find_watchers

    watchers, refused = find_watchers(context.environ)
    loop = SelectorLoop(LedgerClock(SystemTime()))
    host = WatchHost(loop, lambda fact: None, lambda: 180_000)  # noqa: ARG005
    senses: set[Sense] = set()
    backend = None
    found = list(refused)
    for watcher in watchers:
        try:
            watcher.start(host)
        except OutsideError as error:
            found.append(Refusal(watcher.id, error.code.value, ""))
            continue
        loop.turn(longest_s=0.3)
        senses |= watcher.senses
        if Sense.FOCUS in watcher.senses:
            backend = watcher.id
        watcher.stop()
    loop.close()
    return {
        "backend": backend,
        "sees": {sense.value: sense in senses for sense in Sense},
        "refused": [
            {"backend": each.backend, "reason": each.reason, "remedy": each.remedy}
            for each in found
        ],
        "running": False,
    }


def _print(found: Json, context: Context) -> None:
    from tracker.doctor_texts import (
        obstacle_remedy,
        quiet_text,
        reason_text,
        remedy_text,
        sense_text,
    )
    from tracker.error_texts import describe_code

    language = context.language
    _ = language.gettext
    if found["backend"]:
        click.echo(_("Watches through: {backend}").format(backend=found["backend"]))
    else:
        click.echo(_("Kanaltid can't see which window is in front."))
    for sense, seen in found["sees"].items():
        mark = _("sees") if seen else _("can't see")
        click.echo(f"  {sense_text(sense, language)}: {mark}")
    for what, seen in found["quiet"].items():
        mark = _("sees") if seen else _("can't see")
        click.echo(f"  {quiet_text(what, language)}: {mark}")
    for refusal in found["refused"]:
        reason = reason_text(refusal["reason"], language)
        click.echo(f"{refusal['backend']}: {reason}")
        if refusal["remedy"]:
            click.echo(f"  {remedy_text(refusal['remedy'], language)}")
    for obstacle in found["quiet_obstacles"]:
        click.echo(f"{quiet_text(obstacle['what'], language)}:")
        reason = obstacle["reason"]
        click.echo(f"  {reason_text(reason, language)} {obstacle_remedy(reason, language)}")
    for trouble in found.get("trouble", ()):
        described = describe_code(trouble["code"], trouble["fields"], language)
        click.echo(f"{described.text} {described.remedy}")
    if not found["running"]:
        click.echo(_("Kanaltid is not running."))
    elif not found["accepted"]:
        click.echo(describe_code(ErrorCode.NOT_ACCEPTED, {}, language).text)
