"""What stands in the way, and the way to more about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tracker.i18n import Language
from ui.status_view import Trouble
from ui.theme import Theme
from ui.windows.trouble_box import TroubleBox

BROKEN = Trouble("The policy has an error", "In line 3", "Correct it", "policy/trouble")


def test_page_is_opened_when_the_trouble_has_one(qtbot: QtBot) -> None:
    opened: list[str] = []
    box = TroubleBox(Language("en"), Theme(), open_page=opened.append)
    qtbot.addWidget(box)
    box.show_troubles((BROKEN,))
    button = box.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    assert button.accessibleName() == "The policy has an error: Why?"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened == ["policy/trouble"]


def test_there_is_no_button_when_nothing_says_more(qtbot: QtBot) -> None:
    box = TroubleBox(Language("en"), Theme(), open_page=lambda _page: None)
    qtbot.addWidget(box)
    box.show_troubles((Trouble("Blind", "No display", "Log in anew"),))
    assert box.findChild(QPushButton) is None
