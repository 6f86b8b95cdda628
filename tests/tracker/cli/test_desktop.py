"""``kanaltid desktop``: in the menu of programs, and out of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracker.autostart import StartAtLogin
from tracker.cli.main import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(*arguments: str) -> int:
    return main(lambda _context: None, ["desktop", *arguments])


def test_entry_comes_and_goes_and_status_tells(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def status() -> dict[str, object]:
        assert run("status", "--json") == 0
        found: dict[str, object] = json.loads(capsys.readouterr().out)
        return found

    nothing = {"entry": None, "current": False, "icons": False, "start_at_login": False}
    assert status() == nothing
    assert run("install") == run("install") == 0
    capsys.readouterr()
    entry = str(home / ".local/share/applications/kanaltid.desktop")
    assert status() == nothing | {"entry": entry, "current": True, "icons": True}
    StartAtLogin({"HOME": str(home)}).set(True)
    assert status()["start_at_login"]
    assert run("uninstall") == run("uninstall") == 0
    capsys.readouterr()
    assert status() == nothing
    assert [path for path in home.rglob("*") if "kanaltid." in path.name] == []


@pytest.mark.usefixtures("home")
def test_status_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    run("status")
    assert "kanaltid desktop install" in capsys.readouterr().out
    run("install")
    capsys.readouterr()
    run("status")
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["In the menu of programs: yes", "Icon: yes", "Started at login: no"]


def test_one_line_is_said_when_nothing_can_be_written(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / ".local").touch()
    assert run("install") == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_what_an_administrator_starts_for_everybody_is_said(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("uninstall")
    assert "not started at login" in capsys.readouterr().out
    folder = home / "etc" / "autostart"
    folder.mkdir(parents=True)
    (folder / "kanaltid.desktop").write_text("[Desktop Entry]\nExec=kanaltid\n", "utf-8")
    run("uninstall")
    assert "for everybody" in capsys.readouterr().out
