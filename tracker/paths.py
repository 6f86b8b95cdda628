"""Where Kanaltid keeps its files, and the care that they stay the owner's alone.

``KANALTID_HOME=DIR`` puts everything below DIR. Otherwise Linux and the BSDs follow the
XDG base directory specification (https://specifications.freedesktop.org/basedir-spec/),
and Windows and macOS their own customs through platformdirs.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import ErrorCode, OutsideError

HOME_VARIABLE = "KANALTID_HOME"
APP = "kanaltid"

FOLDER_MODE = 0o700
FILE_MODE = 0o600


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one installation, and the named files in them. Touches no disk."""

    data: Path
    config: Path
    state: Path
    runtime: Path

    @property
    def database(self) -> Path:
        """The store of spans and totals."""
        return self.data / "kanaltid.db"

    @property
    def lock(self) -> Path:
        """Held by the one process that measures.

        It lies beside the store that it guards: a command that is run without the
        session's runtime folder must meet the same lock.
        """
        return self.data / "kanaltid.lock"

    @property
    def control_socket(self) -> Path:
        """Where commands and a second start reach the running app."""
        return self.runtime / "control.sock"

    @property
    def browser_socket(self) -> Path:
        """Where the browser extension's host reaches the running app."""
        return self.runtime / "browser.sock"

    @property
    def policy(self) -> Path:
        """The person's own policy file."""
        return self.config / "policy.toml"

    @property
    def catalogue(self) -> Path:
        """The person's own copy of the catalogue, if there is one."""
        return self.config / "catalogue.toml"

    @property
    def settings(self) -> Path:
        """The person's settings."""
        return self.config / "settings.json"

    @property
    def log(self) -> Path:
        """The log that rotates."""
        return self.state / "kanaltid.log"

    def ensure(self) -> None:
        """Make all four folders. Raises OutsideError (``FOLDER_REFUSED``)."""
        for folder in (self.data, self.config, self.state, self.runtime):
            ensure(folder)


def paths_for(environ: Mapping[str, str]) -> Paths:
    """Return the folders that ``environ`` asks for."""
    home = environ.get(HOME_VARIABLE)
    if home:
        return _below(Path(home).absolute())
    if sys.platform == "win32" or sys.platform == "darwin":
        # platformdirs reads the process's own environment and costs some 10 ms to import:
        # it serves where the customs are not a few variables.
        from platformdirs import user_data_path

        return _below(user_data_path(APP, appauthor=False))
    return _xdg(environ)


def _below(root: Path) -> Paths:
    return Paths(root / "data", root / "config", root / "state", root / "run")


def _xdg(environ: Mapping[str, str]) -> Paths:
    home = Path(environ["HOME"]) if environ.get("HOME") else Path.home()

    def base(variable: str, default: str) -> Path:
        # The specification has relative paths ignored.
        value = Path(environ.get(variable, ""))
        return (value if value.is_absolute() else home / default) / APP

    state = base("XDG_STATE_HOME", ".local/state")
    return Paths(
        data=base("XDG_DATA_HOME", ".local/share"),
        config=base("XDG_CONFIG_HOME", ".config"),
        state=state,
        runtime=_session_runtime(environ) or state / "run",
    )


def _session_runtime(environ: Mapping[str, str]) -> Path | None:
    """Return the session's runtime folder for Kanaltid, if there is one that is our own.

    Jobs and remote shells lack the variable, yet must find the sockets of the app that
    runs in the session: hence the customary place as the second guess.
    """
    if sys.platform == "win32":
        return None
    for folder in (Path(environ.get("XDG_RUNTIME_DIR", "")), Path(f"/run/user/{os.getuid()}")):
        if folder.is_absolute() and _is_private(folder):
            return folder / APP
    return None


def _is_private(folder: Path) -> bool:
    if sys.platform == "win32":
        return True
    try:
        found = folder.stat()
    except OSError:
        return False
    mine = found.st_uid == os.getuid() and stat.S_ISDIR(found.st_mode)
    return mine and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def ensure(folder: Path) -> Path:
    """Make ``folder`` and what is missing above it, for the owner alone, and return it.

    A folder that is there already is closed to others. Raises OutsideError
    (``FOLDER_REFUSED``) where it is a link, no folder, somebody else's or can't be made.
    """
    try:
        if not folder.parent.exists():
            _make_above(folder.parent)
        with contextlib.suppress(FileExistsError):
            folder.mkdir(FOLDER_MODE)
        _close_to_others(folder)
    except OSError as error:
        raise _refused(folder) from error
    return folder


def _make_above(folder: Path) -> None:
    if not folder.parent.exists():
        _make_above(folder.parent)
    folder.mkdir(FOLDER_MODE, exist_ok=True)


def _close_to_others(folder: Path) -> None:
    if sys.platform == "win32":
        # Folders below the profile inherit an ACL for the user alone.
        if not folder.is_dir():
            raise _refused(folder)
        return
    # Through one descriptor, so that nothing can be put in its place between the steps.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        found = os.fstat(descriptor)
        if found.st_uid != os.getuid():
            raise _refused(folder)
        if stat.S_IMODE(found.st_mode) != FOLDER_MODE:
            os.fchmod(descriptor, FOLDER_MODE)
    finally:
        os.close(descriptor)


def private_opener(path: str | os.PathLike[str], flags: int) -> int:
    """Open a file that is the owner's alone, whatever the umask: ``open(…, opener=…)``.

    Raises OSError where the path is a link or the file is somebody else's.
    """
    if sys.platform == "win32":
        return os.open(path, flags, FILE_MODE)
    # O_TRUNC comes after the check: a stranger's file is left as it is. O_NONBLOCK keeps a
    # pipe that stands in the file's place from stopping the program.
    safe = (flags & ~os.O_TRUNC) | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    descriptor = os.open(path, safe, FILE_MODE)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.getuid():
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), os.fspath(path))
        if stat.S_IMODE(found.st_mode) != FILE_MODE:
            os.fchmod(descriptor, FILE_MODE)
        if flags & os.O_TRUNC:
            os.ftruncate(descriptor, 0)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def touch_private(path: Path) -> None:
    """Make an empty file for the owner alone, or close one that is there to others.

    Raises OSError as :func:`private_opener` does.
    """
    os.close(private_opener(path, os.O_RDWR | os.O_CREAT))


def _refused(folder: Path) -> OutsideError:
    return OutsideError(ErrorCode.FOLDER_REFUSED, folder=str(folder))
