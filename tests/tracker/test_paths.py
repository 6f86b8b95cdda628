"""Where the files lie, and that nobody else reads them."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.errors import ErrorCode, OutsideError
from tracker.paths import Paths, ensure, paths_for, private_opener, touch_private

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and owners are POSIX")


@pytest.fixture
def lax_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_everything_lies_below_the_home_when_one_is_named(tmp_path: Path) -> None:
    paths = paths_for({"KANALTID_HOME": str(tmp_path), "XDG_DATA_HOME": "/elsewhere"})

    files = (
        paths.database,
        paths.lock,
        paths.control_socket,
        paths.browser_socket,
        paths.policy,
        paths.catalogue,
        paths.settings,
        paths.log,
    )
    assert all(file.is_relative_to(tmp_path) for file in files)
    assert len(set(files)) == len(files)


def test_home_is_made_absolute_when_it_is_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert paths_for({"KANALTID_HOME": "here"}).data == tmp_path / "here" / "data"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has its own folders")
def test_folders_follow_xdg_when_no_home_is_named(tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir(0o700)

    paths = paths_for(
        {
            "HOME": "/home/alva",
            "XDG_CONFIG_HOME": "/settings",
            "XDG_STATE_HOME": "relative/is/ignored",
            "XDG_RUNTIME_DIR": str(runtime),
        }
    )

    assert paths == Paths(
        data=Path("/home/alva/.local/share/kanaltid"),
        config=Path("/settings/kanaltid"),
        state=Path("/home/alva/.local/state/kanaltid"),
        runtime=runtime / "kanaltid",
    )


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has its own folders")
def test_runtime_folder_is_not_believed_when_others_may_write_to_it(tmp_path: Path) -> None:
    open_to_all = tmp_path / "runtime"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)

    paths = paths_for({"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(open_to_all)})

    assert not paths.runtime.is_relative_to(open_to_all)


@pytest.mark.usefixtures("lax_umask")
def test_folders_are_the_owners_alone_when_the_umask_is_lax(tmp_path: Path) -> None:
    paths = paths_for({"KANALTID_HOME": str(tmp_path / "deep" / "home")})

    paths.ensure()

    made = [paths.data, paths.config, paths.state, paths.runtime]
    made += [tmp_path / "deep", tmp_path / "deep" / "home"]
    assert {mode(folder) for folder in made} == {0o700}


def test_folder_is_closed_to_others_when_it_was_open(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)

    assert ensure(folder) == folder
    assert mode(folder) == 0o700


@pytest.mark.parametrize("obstacle", ["link", "file", "other_owner", "file_above"])
def test_folder_is_refused_when_it_is_not_a_folder_of_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, obstacle: str
) -> None:
    folder = tmp_path / "data"
    if obstacle == "link":
        (tmp_path / "real").mkdir()
        folder.symlink_to(tmp_path / "real")
    elif obstacle == "file":
        folder.touch()
    elif obstacle == "other_owner":
        folder.mkdir()
        monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    else:
        folder.touch()
        folder = folder / "below"

    with pytest.raises(OutsideError) as refused:
        ensure(folder)

    assert refused.value.code is ErrorCode.FOLDER_REFUSED
    assert refused.value.fields == {"folder": str(folder)}


@pytest.mark.usefixtures("lax_umask")
def test_file_is_the_owners_alone_when_the_umask_is_lax(tmp_path: Path) -> None:
    made, there = tmp_path / "made", tmp_path / "there"
    there.write_text("kept", encoding="utf-8")

    touch_private(made)
    touch_private(there)

    assert (mode(made), mode(there)) == (0o600, 0o600)
    assert there.read_text(encoding="utf-8") == "kept"


@pytest.mark.usefixtures("lax_umask")
def test_file_is_written_for_the_owner_alone_when_opened_through_the_opener(
    tmp_path: Path,
) -> None:
    file = tmp_path / "settings"
    file.write_text("a longer text before", encoding="utf-8")

    with open(file, "w", encoding="utf-8", opener=private_opener) as stream:
        stream.write("short")

    assert mode(file) == 0o600
    assert file.read_text(encoding="utf-8") == "short"


@pytest.mark.parametrize("obstacle", ["link", "pipe", "other_owner"])
def test_file_is_left_alone_when_it_is_not_a_file_of_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, obstacle: str
) -> None:
    victim, file = tmp_path / "victim", tmp_path / "file"
    victim.write_text("untouched", encoding="utf-8")
    if obstacle == "link":
        file.symlink_to(victim)
    elif obstacle == "pipe":
        os.mkfifo(file)
    else:
        file = victim
        monkeypatch.setattr(os, "getuid", lambda: victim.stat().st_uid + 1)

    with pytest.raises(OSError, match=r"link|permitted"):
        os.close(private_opener(file, os.O_RDWR | os.O_CREAT | os.O_TRUNC))

    assert victim.read_text(encoding="utf-8") == "untouched"
