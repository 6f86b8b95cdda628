"""The app around a service: what opens when, and what keeps up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import FakeOverview
from tests.made_up import NOW, made_up_policy, made_up_report, made_up_standing
from tracker.clock import LedgerClock
from tracker.errors import ErrorCode, OutsideError
from tracker.limits.types import DueStep, Level
from tracker.notice import Herald, LimitNotice, StatusNotice
from tracker.paths import paths_for
from tracker.policy.types import Mark, MarkKind, StepKind
from tracker.reports.day import DayReport
from tracker.settings import SettingsKeeper
from tracker.virtual_loop import VirtualTime
from ui.desk_app import DeskApp
from ui.tray import GRACE
from ui.windows.companion import CompanionWindow
from ui.windows.first_start import FirstStartWindow
from ui.windows.main import MainWindow
from ui.windows.today import TodayPage


@dataclass
class Stage:
    """The app on virtual time, without a bus; ``host`` says whether there is a tray."""

    app: DeskApp
    overview: FakeOverview
    herald: Herald
    time: VirtualTime
    qtbot: QtBot
    settings: SettingsKeeper

    def wait(self, wait: timedelta) -> None:
        """Let virtual time pass, with all that falls due in it."""
        self.time.move_to(self.app.loop.clock.now() + wait)
        self.app.loop._on_timeout()
        self.settle()

    def settle(self) -> None:
        """Let what was posted run."""
        QApplication.processEvents()

    def windows(self) -> set[str]:
        """Return the titles of the windows that can be seen."""
        return {
            widget.windowTitle()
            for widget in QApplication.topLevelWidgets()
            if widget.isVisible() and widget.isWindow() and widget.windowTitle()
        }

    def window(self, title: str) -> QWidget:
        return next(
            widget
            for widget in QApplication.topLevelWidgets()
            if widget.isVisible() and widget.windowTitle() == title
        )

    def today(self) -> TodayPage:
        main = self.window(TODAY)
        assert isinstance(main, MainWindow)
        page = main.page("today")
        assert isinstance(page, TodayPage)
        return page

    def tell(self, level: Level = Level.NEAR) -> None:
        step = DueStep(
            made_up_standing(level=level), Mark(MarkKind.SHARE, 80, "80%"), StepKind.NOTIFY
        )
        self.herald.tell(LimitNotice(step, "linkedin", "leads"))
        self.settle()

    def tooltip(self) -> str:
        return self.app.tray._icon.toolTip()


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether there is a tray, in its one element."""
    there = [True]
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: there[0])
    return there


def make(qtbot: QtBot, qapp: QApplication, folder: Path, **changes: object) -> Stage:
    time = VirtualTime(NOW)
    environ = {"KANALTID_HOME": str(folder), "HOME": str(folder)}
    paths = paths_for(environ)
    settings = SettingsKeeper(paths.settings)
    app = DeskApp(qapp, environ, settings, paths)
    app.make_loop(LedgerClock(time))
    herald = app.make_herald(app.loop)
    overview = FakeOverview(**changes)  # type: ignore[arg-type]
    app.attach(overview)
    app.begin()
    return Stage(app, overview, herald, time, qtbot, settings)


@pytest.fixture
def stage(qtbot: QtBot, qapp: QApplication, host: list[bool], tmp_path: Path) -> Iterator[Stage]:
    assert host
    made = make(qtbot, qapp, tmp_path)
    yield made
    made.app.close()
    made.app.loop.close()


@pytest.fixture
def fresh(qtbot: QtBot, qapp: QApplication, host: list[bool], tmp_path: Path) -> Iterator[Stage]:
    """An app that nobody has accepted yet."""
    assert host
    made = make(qtbot, qapp, tmp_path, accepted=False)
    yield made
    made.app.close()
    made.app.loop.close()


FIRST, TODAY, SMALL = "Before you begin – Kanaltid", "Today – Kanaltid", "Kanaltid"


def accept(first: QWidget) -> None:
    """Turn through the pages, and accept on the last."""
    assert isinstance(first, FirstStartWindow)
    while first.next_button.isVisible():
        first.next_button.click()
    first.accept_button.click()


def test_only_the_icon_is_there_when_it_starts(stage: Stage) -> None:
    assert stage.windows() == set()
    assert stage.tooltip() == (
        "Kanaltid\nIn front: LinkedIn, Win leads\n7 min over\nSocial media for work: 52 of 45 min"
    )


def test_first_page_opens_and_nothing_else_can_before_acceptance(fresh: Stage) -> None:
    assert fresh.windows() == {FIRST}
    fresh.app.show_today()
    assert fresh.windows() == {FIRST}
    assert fresh.tooltip() == "Kanaltid\nNothing is measured yet"
    assert fresh.overview.calls == []


def test_accepting_is_stored_in_the_language_that_was_read_and_opens_today(fresh: Stage) -> None:
    accept(fresh.window(FIRST))
    fresh.settle()
    assert fresh.overview.calls == [("accept", "en")]
    assert fresh.windows() == {TODAY}


def test_declining_leaves_an_app_that_measures_nothing_and_can_be_asked_again(
    fresh: Stage,
) -> None:
    fresh.window(FIRST).decline_button.click()  # type: ignore[attr-defined]
    fresh.settle()
    assert fresh.windows() == set()
    assert fresh.overview.calls == []
    fresh.app.show_today()
    assert fresh.windows() == {FIRST}


def test_page_stays_and_trouble_is_told_when_acceptance_cannot_be_stored(
    fresh: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_language: str) -> None:
        raise OutsideError(ErrorCode.STORE_FULL, file="kanaltid.db")

    monkeypatch.setattr(fresh.overview, "accept", refuse)
    accept(fresh.window(FIRST))
    fresh.settle()
    assert FIRST in fresh.windows()
    assert [message.title for message in fresh.app.messages.waiting] == ["The disk is full"]


def test_page_is_shown_anew_when_the_policy_changes_while_it_is_read(fresh: Stage) -> None:
    first = fresh.window(FIRST)
    fresh.overview.policy = made_up_policy(version="2")
    fresh.overview.change()
    fresh.settle()
    second = fresh.window(FIRST)
    assert second is not first
    assert second.policy.version == "2"  # type: ignore[attr-defined]


def test_page_opens_when_another_version_is_not_accepted_yet(stage: Stage) -> None:
    stage.app.show_today()
    stage.overview.policy = made_up_policy(version="2")
    stage.overview.accepted = False
    stage.overview.change()
    stage.settle()
    assert stage.windows() == {FIRST}


def test_today_keeps_up_while_it_is_seen(stage: Stage) -> None:
    stage.app.show_today()
    window, page = stage.window(TODAY), stage.today()
    assert page.number.text() == "7 min over"
    stage.overview.report = made_up_report(limits=(made_up_standing(),))
    stage.wait(timedelta(seconds=1))
    assert page.number.text() == "12 min left"
    window.close()
    stage.overview.report = made_up_report(limits=(made_up_standing(used_min=50),))
    stage.wait(timedelta(seconds=10))
    assert page.number.text() == "12 min left"
    stage.app.show_today()
    assert page.number.text() == "10 min left"


def test_day_stays_in_sight_when_the_store_cannot_be_read(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.app.show_today()

    def refuse(_day: object) -> None:
        raise OutsideError(ErrorCode.STORE_BUSY, file="kanaltid.db")

    monkeypatch.setattr(stage.overview, "rows", refuse)
    stage.wait(timedelta(seconds=1))
    assert stage.today().timeline.view.items


def test_icon_and_menu_keep_up_when_something_changes(stage: Stage) -> None:
    stage.overview.pause(NOW + timedelta(minutes=15))
    stage.settle()
    assert "Paused until 14:27" in stage.tooltip()
    assert stage.app.menu.texts()[0] == "Paused until 14:27"


def test_icon_keeps_up_by_itself_while_time_counts(stage: Stage) -> None:
    stage.overview.report = made_up_report(limits=(made_up_standing(),))
    stage.wait(timedelta(seconds=10))
    assert "12 min left" in stage.tooltip()


def test_many_changes_at_once_are_one_refresh(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[DayReport] = []

    def today() -> DayReport:
        asked.append(stage.overview.report)
        return stage.overview.report

    monkeypatch.setattr(stage.overview, "today", today)
    for _change in range(20):
        stage.overview.change()
    stage.settle()
    assert len(asked) == 1


def test_notice_that_no_daemon_shows_comes_in_a_small_window_and_the_tooltip(
    stage: Stage,
) -> None:
    stage.tell()
    assert stage.windows() == {SMALL}
    assert "LinkedIn: 12 min left." in stage.tooltip()
    assert stage.app.menu.texts()[0] == "LinkedIn: 12 min left."
    stage.app.messages.dismiss(stage.app.messages.waiting[0].key)
    stage.settle()
    assert stage.windows() == set()


def test_notice_comes_in_todays_bar_when_today_is_open(stage: Stage) -> None:
    stage.app.show_today()
    stage.tell()
    assert stage.windows() == {TODAY}
    assert stage.window(TODAY).bar.isVisible()  # type: ignore[attr-defined]


def test_yesterdays_notices_are_gone_the_next_day(stage: Stage) -> None:
    stage.tell()
    stage.overview.report = made_up_report(day=stage.overview.report.day + timedelta(days=1))
    stage.wait(timedelta(days=1))
    assert stage.app.messages.waiting == ()


def test_trouble_is_told_like_a_notice(stage: Stage) -> None:
    stage.herald.tell(StatusNotice("display_lost"))
    stage.settle()
    assert stage.windows() == {SMALL}


def test_small_window_stands_in_for_the_tray_and_leaves_when_one_comes(
    qtbot: QtBot, qapp: QApplication, host: list[bool], tmp_path: Path
) -> None:
    host[0] = False
    stage = make(qtbot, qapp, tmp_path)
    stage.settle()
    assert stage.windows() == set(), "a tray may still come"
    stage.wait(GRACE)
    assert stage.windows() == {SMALL}
    icon = stage.app.tray._icon
    host[0] = True
    stage.wait(GRACE)
    assert stage.windows() == set()
    assert stage.app.tray._icon is not icon, "made anew for the host that came"
    stage.app.close()
    stage.app.loop.close()


def test_reached_limit_changes_the_icon(stage: Stage) -> None:
    stage.overview.report = made_up_report(limits=(made_up_standing(),))
    stage.overview.change()
    stage.settle()
    near = stage.app.tray._look
    stage.overview.report = made_up_report(
        limits=(replace(made_up_standing(), level=Level.REACHED),)
    )
    stage.tell(Level.REACHED)
    assert stage.app.tray._look != near


def test_everything_speaks_another_language_as_soon_as_it_is_set(stage: Stage) -> None:
    stage.app.show_today()
    stage.settings.change(language="sv")
    stage.settle()
    assert stage.windows() == {"I dag – Kanaltid"}
    assert "Framme: LinkedIn" in stage.tooltip()
    assert stage.app.tray._icon.contextMenu() is stage.app.menu
    assert any(text.startswith("Pausa") for text in stage.app.menu.texts())
    stage.tell()
    assert stage.app.messages.waiting[0].title == "LinkedIn: 12 min kvar."


def test_question_stays_answered_when_the_language_changes(stage: Stage) -> None:
    mark = Mark(MarkKind.SHARE, 100, "100%")
    standing = made_up_standing("privat", 15, 15, Level.REACHED, None)
    stage.overview.holding = (
        LimitNotice(DueStep(standing, mark, StepKind.ASK), "linkedin", "private"),
    )
    stage.overview.change()
    stage.settle()
    stage.window("LinkedIn – Kanaltid").close()
    stage.settings.change(language="sv")
    stage.settle()
    stage.wait(timedelta(seconds=10))
    assert stage.windows() == set()


def test_why_of_a_notices_limit_is_opened_from_the_window_that_tells_it(stage: Stage) -> None:
    stage.tell()
    small = stage.window(SMALL)
    assert isinstance(small, CompanionWindow)
    small.bar.why_button.click()
    assert "Why? – Kanaltid" in stage.windows()
    assert stage.app.messages.waiting


def test_settings_that_cannot_be_read_are_told(
    qtbot: QtBot, qapp: QApplication, host: list[bool], tmp_path: Path
) -> None:
    assert host
    settings = paths_for({"KANALTID_HOME": str(tmp_path)}).settings
    settings.parent.mkdir(parents=True)
    settings.write_text("{", "utf-8")
    stage = make(qtbot, qapp, tmp_path)
    stage.settle()
    assert len(stage.app.messages.waiting) == 1
    assert str(settings) in stage.app.messages.waiting[0].body
    stage.app.close()
    stage.app.loop.close()


def test_theme_is_followed_as_soon_as_it_is_set(stage: Stage, qapp: QApplication) -> None:
    before = qapp.palette().color(QPalette.ColorRole.Window).lightnessF()
    stage.settings.change(theme="dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).lightnessF() < 0.5 < before
    stage.settings.change(theme="system")
    assert qapp.palette().color(QPalette.ColorRole.Window).lightnessF() == before
