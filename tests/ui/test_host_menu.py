"""Texts of menus are right on whatever shows the menu."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.desktop.shown_by_host import shown_by_host
from ui.host_menu import HostMenu, text_for_host, text_for_qt

TEXTS = st.text(st.sampled_from("_&aå "), max_size=9)


def given_away_by_qt(text: str) -> str:
    """Return what Qt makes of a line's text for a host (QDBusMenuItem::convertMnemonic)."""
    place = text.find("&")
    if place in (-1, len(text) - 1):
        return text
    return text[:place] + "_" + text[place + 1 :]


@pytest.mark.parametrize(
    ("text", "qt", "host"),
    [
        ("Win leads", "Win leads", "Win leads"),
        ("Q&A", "Q&&A", "Q&&A"),
        ("A & B & C", "A && B && C", "A && B & C"),
        ("sales_team_1", "sales_team_1", "sales__team__1"),
        ("R&D_x", "R&&D_x", "R&&D__x"),
    ],
)
def test_marks_are_escaped_as_who_shows_them_wants(text: str, qt: str, host: str) -> None:
    assert (text_for_qt(text), text_for_host(text)) == (qt, host)


@given(TEXTS)
def test_host_shows_any_text_as_it_is(text: str) -> None:
    assert shown_by_host(given_away_by_qt(text_for_host(text))) == text


@pytest.mark.qt_log_ignore(r"This plugin does not support ", extend=True)
def test_lines_are_in_qts_form_while_qt_draws_them(qtbot: QtBot) -> None:
    menu = HostMenu()
    qtbot.addWidget(menu)
    line = menu.addAction("")
    menu.put(line, "Q&A_1 & more")
    assert line.text() == "Q&&A__1 & more"
    menu.popup(QPoint(10, 10))
    QApplication.processEvents()
    assert line.text() == "Q&&A_1 && more"
    menu.put(line, "a_b")
    assert line.text() == "a_b"
    menu.hide()
    QApplication.processEvents()
    assert line.text() == "a__b"
    assert menu.text_of(line) == "a_b"


def test_line_without_a_text_is_not_there() -> None:
    menu = HostMenu()
    line = menu.addAction("")
    menu.put(line, "Pause")
    assert line.isVisible()
    menu.put(line, "")
    assert not line.isVisible()
