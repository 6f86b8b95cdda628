"""The small window that stands in for the tray."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.made_up import NOW
from tracker.i18n import Language
from tracker.notices.buttons import Button
from tracker.notices.messages import Message, Messages
from ui.day_view import view_day
from ui.status_view import view_status
from ui.theme import Theme
from ui.windows.companion import CompanionWindow


def open_window(
    qtbot: QtBot, messages: Messages, opened: list[str], menu: QMenu | None = None
) -> CompanionWindow:
    window = CompanionWindow(
        messages,
        menu or QMenu(),
        show_today=lambda: opened.append("today"),
        language=Language("sv"),
        theme=Theme(),
    )
    qtbot.addWidget(window)
    window.show()
    return window


def test_closing_minimises_it_while_there_is_no_tray(qtbot: QtBot) -> None:
    window = open_window(qtbot, Messages(), [])
    window.set_lasting(True)
    window.close()
    assert window.isMinimized()
    window.showNormal()
    window.set_lasting(False)
    window.close()
    assert not window.isVisible()


def test_it_says_why_it_is_there_only_where_there_is_no_tray(qtbot: QtBot) -> None:
    window = open_window(qtbot, Messages(), [])
    window.set_lasting(False)
    assert not window.hint.isVisible()
    window.set_lasting(True)
    assert window.hint.isVisible()
    assert "meddelandefält" in window.hint.text()


def test_it_takes_no_focus_from_what_the_person_writes(qtbot: QtBot) -> None:
    window = open_window(qtbot, Messages(), [])
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_it_opens_today_and_the_trays_menu(qtbot: QtBot) -> None:
    opened: list[str] = []
    messages = Messages()
    messages.put(Message("k", "LinkedIn: 12 min kvar.", "", NOW))
    menu = QMenu()
    window = open_window(qtbot, messages, opened, menu)
    window.today_button.click()
    assert opened == ["today"]
    assert window.menu_button.menu() is menu
    assert window.bar.title.text() == "LinkedIn: 12 min kvar."


def test_it_grows_when_more_is_said_than_it_has_room_for(qtbot: QtBot) -> None:
    messages, language = Messages(), Language("sv")
    window = open_window(qtbot, messages, [])
    overview = FakeOverview()
    day = view_day(overview.today(), overview.policy, language)
    status = view_status(overview.status(), day, overview.policy, NOW, language)
    window.refresh(status, day)
    before = window.height()
    buttons = tuple(Button(str(number), "Jobb: Stärka varumärket") for number in range(3))
    messages.put(Message("k", "Privat tid är slut för i dag.", "15 av 15 min.", NOW, buttons))
    window.refresh(status, day)
    assert window.height() > before
    layout = window.layout()
    assert layout is not None
    assert window.height() >= layout.totalHeightForWidth(window.width())
