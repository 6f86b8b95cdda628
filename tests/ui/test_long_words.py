"""Every window in a language of longer words: nothing may be cut off."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.long_words import LongLanguage, cut_off, lengthened
from tools.made_up_desk import MadeUpDesk
from tools.scenes import scenes, settle
from ui.theme import Theme
from ui.windows.main import MainWindow


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
    qapp: QApplication, desk: MadeUpDesk, width: int
) -> None:
    found = {}
    for scene in scenes(desk, LongLanguage(), Theme(), (width, 600)):
        settle(qapp, desk, scene.window)
        found[scene.name] = [*cut_off(scene.window)]
        if isinstance(scene.window, MainWindow) and scene.window.width() != width:
            found[scene.name].append(f"{scene.window.width()} px wide")
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert len(found) > 15
