"""What is put together: here, that each week is saved by itself, and trouble with it is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.errors import ErrorCode
from tracker.notice import Notice, StatusNotice
from tracker.paths import paths_for
from tracker.selector_loop import SelectorLoop
from tracker.settings import SettingsKeeper
from tracker.storage.base import Batch
from tracker.weekly_export import MOST_WEEKS, NOTE
from tracker.wiring import Desk, DeskPlan, open_desk


class Ear:
    """Hears notices."""

    def __init__(self) -> None:
        self.heard: list[Notice] = []

    def tell(self, notice: Notice) -> None:
        self.heard.append(notice)


@contextmanager
def opened(home: Path, folder: Path, ear: Ear) -> Iterator[Desk]:
    environ = {"KANALTID_HOME": str(home), "LANGUAGE": "sv"}
    paths = paths_for(environ)
    paths.ensure()
    settings = SettingsKeeper(paths.settings)
    settings.change(weekly_folder=str(folder), weekly_form="html")
    loops: list[SelectorLoop] = []

    def make_loop(clock: object) -> SelectorLoop:
        loops.append(SelectorLoop(clock))  # type: ignore[arg-type]
        return loops[0]

    desk = open_desk(
        DeskPlan(
            environ=environ,
            paths=paths,
            policy_file=None,
            make_loop=make_loop,
            make_herald=lambda _loop: ear,
            raise_app=lambda: None,
            quit_app=lambda: None,
            settings=settings,
        )
    )
    try:
        desk.storage.write(Batch(notes={NOTE: "2000-W01"}))
        desk.weekly.start()
        yield desk
    finally:
        desk.close()
        loops[0].close()


def test_missed_weeks_are_saved_in_the_persons_language_when_it_starts(tmp_path: Path) -> None:
    folder, ear = tmp_path / "weeks", Ear()
    folder.mkdir()
    with opened(tmp_path / "home", folder, ear):
        files = sorted(folder.iterdir())
    assert len(files) == MOST_WEEKS
    assert '<html lang="sv">' in files[0].read_text("utf-8")
    assert ear.heard == []


def test_trouble_is_told_as_a_notice_when_the_folder_is_gone(tmp_path: Path) -> None:
    ear = Ear()
    with opened(tmp_path / "home", tmp_path / "gone", ear):
        (notice,) = ear.heard
    assert isinstance(notice, StatusNotice)
    assert notice.code == ErrorCode.FILE_NOT_WRITTEN
    assert str(tmp_path / "gone") in dict(notice.fields)["file"]
