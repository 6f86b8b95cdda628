"""The policy in force, through everything that may happen to its file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.desk import POLICY, TODAY, catalogue
from tracker.errors import ErrorCode, OutsideError
from tracker.policy.load import Loaded, load
from tracker.policy.select import find_policy
from tracker.policy_keeper import PolicyKeeper

OTHER = POLICY.replace("day = 10", "day = 11")
BROKEN = POLICY.replace("day = 10", "day = ten")


class Folder:
    """A folder of the person's own, and how often a file in it was loaded."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "policy.toml"
        self.loads = 0

    def keep(self, named: Path | None = None, last_good: str | None = None) -> PolicyKeeper:
        folder = self.file.parent
        return PolicyKeeper(
            lambda: find_policy(named, {}, folder, folder / "machine"), self._load, last_good
        )

    def _load(self, data: bytes, source: str) -> Loaded:
        self.loads += 1
        return load(data, source, catalogue(), TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.file.write_text(POLICY, "utf-8")
    return made


def code_of(keeper: PolicyKeeper) -> ErrorCode | None:
    return keeper.trouble.code if keeper.trouble else None


def test_file_is_loaded_once_when_it_stays_the_same(folder: Folder) -> None:
    keeper = folder.keep()
    assert [keeper.look() for _ in range(3)] == [False] * 3
    assert folder.loads == 1


def test_change_is_seen_when_the_files_times_do_not_tell_of_it(folder: Folder) -> None:
    keeper = folder.keep()
    before = folder.file.stat()
    with folder.file.open("r+b") as stream:  # the same length, file and times
        stream.write(OTHER.encode())
    os.utime(folder.file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert keeper.look()
    assert keeper.policy.limits[0].day is not None
    assert keeper.policy.limits[0].day.by_weekday[0] == 11


def test_nothing_comes_into_force_when_only_the_file_is_another(
    folder: Folder, tmp_path: Path
) -> None:
    keeper = folder.keep()
    (tmp_path / "copy").write_text(POLICY, "utf-8")
    (tmp_path / "copy").replace(folder.file)
    assert not keeper.look()
    assert keeper.trouble is None


def test_last_good_one_stays_when_the_file_breaks_and_heals(folder: Folder) -> None:
    keeper = folder.keep()
    good = keeper.policy
    folder.file.write_text(BROKEN, "utf-8")
    assert not keeper.look()
    assert (keeper.policy, code_of(keeper)) == (good, ErrorCode.POLICY_INVALID)
    assert not keeper.look()
    assert code_of(keeper) is ErrorCode.POLICY_INVALID
    folder.file.write_text(POLICY, "utf-8")
    assert not keeper.look()  # it is the one in force already
    assert keeper.trouble is None
    folder.file.write_text(OTHER, "utf-8")
    assert keeper.look()


def test_trouble_is_over_when_a_named_file_is_moved_away_and_back(
    folder: Folder, tmp_path: Path
) -> None:
    keeper = folder.keep(folder.file)
    away = tmp_path / "away.toml"
    folder.file.rename(away)
    assert not keeper.look()
    assert code_of(keeper) is ErrorCode.POLICY_UNREADABLE
    away.rename(folder.file)
    assert not keeper.look()
    assert keeper.trouble is None


def test_starter_comes_into_force_when_the_own_file_is_deleted(folder: Folder) -> None:
    keeper = folder.keep()
    folder.file.unlink()
    assert keeper.look()
    assert keeper.policy.id == "starter"
    folder.file.write_text(POLICY, "utf-8")
    assert keeper.look()
    assert keeper.policy.id == "test"


def test_last_good_one_is_taken_up_when_the_file_is_broken_at_the_start(folder: Folder) -> None:
    folder.file.write_text(BROKEN, "utf-8")
    keeper = folder.keep(last_good=OTHER)
    assert (keeper.policy.text, code_of(keeper)) == (OTHER, ErrorCode.POLICY_INVALID)
    for last_good in (None, BROKEN, ""):
        with pytest.raises(OutsideError) as refused:
            folder.keep(last_good=last_good)
        assert refused.value.code is ErrorCode.POLICY_INVALID
        assert refused.value.fields["line"] == 23


def test_last_good_one_is_taken_up_when_the_named_file_is_gone(folder: Folder) -> None:
    keeper = folder.keep(folder.file.with_name("gone.toml"), OTHER)
    assert (keeper.policy.text, code_of(keeper)) == (OTHER, ErrorCode.POLICY_UNREADABLE)
