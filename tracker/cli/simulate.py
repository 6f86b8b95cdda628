"""``simulate``: a trace through the real service, or one's own past days, under a policy."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context
from tracker.cli.output import print_json, print_table
from tracker.cli.show import as_json, pass_context, present_day
from tracker.days import day_of_text

if TYPE_CHECKING:
    from tracker.policy.types import Person, Policy
    from tracker.reports.what_if_texts import WhatIfWords
    from tracker.simulate import Outcome


@click.command()
@click.option("--policy", "policy_file", type=click.Path(path_type=Path))
@click.option("--trace", "trace_file", type=click.Path(path_type=Path))
@click.option("--history", is_flag=True, help="Judge your own past days instead of a trace.")
@click.option("--from", "first", help="With --history: the first day, as 2026-11-23.")
@click.option("--to", "last", help="With --history: the last day; yesterday by default.")
@click.option("--user", help="Whose groups apply; yours by default.")
@click.option("--os-group", "os_groups", multiple=True, help="A group of that user.")
@as_json
@pass_context
def simulate(
    context: Context,
    *,
    policy_file: Path | None,
    trace_file: Path | None,
    history: bool,
    first: str | None,
    last: str | None,
    user: str | None,
    os_groups: tuple[str, ...],
    json_: bool,
) -> None:
    """Show what a policy makes of a trace (JSON lines), or of your own past days."""
    from tracker.policy.types import Person

    policy_file = policy_file or context.policy_file
    person = context.person if user is None else Person(user, frozenset(os_groups))
    if history:
        if trace_file is not None:
            raise click.UsageError("--trace and --history exclude each other.")
        if policy_file is None:
            raise click.UsageError("--history needs the --policy to judge by.")
        _judge_history(context, policy_file, person, first, last, json_=json_)
        return
    if trace_file is None:
        raise click.UsageError("Give --trace FILE, or --history for your own past days.")
    if first is not None or last is not None:
        raise click.UsageError("--from and --to go with --history.")
    context.policy_file = policy_file
    _print_outcome(_play(context, trace_file, person), json_=json_)


def _play(context: Context, trace_file: Path, person: Person) -> Outcome:
    from tracker.policy_wiring import make_keeper
    from tracker.simulate import Simulation
    from tracker.storage.memory import MemoryStorage
    from tracker.trace import TraceFault, read_trace, trace_error

    def load_beside(name: str) -> Policy:
        beside = trace_file.parent / name
        return make_keeper(beside, {}, context.paths, context.catalogue).policy

    simulation = Simulation(context.keeper, context.catalogue, person, load_beside, MemoryStorage())
    try:
        data = trace_file.read_bytes()
    except (OSError, ValueError) as error:
        raise trace_error(str(trace_file), 0, TraceFault.UNREADABLE) from error
    return simulation.play(read_trace(data, str(trace_file)))


def _print_outcome(outcome: Outcome, *, json_: bool) -> None:
    found = outcome.json()
    if json_:
        print_json(found)
        return
    print_table([(kind, f"{seconds:.3f} s") for kind, seconds in found["states"].items()])
    for event in found["events"]:
        channel = f" {event['channel']}" if event["channel"] else ""
        left = f"{event['left_s']:.3f} s"
        click.echo(f"{event['t']}  {event['limit']}{channel}  {event['at']} {event['do']}  {left}")
    for day in found["days"]:
        for limit in day["lifted"]:
            click.echo(f"{day['day']}  {limit}  lifted")


def _judge_history(
    context: Context,
    policy_file: Path,
    person: Person,
    first_text: str | None,
    last_text: str | None,
    *,
    json_: bool,
) -> None:
    from tracker.notices.names import limit_titles
    from tracker.policy_wiring import make_keeper, parse_with
    from tracker.reports.what_if import FIRST_DAY, read_past, what_if
    from tracker.reports.what_if_texts import WhatIfWords

    policy = make_keeper(policy_file, {}, context.paths, context.catalogue).policy
    context.policy_file = None  # the days were measured under the person's own
    today = present_day(context)
    first = day_of_text(first_text) if first_text is not None else FIRST_DAY
    last = day_of_text(last_text) if last_text is not None else today - timedelta(days=1)
    if first > last:
        raise click.UsageError("--from is after --to.")
    storage = context.storage()
    try:
        parse = parse_with(context.catalogue)
        past = read_past(
            storage, first, last, present=context.keeper.policy, today=today, parse=parse
        )
    finally:
        storage.close()
    found = what_if(past, policy, person)
    if json_:
        print_json(found.json())
        return
    if not found.days:
        click.echo(context.language.gettext("Nothing is kept of these days."))
        return
    titles = limit_titles((past.present, *past.policies.values(), policy), context.language)
    _print_history(context, WhatIfWords(past, found, context.language, titles))


def _print_history(context: Context, words: WhatIfWords) -> None:
    _ = context.language.gettext
    click.echo(words.summary())
    for day, rows in words.days():
        click.echo()
        click.echo(day)
        print_table([("", _("was"), _("would be")), *rows])
    doubts = list(words.doubts())
    if doubts:
        click.echo()
        click.echo(_("What your totals can't tell:"))
        for line in doubts:
            click.echo(f"  {line}")
