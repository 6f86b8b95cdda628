"""The log: small, rotating, the owner's alone, and without anything that a person looked at.

A traceback names places in the code and the kind of error, never its message: that may
hold what was being handled.
"""

from __future__ import annotations

import copy
import io
import logging
import logging.handlers
import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

from tracker.paths import private_opener

LONGEST = 256 * 1024
KEPT = 2
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Discreet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        discreet = copy.copy(record)
        discreet.exc_text = None  # what another formatter made of it, with the message
        return super().format(discreet)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  logging's name
        kind, _, trace = ei
        return places(kind, trace) if kind is not None else ""


def places(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return where an error came from, without its message."""
    frames = traceback.extract_tb(trace)
    lines = [f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
    return "\n".join([kind.__name__, *lines])


class _PrivateFile(logging.handlers.RotatingFileHandler):
    def _open(self) -> io.TextIOWrapper:
        descriptor = private_opener(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        return io.TextIOWrapper(io.FileIO(descriptor, "a"), encoding="utf-8", write_through=True)


def start_log(path: Path) -> logging.Handler:
    """Begin to log to ``path``; what nobody caught is logged too. Return the handler."""
    handler: logging.Handler
    try:
        handler = _PrivateFile(path, maxBytes=LONGEST, backupCount=KEPT, encoding="utf-8")
    except OSError:  # a log that can't be written is no reason not to measure
        handler = logging.NullHandler()
    handler.setFormatter(_Discreet(_FORM))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)

    def log_uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        logging.getLogger("tracker").critical("uncaught", exc_info=(kind, error, trace))

    sys.excepthook = log_uncaught
    return handler


def erase_log(path: Path) -> None:
    """Empty the log at ``path``, be it in use, and remove what was rotated away."""
    for number in range(1, KEPT + 1):
        path.with_name(f"{path.name}.{number}").unlink(missing_ok=True)
    if path.exists():
        os.close(private_opener(path, os.O_WRONLY | os.O_TRUNC))


def stop_log(handler: logging.Handler) -> None:
    """End what :func:`start_log` began."""
    sys.excepthook = sys.__excepthook__
    logging.getLogger().removeHandler(handler)
    handler.close()
