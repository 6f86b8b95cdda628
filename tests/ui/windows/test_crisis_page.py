"""The crisis page: a level is a click away, and its deadlines count along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_policy
from tests.ui.crisis_plan import LINK, plan
from tests.ui.long_words import LongLanguage, cut_off
from tracker.crisis import FIRST_REPLY, OpenCrisis
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.storage.base import Evaluation
from ui.theme import Scheme, Theme
from ui.windows.crisis_open import OpenCrisisPart, Ways
from ui.windows.crisis_page import CrisisPage
from ui.windows.page import PageHost

WRITTEN = Evaluation(NOW, NOW, "critic", LINK, "It burnt.", "Nobody.", "Water.")


class Desk:
    """The page over a made-up service, and what leaves it."""

    def __init__(self, qtbot: QtBot, folder: Path, overview: FakeOverview) -> None:
        self.overview = overview
        self.opened: list[str] = []
        self.copied: list[str] = []
        self.answers = True
        self.file = str(folder / "plan")
        self.asked: list[str] = []
        self.qtbot = qtbot

    def make(self, language: Language | None = None) -> CrisisPage:
        host = PageHost(
            self.overview,
            lambda: self.overview.now,
            language or Language("en"),
            Theme,
            lambda _page: None,
        )
        self.page = CrisisPage(host, Ways(self.open, self.copied.append), self.ask)
        self.qtbot.addWidget(self.page)
        self.page.resize(640, 900)
        self.page.show()
        return self.page

    def open(self, url: str) -> bool:
        self.opened.append(url)
        return self.answers

    def ask(self, parent: QWidget, title: str, name: str) -> str:  # noqa: ARG002
        self.asked.append(name)
        return self.file

    @property
    def part(self) -> OpenCrisisPart:
        assert self.page.open_part is not None
        return self.page.open_part

    def wait(self, **time: float) -> None:
        self.overview.now += timedelta(**time)
        self.page.refresh()


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Callable[..., Desk]:
    def made(**fields: object) -> Desk:
        desk = Desk(qtbot, tmp_path, FakeOverview(policy=plan(), **fields))  # type: ignore[arg-type]
        desk.make()
        return desk

    return made


@pytest.fixture
def at_work(make: Callable[..., Desk]) -> Desk:
    """A level that was opened 20 minutes ago, with one step done."""
    return make(open_level=OpenCrisis("critic", NOW - timedelta(minutes=20), LINK, frozenset({0})))


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def seen(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


# Choosing


def test_level_opens_when_its_trigger_is_clicked(make: Callable[..., Desk]) -> None:
    desk = make()
    names = [button.accessibleName() for button in desk.page.level_buttons]
    assert names == ["A customer complains", "The press calls"]
    first = desk.page.level_buttons[0]
    assert first.accessibleDescription() == "First reply within 1 hour · Head of communications"
    click(first)
    assert desk.overview.open_level == OpenCrisis("critic", NOW)
    assert not desk.page.choice.isVisible()
    assert desk.part.isVisible()
    assert (desk.part.number.text(), desk.part.words.text()) == ("30 min left", "Answer kindly.")


def test_level_opens_by_keyboard(make: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = make()
    button = desk.page.level_buttons[1]
    with qtbot.waitActive(desk.page):
        desk.page.activateWindow()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert desk.overview.open_level == OpenCrisis("storm", NOW)
    assert QApplication.focusWidget() is desk.part.link


def test_page_is_calm_when_the_policy_has_no_plan(make: Callable[..., Desk]) -> None:
    desk = make()
    desk.overview.policy = made_up_policy()
    desk.page.refresh()
    assert desk.page.empty.isVisible()
    assert not desk.page.choice.isVisible()
    assert not desk.page.save_button.isVisible()
    assert desk.page.level_buttons == []
    desk.overview.policy = plan()
    desk.page.refresh()
    assert not desk.page.empty.isVisible()
    assert len(desk.page.level_buttons) == 2


def test_refusal_is_told_when_the_level_is_gone(make: Callable[..., Desk]) -> None:
    desk = make()

    def refuse(level: str | None, link: str | None = None) -> None:  # noqa: ARG001
        raise OutsideError(ErrorCode.UNKNOWN_CRISIS_LEVEL, level=level)

    desk.overview.open_crisis = refuse  # type: ignore[method-assign]
    click(desk.page.level_buttons[0])
    assert "There is no such crisis level" in desk.page.said.text()
    assert desk.page.said.isVisible()
    assert desk.page.choice.isVisible()


# Working through it


def test_step_is_done_when_it_is_ticked_or_its_words_are_clicked(at_work: Desk) -> None:
    reply, nothing, answer, _evaluate = at_work.part.tasks
    assert [row.box.isChecked() for row in at_work.part.tasks] == [False, True, False, False]
    click(answer.box)
    QTest.mouseClick(reply.text, Qt.MouseButton.LeftButton)
    QTest.mouseClick(nothing.text, Qt.MouseButton.LeftButton)
    held = at_work.overview.open_level
    assert held is not None
    assert held.done == {FIRST_REPLY, 1}
    assert [row.box.isChecked() for row in at_work.part.tasks] == [True, False, True, False]
    assert answer.left.text() == "done"


def test_deadlines_count_along_in_the_same_widgets(at_work: Desk) -> None:
    part = at_work.part
    row = part.tasks[2]
    assert (row.deadline.text(), row.left.text()) == ("by 14:22", "10 min left")
    at_work.wait(minutes=15)
    assert at_work.part is part
    assert row.left.text() == "overdue by 5 min"
    assert row.left.font().bold() or row.left.font().weight() > row.deadline.font().weight()
    assert part.number.text() == "5 min overdue"


def test_names_stay_while_seconds_count(at_work: Desk) -> None:
    at_work.wait(minutes=9, seconds=10)
    names = [(row.left.accessibleName(), row.box.accessibleName()) for row in at_work.part.tasks]
    figure = at_work.part.number.accessibleName()
    for _ in range(20):
        at_work.wait(seconds=1)
    assert at_work.part.tasks[2].left.text() == "30 s left"
    assert names == [
        (row.left.accessibleName(), row.box.accessibleName()) for row in at_work.part.tasks
    ]
    assert figure == at_work.part.number.accessibleName() == "by 14:22"
    # A label with a name of its own tells nobody of another text.
    assert all(label.accessibleName() for label in at_work.page.findChildren(QLabel)
               if label.text().endswith(("left", "overdue")))  # fmt: skip


def test_boxes_are_named_after_step_and_deadline(at_work: Desk) -> None:
    assert [row.box.accessibleName() for row in at_work.part.tasks] == [
        "Give the first reply. by 14:52",
        "Delete nothing.",
        "Answer kindly. by 14:22",
        "Evaluate. by Monday 30 November 2026, 13:52",
    ]


def test_link_is_kept_when_the_field_is_left(at_work: Desk) -> None:
    field = at_work.part.link
    assert field.text() == LINK
    field.setText("  https://example.com/2 ")
    field.editingFinished.emit()
    assert at_work.overview.open_level is not None
    assert at_work.overview.open_level.link == "https://example.com/2"
    calls = len(at_work.overview.calls)
    field.editingFinished.emit()
    assert len(at_work.overview.calls) == calls


def test_link_is_kept_when_the_page_is_hidden_meanwhile(at_work: Desk) -> None:
    at_work.part.link.setText("https://example.com/3")
    at_work.page.hide()
    assert at_work.overview.open_level is not None
    assert at_work.overview.open_level.link == "https://example.com/3"


def test_reply_is_copied(at_work: Desk) -> None:
    click(at_work.part.copy_button)
    assert at_work.copied == ["Thank you.\nWe look into it."]
    assert at_work.part.copied.text() == at_work.part.copied.accessibleName() == "Copied"


def test_mail_holds_the_link_just_written(at_work: Desk) -> None:
    at_work.part.link.setText("https://example.com/new")
    click(at_work.part.mail_button)
    (url,) = at_work.opened
    assert url.startswith("mailto:press%2Bx@example.se?subject=Crisis%3A%20A%20customer")
    assert "https%3A%2F%2Fexample.com%2Fnew" in url
    assert not at_work.part.mail_said.isVisible()


def test_mail_reaches_the_mail_program_as_it_is(at_work: Desk) -> None:
    click(at_work.part.mail_button)
    (url,) = at_work.opened
    # What the desktop hands on, as QDesktopServices does.
    handed = bytes(QUrl(url).toEncoded().data()).decode()
    assert unquote(urlsplit(handed).path) == "press+x@example.se"
    fields = parse_qs(urlsplit(handed).query, strict_parsing=True)
    assert fields["subject"] == ["Crisis: A customer complains"]
    assert f"It is about: {LINK}\r\n" in fields["body"][0]


def test_mail_is_copied_when_no_program_answers(at_work: Desk) -> None:
    at_work.answers = False
    click(at_work.part.mail_button)
    assert at_work.part.mail_said.isVisible()
    (text,) = at_work.copied
    assert text.startswith("Crisis: A customer complains\n\nCrisis plan, level")


def test_contacts_are_links_that_open_or_are_copied(at_work: Desk) -> None:
    contact = at_work.part.tasks[0].contact
    assert contact is not None
    assert 'href="tel:+4681234567">+46 8 123 45 67</a>' in contact.text()
    assert "Otherwise: CEO &lt;3" in contact.text()
    contact.linkActivated.emit("tel:+4681234567")
    assert (at_work.opened, at_work.copied) == (["tel:+4681234567"], [])
    at_work.answers = False
    contact.linkActivated.emit("tel:+4681234567")
    assert at_work.copied == ["+4681234567"]


def test_another_level_takes_its_place_when_it_is_chosen(at_work: Desk) -> None:
    part = at_work.part
    (storm,) = part.others
    click(storm)
    assert at_work.overview.open_level is not None
    assert at_work.overview.open_level.level == "storm"
    assert at_work.part is not part
    assert "Only the CEO speaks." in seen(at_work.page)


def test_level_can_be_closed_when_the_policy_has_it_no_more(at_work: Desk) -> None:
    at_work.overview.policy = made_up_policy()
    at_work.page.refresh()
    assert at_work.part.tasks == []
    click(at_work.part.close_button)
    assert at_work.overview.open_level is None
    assert at_work.page.open_part is None


# Afterwards


def test_evaluation_is_saved_and_stands_in_the_list(at_work: Desk) -> None:
    click(at_work.part.evaluate_button)
    form = at_work.page.form
    assert form.isVisible()
    assert not at_work.part.isVisible()
    assert not form.save_button.isEnabled()
    for field, text in zip(form.fields, ("It burnt.", " ", "Water.\n"), strict=True):
        field.setPlainText(text)
    assert form.save_button.isEnabled()
    click(form.save_button)
    assert at_work.overview.calls[-1] == ("evaluate_crisis", "It burnt.", "", "Water.")
    assert not form.isVisible()
    assert at_work.page.choice.isVisible()
    (row,) = at_work.page.evaluations.rows
    assert row.button.text() == "A customer complains, 23 November 2026"
    QApplication.processEvents()
    assert not row.text.isVisible()
    click(row.button)
    assert "It burnt." in seen(row)
    assert all(field.toPlainText() == "" for field in form.fields)


def test_nothing_written_is_lost_when_it_cannot_be_stored(at_work: Desk) -> None:
    def refuse(*texts: str) -> Evaluation:
        raise OutsideError(ErrorCode.STORE_FULL, file="store.db", texts=texts)

    at_work.overview.evaluate_crisis = refuse  # type: ignore[method-assign, assignment]
    click(at_work.part.evaluate_button)
    at_work.page.form.fields[0].setPlainText("It burnt.")
    click(at_work.page.form.save_button)
    assert at_work.page.form.isVisible()
    assert at_work.page.form.fields[0].toPlainText() == "It burnt."
    assert at_work.page.said.isVisible()
    click(at_work.page.form.back_button)
    assert at_work.part.isVisible()
    click(at_work.part.evaluate_button)
    assert at_work.page.form.fields[0].toPlainText() == "It burnt."


def test_closed_crisis_can_be_evaluated_later_or_not_at_all(at_work: Desk) -> None:
    click(at_work.part.close_button)
    page = at_work.page
    assert page.closed_box.isVisible()
    click(page.write_button)
    assert page.form.isVisible()
    assert page.form.save_button.text() == "Save"
    click(page.form.back_button)
    click(page.drop_button)
    assert not page.closed_box.isVisible()
    assert at_work.overview.closed_level is None
    assert at_work.overview.written == ()


def test_form_is_left_when_the_crisis_is_gone_meanwhile(at_work: Desk) -> None:
    click(at_work.part.evaluate_button)
    at_work.overview.open_level = None
    at_work.page.refresh()
    assert not at_work.page.form.isVisible()
    assert at_work.page.choice.isVisible()


def test_plan_and_evaluation_become_pdfs(make: Callable[..., Desk], tmp_path: Path) -> None:
    desk = make(written=(WRITTEN,))
    click(desk.page.save_button)
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF-")
    assert desk.page.said.text() == f"Saved: {tmp_path / 'plan.pdf'}"
    desk.file = str(tmp_path / "learnt.pdf")
    click(desk.page.evaluations.rows[0].pdf_button)
    assert (tmp_path / "learnt.pdf").read_bytes().startswith(b"%PDF-")
    assert desk.asked == ["made-up-Crisis-plan.pdf", "A-customer-complains-23-November-2026.pdf"]
    desk.file = str(tmp_path / "nowhere" / "plan.pdf")
    click(desk.page.save_button)
    assert "Saved" not in desk.page.said.text()
    desk.file = ""
    click(desk.page.save_button)
    assert len(desk.asked) == 4


def test_evaluations_stay_when_the_store_cannot_be_read(make: Callable[..., Desk]) -> None:
    desk = make(written=(WRITTEN,))

    def refuse() -> tuple[Evaluation, ...]:
        raise OutsideError(ErrorCode.STORE_BUSY, file="store.db")

    desk.overview.evaluations = refuse  # type: ignore[method-assign]
    desk.overview.policy = replace(plan(), version="2")
    desk.page.refresh()
    assert len(desk.page.evaluations.rows) == 1


# For everybody


def states(desk: Desk) -> Iterator[str]:
    yield "choose"
    desk.overview.open_level = OpenCrisis("critic", NOW - timedelta(minutes=35), LINK)
    desk.page.refresh()
    yield "open"
    click(desk.part.evaluate_button)
    yield "evaluate"
    click(desk.page.form.back_button)
    click(desk.part.close_button)
    desk.page.evaluations.rows[0].button.setChecked(True)
    yield "closed"


@pytest.mark.parametrize("width", [500, 800])
def test_nothing_is_cut_off_when_words_are_longer(
    make: Callable[..., Desk], qapp: QApplication, width: int
) -> None:
    desk = make(written=(WRITTEN,))
    desk.make(LongLanguage())
    desk.page.resize(width, 500)
    for state in states(desk):
        for _ in range(8):
            qapp.processEvents()
        assert (state, [*cut_off(desk.page)]) == (state, [])
        assert desk.page.content.width() <= width, state


def test_everything_has_a_name_and_is_reached_by_tab(make: Callable[..., Desk]) -> None:
    desk = make(written=(WRITTEN,))
    for state in states(desk):
        for button in desk.page.findChildren(QAbstractButton):
            if button.isVisible():
                assert button.accessibleName() or button.text(), state
                assert button.focusPolicy() & Qt.FocusPolicy.TabFocus, (state, button.text())


def test_page_follows_the_theme(at_work: Desk) -> None:
    at_work.wait(minutes=15)
    row = at_work.part.tasks[2]
    before = row.left.palette().windowText().color()
    at_work.page.set_theme(Theme(Scheme.DARK))
    assert row.left.palette().windowText().color() != before
    at_work.page.grab()
