"""What holds for every test of the user interface: no screen, and what follows from it."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
NO_SCREEN = (
    r"This plugin does not support (raise|propagateSizeHints)\(\)",
    r"No such signal QPlatformNativeInterface::systemTrayWindowChanged",
)
"""What Qt says of itself where there is no screen."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(*NO_SCREEN, extend=True))
