"""The command ``kanaltid``: its commands are loaded when they are called for."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context
from tracker.error_texts import one_line
from tracker.errors import ErrorCode, InternalError, KanaltidError, OutsideError

if TYPE_CHECKING:
    from tracker.summary.forms import PdfWriter

_COMMANDS = {
    "today": "tracker.cli.show:today",
    "week": "tracker.cli.show:week",
    "spans": "tracker.cli.show:spans",
    "export": "tracker.cli.export:export",
    "policy": "tracker.cli.policy:policy",
    "classify": "tracker.cli.classify:classify",
    "simulate": "tracker.cli.simulate:simulate",
    "pause": "tracker.cli.act:pause",
    "resume": "tracker.cli.act:resume",
    "purpose": "tracker.cli.act:purpose",
    "extend": "tracker.cli.act:extend",
    "break": "tracker.cli.act:break_",
    "crisis": "tracker.cli.crisis:crisis",
    "track": "tracker.cli.track:track",
    "data": "tracker.cli.data:data",
    "doctor": "tracker.cli.doctor:doctor",
    "browser": "tracker.cli.later:browser",
    "desktop": "tracker.cli.desktop:desktop",
    "why": "tracker.cli.why:why",
}


_OUTPUT_LOST = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})
"""How a full disk or a lost terminal shows where a command prints."""


class _Lazy(click.Group):
    """Imports a command's module only when that command runs: each start is a new process."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        place = _COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, name = place.split(":")
        found = getattr(importlib.import_module(module), name)
        assert isinstance(found, click.Command)
        return found


@click.group(cls=_Lazy, invoke_without_command=True, no_args_is_help=False)
@click.option(
    "--policy",
    "policy_file",
    type=click.Path(path_type=Path),
    help="The policy file to go by.",
)
@click.version_option(package_name="kanaltid", prog_name="kanaltid")
@click.pass_context
def kanaltid(ctx: click.Context, policy_file: Path | None) -> None:
    """Your social media time against your company's policy. Without a command: the tray app."""
    context = ctx.ensure_object(Context)
    if policy_file is not None:
        context.policy_file = policy_file
    if ctx.invoked_subcommand is None:
        context.start_app(context)


def main(
    start_app: Callable[[Context], None],
    arguments: Sequence[str] | None = None,
    write_pdf: PdfWriter | None = None,
) -> int:
    """Run the command line and return the exit code.

    Args:
        start_app: Starts the tray app; returns when it has ended.
        arguments: Those of the process where None.
        write_pdf: Makes the PDF of a week's summary.
    """
    context = Context(os.environ, start_app=start_app, write_pdf=write_pdf)
    try:
        code = kanaltid.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="kanaltid",
            obj=context,
            standalone_mode=False,
        )
    except click.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except KanaltidError as error:
        return _fail(error, context)
    except BrokenPipeError:
        _drop_output()
        return 0
    except Exception as error:  # the top: no traceback reaches a person
        if isinstance(error, OSError) and error.errno in _OUTPUT_LOST:
            _drop_output()
            return _fail(OutsideError(ErrorCode.FILE_NOT_WRITTEN, file="stdout"), context)
        if context.environ.get("KANALTID_DEBUG"):
            raise
        return _fail(InternalError(ErrorCode.INTERNAL, reason=type(error).__name__), context)
    # What a command's ``ctx.exit`` said comes back as a number.
    return code if isinstance(code, int) else 0


def _drop_output() -> None:
    """Let what is still to be printed go nowhere: whoever reads it is gone, or has no room."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(error: KanaltidError, context: Context) -> int:
    click.echo(one_line(error, context.language), err=True)
    return 1
