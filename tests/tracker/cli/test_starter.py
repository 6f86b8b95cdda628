"""``policy init``: asks, or takes options, and writes a file that is right."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest

from tests.tracker.cli.conftest import Shell
from tracker.cli.starter import DEFAULT_ZONE, local_zone

TOO_MANY = (
    "“many” is no number of minutes a day. "
    "Write a whole number from 0, which is not allowed, to 1440."
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that commands are run in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Europe/Stockholm")
    return tmp_path


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_file_is_right_when_nothing_is_asked(shell: Shell, folder: Path) -> None:
    said = shell("policy", "init", "--yes", "--company", "Nordisk AB", "--hours", "mon 08:00-17:00")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "policy.toml is written. Read it through, and change what you like.",
        "“kanaltid policy check policy.toml” says whether it is right.",
        f"It holds for you when it lies in {shell.paths.policy}.",
    ]
    file = folder / "policy.toml"
    text = file.read_text("utf-8")
    assert 'id = "nordisk-ab"' in text
    assert 'languages = ["en", "sv"]' in text
    assert 'timezone = "Europe/Stockholm"' in text
    assert not file.stat().st_mode & stat.S_IXUSR
    assert file.stat().st_mode & stat.S_IRGRP
    checked = shell("policy", "check", file, "--json").json
    assert (checked["ok"], checked["errors"]) == (True, [])


def test_questions_are_asked_again_when_an_answer_is_wrong(
    shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "Bolaget", "Boss", "nobody", "boss@example.se", "", "sv", "Mars", "UTC",
          "linkedin,x", "many", "0", "30", "mån-fre 08:00-17:00")  # fmt: skip
    said = shell("policy", "init")
    assert said.code == 0
    assert said.err.splitlines() == [
        "“nobody” is no e-mail address. Write it as press@example.se.",
        "“Mars” is no time zone. Write it as Europe/Stockholm.",
        TOO_MANY,
    ]
    text = (folder / "policy.toml").read_text("utf-8")
    for line in ('id = "bolaget"', 'languages = ["sv"]', 'timezone = "UTC"', "day = 0",
                 'mon-fri = ["08:00-17:00"]', 'email = "boss@example.se"'):  # fmt: skip
        assert line in text


def test_nothing_is_written_when_the_person_gives_up(
    shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "Bolaget", "Boss")
    assert shell("policy", "init").code == 130
    assert list(folder.glob("**/*.toml")) == []


def test_one_line_is_said_when_an_option_is_wrong(shell: Shell, folder: Path) -> None:
    said = shell("policy", "init", "--yes", "--channels", "linkedin,fazebook")
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "“fazebook” is no channel of the catalogue. "
        "Write ids such as linkedin, x, youtube, blogs, with commas between them.\n"
    )
    assert list(folder.glob("**/*.toml")) == []


def test_file_is_left_alone_when_it_is_there_and_not_forced(shell: Shell, folder: Path) -> None:
    file = folder / "mine.toml"
    file.write_text("mine", "utf-8")
    said = shell("policy", "init", "--output", file)
    assert (said.code, said.out) == (1, "")
    assert "is there already" in said.err
    assert file.read_text("utf-8") == "mine"
    assert shell("policy", "init", "--yes", "--force", "--output", file).code == 0
    assert file.read_text("utf-8").startswith("# The policy of Our company")


def test_zone_is_this_machines_when_it_says_it() -> None:
    assert local_zone({"TZ": ":Asia/Tokyo"}) == "Asia/Tokyo"
    assert local_zone({"TZ": "Nowhere"}) in {DEFAULT_ZONE, local_zone({})}
