"""The window that answers "Why?"."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.desk import Desk
from tests.fakes import FakeOverview
from tests.made_up import NOW
from tracker.i18n import Language
from tracker.status import Overview
from ui.theme import Theme
from ui.windows.page import PageHost
from ui.windows.why import WhyWindow


class Stage:
    """The window, and which pages it opened."""

    def __init__(self, qtbot: QtBot, overview: Overview) -> None:
        self.opened: list[str] = []
        host = PageHost(overview, lambda: NOW, Language("en"), Theme, self.opened.append)
        self.window = WhyWindow(host)
        qtbot.addWidget(self.window)

    def texts(self) -> str:
        QApplication.processEvents()
        labels = self.window.text.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisible())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path).start()
    desk.front("Discord")
    desk.wait(60)
    return desk


def test_limit_is_explained_when_it_is_asked_for(qtbot: QtBot, desk: Desk) -> None:
    stage = Stage(qtbot, desk.service)
    stage.window.for_limit("private")
    assert stage.window.isVisible()
    assert "1 of 10 min today, 9 min left." in stage.texts()


def test_moment_takes_the_limits_place_when_it_is_asked_for(qtbot: QtBot, desk: Desk) -> None:
    stage = Stage(qtbot, desk.service)
    stage.window.for_limit("private")
    stage.window.for_moment()
    assert "Counted as Discord, private." in stage.texts()
    assert "9 min left." not in stage.texts().split("Counted as")[0]


def test_it_is_said_when_the_policy_has_no_such_limit(qtbot: QtBot) -> None:
    stage = Stage(qtbot, FakeOverview())
    stage.window.for_limit("gone")
    assert "The policy in force has no such limit for you." in stage.texts()


def test_it_is_said_when_nothing_is_measured_yet(qtbot: QtBot, tmp_path: Path) -> None:
    stage = Stage(qtbot, Desk(tmp_path, accept_all=False).start().service)
    stage.window.for_limit("private")
    assert "Nothing is measured yet" in stage.texts()


def test_policy_is_opened_when_its_button_is_pressed(qtbot: QtBot, desk: Desk) -> None:
    stage = Stage(qtbot, desk.service)
    stage.window.for_limit("private")
    stage.window.policy_button.setFocus()
    QTest.keyClick(stage.window.policy_button, Qt.Key.Key_Space)
    assert stage.opened == ["policy"]
    assert not stage.window.isVisible()


def test_escape_closes_it_when_it_is_open(qtbot: QtBot, desk: Desk) -> None:
    stage = Stage(qtbot, desk.service)
    stage.window.for_moment()
    qtbot.waitUntil(stage.window.isActiveWindow)
    QTest.keyClick(stage.window, Qt.Key.Key_Escape)
    assert not stage.window.isVisible()
