"""``policy check``: the errors and warnings of a file, for scripts and for people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import POLICY
from tests.tracker.cli.conftest import Shell

BROKEN = POLICY.replace("day = 10", 'day = "ten"').replace('"legitimate_interest"', '"consent"')


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "policy.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_errors_have_line_key_and_code_when_asked_for_json(shell: Shell, tmp_path: Path) -> None:
    said = shell("policy", "check", write(tmp_path, BROKEN), "--json")
    assert (said.code, said.err) == (1, "")
    found = json.loads(said.out)
    assert list(found) == ["ok", "errors", "warnings"]
    assert found["ok"] is False
    assert [list(row) for row in found["errors"]] == [["line", "key", "code", "message"]] * 2
    assert [(row["line"], row["key"]) for row in found["errors"]] == [
        (12, "monitoring.legal_basis"),
        (23, "limit[0].day"),
    ]
    assert all(row["code"] and row["message"].endswith(".") for row in found["errors"])


def test_file_is_right_when_it_has_warnings_only(shell: Shell, tmp_path: Path) -> None:
    path = write(tmp_path, POLICY.replace('dpia = "1"\n', ""))
    said = shell("policy", "check", path, "--json")
    found = said.json
    assert (found["ok"], found["errors"]) == (True, [])
    (warning,) = found["warnings"]
    assert (warning["line"], warning["key"]) == (10, "monitoring.dpia")
    text = shell("policy", "check", path)
    assert text.code == 0
    assert text.out.splitlines()[0].startswith(f"{path}:10: warning: ")
    assert text.out.splitlines()[-1] == f"{path} is right."


def test_file_is_right_when_nothing_is_wrong(shell: Shell, tmp_path: Path) -> None:
    path = write(tmp_path, POLICY)
    assert shell("policy", "check", path, "--json").json == {
        "ok": True, "errors": [], "warnings": [],
    }  # fmt: skip
    assert shell("policy", "check", path).out == f"{path} is right.\n"


def test_each_error_is_a_line_when_a_person_reads(shell: Shell, tmp_path: Path) -> None:
    path = write(tmp_path, BROKEN)
    said = shell("policy", "check", path)
    assert (said.code, said.err) == (1, "")
    first, second = said.out.splitlines()
    assert first.startswith(f"{path}:12: error: ")
    assert first.endswith("[monitoring.legal_basis]")
    assert second.startswith(f"{path}:23: error: ")


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"\xff\xfe", b"[" * 100_000, b'x = "' + b"a" * 1_000_000, b"a = 1" + b"0" * 5000],
    ids=["empty", "nul", "utf-16", "deep", "large", "huge number"],
)
def test_errors_are_told_when_the_file_is_no_policy_at_all(
    shell: Shell, tmp_path: Path, content: bytes
) -> None:
    said = shell("policy", "check", write(tmp_path, content))
    assert (said.code, said.err) == (1, "")
    assert said.out.count(": error: ") >= 1
    assert "[]" not in said.out


@pytest.mark.parametrize("name", ["missing.toml", "", "a/b.toml"])
def test_one_line_is_told_when_the_file_cannot_be_read(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    said = shell("policy", "check", tmp_path / name)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"{tmp_path / name} can't be read.")
    assert said.err.count("\n") == 1


def test_check_ends_when_the_file_never_does(shell: Shell) -> None:
    said = shell("policy", "check", "/dev/zero")
    assert said.code == 1


def test_policy_is_told_in_words_when_shown(shell: Shell, tmp_path: Path) -> None:
    said = shell("--policy", write(tmp_path, POLICY), "policy", "show")
    assert (said.code, said.err) == (0, "")
    assert "10 minutes" in said.out
