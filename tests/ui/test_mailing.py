"""Beginning a mail with a file: handed to the desktop, and told how that went."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.mailing import MAILER, MailDraft, mailer

pytestmark = pytest.mark.usefixtures("qapp")


def make_mailer(folder: Path, code: int = 0) -> Path:
    """Make a program in the place of the desktop's, which notes what it is asked."""
    program = folder / MAILER
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{folder}/asked"\nexit {code}\n')
    program.chmod(0o755)
    return program


def test_mailer_is_found_only_when_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert mailer() is None
    program = make_mailer(tmp_path)
    assert mailer() == str(program)


@pytest.mark.parametrize("code", [0, 3])
def test_file_is_attached_and_the_outcome_told(qtbot: QtBot, tmp_path: Path, code: int) -> None:
    told: list[bool] = []
    parent = QObject()
    program = make_mailer(tmp_path, code)
    MailDraft(str(program), told.append, parent).begin(tmp_path / "vecka 47.pdf", "Vecka 47")
    qtbot.waitUntil(lambda: bool(told))
    assert told == [code == 0]
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked == ["--utf8", "--subject", "Vecka 47", "--attach", str(tmp_path / "vecka 47.pdf")]


def test_failure_is_told_once_when_the_program_cannot_be_started(
    qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[bool] = []
    parent = QObject()
    MailDraft(str(tmp_path / "gone"), told.append, parent).begin(tmp_path / "x", "x")
    qtbot.waitUntil(lambda: bool(told))
    assert told == [False]
