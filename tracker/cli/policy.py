"""``policy``: checks a policy file, and says what the one in force allows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context
from tracker.cli.output import print_json
from tracker.cli.show import as_json, pass_context
from tracker.errors import ErrorCode, OutsideError
from tracker.reports.json_form import Json

if TYPE_CHECKING:
    from tracker.policy.problems import Problem


@click.group()
def policy() -> None:
    """The written policy: what it says, and whether a file of it is right."""


@policy.command()
@click.argument("file", type=click.Path(path_type=Path))
@as_json
@click.pass_context
def check(ctx: click.Context, file: Path, *, json_: bool) -> None:
    """Tell every error and warning in FILE, with line and key."""
    from tracker.policy.select import read_policy
    from tracker.policy_wiring import load_with

    context = ctx.ensure_object(Context)
    loaded = load_with(context.catalogue)(read_policy(file), str(file))
    ok = not loaded.errors
    if json_:
        print_json(
            {
                "ok": ok,
                "errors": _rows(loaded.errors, context),
                "warnings": _rows(loaded.warnings, context),
            }
        )
    else:
        _print(file, loaded.errors, loaded.warnings, context)
    ctx.exit(0 if ok else 1)


def _rows(problems: Sequence[Problem], context: Context) -> list[Json]:
    from tracker.policy.problem_texts import describe

    return [
        {
            "line": problem.line,
            "key": problem.key,
            "code": str(problem.code),
            "message": describe(problem, context.language),
        }
        for problem in problems
    ]


def _print(
    file: Path, errors: Sequence[Problem], warnings: Sequence[Problem], context: Context
) -> None:
    _ = context.language.gettext
    for word, problems in ((_("error"), errors), (_("warning"), warnings)):
        for row in _rows(problems, context):
            place = f"{file}:{row['line']}"
            key = f" [{row['key']}]" if row["key"] else ""
            click.echo(f"{place}: {word}: {row['message']}{key}")
    if not errors:
        click.echo(_("{file} is right.").format(file=file))


@policy.command()
@pass_context
def show(context: Context) -> None:
    """Say in plain words what is allowed for you, in general and today."""
    from tracker.cli.show import present_day
    from tracker.policy.words import describe_policy

    for line in describe_policy(
        context.keeper.policy, context.person, present_day(context), context.language
    ):
        click.echo(line)


@policy.command()
def init() -> None:
    """Not there yet: writes a commented starter."""
    raise OutsideError(ErrorCode.NOT_YET, what="policy init")


@policy.command()
def schema() -> None:
    """Print the JSON Schema of a policy file."""
    from tracker.policy.schema import policy_schema

    print_json(policy_schema())
