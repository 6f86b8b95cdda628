"""``export``: a file that is written whole, and one that is there left alone."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk import POLICY, Desk
from tests.tracker.cli.conftest import MORE, Said, Shell


@pytest.fixture
def export(shell: Shell, morning: Desk) -> Callable[..., Said]:
    morning.service.stop()

    def run(form: str, output: Path, *more: str) -> Said:
        what = ("--week", "2026-W48", "--format", form, "--output", output)
        return shell("export", *what, *more)

    return run


def test_csv_has_a_row_a_day_channel_and_purpose(
    export: Callable[..., Said], tmp_path: Path
) -> None:
    output = tmp_path / "vecka 48.csv"
    said = export("csv", output)
    assert (said.code, said.out, said.err) == (0, f"{output}\n", "")
    assert list(csv.reader(io.StringIO(output.read_text("utf-8-sig")))) == [
        ["week", "day", "channel", "purpose", "seconds", "minutes", "lifted"],
        ["2026-W48", "2026-11-23", "linkedin", "brand", "40.000", "0.67", ""],
        ["2026-W48", "2026-11-23", "discord", "private", "312.480", "5.21", ""],
        ["2026-W48", "2026-11-23", "not_measured", "", "100.000", "1.67", ""],
        ["2026-W48", "2026-11-23", "paused", "", "60.000", "1.00", ""],
    ]
    assert stat.S_IMODE(output.stat().st_mode) == 0o600


def test_json_is_the_week_as_it_is_shown(
    export: Callable[..., Said], shell: Shell, tmp_path: Path
) -> None:
    output = tmp_path / "week.json"
    assert export("json", output).code == 0
    assert json.loads(output.read_bytes()) == shell("week", "2026-W48", "--json").json


@pytest.mark.parametrize("form", ["csv", "html", "json"])
def test_export_is_the_same_when_the_running_app_answers(
    shell: Shell,
    morning: Desk,
    answer_from: Callable[[Desk], list[str]],
    tmp_path: Path,
    form: str,
) -> None:
    what = ("--week", "2026-W48", "--format", form, "--output")
    answer_from(morning)
    assert shell("export", *what, tmp_path / "running").code == 0
    morning.service.stop()
    assert shell("export", *what, tmp_path / "stored").code == 0
    assert (tmp_path / "running").read_bytes() == (tmp_path / "stored").read_bytes()


BEGINS = {
    "csv": b"\xef\xbb\xbfweek,",
    "json": b'{\n  "week": "2026-W48"',
    "xlsx": b"PK\x03\x04",
    "html": b'<!DOCTYPE html>\n<html lang="en">',
    "pdf": b"%PDF-2026-W48 en False False",
}


@pytest.mark.parametrize("form", BEGINS)
def test_every_form_is_written_whole_and_replaced_only_when_asked(
    export: Callable[..., Said], tmp_path: Path, form: str
) -> None:
    output = tmp_path / f"week.{form}"
    assert export(form, output).code == 0
    content = output.read_bytes()
    assert content.startswith(BEGINS[form])
    output.write_bytes(b"mine")
    assert export(form, output).code == 1
    assert output.read_bytes() == b"mine"
    assert export(form, output, "--force").code == 0
    assert output.read_bytes() == content
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    nowhere = tmp_path / "no" / "folder"
    said = export(form, nowhere)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert {path.name for path in tmp_path.iterdir()} == {output.name, "kanaltid"}


def test_notes_and_results_leave_only_when_ticked(
    make_desk: Callable[..., Desk], shell: Shell, tmp_path: Path
) -> None:
    noted = 'channels = ["*"]\nnote = "optional"\nresult = "leads"\n'
    desk = make_desk(POLICY + MORE.replace('channels = ["*"]\n', noted))
    desk.front("discord")
    desk.service.choose_purpose("brand", "discord", note="Kund i Malmö")
    desk.service.count_result("brand", 3)
    desk.wait(60)
    desk.service.stop()
    what = ("export", "--week", "2026-W48", "--format")
    for form in ("csv", "json", "html"):
        plain, ticked = tmp_path / f"plain.{form}", tmp_path / f"ticked.{form}"
        assert shell(*what, form, "--output", plain).code == 0
        assert shell(*what, form, "--output", ticked, "--notes", "--results").code == 0
        assert "Kund i Malmö" not in plain.read_text("utf-8")
        assert "Kund i Malmö" in ticked.read_text("utf-8")
    form = json.loads((tmp_path / "ticked.json").read_bytes())
    assert form["results"] == [{"day": "2026-11-23", "purpose": "brand", "count": 3}]
    assert shell(*what, "pdf", "--output", tmp_path / "pdf", "--notes").code == 0
    assert (tmp_path / "pdf").read_bytes().endswith(b"True False")


def test_schema_is_printed_when_it_is_asked_for(shell: Shell) -> None:
    assert shell("export", "--schema").json["title"] == "A week of Kanaltid"


def test_file_is_left_alone_when_it_is_there(export: Callable[..., Said], tmp_path: Path) -> None:
    output = tmp_path / "week.csv"
    output.write_text("mine")
    said = export("csv", output)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"{output} is there already and was left as it is. "
        "Choose another name, or use --force to replace it.\n"
    )
    assert output.read_text() == "mine"
    assert export("csv", output, "--force").code == 0
    assert output.read_bytes().startswith(b"\xef\xbb\xbfweek,")
    assert {path.name for path in tmp_path.iterdir()} == {"week.csv", "kanaltid"}


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_one_line_is_told_when_the_file_cannot_be_written(
    export: Callable[..., Said], tmp_path: Path, force: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    full = Path("/dev/full")
    places = [tmp_path / "no" / "folder.csv", tmp_path / "file" / "x", full]
    for output in places if force else [*places, loop]:
        said = export("csv", output, *force)
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith(str(output))
        assert said.err.count("\n") == 1
    assert export("csv", tmp_path / "folder", *force).code == 1
    assert full.is_char_device()
    assert {path.name for path in tmp_path.iterdir()} == {"file", "folder", "loop", "kanaltid"}


def test_link_stays_when_what_it_names_is_replaced(
    export: Callable[..., Said], tmp_path: Path
) -> None:
    (tmp_path / "real.csv").write_text("old")
    link = tmp_path / "link.csv"
    link.symlink_to("real.csv")
    assert export("csv", link).code == 1
    assert export("csv", link, "--force").code == 0
    assert link.is_symlink()
    assert (tmp_path / "real.csv").read_bytes().startswith(b"\xef\xbb\xbfweek,")


def test_file_is_written_when_the_file_system_knows_no_links(
    export: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    output = tmp_path / "week.csv"
    assert export("csv", output).code == 0
    assert output.stat().st_size > 100
    assert export("csv", output).code == 1


def test_no_half_file_is_left_when_the_disk_is_full(
    export: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    said = export("csv", tmp_path / "week.csv")
    assert said.code == 1
    assert "that there is room" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["kanaltid"]
