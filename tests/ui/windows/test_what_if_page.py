"""The What if page."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QProgressBar, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.made_up import NOW
from tools.made_up_desk import MadeUpDesk
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.policy.catalogue import shipped_catalogue
from tracker.policy.load import load
from tracker.reports.what_if import FIRST_DAY, Past, WhatIf
from tracker.reports.what_if_plan import LimitChange, WhatIfPlan, WhatIfProgress
from ui.theme import Scheme, Theme
from ui.windows.page import PageHost
from ui.windows.what_if_page import WhatIfPage

TODAY = date(2026, 11, 23)


def open_page(qtbot: QtBot) -> tuple[WhatIfPage, FakeOverview]:
    overview = FakeOverview()
    page = WhatIfPage(PageHost(overview, lambda: NOW, Language("en"), Theme, lambda _page: None))
    qtbot.addWidget(page)
    page.resize(800, 700)
    page.refresh()
    page.show()
    return page, overview


@pytest.fixture(scope="module")
def desk() -> MadeUpDesk:
    return MadeUpDesk()


def answer(desk: MadeUpDesk, change: LimitChange | None = None) -> tuple[Past, WhatIf]:
    told: list[WhatIfProgress] = []
    plan = WhatIfPlan(date(2026, 10, 26), date(2026, 11, 22), change=change)
    desk.service.what_if(plan, told.append)
    assert desk.service._trying is not None
    desk.service._trying.join()
    desk.loop.settle()
    assert told[-1].answer is not None
    return told[-1].answer


def test_it_begins_with_the_present_policy_over_the_last_weeks(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    monday = TODAY - timedelta(days=TODAY.weekday())
    assert [plan for plan, _told in overview.trials] == [
        WhatIfPlan(monday - timedelta(weeks=13), TODAY - timedelta(days=1))
    ]
    assert page.progress.isVisible()
    page.refresh()
    assert len(overview.trials) == 1, "a page that is looked at does not judge each second"


def test_progress_is_shown_until_it_is_done(qtbot: QtBot, desk: MadeUpDesk) -> None:
    page, overview = open_page(qtbot)
    _plan, told = overview.trials[-1]
    told(WhatIfProgress(20, 65))
    assert (page.progress.value(), page.progress.maximum()) == (20, 65)
    told(WhatIfProgress(65, 65, answer=answer(desk, LimitChange("salj-linkedin", day=5))))
    assert not page.progress.isVisible()
    assert not page.cancel.isVisible()
    assert page.number.isVisible()
    assert "instead of" in page.number.text()
    assert len(page.weeks.view.items) == 4
    assert page.doubts.isVisible()
    assert page.doubts.text().count("•") >= 1


def test_another_judging_begins_when_minutes_stand_still(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    day = page.choice.day
    own = day.value()
    assert own > 0
    QTest.keyClick(day, Qt.Key.Key_Up)
    QTest.keyClick(day, Qt.Key.Key_Up)
    assert len(overview.trials) == 1
    page.choice._soon.timeout.emit()
    assert len(overview.trials) == 2
    assert overview.calls == [("what_if_cancelled",)]
    change = overview.trials[-1][0].change
    assert change is not None
    assert change.day == own + 10


def test_each_limit_brings_its_own_minutes(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    choice = page.choice
    seen = set()
    for index, limit in enumerate(choice._limits):
        choice.limit.setCurrentIndex(index)
        choice.limit.activated.emit(index)
        assert choice.day.isVisible() == (limit.day_min is not None)
        assert choice.week.isVisible() == (limit.week_min is not None)
        assert choice.day.value() == (limit.day_min or 0)
        seen.add(overview.trials[-1][0].change)
    assert seen == {None}, "nothing is changed before minutes are"


def test_weeks_and_sample_policies_are_chosen(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    choice = page.choice
    choice.weeks.setCurrentIndex(3)
    choice.weeks.activated.emit(3)
    assert overview.trials[-1][0].first == FIRST_DAY
    choice.policy.activated.emit(2)
    plan = overview.trials[-1][0]
    assert plan.file is not None
    assert plan.file.name == "harrow.toml"
    assert plan.file.exists()
    assert not choice.limit.isVisible()
    choice.policy.activated.emit(0)
    assert overview.trials[-1][0].file is None
    assert choice.limit.isVisible()


def test_a_file_is_asked_for_and_stays_to_choose_from(qtbot: QtBot, tmp_path: Path) -> None:
    page, overview = open_page(qtbot)
    choice = page.choice
    choice.policy.activated.emit(choice.policy.count() - 1)
    (dialog,) = choice.findChildren(QFileDialog)
    file = tmp_path / "strict.toml"
    dialog.fileSelected.emit(str(file))
    assert overview.trials[-1][0].file == file
    assert choice.policy.currentText() == "strict.toml"
    choice.use_file(file)
    texts = [choice.policy.itemText(at) for at in range(choice.policy.count())]
    assert texts.count("strict.toml") == 1
    assert texts[-1] == "A policy file …"
    choice.policy.setCurrentIndex(len(texts) - 1)
    dialog.reject()
    assert choice.policy.currentText() == "strict.toml"


def test_errors_of_the_file_are_told_in_place_of_weeks(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    loaded = load(b"schema = 1\n[policy]\nid = 3\n", "p.toml", shipped_catalogue(), TODAY)
    overview.trials[-1][1](WhatIfProgress(refused=loaded))
    assert page.problems.isVisible()
    assert page.problems.text().startswith("p.toml has 6 errors.\n")
    assert not page.weeks.isVisible()
    assert not page.number.isVisible()


def test_what_stood_in_the_way_is_told(qtbot: QtBot) -> None:
    page, overview = open_page(qtbot)
    error = OutsideError(ErrorCode.POLICY_UNREADABLE, file="/p.toml", reason="no such file")
    overview.trials[-1][1](WhatIfProgress(error=error))
    assert "/p.toml" in page.problems.text()
    assert not page.progress.isVisible()


def test_it_is_called_off_and_what_came_out_last_stays(qtbot: QtBot, desk: MadeUpDesk) -> None:
    page, overview = open_page(qtbot)
    overview.trials[-1][1](WhatIfProgress(20, 20, answer=answer(desk)))
    number = page.number.text()
    page.choice.weeks.activated.emit(0)
    page.cancel.click()
    assert overview.calls == [("what_if_cancelled",)]
    assert page.problems.text() == "Cancelled."
    assert (page.number.isVisible(), page.number.text()) == (True, number)
    assert not page.cancel.isVisible()


def test_another_limit_is_shown_without_judging_anew(qtbot: QtBot, desk: MadeUpDesk) -> None:
    page, overview = open_page(qtbot)
    overview.trials[-1][1](WhatIfProgress(20, 20, answer=answer(desk)))
    at = page.shown.findText("Social media for work, a week")
    page.shown.setCurrentIndex(at)
    page.shown.activated.emit(at)
    assert page.words.text().startswith("Social media for work: weeks in which")
    assert len(overview.trials) == 1
    page.weeks.button.click()
    assert page.weeks.table.model().rowCount() == 4


def test_the_limit_that_is_turned_on_is_the_one_that_is_shown(
    qtbot: QtBot, desk: MadeUpDesk
) -> None:
    page, overview = open_page(qtbot)
    overview.trials[-1][1](WhatIfProgress(20, 20, answer=answer(desk)))
    at = page.shown.findText("Social media for work, a week")
    page.shown.setCurrentIndex(at)
    page.shown.activated.emit(at)
    page.choice.weeks.activated.emit(0)
    overview.trials[-1][1](WhatIfProgress(20, 20, answer=answer(desk)))
    assert page.shown.currentIndex() == at, "other weeks are no reason to look elsewhere"
    page.choice.day.setValue(1)
    page.choice._soon.timeout.emit()
    change = overview.trials[-1][0].change
    assert change is not None
    assert change.limit != "arbete"
    found = answer(desk, LimitChange("salj-linkedin", day=5))
    overview.trials[-1][1](WhatIfProgress(20, 20, answer=found))
    assert page.shown.currentText() == "Win leads, Build the brand, LinkedIn, a day"


def test_nothing_is_told_to_a_page_that_is_gone(qtbot: QtBot) -> None:
    overview = FakeOverview()
    page = WhatIfPage(PageHost(overview, lambda: NOW, Language("en"), Theme, lambda _page: None))
    page.refresh()
    page.deleteLater()
    qtbot.waitUntil(lambda: overview.calls == [("what_if_cancelled",)])


def test_every_control_is_named_and_reached_by_the_tab_key(qtbot: QtBot) -> None:
    page, _overview = open_page(qtbot)
    page.set_theme(Theme(Scheme.DARK))
    controls: list[QWidget] = [
        *page.findChildren(QComboBox),
        *page.findChildren(QSpinBox),
        *page.findChildren(QProgressBar),
    ]
    assert len(controls) == 7
    assert all(control.accessibleName() for control in controls)
    assert all(button.text() for button in page.findChildren(QPushButton))
    for field in (page.choice.policy, page.choice.limit, page.choice.day, page.choice.weeks):
        assert field.focusPolicy() & Qt.FocusPolicy.TabFocus
