"""Which policy file counts: the first that there is, and only that."""

from __future__ import annotations

import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from tracker.errors import ErrorCode, OutsideError
from tracker.policy.document import MAX_BYTES

POLICY_VARIABLE = "KANALTID_POLICY"
FILE_NAME = "policy.toml"
STARTER = "starter.toml"


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """The bytes of a policy file."""

    path: Path | None
    """None for the starter that ships with Kanaltid."""

    data: bytes = field(repr=False)


def find_policy(
    explicit: Path | None,
    environ: Mapping[str, str],
    config: Path,
    machine: Path | None = None,
) -> PolicyFile:
    """Return the policy file that counts.

    It is the first of the file named on the command line, that of ``KANALTID_POLICY``, the
    administrator's, the person's own, and the starter. One that is named or there, and
    can't be read, does not make way for the next: a policy must not be got rid of so.

    Args:
        explicit: The file of ``--policy``.
        environ: The environment.
        config: The folder of the person's own.
        machine: The folder of the administrator's, in place of the system's.

    Raises:
        OutsideError: POLICY_UNREADABLE.
    """
    variable = environ.get(POLICY_VARIABLE)
    named = explicit or (Path(variable) if variable else None)
    if named is not None:
        return PolicyFile(named, _read_regular(named))
    for folder in (machine or machine_folder(environ), config):
        file = folder / FILE_NAME
        if _is_there(file):
            return PolicyFile(file, _read_regular(file))
    return PolicyFile(None, shipped_policy(STARTER))


def machine_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder that only an administrator may write."""
    if sys.platform == "win32":
        return Path(environ.get("PROGRAMDATA", r"C:\ProgramData")) / "kanaltid"
    return Path("/etc/kanaltid")


def shipped_policy(name: str) -> bytes:
    """Return one of the policies that ship with Kanaltid."""
    return (resources.files("resources") / "policies" / name).read_bytes()


def read_policy(file: Path) -> bytes:
    """Return a file's bytes; of one over the bound only so much that this shows.

    Raises:
        OutsideError: POLICY_UNREADABLE with ``file`` and ``reason``.
    """
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error


def _read_regular(file: Path) -> bytes:
    """Read a file that is looked at again and again: a pipe in its place would never end."""
    try:
        kind = file.stat().st_mode
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error
    if not stat.S_ISREG(kind):
        raise OutsideError(ErrorCode.POLICY_UNREADABLE, file=str(file), reason="no plain file")
    return read_policy(file)


def _is_there(file: Path) -> bool:
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        # Somebody closed the folder: reading says so.
        return True
    return True


def _unreadable(file: Path, error: Exception) -> OutsideError:
    reason = error.strerror if isinstance(error, OSError) else ""
    return OutsideError(ErrorCode.POLICY_UNREADABLE, file=str(file), reason=reason or "")
