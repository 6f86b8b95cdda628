"""Rows that go on in the next line."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.windows.flow import FlowLayout


def laid(qtbot: QtBot, *widths: int) -> tuple[QWidget, FlowLayout, list[QPushButton]]:
    widget = QWidget()
    qtbot.addWidget(widget)
    layout = FlowLayout(8)
    widget.setLayout(layout)
    buttons = [QPushButton() for _width in widths]
    for button, width in zip(buttons, widths, strict=True):
        button.setFixedSize(width, 20)
        layout.addWidget(button)
    return widget, layout, buttons


def test_widgets_stand_in_one_line_when_there_is_room(qtbot: QtBot) -> None:
    _widget, layout, buttons = laid(qtbot, 100, 100)
    layout.setGeometry(QRect(0, 0, 208, 20))
    assert [button.geometry().getRect() for button in buttons] == [
        (0, 0, 100, 20),
        (108, 0, 100, 20),
    ]
    assert layout.heightForWidth(208) == 20
    assert layout.sizeHint().width() == 208


def test_line_is_broken_where_the_next_widget_has_no_room(qtbot: QtBot) -> None:
    _widget, layout, buttons = laid(qtbot, 100, 100, 50)
    layout.setGeometry(QRect(0, 0, 207, 100))
    assert [(button.x(), button.y()) for button in buttons] == [(0, 0), (0, 28), (108, 28)]
    assert layout.heightForWidth(207) == 48
    assert layout.minimumSize().width() == 100


def test_hidden_widgets_take_no_room(qtbot: QtBot) -> None:
    _widget, layout, buttons = laid(qtbot, 100, 100)
    buttons[0].hide()
    assert layout.sizeHint().width() == 100
    for button in buttons:
        button.hide()
    assert layout.heightForWidth(100) == 0


def test_widgets_can_be_taken_out(qtbot: QtBot) -> None:
    _widget, layout, _buttons = laid(qtbot, 100, 100)
    assert layout.count() == 2
    assert layout.takeAt(0) is not None
    assert layout.takeAt(5) is None
    assert layout.count() == 1
