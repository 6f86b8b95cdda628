"""Qt is told about charts and headings, and only once."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible

from ui.accessibility import Accessibility


def test_qt_is_told_once_however_many_windows_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(QAccessible, "installFactory", told.append)
    accessibility = Accessibility()
    assert told == [], "nothing before a window needs it"
    for _window in range(3):
        accessibility.need()
    assert len(told) == 2
