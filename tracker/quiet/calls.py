"""In a call: a known program, or a browser, has the microphone open."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from tracker.loop import Loop
from tracker.quiet.base import Answer, Obstacle, Reason
from tracker.quiet.known import Known, names_of

COMMAND = ("pactl", "--format=json", "list", "source-outputs")
"""PulseAudio 16 and newer write JSON; PipeWire's own server for Pulse is asked the same way."""

ANSWERS_WITHIN_S = 0.8

Recordings = Callable[[], bytes | Obstacle]
"""Returns what ``COMMAND`` printed; it may take its time, on a thread of its own."""


class Calls:
    """Asks the sound server who records, in a program that ends with the question.

    Args:
        loop: Where the answer arrives.
        environ: Tells where the sound server is.
        known: Which programs are for calls.
        recordings: Asks; the sound server by default.
    """

    reason = Reason.CALL

    def __init__(
        self,
        loop: Loop,
        environ: Mapping[str, str],
        known: Known,
        recordings: Recordings | None = None,
    ) -> None:
        self._loop = loop
        self._known = known
        self._recordings = recordings or (lambda: ask_sound_server(environ))

    def ask(self, app: str, done: Callable[[Answer], None]) -> None:  # noqa: ARG002
        """See :class:`tracker.quiet.base.Source`."""

        def work() -> None:
            answer = self._answer(self._recordings())
            with contextlib.suppress(OSError):  # the program has ended meanwhile
                self._loop.post(lambda: done(answer))

        threading.Thread(target=work, name="calls", daemon=True).start()

    def _answer(self, printed: bytes | Obstacle) -> Answer:
        if isinstance(printed, Obstacle):
            return Answer(obstacle=printed)
        try:
            rows = json.loads(printed)
        except ValueError:
            return Answer(obstacle=Obstacle.NO_PACTL)
        return Answer(isinstance(rows, list) and any(self._is_call(row) for row in rows))

    def _is_call(self, row: object) -> bool:
        match row:
            case {"corked": True}:
                return False
            case {"properties": {"application.process.binary": str() as program, **more}}:
                told = [program, more.get("application.id")]
            case {"properties": {"application.name": str() as name, **more}}:
                told = [name, more.get("application.id")]
            case _:
                return False
        return any(names_of(each) & self._known.callers for each in told if isinstance(each, str))


def ask_sound_server(environ: Mapping[str, str]) -> bytes | Obstacle:
    """Return what records now, in JSON; blocks for :data:`ANSWERS_WITHIN_S` at most."""
    program = shutil.which(COMMAND[0], path=environ.get("PATH"))
    if program is None:
        return Obstacle.NO_PACTL
    if not _serves(environ):
        return Obstacle.NO_SOUND_SERVER
    try:
        ended = subprocess.run(
            [program, *COMMAND[1:]],
            # Its JSON takes the decimal comma of the locale.
            env={**environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=ANSWERS_WITHIN_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Obstacle.NO_ANSWER
    except OSError:
        return Obstacle.NO_PACTL
    if ended.returncode == 0:
        return ended.stdout
    too_old = b"--format" in ended.stderr
    return Obstacle.NO_PACTL if too_old else Obstacle.NO_SOUND_SERVER


def _serves(environ: Mapping[str, str]) -> bool:
    """Return whether a server may be there: who asks pactl without one would start one."""
    if environ.get("PULSE_SERVER"):
        return True
    folder = environ.get("PULSE_RUNTIME_PATH")
    if not folder and environ.get("XDG_RUNTIME_DIR"):
        folder = f"{environ['XDG_RUNTIME_DIR']}/pulse"
    return folder is not None and Path(folder, "native").exists()
