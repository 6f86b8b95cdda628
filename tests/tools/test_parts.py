from __future__ import annotations

from pathlib import Path

import pytest

from tools.parts import Part, PartMissingError, missing_parts, parts_of, require


def test_programs_of_a_group_are_read_from_the_table() -> None:
    assert Part("Xvfb", "xvfb") in parts_of("desktop")
    assert parts_of("qt") == ()


def test_all_parts_are_missing_when_no_program_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert missing_parts() == parts_of("desktop")
    with pytest.raises(PartMissingError, match="trayer not installed; `make test-parts`"):
        require("trayer")


def test_part_is_found_when_its_program_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "trayer"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert require("trayer") == str(program)
    assert Part("trayer", "trayer") not in missing_parts()


def test_part_is_found_by_its_path_when_it_is_on_no_search_path() -> None:
    launcher = Part("/usr/libexec/at-spi-bus-launcher", "at-spi2-core")
    assert launcher in parts_of("checks")
    assert (launcher in missing_parts("checks")) is not Path(launcher.command).exists()
