"""One process measures."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.errors import ErrorCode, OutsideError
from tracker.lock import ProcessLock

HOLD = """
import sys
from pathlib import Path
from tracker.lock import ProcessLock
lock = ProcessLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def code_of(path: Path) -> ErrorCode:
    with pytest.raises(OutsideError) as refused:
        ProcessLock(path)
    return refused.value.code


def test_second_one_is_refused_when_the_lock_is_held(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    lock = ProcessLock(path)
    assert code_of(path) is ErrorCode.ALREADY_RUNNING
    assert code_of(path) is ErrorCode.ALREADY_RUNNING
    lock.release()
    ProcessLock(path).release()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_lock_is_free_when_its_process_was_killed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, path],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    assert code_of(path) is ErrorCode.ALREADY_RUNNING
    process.kill()
    process.communicate()
    ProcessLock(path).release()


def test_nobody_is_said_to_run_when_there_can_be_no_lock(tmp_path: Path) -> None:
    (tmp_path / "target").touch()
    (tmp_path / "link").symlink_to("target")
    for path in (tmp_path, tmp_path / "no" / "lock", tmp_path / "link"):
        assert code_of(path) is ErrorCode.STORE_UNREADABLE


def test_exactly_one_measures_when_many_start_at_once(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text("left behind")
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", HOLD, path],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )
        for _ in range(6)
    ]  # fmt: skip
    said = [start.stdout.readline() for start in starts if start.stdout is not None]
    assert sorted(said) == [b""] * 5 + [b"held\n"]
    for start in starts:
        start.communicate()
    ProcessLock(path).release()
