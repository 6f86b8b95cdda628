"""The main window and its sidebar."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.made_up import NOW
from tracker.i18n import Language
from tracker.notices.messages import Message, Messages
from ui.theme import Scheme, Theme
from ui.window_place import WindowPlace
from ui.windows.main import MainWindow
from ui.windows.page import Page, PageHost, PagePlan


class MadeUpPage(Page):
    """Counts what it is asked to do."""

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        self.refreshed = 0
        self.themes: list[Theme] = []
        QVBoxLayout(self).addWidget(QLabel("A page"))

    def refresh(self) -> None:
        self.refreshed += 1

    def set_theme(self, theme: Theme) -> None:
        self.themes.append(theme)


class Stage:
    """A main window of three pages, of which the last is there before acceptance."""

    def __init__(self, qtbot: QtBot, place: WindowPlace | None = None, **changes: Any) -> None:
        self.overview = FakeOverview(**changes)
        self.messages = Messages()
        self.seen: list[bool] = []
        host = PageHost(self.overview, lambda: NOW, Language("en"), Theme, lambda _page: None)
        plans = (
            PagePlan("one", "One", MadeUpPage),
            PagePlan("two", "Two", MadeUpPage),
            PagePlan("plan", "Crisis plan", MadeUpPage, before_acceptance=True),
        )
        self.window = MainWindow(plans, host, self.messages, self.seen.append, place)
        qtbot.addWidget(self.window)

    def page(self, page: str) -> MadeUpPage:
        found = self.window.page(page)
        assert isinstance(found, MadeUpPage)
        return found

    def rows(self) -> list[str]:
        bar = self.window.sidebar
        return [bar.item(row).text() for row in range(bar.count()) if not bar.isRowHidden(row)]


def test_page_is_made_when_it_is_first_opened_and_named_in_the_title(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.window.open("two")
    assert stage.window.page("one") is None
    assert stage.window.windowTitle() == "Two – Kanaltid"
    assert stage.window.sidebar.currentItem().text() == "Two"
    first = stage.page("two")
    stage.window.open("one")
    stage.window.open("two")
    assert stage.page("two") is first


def test_only_the_page_that_is_open_is_refreshed(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.window.open("one")
    stage.window.open("two")
    one, two = stage.page("one").refreshed, stage.page("two").refreshed
    stage.window.refresh()
    assert (stage.page("one").refreshed, stage.page("two").refreshed) == (one, two + 1)


@pytest.mark.parametrize("by", ["arrow", "letter", "shortcut"])
def test_page_is_opened_by_keys_alone(qtbot: QtBot, by: str) -> None:
    stage = Stage(qtbot)
    stage.window.open("one")
    stage.window.show()
    with qtbot.waitActive(stage.window):
        stage.window.activateWindow()
    stage.window.sidebar.setFocus()
    if by == "shortcut":
        QTest.keyClick(stage.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    else:
        key = Qt.Key.Key_Down if by == "arrow" else Qt.Key.Key_T
        QTest.keyClick(stage.window.sidebar, key)
    assert stage.window.current == "two"


def test_pages_that_need_acceptance_are_not_there_before_it(qtbot: QtBot) -> None:
    stage = Stage(qtbot, accepted=False)
    stage.window.open("one")
    assert stage.window.current == ""
    stage.window.open("plan")
    assert stage.window.current == "plan"
    assert stage.rows() == ["Crisis plan"]
    stage.overview.accepted = True
    stage.window.refresh()
    assert stage.rows() == ["One", "Two", "Crisis plan"]


def test_open_page_is_left_alone_when_acceptance_ceases_to_hold(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.window.open("one")
    before = stage.page("one").refreshed
    stage.overview.accepted = False
    stage.window.refresh()
    assert stage.page("one").refreshed == before


def test_theme_reaches_every_page_that_was_made(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.window.open("one")
    stage.window.open("two")
    dark = Theme(Scheme.DARK)
    stage.window.set_theme(dark)
    assert stage.page("one").themes == stage.page("two").themes == [dark]


def test_message_waits_in_a_bar_until_it_is_dismissed(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.window.open("one")
    stage.window.show()
    bar = stage.window.bar
    assert not bar.isVisible()
    stage.messages.put(Message("k", "LinkedIn: 12 min left.", "48 of 60 min today.", NOW))
    bar.refresh()
    assert bar.isVisible()
    assert bar.title.text() == "LinkedIn: 12 min left."
    QTest.mouseClick(bar.dismiss_button, Qt.MouseButton.LeftButton)
    bar.refresh()
    assert not stage.messages.waiting
    assert not bar.isVisible()


def test_window_says_when_it_can_be_seen_and_escape_closes_it(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.window.open("one")
    stage.window.show()
    with qtbot.waitActive(stage.window):
        stage.window.activateWindow()
    QTest.keyClick(stage.window, Qt.Key.Key_Escape)
    assert not stage.window.isVisible()
    assert stage.seen == [True, False]


def test_window_opens_where_it_was_closed(qtbot: QtBot, tmp_path: Path) -> None:
    place = WindowPlace(tmp_path / "window")
    first = Stage(qtbot, place).window
    first.open("one")
    first.show()
    first.resize(700, 555)
    first.close()
    again = Stage(qtbot, place).window
    again.open("one")
    again.show()
    assert (again.width(), again.height()) == (700, 555)


def test_open_page_is_marked_when_the_list_has_the_keyboard(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.window.open("one")
    stage.window.show()
    with qtbot.waitActive(stage.window):
        stage.window.activateWindow()
    sidebar = stage.window.sidebar
    row = sidebar.visualItemRect(sidebar.item(0))
    ink = sidebar.palette().color(QPalette.ColorRole.HighlightedText)

    def marked() -> bool:
        image = sidebar.viewport().grab().toImage()
        return image.pixelColor(row.left() + 2, row.center().y()) == ink

    sidebar.clearFocus()
    assert not marked()
    sidebar.setFocus()
    assert not marked(), "a mouse needs no mark"
    stage.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    assert marked()
