"""The page of the policy: reading, searching, links, paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QToolButton
from pytestqt.qtbot import QtBot

from tests.desk import catalogue
from tests.fakes import FakeOverview
from tests.made_up import NOW
from tools.bench.large_policy import large_policy
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.notices.messages import Messages
from tracker.policy.load import load, load_or_raise
from tracker.policy.select import shipped_policy
from tracker.policy.types import Policy
from ui.charts.drawing import Style
from ui.theme import Theme
from ui.windows.headings import HeadingAccessibility
from ui.windows.main import MainWindow
from ui.windows.page import PageHost, PagePlan
from ui.windows.policy_page import PolicyPage, sheet_of
from ui.windows.reading_view import Heading, open_link

DAY = date(2026, 11, 23)
FILE = shipped_policy("nordisk-konsult.toml")


def policy(old: str = "", new: str = "") -> Policy:
    return load_or_raise(FILE.replace(old.encode(), new.encode()), "", catalogue(), DAY)


def page_of(qtbot: QtBot, **changes: Any) -> PolicyPage:
    overview = FakeOverview(**{"policy": policy(), **changes})
    host = PageHost(overview, lambda: NOW, Language("en"), Theme, lambda _page: None)
    page = PolicyPage(host)
    qtbot.addWidget(page)
    page.resize(780, 900)
    page.show()
    return page


def shown_headings(page: PolicyPage) -> list[str]:
    return [
        each.accessibleName()
        for each in page.text.findChildren(Heading)
        if each.isVisible() and each.accessibleName()
    ]


def shown_texts(page: PolicyPage) -> str:
    return " ".join(each.text() for each in page.text.findChildren(QLabel) if each.isVisible())


def test_policy_is_shown_when_it_was_not_accepted_yet(qtbot: QtBot) -> None:
    page = page_of(qtbot, accepted=False)
    assert shown_headings(page)[0] == "Social media policy"
    assert "Guidelines" in shown_headings(page)


def test_page_is_made_anew_when_another_policy_comes_into_force(qtbot: QtBot) -> None:
    page = page_of(qtbot)
    overview = page.host.overview
    assert isinstance(overview, FakeOverview)
    overview.earlier = policy()
    overview.policy = policy('version = "2.1"', 'version = "3"')
    page.refresh()
    QApplication.processEvents()
    assert "Version 3, in force from 1 September 2026" in shown_texts(page)
    assert shown_headings(page)[1] == "What has changed since version 2.1"


def test_what_was_opened_stays_open_when_the_page_is_refreshed(qtbot: QtBot) -> None:
    page = page_of(qtbot)
    button = next(each for each in page.text.findChildren(QToolButton) if each.isVisible())
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    page.refresh()
    assert button.isChecked()
    assert "linkedin.com" in shown_texts(page)


def test_policy_can_be_read_when_the_store_cannot(qtbot: QtBot) -> None:
    class Torn(FakeOverview):
        def earlier_policy(self) -> Policy | None:
            raise OutsideError(ErrorCode.STORE_UNREADABLE, file="kanaltid.db")

    host = PageHost(Torn(policy=policy()), lambda: NOW, Language("en"), Theme, lambda _page: None)
    page = PolicyPage(host)
    qtbot.addWidget(page)
    page.show()
    assert shown_headings(page)[0] == "Social media policy"


def test_search_narrows_marks_and_counts_when_typing(qtbot: QtBot) -> None:
    page = page_of(qtbot)
    QTest.keyClicks(page.search, "forum.example")
    assert shown_headings(page)[1:] == ["Channels", "Trade forum"]
    assert page.found.text() == "In 1 place"
    more = next(
        each
        for each in page.text.findChildren(QLabel)
        if "Addresses" in each.text() and each.isVisible()
    )
    assert ">forum.example</span>" in more.text()
    QTest.keyClicks(page.search, "zzz")
    assert page.found.text() == "Not in the policy"
    assert shown_headings(page)[1:] == []


def test_escape_takes_the_search_away_and_closes_what_it_opened(qtbot: QtBot) -> None:
    page = page_of(qtbot)
    QTest.keyClicks(page.search, "forum.example")
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert page.found.text() == ""
    assert len(shown_headings(page)) > 10
    assert not any(each.isChecked() for each in page.text.findChildren(QToolButton))


def test_search_field_has_the_focus_when_ctrl_f_is_pressed(qtbot: QtBot) -> None:
    page = page_of(qtbot)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.save_button.setFocus()
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is page.search


def test_links_are_reached_by_keyboard_and_opened(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    page = page_of(qtbot)
    label = next(each for each in page.text.findChildren(QLabel) if "mailto:" in each.text())
    assert label.focusPolicy() & Qt.FocusPolicy.TabFocus
    label.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(label, Qt.Key.Key_Tab)
    label.linkActivated.emit("mailto:press@example.se")
    assert opened == ["mailto:press@example.se"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "x", "smb://a/b"])
def test_nothing_is_opened_when_a_link_is_of_another_kind(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: pytest.fail("opened"))
    assert not open_link(address)


def test_errors_are_listed_when_the_file_is_broken(qtbot: QtBot) -> None:
    broken = load(FILE.replace(b"day = 15", b"day = -1"), "policy.toml", catalogue(), DAY)
    page = page_of(qtbot, broken_policy=broken)
    assert shown_headings(page)[1] == "The new policy has errors"
    assert "The new policy has errors" not in page.document()


def test_pdf_holds_everything_when_it_is_saved(qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(qtbot)
    page.save_as(tmp_path / "policy.pdf")
    assert (tmp_path / "policy.pdf").read_bytes().startswith(b"%PDF-")
    assert page.said.text() == f"Saved: {tmp_path / 'policy.pdf'}"
    assert page.said.isVisible()
    html = page.document()
    for words in ("forum.example.se", "press@example.se", "Show respect", "15 minutes a day"):
        assert words in html


def test_error_is_said_when_the_pdf_cannot_be_written(qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(qtbot)
    page.save_as(tmp_path / "missing" / "policy.pdf")
    assert "policy.pdf" in page.said.text()
    assert not page.said.text().startswith("Saved")


def test_section_is_brought_into_view_when_it_is_asked_for(qtbot: QtBot) -> None:
    page = page_of(qtbot)
    page.show_part("guidelines")
    area = page.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    heading = next(
        each for each in page.text.findChildren(Heading) if each.accessibleName() == "Guidelines"
    )
    top = heading.mapTo(page, heading.rect().topLeft()).y()
    assert 0 <= top < page.height()


def test_text_keeps_to_72_characters_when_the_window_is_wide(qtbot: QtBot) -> None:
    page = page_of(qtbot)
    page.resize(1600, 900)
    for _ in range(10):
        QApplication.processEvents()
    widest = page.text.fonts.text("n" * 72, Style.BODY)
    assert all(
        each.width() <= widest + 1 for each in page.text.findChildren(QLabel) if each.isVisible()
    )


@pytest.mark.parametrize("width", [440, 780, 1600])
def test_no_text_is_cut_off_when_everything_is_opened(qtbot: QtBot, width: int) -> None:
    page = page_of(qtbot)
    for button in page.text.findChildren(QToolButton):
        button.setChecked(True)
    page.resize(width, 900)
    for _ in range(20):
        QApplication.processEvents()
    labels = [each for each in page.text.findChildren(QLabel) if each.isVisible()]
    assert len(labels) > 40
    cut = [each.text() for each in labels if each.height() < each.heightForWidth(each.width())]
    assert cut == []
    assert page.content.width() <= width


def test_large_policy_is_there_at_once_when_it_has_50_channels_and_40_limits(
    qtbot: QtBot,
) -> None:
    large = load_or_raise(large_policy().encode(), "", catalogue(), DAY)
    assert len(large.channels) >= 50
    assert len(large.limits) >= 40
    start = perf_counter()
    page = page_of(qtbot, policy=large)
    page.search.setText("a")
    assert perf_counter() - start < 5
    assert sheet_of_text(page)


def sheet_of_text(page: PolicyPage) -> str:
    assert page.reading is not None
    return sheet_of(page.reading).html


def test_reader_is_told_of_headings_when_it_asks(qtbot: QtBot) -> None:
    accessibility = HeadingAccessibility()
    accessibility.install()
    page = page_of(qtbot)
    interface = QAccessible.queryAccessibleInterface(page.text.findChildren(Heading)[0])
    assert interface is not None
    assert interface.role() == QAccessible.Role.Heading
    assert interface.text(QAccessible.Text.Name) == "Social media policy"


def test_escape_clears_the_search_before_it_closes_the_window(qtbot: QtBot) -> None:
    host = PageHost(
        FakeOverview(policy=policy()), lambda: NOW, Language("en"), Theme, lambda _page: None
    )
    plan = PagePlan("policy", "Policy", PolicyPage, before_acceptance=True)
    window = MainWindow((plan,), host, Messages(), lambda _seen: None)
    qtbot.addWidget(window)
    window.open("policy/contacts")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page = window.page("policy")
    assert isinstance(page, PolicyPage)
    page.search.setFocus()
    QTest.keyClicks(page.search, "forum")
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert (page.search.text(), window.isVisible()) == ("", True)
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert not window.isVisible()
