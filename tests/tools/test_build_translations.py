"""Built texts follow their source."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools.build_translations import build
from tracker.i18n import is_current


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "sv" / "LC_MESSAGES" / "kanaltid.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid "paused"\nmsgstr "pausad"\n', encoding="utf-8")
    return file


def test_nothing_is_built_when_the_source_has_not_changed(tmp_path: Path, source: Path) -> None:
    (built,) = build(tmp_path)
    os.utime(built, (0, 0))

    assert build(tmp_path) == []
    assert built.stat().st_mtime >= source.stat().st_mtime


def test_texts_are_built_anew_when_the_source_has_changed(tmp_path: Path, source: Path) -> None:
    build(tmp_path)
    source.write_text('msgid "paused"\nmsgstr "vilar"\n', encoding="utf-8")

    (built,) = build(tmp_path)

    assert is_current(built.read_bytes(), source.read_bytes())
    assert [file.suffix for file in sorted(built.parent.iterdir())] == [".mo", ".po"]
