"""``data path``, ``data export`` and ``data delete``, with and without a running app."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.storage_contract import EVER
from tests.desk import TODAY, Desk
from tests.tracker.cli.conftest import Shell
from tracker.storage.base import Stored
from tracker.storage.sql import SqlStorage


@pytest.fixture
def stored(morning: Desk) -> Desk:
    """The morning's desk, which does not run any more."""
    morning.service.stop()
    return morning


def rows(shell: Shell) -> dict[str, Any]:
    return dict(json.loads(shell("data", "export").out)["rows"])


def test_folder_is_named_when_asked_for(shell: Shell) -> None:
    assert shell("data", "path").out == f"{shell.paths.data}\n"


@pytest.mark.usefixtures("stored")
def test_all_is_printed_when_no_file_is_named(shell: Shell) -> None:
    shell.paths.settings.write_text('{"language": "sv"}', "utf-8")
    said = shell("data", "export")
    assert (said.code, said.err) == (0, "")
    data = json.loads(said.out)
    assert data["settings"] == {"language": "sv"}
    assert {kind for kind, found in data["rows"].items() if found} == {
        "span", "gap", "day_total", "day_gap", "purpose_choice", "day_policy", "policy_text",
        "device", "note",
    }  # fmt: skip
    lengths = [(span["channel"], span["length_ms"]) for span in data["rows"]["span"]]
    assert lengths == [("discord", 312_480), ("linkedin", 40_000)]


@pytest.mark.usefixtures("stored")
def test_file_is_the_owners_alone_and_replaced_only_when_asked(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "own.json"
    before = os.umask(0)
    try:
        assert shell("data", "export", "--output", file).out == f"{file}\n"
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text("utf-8"))["version"] == 1
    file.write_text("mine", "utf-8")
    assert shell("data", "export", "--output", file).code == 1
    assert file.read_text("utf-8") == "mine"
    assert shell("data", "export", "--output", file, "--force").code == 0
    assert json.loads(file.read_text("utf-8"))["form"] == "kanaltid-data"


def test_running_app_stores_first_when_all_is_exported(
    shell: Shell, morning: Desk, answer_from: Callable[[Desk], list[str]]
) -> None:
    asked = answer_from(morning)
    morning.front("discord")
    morning.wait(2)
    assert rows(shell)["span"][-1]["length_ms"] == 2_000
    assert asked == ["store_now"]


@pytest.mark.parametrize("command", [("export",), ("delete", "--yes")])
def test_nothing_is_said_to_be_stored_when_there_is_no_store(
    shell: Shell, command: tuple[str, ...]
) -> None:
    said = shell("data", *command)
    assert (said.code, said.out, said.err) == (0, "", "Nothing is stored.\n")
    assert not shell.paths.data.exists()


def test_everything_is_gone_when_it_is_deleted(shell: Shell, stored: Desk) -> None:
    stored.storage.close()
    shell.paths.log.write_text("2026-11-23 08:00 nobody looked\n", "utf-8")
    rotated = shell.paths.log.with_name("kanaltid.log.1")
    rotated.write_text("older", "utf-8")
    said = shell("data", "delete", "--yes")
    assert (said.code, said.out, said.err) == (0, "Deleted.\n", "")
    assert {kind for kind, found in rows(shell).items() if found} == {"device"}
    assert shell.paths.log.read_bytes() == b""
    assert not rotated.exists()


def test_only_some_days_are_gone_when_they_are_named(shell: Shell, stored: Desk) -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    said = shell("data", "delete", "--from", tomorrow, "--yes")
    assert said.out == "Nothing is stored of these days.\n"
    assert stored.storage.spans(*EVER)
    assert shell("data", "delete", "--to", TODAY.isoformat(), "--yes").out == "Deleted.\n"
    counted = stored.storage.counted(*EVER)
    assert {kind for kind in Stored if counted[kind]} == {Stored.DEVICE, Stored.NOTE}


def test_running_app_counts_from_zero_when_its_day_is_deleted(
    shell: Shell, morning: Desk, answer_from: Callable[[Desk], list[str]]
) -> None:
    asked = answer_from(morning)
    day = TODAY.isoformat()
    assert shell("data", "delete", "--from", day, "--to", day, "--yes").out == "Deleted.\n"
    assert asked == ["store_now", "delete"]
    assert morning.used() == {}
    assert not morning.storage.spans(*EVER)


def test_running_app_is_asked_until_nothing_is_left_when_there_is_much(
    shell: Shell,
    morning: Desk,
    answer_from: Callable[[Desk], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = answer_from(morning)
    left: list[date | None] = [TODAY - timedelta(days=1), TODAY - timedelta(days=9), None]
    wanted = []

    def delete(_storage: SqlStorage, first: date, last: date) -> date | None:
        wanted.append((first, last))
        return left.pop(0)

    monkeypatch.setattr(SqlStorage, "delete", delete)
    assert shell("data", "delete", "--to", TODAY.isoformat(), "--yes").code == 0
    assert wanted == [(date.min, TODAY - timedelta(days=back)) for back in (0, 1, 9)]
    more = [True, True, False]
    monkeypatch.setattr(SqlStorage, "erase", lambda _storage: more.pop(0))
    assert shell("data", "delete", "--yes").code == 0
    assert asked == ["store_now", *["delete"] * 3, "store_now", *["erase"] * 3]


@pytest.mark.parametrize(
    ("answer", "says", "gone"), [("y\n", "Deleted.", True), ("\n", "Nothing was deleted.", False)]
)
def test_it_is_asked_and_said_what_goes_when_it_is_a_terminal(
    shell: Shell,
    stored: Desk,
    monkeypatch: pytest.MonkeyPatch,
    *,
    answer: str,
    says: str,
    gone: bool,
) -> None:
    terminal = Terminal(answer)
    monkeypatch.setattr("sys.stdin", terminal)
    said = shell("data", "delete", "--from", TODAY.isoformat())
    assert said.code == 0
    assert said.out.splitlines()[:2] == ["Stretches of time: 2", "Paused and not measured: 2"]
    assert "Devices" not in said.out  # that stays
    assert "Delete this for good? [y/N]" in said.out
    assert says in said.out
    assert (not stored.storage.spans(*EVER)) is gone


@pytest.mark.usefixtures("stored")
def test_usage_is_wrong_when_nobody_can_be_asked(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("y\n", tty=False))
    said = shell("data", "delete")
    assert said.code == 2
    assert "say --yes" in said.err


@pytest.mark.parametrize(
    ("days", "code"),
    [(("--from", "2026-11-24", "--to", "2026-11-23"), 2), (("--from", "yesterday"), 1)],
)
def test_days_are_refused_when_they_are_none(
    shell: Shell, stored: Desk, days: tuple[str, ...], code: int
) -> None:
    assert shell("data", "delete", *days, "--yes").code == code
    assert stored.storage.spans(*EVER)


class Terminal:
    """What a person types."""

    def __init__(self, answer: str, *, tty: bool = True) -> None:
        self._answer = answer
        self._tty = tty
        self.encoding = "utf-8"

    def isatty(self) -> bool:
        return self._tty

    def readline(self, *_args: object) -> str:
        return self._answer
