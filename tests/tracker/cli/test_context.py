"""What commands work with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.cli.context import Context


@pytest.mark.parametrize(
    ("setting", "system", "expected"),
    [("system", "sv_SE.UTF-8", "sv"), ("en", "sv_SE.UTF-8", "en"), ("sv", "en_GB.UTF-8", "sv")],
)
def test_commands_speak_the_language_that_the_person_set_else_the_systems(
    kanaltid_home: Path, setting: str, system: str, expected: str
) -> None:
    environ = {"KANALTID_HOME": str(kanaltid_home), "LANG": system}
    Context(environ).settings.change(language=setting)
    assert Context(environ).language.code == expected


def test_commands_go_on_when_the_settings_are_broken(kanaltid_home: Path) -> None:
    context = Context({"KANALTID_HOME": str(kanaltid_home), "LANG": "sv_SE"})
    context.paths.settings.parent.mkdir(parents=True)
    context.paths.settings.write_text("{", "utf-8")
    assert context.language.code == "sv"
