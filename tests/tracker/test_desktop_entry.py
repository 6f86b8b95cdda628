"""The entry among the desktop's programs comes whole, says what is started, and goes whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.desktop_entry import (
    ICON_SIZES,
    DesktopEntry,
    EntryStatus,
    base_folder,
    entry_text,
    entry_values,
    exec_line,
    own_command,
)
from tracker.errors import ErrorCode, OutsideError

COMMAND = ("/opt/kanaltid/bin/kanaltid",)
ARGUMENT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


def make(home: Path, **environ: str) -> DesktopEntry:
    return DesktopEntry({"HOME": str(home), **environ}, COMMAND)


def started(line: str) -> list[str]:
    """Read an Exec key as the specification has it read: quoting, then field codes."""
    arguments: list[str] = []
    place = 0
    while place < len(line):
        text = ""
        if line[place] == '"':
            place += 1
            while line[place] != '"':
                if line[place] == "\\":
                    place += 1
                    assert line[place] in '"`$\\'
                text += line[place]
                place += 1
            place += 1
        else:
            while place < len(line) and line[place] != " ":
                assert line[place] not in "\t\n\"'\\><~|&;$*?#()`"
                text += line[place]
                place += 1
        arguments.append(text.replace("%%", "\0").replace("%", "FIELD CODE").replace("\0", "%"))
        assert place == len(line) or line[place] == " "
        place += 1
    return arguments


@given(st.lists(ARGUMENT, min_size=1))
def test_every_argument_arrives_as_it_was_whatever_is_in_it(arguments: list[str]) -> None:
    assert started(exec_line(arguments)) == arguments


def test_entry_is_one_line_a_key_whatever_the_folder_is_called() -> None:
    home = '/home/å b/$x"\n\t`%f\\'
    text = entry_text(COMMAND, {"KANALTID_HOME": home})
    value = entry_values(text)["Exec"]
    for escape, plain in (("\\\\", "\0"), ("\\n", "\n"), ("\\t", "\t"), ("\0", "\\")):
        value = value.replace(escape, plain)
    assert started(value) == ["env", f"KANALTID_HOME={home}", *COMMAND]
    assert all("=" in line or line.startswith("[") for line in text.splitlines())


def test_home_is_carried_on_only_when_it_is_set() -> None:
    assert entry_values(entry_text(COMMAND, {}))["Exec"] == COMMAND[0]
    values = entry_values(entry_text(COMMAND, {"KANALTID_HOME": "/srv/k"}))
    assert values["Exec"] == f"env KANALTID_HOME=/srv/k {COMMAND[0]}"
    assert values["TryExec"] == COMMAND[0]


def test_entry_speaks_each_language() -> None:
    values = entry_values(entry_text(COMMAND, {}))
    assert values["Name"] == "Kanaltid"
    for key in ("GenericName", "Comment", "Keywords"):
        assert values[key]
        assert values[f"{key}[sv]"]
    assert values["Comment"] == "See your social media time against your company's policy"


def test_installing_puts_entry_and_icons_in_their_places(tmp_path: Path) -> None:
    entry = make(tmp_path)
    entry.install()
    assert entry.status() == EntryStatus(entry=True, current=True, icons=True)
    assert (tmp_path / ".local/share/applications/kanaltid.desktop").is_file()
    icons = tmp_path / ".local/share/icons/hicolor"
    assert (icons / "scalable/apps/kanaltid.svg").read_bytes().startswith(b"<svg")
    for size in ICON_SIZES:
        data = (icons / f"{size}x{size}/apps/kanaltid.png").read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(data[16:20]) == int.from_bytes(data[20:24]) == size


def test_installing_again_changes_nothing(tmp_path: Path) -> None:
    entry = make(tmp_path)
    entry.install()
    before = {path: path.stat().st_mtime_ns for path in (entry.path, *entry.icons)}
    entry.install()
    assert {path: path.stat().st_mtime_ns for path in (entry.path, *entry.icons)} == before


def test_uninstalling_leaves_nothing_and_can_be_done_twice(tmp_path: Path) -> None:
    entry = make(tmp_path)
    (tmp_path / ".local/share").mkdir(parents=True)
    entry.install()
    for _ in range(2):
        entry.uninstall()
        assert [*(tmp_path / ".local/share").iterdir()] == []
    assert entry.status() == EntryStatus(entry=False, current=False, icons=False)


def test_uninstalling_leaves_what_is_others(tmp_path: Path) -> None:
    entry = make(tmp_path)
    entry.install()
    other = entry.path.with_name("other.desktop")
    other.touch()
    entry.uninstall()
    assert other.exists()
    assert not (tmp_path / ".local/share/icons").exists()


def test_data_folder_is_the_one_that_is_named_unless_it_is_relative(tmp_path: Path) -> None:
    assert make(Path("/h"), XDG_DATA_HOME=str(tmp_path)).path.is_relative_to(tmp_path)
    assert base_folder({"HOME": "/h", "XDG_X": "rel"}, "XDG_X", ".x") == Path("/h/.x")


def test_entry_is_not_current_when_it_starts_another_program(tmp_path: Path) -> None:
    DesktopEntry({"HOME": str(tmp_path)}, ("/elsewhere/kanaltid",)).install()
    assert make(tmp_path).status() == EntryStatus(entry=True, current=False, icons=True)


def test_entry_is_current_when_only_its_words_are_others(tmp_path: Path) -> None:
    entry = make(tmp_path)
    entry.install()
    entry.path.write_text(entry.path.read_text("utf-8").replace("Comment=See", "Comment=Regard"))
    assert entry.status().current


def test_known_error_is_raised_when_a_file_can_not_be_written(tmp_path: Path) -> None:
    entry = make(tmp_path)
    entry.path.parent.parent.mkdir(parents=True)
    entry.path.parent.touch()
    with pytest.raises(OutsideError) as caught:
        entry.install()
    assert caught.value.code is ErrorCode.FILE_NOT_WRITTEN


def test_own_command_is_the_script_that_was_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "kanaltid"
    script.touch(0o755)
    monkeypatch.setattr("sys.argv", [str(script), "desktop", "install"])
    assert own_command() == (str(script),)


def test_own_command_is_the_environments_script_else_the_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["/usr/bin/pytest"])
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    assert own_command() == (str(tmp_path / "python"), "-m", "ui")
    (tmp_path / "kanaltid").touch(0o755)
    assert own_command() == (str(tmp_path / "kanaltid"),)
