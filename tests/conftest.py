"""What holds for every test: no screen, bus or folder of the person's own, and no stray warning."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tools.parts import missing_parts, missing_text

DESKTOP_TESTS = Path(__file__).parent / "desktop"

# Set before anything imports Qt or opens a bus. What a test needs of these, it sets itself.
_PERSONAL = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "LANGUAGE", "KANALTID_POLICY")
for _name in _PERSONAL:
    os.environ.pop(_name, None)
_scratch = tempfile.TemporaryDirectory(prefix="kanaltid-tests-")
_nowhere = f"unix:path={_scratch.name}/no-bus"
os.environ.update(
    QT_QPA_PLATFORM="offscreen",
    XDG_RUNTIME_DIR=_scratch.name,
    DBUS_SESSION_BUS_ADDRESS=_nowhere,
    DBUS_SYSTEM_BUS_ADDRESS=_nowhere,
    HOME=_scratch.name,
    LC_ALL="C.UTF-8",
)

# A busy machine is no reason to fail; and what fails once fails again in the same order.
settings.register_profile("kanaltid", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("kanaltid")


def parts_are_required() -> bool:
    """Whether a missing part fails the tests that need it, instead of skipping them."""
    return os.environ.get("KANALTID_REQUIRE_PARTS") == "1"


def pytest_unconfigure() -> None:
    _scratch.cleanup()


def pytest_report_header() -> list[str]:
    missing = missing_parts()
    if not missing:
        return ["desktop layer: runs"]
    outcome = "fails" if parts_are_required() else "skipped"
    return [f"desktop layer: {outcome}, {missing_text(missing)}"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = missing_parts()
    for item in items:
        if DESKTOP_TESTS not in item.path.parents:
            continue
        item.add_marker(pytest.mark.desktop)
        if missing and not parts_are_required():
            item.add_marker(pytest.mark.skip(reason=missing_text(missing)))


@pytest.fixture(autouse=True)
def kanaltid_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds this test's data, settings and sockets; not made yet."""
    home = tmp_path / "kanaltid"
    monkeypatch.setenv("KANALTID_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def _only_expected_warnings(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    warnings = [record for record in records if record.levelno >= logging.WARNING]
    for marker in request.node.iter_markers("expects_log"):
        (pattern,) = marker.args
        expected = [record for record in warnings if re.search(pattern, record.getMessage())]
        if not expected:
            pytest.fail(f"no warning was logged that matches {pattern!r}")
        warnings = [record for record in warnings if record not in expected]
    if warnings:
        texts = "\n".join(f"{record.name}: {record.getMessage()}" for record in warnings)
        pytest.fail(f"logged without being expected:\n{texts}")
