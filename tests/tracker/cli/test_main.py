"""The command as a whole: exit codes, one clear line, and where it looks for things."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import POLICY, Desk
from tests.tracker.cli.conftest import Shell
from tracker.cli import main as cli
from tracker.cli.main import main

KANALTID = Path(sys.executable).with_name("kanaltid")


def policy_file(folder: Path, name: str, **changes: str) -> Path:
    text = POLICY.replace('id = "test"', f'id = "{name}"', 1)
    for old, new in changes.items():
        text = text.replace(old, new)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def is_one_clear_line(text: str) -> bool:
    """Whether ``text`` is one line of whole sentences without the program's innards."""
    return (
        text.count("\n") == 1
        and text.endswith(".\n")
        and not any(word in text for word in ("Traceback", "Error(", "{", "fault of its own"))
    )


def test_app_is_started_when_there_is_no_command(shell: Shell) -> None:
    assert shell().code == 0
    assert shell.started == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-command",),
        ("--no-such-option",),
        ("today", "tomorrow"),
        ("spans",),
        ("spans", "--from", "2026-11-23"),
        ("export", "--week", "2026-W48", "--format", "doc", "--output", "x"),
        ("export", "--week", "2026-W48", "--output", "x"),
        ("simulate",),
        ("policy", "check"),
        ("track",),
        ("track", "--headless", "--for", "-1"),
        ("track", "--headless", "--for", "nan"),
        ("track", "--headless", "--for", "inf"),
        ("track", "--headless", "--for", "1e300"),
        ("track", "--headless", "--for", "soon"),
        ("browser", "explode"),
        ("purpose",),
        ("extend",),
    ],
)
def test_usage_is_told_when_it_is_wrong(shell: Shell, arguments: tuple[str, ...]) -> None:
    said = shell(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Usage: kanaltid")
    assert "Traceback" not in said.err


@pytest.mark.parametrize("command", ["", "today", "policy", "policy check", "track", "simulate"])
def test_help_is_given_when_asked_for(shell: Shell, command: str) -> None:
    said = shell(*command.split(), "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Usage: kanaltid {command}".strip())


def test_version_is_told_when_asked_for(shell: Shell) -> None:
    assert shell("--version").out.startswith("kanaltid, version ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("purpose", "brand"),
        ("extend", "private"),
        ("break",),
        ("pause",),
        ("pause", "1h"),
        ("resume",),
    ],
)
def test_command_says_so_when_nothing_runs(shell: Shell, arguments: tuple[str, ...]) -> None:
    said = shell(*arguments)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("This needs a running Kanaltid, and there is none.")
    assert is_one_clear_line(said.err)
    assert not shell.paths.database.exists()


def test_command_says_so_when_it_comes_later(shell: Shell) -> None:
    said = shell("browser", "install")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("This version of Kanaltid can't do that yet: ")
    assert is_one_clear_line(said.err)


def test_first_policy_counts_when_there_are_several(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_force(*before: object) -> str:
        return str(shell(*before, "today", "--json").json["policy"]["id"])

    assert in_force() == "starter"
    policy_file(shell.paths.config, "own").rename(shell.paths.config / "policy.toml")
    assert in_force() == "own"
    monkeypatch.setenv("KANALTID_POLICY", str(policy_file(tmp_path, "variable")))
    assert in_force() == "variable"
    assert in_force("--policy", policy_file(tmp_path, "named")) == "named"


@pytest.mark.parametrize("how", ["option", "variable", "own"])
@pytest.mark.parametrize(
    ("content", "line"),
    [
        (None, None),
        (b"", 1),
        (b"\xff\xfe\x00\x01", 1),
        (b"schema = 1\n[policy\n", 2),
        (POLICY.replace("day = 10", "day = 'ten'").encode(), 23),
        (b"#" * 1_000_001, 1),
    ],
    ids=["missing", "empty", "binary", "syntax", "type", "large"],
)
def test_policy_is_refused_in_one_line_when_it_cannot_be_used(
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    how: str,
    content: bytes | None,
    line: int | None,
) -> None:
    path = tmp_path / "bad.toml"
    if how == "own":
        shell.paths.ensure()
        path = shell.paths.policy
    if content is not None:
        path.write_bytes(content)
    elif how == "own":
        path.mkdir()
    before = ("--policy", path) if how == "option" else ()
    if how == "variable":
        monkeypatch.setenv("KANALTID_POLICY", str(path))
    for command in (("today",), ("week", "--json"), ("classify", "--url", "https://x.com")):
        said = shell(*before, *command)
        assert (said.code, said.out) == (1, "")
        assert is_one_clear_line(said.err)
        assert said.err.startswith(
            f"{path} can't be read." if line is None else f"{path} has an error in line {line}."
        )


def test_last_good_policy_judges_when_the_file_has_broken(shell: Shell, morning: Desk) -> None:
    morning.service.stop()
    day = shell("today", "--json").json
    shell.paths.policy.write_text(POLICY.replace("day = 10", "day = ten"), "utf-8")
    for arguments in (("today", "--json"), ("week", "--json"), ("policy", "show")):
        said = shell(*arguments)
        assert said.code == 0
        assert said.err.startswith(f"{shell.paths.policy} has an error in line 23.")
        assert is_one_clear_line(said.err)
    assert json.loads(shell("today", "--json").out) == day
    said = shell("--policy", shell.paths.policy, "today")
    assert (said.code, said.out) == (1, "")  # the one that was named is meant, and no other


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(4096)])
def test_store_is_refused_in_one_line_when_it_is_damaged(shell: Shell, content: bytes) -> None:
    shell.paths.ensure()
    shell.paths.database.write_bytes(content)
    for command in (("today",), ("week",), ("spans", "--from", "2026-11-23", "--to", "2026-11-23")):
        said = shell(*command)
        assert (said.code, said.out) == (1, "")
        assert is_one_clear_line(said.err)
        assert str(shell.paths.database) in said.err


@pytest.mark.parametrize(
    ("language", "start"),
    [("sv", "”nonsens” är "), ("en", "“nonsens” is no date or week."), ("de", "“nonsens” is no")],
)
def test_language_is_the_persons_when_an_error_is_told(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, language: str, start: str
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    assert shell("week", "nonsens").err.startswith(start)


def test_text_is_swedish_when_the_person_is(
    shell: Shell, morning: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning.service.stop()
    monkeypatch.setenv("LANGUAGE", "sv")
    lines = shell("today").out.splitlines()
    assert lines[0] == "23 november 2026"
    assert shell("week").out.startswith("vecka 48, 2026")
    english = shell("today", "--json").json
    monkeypatch.setenv("LANGUAGE", "en")
    assert shell("today", "--json").json == english


def test_home_holds_everything_when_it_is_named(shell: Shell, kanaltid_home: Path) -> None:
    assert shell("data", "path").out == f"{kanaltid_home / 'data'}\n"


def test_own_fault_is_told_without_innards_when_something_unforeseen_happens(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError("a title that must not be shown")

    monkeypatch.setattr("tracker.classify.classifier.Classifier.classify", fail)
    said = shell("classify", "--app", "discord")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Kanaltid has a fault of its own")
    assert "title" not in said.err
    monkeypatch.setenv("KANALTID_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(lambda _: None, ["classify", "--app", "discord"])


def run(arguments: str, *, shell_after: str = "") -> subprocess.CompletedProcess[str]:
    """Run the real command through a real shell."""
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; '{KANALTID}' {arguments} {shell_after}"],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("command", ["policy schema", "data path"])
def test_one_line_is_told_when_the_output_has_no_room(command: str) -> None:
    done = run(command, shell_after=">/dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith("stdout could not be written.")
    assert is_one_clear_line(done.stderr)


def test_nothing_is_said_when_the_reader_has_seen_enough() -> None:
    done = run("policy schema", shell_after="| head -c 1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "{", "")


def test_nothing_is_said_when_the_output_is_closed() -> None:
    done = run("policy schema", shell_after=">&-")
    assert (done.returncode, done.stderr) == (0, "")


def test_every_command_is_there_when_it_is_called_for(shell: Shell) -> None:
    for name in cli._COMMANDS:
        assert shell(name, "--help").code == 0
