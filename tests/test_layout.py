"""The shape of the code: sizes, names, and a core that stands without Qt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path.relative_to(ROOT)
    for folder in ("tracker", "ui", "tools")
    for path in (ROOT / folder).rglob("*.py")
)
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}

WITHOUT_QT = """
import importlib, pkgutil, sys
sys.modules["PySide6"] = None
import tracker
names = [module.name for module in pkgutil.walk_packages(tracker.__path__, "tracker.")]
assert len(names) > 20, names
for name in names:
    if not name.startswith("tracker.storage.migrations"):
        importlib.import_module(name)
"""


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_module_has_one_idea(module: Path) -> None:
    assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) <= 400
    assert not VAGUE & {*module.with_suffix("").parts}


def test_core_is_importable_when_qt_is_not() -> None:
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", WITHOUT_QT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
