"""Processes that end with the one that started them, and take what they started along."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tools.parts import require
from tools.waiting import WaitedInVainError, wait_until

_GRACE_S = 3.0
_LAST_LINES = 12


class ProcessDiedError(RuntimeError):
    """A process ended before it was ready; the message has the end of what it said."""


def start(
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    log: Path,
    piped: bool = False,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[str]:
    """Start a process in a group of its own, which dies with this one.

    Args:
        argv: The program and its arguments.
        env: Its whole environment.
        log: Where its standard error goes, and its standard output unless ``piped``.
        piped: Give it pipes for standard input and output, as text by lines.
        pass_fds: Descriptors that it inherits.

    Raises:
        PartMissingError: There is no such program.
    """
    pipe = subprocess.PIPE if piped else None
    with log.open("ab") as output:
        return subprocess.Popen(
            # By setpriv and not by a hook between fork and exec, which is unsafe with threads.
            [require("setpriv"), "--pdeathsig", "KILL", "--", require(argv[0]), *argv[1:]],
            stdin=pipe or subprocess.DEVNULL,
            stdout=pipe or output,
            stderr=output,
            env=dict(env),
            text=True,
            encoding="utf-8",
            start_new_session=True,
            pass_fds=pass_fds,
        )


def wait_until_ready(
    process: subprocess.Popen[str], ready: Callable[[], bool], name: str, log: Path
) -> None:
    """Return once a process has become ready.

    Raises:
        ProcessDiedError: It ended, or did not become ready in time.
    """

    def ready_or_dead() -> bool:
        if (code := process.poll()) is not None:
            raise ProcessDiedError(f"{name} ended with {code} at its start:\n{_tail(log)}")
        return ready()

    try:
        wait_until(ready_or_dead, f"{name} to be ready")
    except WaitedInVainError as error:
        raise ProcessDiedError(f"{error}:\n{_tail(log)}") from error


def stop(process: subprocess.Popen[str], how: signal.Signals = signal.SIGTERM) -> None:
    """End a process and its whole group; by force if it does not obey within some seconds."""
    _signal_group(process, how)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE_S)
    _signal_group(process, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            # What was still to be written to it has no reader any more.
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def _signal_group(process: subprocess.Popen[str], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _tail(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(lines[-_LAST_LINES:])
