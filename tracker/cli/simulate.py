"""``simulate``: plays a trace through the real service on virtual time."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.context import Context
from tracker.cli.output import print_json, print_table
from tracker.cli.show import as_json, pass_context


@click.command()
@click.option("--policy", "policy_file", type=click.Path(path_type=Path))
@click.option("--trace", "trace_file", type=click.Path(path_type=Path), required=True)
@click.option("--user", help="Whose groups apply; yours by default.")
@click.option("--os-group", "os_groups", multiple=True, help="A group of that user.")
@as_json
@pass_context
def simulate(
    context: Context,
    *,
    policy_file: Path | None,
    trace_file: Path,
    user: str | None,
    os_groups: tuple[str, ...],
    json_: bool,
) -> None:
    """Show what a policy makes of a trace: JSON lines of what happened at a desk."""
    from tracker.policy.types import Person, Policy
    from tracker.policy_wiring import make_keeper
    from tracker.simulate import Simulation
    from tracker.storage.memory import MemoryStorage
    from tracker.trace import TraceFault, read_trace, trace_error

    if policy_file is not None:
        context.policy_file = policy_file

    def load_beside(name: str) -> Policy:
        beside = trace_file.parent / name
        return make_keeper(beside, {}, context.paths, context.catalogue).policy

    person = context.person if user is None else Person(user, frozenset(os_groups))
    simulation = Simulation(context.keeper, context.catalogue, person, load_beside, MemoryStorage())
    try:
        data = trace_file.read_bytes()
    except (OSError, ValueError) as error:
        raise trace_error(str(trace_file), 0, TraceFault.UNREADABLE) from error
    outcome = simulation.play(read_trace(data, str(trace_file)))
    found = outcome.json()
    if json_:
        print_json(found)
        return
    print_table([(kind, f"{seconds:.3f} s") for kind, seconds in found["states"].items()])
    for event in found["events"]:
        channel = f" {event['channel']}" if event["channel"] else ""
        left = f"{event['left_s']:.3f} s"
        click.echo(f"{event['t']}  {event['limit']}{channel}  {event['at']} {event['do']}  {left}")
