"""What the pages share: where Tab goes, and that one sees where the keyboard is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tests.fakes import FakeOverview
from tests.made_up import NOW
from tracker.i18n import Language
from ui.theme import Theme
from ui.windows.page import PageHost, ScrollPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Long(ScrollPage):
    """Buttons by name, far apart; the one on top was made last."""

    def __init__(self) -> None:
        super().__init__(
            PageHost(FakeOverview(), lambda: NOW, Language("en"), Theme, lambda _page: None)
        )
        row = QHBoxLayout()
        self.column.addLayout(row)
        self.column.addSpacing(2000)
        box = QWidget()
        inner = QVBoxLayout(box)
        self.column.addWidget(box)
        inner.addWidget(QPushButton("last"))
        row.addWidget(QPushButton("first"))
        row.addWidget(QPushButton("second"))

    def refresh(self) -> None:
        self.order_tabs()

    def set_theme(self, theme: Theme) -> None: ...


class Shown:
    """The page beside a button outside it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        layout = QHBoxLayout(self.window)
        self.outside = QPushButton("outside")
        self.page = Long()
        self.page.refresh()
        layout.addWidget(self.outside)
        layout.addWidget(self.page)
        self.window.resize(500, 300)
        qtbot.addWidget(self.window)
        self.window.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()

    def walk(self, count: int) -> list[str]:
        """Return the names of the buttons that have the keyboard after each Tab."""
        names = []
        for _ in range(count):
            QTest.keyClick(self.focused, Qt.Key.Key_Tab)
            names.append(self.focused.text())
        return names

    @property
    def focused(self) -> QPushButton:
        found = self.window.focusWidget()
        assert isinstance(found, QPushButton)
        return found


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_tab_goes_from_top_to_bottom_when_parts_were_made_out_of_order(shown: Shown) -> None:
    shown.outside.setFocus()
    shown.page.refresh()
    assert shown.walk(4) == ["first", "second", "last", "outside"]


def test_page_scrolls_to_the_keyboard_when_it_comes_from_outside(shown: Shown) -> None:
    shown.outside.setFocus()
    QTest.keyClick(shown.outside, Qt.Key.Key_Backtab)
    assert shown.focused.text() == "last"
    assert not shown.focused.visibleRegion().isEmpty()
    shown.outside.setFocus()
    QTest.keyClick(shown.outside, Qt.Key.Key_Tab)
    assert shown.focused.text() == "first"
    assert not shown.focused.visibleRegion().isEmpty()
