"""Labels whose links can be reached by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.windows.texts import LinkLabel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TAB, BACKTAB = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


@pytest.fixture
def row(qtbot: QtBot) -> QWidget:
    """A field, a label with two links, a label without links, and a field."""
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(QLineEdit())
    for text in ('Ask: <a href="mailto:a@b.se">a@b.se</a> or <a href="tel:1">1</a>', "Nobody"):
        label = LinkLabel(text)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByKeyboard)
        layout.addWidget(label)
    layout.addWidget(QLineEdit())
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def walked(qtbot: QtBot, row: QWidget, start: int, key: Qt.Key, count: int) -> list[str]:
    """Return where the keyboard is after each press: a chosen link, or a kind of control."""
    fields = row.findChildren(QLineEdit)
    fields[start].setFocus()
    qtbot.waitUntil(fields[start].hasFocus)
    seen = []
    for _ in range(count):
        now = row.focusWidget()
        assert now is not None
        QTest.keyClick(now, key)
        now = row.focusWidget()
        seen.append(now.selectedText() if isinstance(now, LinkLabel) else type(now).__name__)
    return seen


def test_each_link_takes_the_keyboard_when_tab_is_pressed(qtbot: QtBot, row: QWidget) -> None:
    assert walked(qtbot, row, 0, TAB, 3) == ["a@b.se", "1", "QLineEdit"]


def test_the_last_link_comes_first_when_one_goes_back(qtbot: QtBot, row: QWidget) -> None:
    assert walked(qtbot, row, 1, BACKTAB, 3) == ["1", "a@b.se", "QLineEdit"]
