"""The rules of tests/conftest.py hold: what nobody expected fails a test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RULES = Path(__file__).with_name("conftest.py")

CASES = {
    "logs_a_warning": ("import logging; logging.getLogger('x').warning('odd')", "without being"),
    "warns": ("import warnings; warnings.warn('old', DeprecationWarning)", "DeprecationWarning"),
    "makes_qt_warn": ("from PySide6.QtCore import qWarning; qWarning('odd')", "odd"),
}


def run(
    folder: Path, body: str, *, mark: str = "", place: str = "."
) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text(RULES.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / place).mkdir(exist_ok=True)
    (folder / place / "test_case.py").write_text(
        f"import os, pytest\n{mark}\ndef test_case():\n    {body}\n", encoding="utf-8"
    )
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "--rootdir", folder,
         "-p", "no:cacheprovider", folder],
        env=dict(os.environ),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip


@pytest.mark.parametrize(("body", "reason"), CASES.values(), ids=CASES)
def test_run_fails_when_a_test(tmp_path: Path, body: str, reason: str) -> None:
    result = run(tmp_path, body)
    assert result.returncode == 1, result.stdout
    assert reason in result.stdout


def test_run_passes_when_a_test_expects_the_warning_that_it_logs(tmp_path: Path) -> None:
    body, _ = CASES["logs_a_warning"]
    result = run(tmp_path, body, mark="@pytest.mark.expects_log('od+')")
    assert result.returncode == 0, result.stdout


def test_run_fails_when_an_expected_warning_is_not_logged(tmp_path: Path) -> None:
    result = run(tmp_path, "pass", mark="@pytest.mark.expects_log('odd')")
    assert result.returncode == 1, result.stdout
    assert "no warning was logged that matches 'odd'" in result.stdout


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_screen_of_the_person_is_out_of_reach_when_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    body = f"assert {name!r} not in os.environ and os.environ['QT_QPA_PLATFORM'] == 'offscreen'"
    assert run(tmp_path, body).returncode == 0


@pytest.mark.parametrize(
    ("required", "outcome"), [("0", "1 skipped"), ("1", "1 failed")], ids=["here", "on CI"]
)
def test_desktop_layer_says_what_is_missing_when_parts_are_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, required: str, outcome: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("KANALTID_REQUIRE_PARTS", required)
    body = "from tools.desktop import VirtualDesktop; VirtualDesktop().__enter__()"
    result = run(tmp_path, body, place="desktop")
    assert outcome in result.stdout
    header = "fails" if required == "1" else "skipped"
    assert f"desktop layer: {header}, Xvfb, openbox, trayer, dunst, dbus-daemon" in result.stdout
    assert result.stdout.count("`make test-parts` installs what is missing") >= 2
