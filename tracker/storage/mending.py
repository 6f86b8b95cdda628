"""Sets a damaged file aside, and puts what can be read of it in its place.

Whenever the program is ended in between, the next start finds either the damaged file as it
was, or the new one whole beside it, and goes on from there.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.errors import ErrorCode, OutsideError
from tracker.paths import FILE_MODE
from tracker.storage import schema
from tracker.storage.connection import open_for_writing
from tracker.storage.salvage import Salvaged, salvage

_PAGE = 4096
_HEADER = b"SQLite format 3\0" + _PAGE.to_bytes(2, "big") + bytes((2, 2, 0, 64, 32, 32))
_FORMAT, _ENCODING = (44, b"\0\0\0\4"), (56, b"\0\0\0\1")
"""What stands at the head of each of our files (https://sqlite.org/fileformat.html)."""

_SMALL = 2_000_000
"""Looked through in some 15 ms; so large are 90 days of 300 visits each."""

_NAME = re.compile(r"\.damaged(-(?P<oldest>\d{4}-\d\d-\d\d))?(\.\d+)?$")


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of a damaged file.

    Attributes:
        rows: How many rows could be read.
        whole: Whether those are all.
        aside: Where the damaged file is.
    """

    file: Path
    rows: int
    whole: bool
    aside: Path

    @property
    def told(self) -> OutsideError:
        """As a person is told."""
        reason = "all" if self.whole else "part" if self.rows else "nothing"
        return OutsideError(
            ErrorCode.STORE_RECOVERED,
            file=str(self.file),
            rows=self.rows,
            aside=str(self.aside),
            reason=reason,
        )


class Mender:
    """Mends one store's file. Only the process that measures may.

    Args:
        path: The store's file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ready = path.with_name(f"{path.name}.recovered")

    def finish(self) -> None:
        """Finish what was under way when the program ended, and clear up behind it."""
        for left in self._path.parent.glob(f"{self._path.name}.recovering-*"):
            shutil.rmtree(left, ignore_errors=True)
        if self._ready.exists():
            with _translated(self._path):
                self._swap(None)

    @property
    def lost_its_file(self) -> bool:
        """Whether there is nothing in the file's place that can be opened at all."""
        if self._path.is_dir():
            return True
        # What is shorter than a page SQLite may take for a new file, and write over it.
        return self._path.exists() and self._path.stat().st_size < _PAGE

    @property
    def ended_unclean(self) -> bool:
        """Whether who wrote last did not come to close the file: its log is still there."""
        log = _log_of(self._path)
        return log.exists() and log.stat().st_size > 0

    @property
    def is_small(self) -> bool:
        """Whether the file is looked through in no time."""
        return self._path.exists() and self._path.stat().st_size <= _SMALL

    def prepare(self) -> Salvaged:
        """Write all rows that can be read into a new file beside the damaged one.

        Raises:
            OutsideError: ``STORE_FULL`` and the like; then all is as it was.
        """
        name = f"{self._path.name}.recovering-"
        with _translated(self._path):
            folder = Path(tempfile.mkdtemp(prefix=name, dir=self._path.parent))
            try:
                salvaged = self._salvage(folder)
                (folder / "new.db").replace(self._ready)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        return salvaged

    def put_in_place(self, salvaged: Salvaged) -> Mended:
        """Set the damaged file aside, and put the new one in its place."""
        with _translated(self._path):
            aside = self._swap(salvaged.oldest)
        return Mended(self._path, salvaged.rows, salvaged.whole, aside)

    def _salvage(self, folder: Path) -> Salvaged:
        old, new = folder / "old.db", folder / "new.db"
        self._copy_to(old)
        connection = open_for_writing(new, 0)
        try:
            schema.prepare(connection, new)
        finally:
            connection.close()
        salvaged = salvage(old, new)
        descriptor = os.open(new, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        return salvaged

    def _copy_to(self, old: Path) -> None:
        """Copy the file and its log, with the head that it must have had."""
        if self._path.is_dir():
            old.touch()
            return
        shutil.copyfile(self._path, old)
        log = _log_of(self._path)
        if log.exists():
            shutil.copyfile(log, _log_of(old))
        elif old.stat().st_size < _PAGE:
            return
        with old.open("r+b") as file:
            file.write(_HEADER)
            for place, value in (_FORMAT, _ENCODING):
                file.seek(place)
                file.write(value)
            # Without a page SQLite would throw the log away.
            file.truncate(max(_PAGE, old.stat().st_size))

    def _swap(self, oldest: date | None) -> Path:
        """Give the damaged file another name, and its own to the new one."""
        aside = self._linked() or self._free_name(oldest)
        if not os.path.lexists(aside):
            if self._path.is_dir():
                self._path.rename(aside)
            elif self._path.exists():
                # A second name first: there is a file under the store's own at any moment.
                os.link(self._path, aside)
        with contextlib.suppress(FileNotFoundError):
            _log_of(self._path).replace(_log_of(aside))
        for each in (aside, _log_of(aside)):
            if each.is_file():
                each.chmod(FILE_MODE)
        self._path.with_name(f"{self._path.name}-shm").unlink(missing_ok=True)
        self._ready.replace(self._path)
        descriptor = os.open(self._path.parent, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        return aside

    def _linked(self) -> Path | None:
        if not self._path.is_file():
            return None
        return next((each for each in self._aside() if self._path.samefile(each)), None)

    def _free_name(self, oldest: date | None) -> Path:
        stamp = "" if oldest is None else f"-{oldest.isoformat()}"
        name, number = f"{self._path.name}.damaged{stamp}", 1
        aside = self._path.with_name(name)
        while os.path.lexists(aside):
            number += 1
            aside = self._path.with_name(f"{name}.{number}")
        return aside

    # Files that were set aside

    def _aside(self) -> list[Path]:
        found = self._path.parent.glob(f"{self._path.name}.damaged*")
        return sorted(each for each in found if not each.name.endswith(("-wal", "-shm")))

    def forget(self, before: date) -> None:
        """Delete the files that hold days before ``before``.

        Where it is not known what a file holds, nothing in it was older when it was set aside:
        older days are forgotten at every start. The next call with a later day deletes it.
        """
        with _translated(self._path):
            for file in self._aside():
                found = _NAME.search(file.name)
                if found is None:
                    continue
                if found["oldest"] is None:
                    stamped = self._free_name(before)
                    if _log_of(file).exists():
                        _log_of(file).rename(_log_of(stamped))
                    file.rename(stamped)
                elif found["oldest"] < before.isoformat():
                    _remove(file)

    def clear(self) -> None:
        """Delete all files that were set aside."""
        with _translated(self._path):
            for file in self._aside():
                _remove(file)


def _remove(file: Path) -> None:
    """Delete a file that was set aside; a folder that stood in its place is not ours."""
    if file.is_dir():
        return
    for each in (_log_of(file), file.with_name(f"{file.name}-shm"), file):
        each.unlink(missing_ok=True)


@contextlib.contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        code = ErrorCode.STORE_FULL if full else ErrorCode.STORE_UNREADABLE
        raise OutsideError(code, file=str(path)) from error


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")
