"""The desktop's own tool finds nothing wrong with what is installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tracker.autostart import StartAtLogin
from tracker.desktop_entry import DesktopEntry


@pytest.mark.usefixtures("checks")
@pytest.mark.parametrize("folder", [None, '/home/åsa/my "own" $data %f `x`; (y) \\z'])
@pytest.mark.parametrize("command", [("/opt/kanaltid",), ("/opt/a b/python3", "-m", "ui")])
def test_entries_are_valid_whatever_they_start(
    tmp_path: Path, folder: str | None, command: tuple[str, ...]
) -> None:
    environ = {"HOME": str(tmp_path)} | ({"KANALTID_HOME": folder} if folder else {})
    entry, login = DesktopEntry(environ, command), StartAtLogin(environ, command)
    entry.install()
    login.set(True)
    done = subprocess.run(
        ["desktop-file-validate", "--no-hints", str(entry.path), str(login.path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
