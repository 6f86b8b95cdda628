"""Asking: what the person answers reaches the service, and the desktop only after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.fakes import FakeOverview
from tests.made_up import made_up_policy
from tracker.autostart import StartAtLogin
from tracker.errors import ErrorCode, OutsideError
from tracker.i18n import Language
from tracker.policy.extent import extent_of
from ui.asking import Asking
from ui.windows.first_start import FirstStartWindow


@dataclass
class Stage:
    asking: Asking
    overview: FakeOverview
    login: StartAtLogin
    told: list[str] = field(default_factory=list)

    @property
    def page(self) -> FirstStartWindow:
        (found,) = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, FirstStartWindow) and each.isVisible()
        ]
        return found

    def accept(self, *, at_login: bool = False) -> None:
        page = self.page
        page.turn_to(page.pages.count() - 1)
        page.login.setChecked(at_login)
        page.accept_button.click()


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    assert qapp is not None
    overview = FakeOverview(accepted=False)
    login = StartAtLogin({"HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path)}, ("/k",))
    told: list[str] = []
    asking = Asking(
        overview,
        Language("en"),
        accepted=lambda: told.append("accepted"),
        failed=lambda error: told.append(str(error.code)),
        login=login,
    )
    asking.show()
    yield Stage(asking, overview, login, told)
    asking.close()


def test_program_starts_at_login_only_when_that_was_chosen_and_accepted(stage: Stage) -> None:
    stage.page.login.setChecked(True)
    stage.page.decline_button.click()
    assert not stage.login.path.exists()
    stage.asking.show()
    assert not stage.page.login.isChecked()
    stage.accept(at_login=True)
    assert stage.login.on
    assert stage.overview.calls == [("accept", "en")]
    assert stage.told == ["accepted"]


def test_no_start_at_login_is_made_when_it_was_not_chosen(stage: Stage) -> None:
    stage.accept()
    assert not stage.login.path.exists()


def test_acceptance_holds_when_the_start_at_login_can_not_be_written(stage: Stage) -> None:
    stage.login.path.parent.parent.mkdir()
    stage.login.path.parent.touch()
    stage.accept(at_login=True)
    assert stage.told == [ErrorCode.FILE_NOT_WRITTEN, "accepted"]


def test_page_stays_and_nothing_is_installed_when_acceptance_can_not_be_stored(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_language: str) -> None:
        raise OutsideError(ErrorCode.STORE_FULL, file="x")

    monkeypatch.setattr(stage.overview, "accept", refuse)
    stage.accept(at_login=True)
    assert stage.told == [ErrorCode.STORE_FULL]
    assert stage.page.isVisible()
    assert not stage.login.on


def test_login_is_not_offered_when_it_is_on_already(stage: Stage) -> None:
    stage.asking.close()
    stage.login.set(True)
    stage.asking.show()
    stage.page.turn_to(3)
    assert not stage.page.login.isVisible()


def test_new_version_asks_with_what_is_new_first(stage: Stage) -> None:
    stage.asking.close()
    stage.overview.accepted_last = extent_of(made_up_policy())
    stage.overview.policy = made_up_policy(version="2")
    assert stage.asking.review(accepted=True) is False
    assert stage.asking.review(accepted=False) is True
    assert stage.page.story.sheets[0].title == "The policy has a new version"
