"""``track`` where no display is; on a real desktop it is ``tests/desktop/test_track.py``."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.desk import POLICY
from tools.waiting import wait_until
from tracker.paths import paths_for
from tracker.storage.sql import open_readonly

KANALTID = Path(sys.executable).with_name("kanaltid")


def start(*more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [KANALTID, "track", "--headless", "--accept", *more],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def end(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for its end, and return its exit code and what it said of errors."""
    out, err = process.communicate(timeout=20)
    assert out == ""
    return process.returncode, err


def test_time_is_not_measured_when_there_is_no_display(kanaltid_home: Path) -> None:
    assert end(start("--for", "0.5")) == (0, "")
    storage = open_readonly(kanaltid_home / "data" / "kanaltid.db")
    (day,) = storage.totals(date(2020, 1, 1), date(2100, 1, 1)).values()
    assert day.channels == {}
    assert sum(day.gaps.values()) >= 400
    storage.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_at_once_when_told_so_as_it_starts(
    kanaltid_home: Path, how: signal.Signals
) -> None:
    process = start()
    wait_until((kanaltid_home / "run" / "control.sock").exists, "the tracker to listen")
    process.send_signal(how)
    code, said = end(process)
    assert code in {0, 130, -how}  # before anything was measured, it may just die
    assert "Traceback" not in said


def test_one_line_is_told_when_the_policy_has_an_error(kanaltid_home: Path) -> None:
    paths = paths_for({"KANALTID_HOME": str(kanaltid_home)})
    paths.ensure()
    paths.policy.write_text(POLICY.replace("day = 10", "day = ten"), "utf-8")
    code, said = end(start("--for", "0.1"))
    assert code == 1
    assert said.startswith(f"{paths.policy} has an error in line 23.")
    assert said.count("\n") == 1
    assert not paths.control_socket.exists()
    paths.policy.write_text(POLICY, "utf-8")
    assert end(start("--for", "0.1")) == (0, "")
    paths.policy.write_text(POLICY.replace("day = 10", "day = ten"), "utf-8")
    assert end(start("--for", "0.1")) == (0, "")  # the last good one holds


def test_one_line_is_told_when_the_folder_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("KANALTID_HOME", str(file))
    code, said = end(start("--for", "0.1"))
    assert code == 1
    assert said.startswith(f"{file}")
    assert said.count("\n") == 1
