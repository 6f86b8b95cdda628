"""Names of real processes."""

from __future__ import annotations

import os
import subprocess
import sys

from tracker.process_names import REMEMBERED, ProcessNames


def test_name_is_told_when_the_process_lives_and_empty_when_it_is_gone() -> None:
    names = ProcessNames()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert names.name_of(process.pid).startswith("python")
        process.communicate(b"\n")
    assert names.name_of(process.pid) == ""


def test_few_are_remembered_when_many_were_asked() -> None:
    names = ProcessNames()
    for pid in range(1, 5000):
        names.name_of(pid)
    assert names.name_of(os.getpid())
    assert 0 < len(names._known) <= REMEMBERED
