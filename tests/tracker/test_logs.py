"""The log keeps secrets, stays small and is the owner's alone."""

from __future__ import annotations

import logging
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.logs import KEPT, LONGEST, start_log, stop_log

SECRET = "Ada Lovelace | LinkedIn"


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "kanaltid.log"
    level = logging.getLogger().level
    mask = os.umask(0)
    handler = start_log(path)
    yield path
    stop_log(handler)
    os.umask(mask)
    logging.getLogger().setLevel(level)


def fail() -> None:
    raise ValueError(SECRET)


@pytest.mark.expects_log("handling failed")
@pytest.mark.expects_log("uncaught")
def test_message_of_an_error_is_left_out_when_it_is_logged(log_file: Path) -> None:
    try:
        fail()
    except ValueError as error:
        logging.getLogger("tracker").exception("handling failed")
        sys.excepthook(ValueError, error, error.__traceback__)
    text = log_file.read_text("utf-8")
    assert "Lovelace" not in text
    assert text.count("ValueError") == 2
    assert "test_logs.py" in text
    assert " fail" in text


def test_files_are_private_and_small_when_much_is_logged(log_file: Path) -> None:
    for _ in range(6000):
        logging.getLogger("tracker").info("x" * 200)
    files = list(log_file.parent.iterdir())
    assert len(files) == KEPT + 1
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.stat().st_size <= LONGEST


def test_hook_is_given_back_when_the_log_ends(tmp_path: Path) -> None:
    stop_log(start_log(tmp_path / "log"))
    assert sys.excepthook is sys.__excepthook__


def test_program_goes_on_without_a_log_when_it_can_not_be_written(tmp_path: Path) -> None:
    level = logging.getLogger().level
    handler = start_log(tmp_path)  # a folder

    logging.getLogger("tracker").info("not kept")

    stop_log(handler)
    logging.getLogger().setLevel(level)
    assert handler not in logging.getLogger().handlers
