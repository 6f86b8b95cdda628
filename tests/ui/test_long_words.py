"""Every page in a language of longer words: nothing may be cut off."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.long_words import LongLanguage, cut_off, lengthened
from tools.made_up_desk import MadeUpDesk
from tracker.notices.messages import Messages
from ui.theme import Theme
from ui.windows.main import MainWindow
from ui.windows.page import Page, PageHost
from ui.windows.pages import page_plans


@pytest.fixture(scope="module")
def desk() -> MadeUpDesk:
    """A service over a made-up year."""
    return MadeUpDesk()


def test_words_are_longer_and_placeholders_stay() -> None:
    assert lengthened("{time} left") == "{time} leeeft"
    text = "None of the policy's channels is in front"
    assert len(lengthened(text)) == pytest.approx(len(text) * 1.4, abs=1)
    assert lengthened("{n} h").count("{n}") == 1


def test_what_is_cut_off_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label, button = QLabel("A text that is far too long", window), QPushButton("And this", window)
    label.resize(20, 20)
    button.setGeometry(0, 30, 20, 20)
    window.show()
    assert list(cut_off(window)) == ["A text that is far too long", "And this"]


@pytest.mark.parametrize("width", [800, 1200])
def test_nothing_is_cut_off_when_words_are_longer(
    qtbot: QtBot, qapp: QApplication, desk: MadeUpDesk, width: int
) -> None:
    theme = Theme()
    host = PageHost(
        desk.service, desk.loop.clock.now, LongLanguage(), lambda: theme, lambda _page: None
    )
    plans = page_plans(host.language, QMenu(), Page)
    window = MainWindow(plans, host, Messages(), lambda _seen: None)
    qtbot.addWidget(window)
    window.show()
    found = {}
    for plan in plans:
        window.open(plan.id)
        window.resize(width, 600)
        for _ in range(2):
            qapp.processEvents()
        found[plan.id] = [*cut_off(window)]
        if window.width() != width:
            found[plan.id].append(f"{window.width()} px wide")
    assert found == {plan.id: [] for plan in plans}
