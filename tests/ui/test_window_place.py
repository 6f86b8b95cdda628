"""A window opens where it stood."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.window_place import WindowPlace


def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_window_opens_with_the_size_that_it_had(qtbot: QtBot, tmp_path: Path) -> None:
    place = WindowPlace(tmp_path / "window")
    first, second = window(qtbot), window(qtbot)
    first.resize(517, 433)
    first.show()
    place.save(first)
    assert place.restore(second)
    assert (second.width(), second.height()) == (517, 433)
    assert stat.S_IMODE((tmp_path / "window").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["window"]


@pytest.mark.parametrize("content", [None, b"", b"nonsense", b"\0" * 100_000])
def test_place_is_not_known_when_the_file_says_nothing(
    qtbot: QtBot, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "window"
    if content is not None:
        path.write_bytes(content)
    made = window(qtbot)
    made.resize(300, 200)
    assert not WindowPlace(path).restore(made)
    assert made.width() == 300


def test_nothing_happens_when_the_place_cannot_be_written(qtbot: QtBot, tmp_path: Path) -> None:
    WindowPlace(tmp_path / "missing" / "window").save(window(qtbot))
    assert not (tmp_path / "missing").exists()
