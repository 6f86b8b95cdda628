"""``policy``: checks a policy file, and says what the one in force allows."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context
from tracker.cli.output import print_json
from tracker.cli.show import as_json, pass_context, with_policy
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
@with_policy
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
@click.option("--company", help="What the company is called.")
@click.option("--id", help="A short name for the policy.")
@click.option("--languages", help="Such as sv,en; the first is the default.")
@click.option("--timezone", help="Where days are counted, such as Europe/Stockholm.")
@click.option("--channels", help="Ids of the catalogue, such as linkedin,x,blogs.")
@click.option("--private-minutes", help="Minutes a day for private use; 0: not allowed.")
@click.option("--work-minutes", help="Minutes a day for work.")
@click.option("--hours", help='Such as "mon-thu 08:00-17:00, fri 08:00-15:00".')
@click.option("--contact", help="Whom people may ask, as a role.")
@click.option("--email", help="Their e-mail address.")
@click.option("--yes", is_flag=True, help="Ask nothing: take defaults where no option is given.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("policy.toml"),
    help="The file to write; policy.toml in this folder by default.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@pass_context
def init(context: Context, /, *, output: Path, force: bool, yes: bool, **given: str | None) -> None:
    """Ask a few questions and write a commented policy to begin with.

    It comes into force only where Kanaltid looks for a policy.
    """
    from tracker.cli.starter import Interview, local_zone, present_date
    from tracker.policy.starter import make_starter
    from tracker.reports.writers import write_file

    if os.path.lexists(output) and not force:  # said before anything is asked
        raise OutsideError(ErrorCode.FILE_EXISTS, file=str(output))
    interview = Interview(
        given, context.language, context.catalogue, asks=not yes, zone=local_zone(context.environ)
    )
    text = make_starter(interview.answers(), context.catalogue, present_date())
    write_file(output, text.encode(), force=force)
    _open_to_readers(output)
    _ = context.language.gettext
    click.echo(
        _("{file} is written. Read it through, and change what you like.").format(file=output)
    )
    click.echo(_("“kanaltid policy check {file}” says whether it is right.").format(file=output))
    own = context.paths.policy
    click.echo(_("It holds for you when it lies in {place}.").format(place=own))


def _open_to_readers(file: Path) -> None:
    """Give a file the rights that others have: a policy is for everybody to read."""
    mask = os.umask(0o077)
    os.umask(mask)
    with contextlib.suppress(OSError):  # a file system without rights
        file.chmod(0o666 & ~mask)


@policy.command()
def schema() -> None:
    """Print the JSON Schema of a policy file."""
    from tracker.policy.schema import policy_schema

    print_json(policy_schema())
