"""Start at login: the desktop's own file is the setting, the administrator's included."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.autostart import StartAtLogin
from tracker.desktop_entry import entry_values

COMMAND = ("/opt/bin/kanaltid",)
FOR_EVERYBODY = "[Desktop Entry]\nType=Application\nName=Kanaltid\nExec=kanaltid\n"


def make(home: Path, **environ: str) -> StartAtLogin:
    environ.setdefault("XDG_CONFIG_DIRS", str(home / "etc"))
    return StartAtLogin({"HOME": str(home), **environ}, COMMAND)


def by_the_administrator(home: Path, text: str = FOR_EVERYBODY) -> None:
    folder = home / "etc" / "autostart"
    folder.mkdir(parents=True)
    (folder / "kanaltid.desktop").write_text(text, "utf-8")


def test_it_is_off_at_first_and_stays_what_it_was_set_to(tmp_path: Path) -> None:
    assert not make(tmp_path).on
    make(tmp_path).set(True)
    assert make(tmp_path).on
    values = entry_values((tmp_path / ".config/autostart/kanaltid.desktop").read_text("utf-8"))
    assert values["Exec"] == COMMAND[0]
    assert values["X-GNOME-Autostart-enabled"] == "true"
    make(tmp_path).set(False)
    assert not make(tmp_path).on


def test_nothing_is_left_when_it_is_switched_off(tmp_path: Path) -> None:
    (tmp_path / ".config").mkdir()
    make(tmp_path).set(True)
    make(tmp_path).set(False)
    assert [*(tmp_path / ".config").iterdir()] == []


def test_folder_is_the_one_that_is_named(tmp_path: Path) -> None:
    start = make(tmp_path, XDG_CONFIG_HOME=str(tmp_path / "c"))
    start.set(True)
    assert (tmp_path / "c/autostart/kanaltid.desktop").is_file()


@pytest.mark.parametrize("key", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_it_is_off_when_the_desktops_own_tool_switched_it_off(tmp_path: Path, key: str) -> None:
    start = make(tmp_path)
    start.set(True)
    text = start.path.read_text("utf-8").replace("X-GNOME-Autostart-enabled=true\n", "")
    start.path.write_text(text + key + "\n", "utf-8")
    assert not start.on
    start.set(True)
    assert start.on


def test_administrators_entry_starts_it_until_the_person_says_otherwise(tmp_path: Path) -> None:
    by_the_administrator(tmp_path)
    assert make(tmp_path).on
    make(tmp_path).set(False)
    assert not make(tmp_path).on
    make(tmp_path).set(True)
    assert make(tmp_path).on


def test_administrators_hidden_entry_starts_nothing(tmp_path: Path) -> None:
    by_the_administrator(tmp_path, FOR_EVERYBODY + "Hidden=true\n")
    assert not make(tmp_path).on


def test_only_the_main_group_counts(tmp_path: Path) -> None:
    by_the_administrator(tmp_path, FOR_EVERYBODY + "[Desktop Action x]\nHidden=true\n")
    assert make(tmp_path).on


def test_file_of_other_bytes_is_no_crash(tmp_path: Path) -> None:
    start = make(tmp_path)
    start.path.parent.mkdir(parents=True)
    start.path.write_bytes(b"\xff\xfe")
    assert not start.on
