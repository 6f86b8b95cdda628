"""The parts of a virtual desktop: which programs it is made of, and which are missing here."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

REMEDY = "make test-parts"
"""The command that installs every part."""

_TABLE = Path(__file__).with_name("packages.txt")


@dataclass(frozen=True, slots=True)
class Part:
    """A program, by name or by path, and the Debian or Ubuntu package that has it."""

    command: str
    package: str


class PartMissingError(RuntimeError):
    """A program is not installed; the message names it and the remedy."""

    def __init__(self, *parts: Part) -> None:
        self.parts = parts
        super().__init__(missing_text(parts))


def parts_of(group: str) -> tuple[Part, ...]:
    """Return the programs of a group of ``tools/packages.txt``."""
    rows = (line.split() for line in _TABLE.read_text(encoding="utf-8").splitlines())
    return tuple(
        Part(row[1].partition(":")[2], row[2])
        for row in rows
        if row and row[0] == group and row[1].startswith(("cmd:", "file:"))
    )


def missing_parts(group: str = "desktop") -> tuple[Part, ...]:
    """Return those programs of the group that this machine lacks."""
    return tuple(part for part in parts_of(group) if shutil.which(part.command) is None)


def missing_text(parts: tuple[Part, ...]) -> str:
    """Return one line that names the parts and the command that installs them."""
    names = ", ".join(part.command for part in parts)
    return f"{names} not installed; `{REMEDY}` installs what is missing"


def require(command: str) -> str:
    """Return the path of a program.

    Raises:
        PartMissingError: It is not installed.
    """
    path = shutil.which(command)
    if path is None:
        known = [part for part in parts_of("desktop") if part.command == command]
        raise PartMissingError(*(known or [Part(command, command)]))
    return path
